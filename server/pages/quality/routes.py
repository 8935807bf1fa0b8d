"""The report of the release's validation and its checks as pages, and as data."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.report import Report
from hytegraph.server.context import dataset, is_of_all_towns, report, settings, town_of_rows
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.quality.agreement import read_agreements
from hytegraph.server.pages.quality.of_town import (
    TOWN_COLUMNS,
    counts_of_rules,
    counts_of_towns,
    part_of_town,
    rule_lines,
)
from hytegraph.server.pages.quality.report_formats import FORMATS as WRITERS
from hytegraph.server.pages.quality.report_view import FindingView, ReportView, report_view
from hytegraph.server.pages.shared.by_town import totals_of, town_part
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import (
    TABLE_FORMS,
    cached,
    moved,
    page,
    table_response,
    varied,
    wanted,
)
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import page_path
from hytegraph.server.text.messages import Language

blueprint = Blueprint("quality", __name__)

FILE = "report.json"
FORMS = {"html": HTML, "ttl": "text/turtle", "csv": "text/csv", "json": "application/json"}
CHECK_COLUMNS = ("check", "severity", "problem", "solution", "entity", "property", "value")
_WRITERS = {"ttl": "turtle", "csv": "csv", "json": "json"}
_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}
PASSAGE = stored_query(__name__, "is-passage")


def release_report(served: Dataset) -> Report | None:
    """The report that lies with the release, None where there is none; raises ReleaseError for a damaged one."""
    if served.release is None:
        return None
    file = served.release.path / FILE
    if not file.is_file():
        return None
    try:
        return Report.from_json(file.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(file, "the report is damaged; build again") from error


@blueprint.get("/validation")
@blueprint.get("/validation.<suffix>")
@in_towns
@asks(PAGE)
@offers(*FORMS.values())
def validation(suffix: str | None = None) -> Response:
    """What the validation found; the reader is told where the data came without a report."""
    form = wanted(FORMS, suffix)
    language = reader_language(request)
    if form == "html":
        found = report()
        if found and is_of_all_towns():
            return varied(_of_all_towns(found, language))
        about = None if is_of_all_towns() else town_of_rows()
        agreements = read_agreements(dataset(), about, settings().base, language)
        if not found:
            return varied(page("quality/validation.html", view=None, agreements=agreements))
        whole = _of_page(found)
        view = report_view(whole, language)
        return varied(page("quality/validation.html", **_values(view, whole), agreements=agreements))
    written = WRITERS[_WRITERS[form]](_of_page(_required_report()), language)
    response = varied(cached(Response(written, content_type=_TYPES[form])))
    if form == "csv":
        response.headers["Content-Disposition"] = 'inline; filename="validation.csv"'
    return response


@blueprint.get("/checks")
@blueprint.get("/checks.<suffix>")
@in_towns
@offers(*TABLE_FORMS.values())
def checks(suffix: str | None = None) -> Response:
    """Each check of the report with its result, as data; a reader is led to the report, which has them too."""
    form = wanted({"html": HTML} | TABLE_FORMS, suffix)
    if form == "html":
        return varied(moved(f"{at('/validation')}#checks"))
    view = report_view(_of_page(_required_report()), reader_language(request))
    if form == "json":
        text = _checks_json(_required_report(), view)
        return varied(cached(Response(text, content_type="application/json")))
    return varied(table_response(_checks_table(view), form))


def _of_all_towns(found: Report, language: Language) -> Response:
    """What each rule found in how many towns, how much was found in each, and in full what is about no town."""
    common = part_of_town(found, "")
    view = report_view(found, language, common)
    counts = counts_of_towns(found)
    return page(
        "quality/validation.html",
        **_values(view, found),
        rule_lines=rule_lines(found, language),
        part=town_part(counts, TOWN_COLUMNS, "/validation", language),
        columns=TOWN_COLUMNS,
        totals=totals_of(counts, TOWN_COLUMNS),
    )


def _values(view: ReportView, whole: Report) -> dict[str, object]:
    """What the page shows of a part of a report, and how much each rule found in the whole."""
    counts = counts_of_rules(whole)
    return {"view": view, "links": _links(view), "passage_of": passage_of, "counts": counts}


def _of_page(found: Report) -> Report:
    """The part of the report that the page is about: that of its town, or all of it."""
    slug = town_of_rows()
    return found if slug is None else part_of_town(found, slug)


def _required_report() -> Report:
    found = report()
    if found is None:
        raise ProblemError(Problem(404, "not-found", "The data came without a report of their validation."))
    return found


def _checks_table(view: ReportView) -> Table:
    rows = (
        (
            *(check.name, check.severity_label, check.heading, check.advice),
            *(finding.iri, finding.path, finding.value_iri or finding.value),
        )
        for check in view.checks
        for finding in check.findings
    )
    return Table("checks", CHECK_COLUMNS, tuple(rows))


def _checks_json(found: Report, view: ReportView) -> str:
    checks = [
        {
            "check": check.name,
            "severity": check.severity,
            "passed": not check.findings,
            "problem": asdict(found.rule(check.name).message),
            "solution": asdict(found.rule(check.name).advice),
            "findings": [
                {
                    "entity": finding.iri,
                    "property": finding.path,
                    "value": finding.value_iri or finding.value,
                    "expected": finding.expected,
                }
                for finding in check.findings
            ],
        }
        for check in view.checks
    ]
    return json.dumps({"checks": checks}, ensure_ascii=False, indent=1) + "\n"


def _links(view: ReportView) -> Mapping[str, str]:
    """The pages of the nodes, documents, properties and source passages that the report names."""
    findings = [finding for group in view.by_rule for finding in group.findings]
    named = {
        iri
        for finding in findings
        for iri in (finding.iri, finding.document_iri, finding.path, finding.value_iri)
    }
    passages = {iri for finding in findings if (iri := passage_of(finding)) and _is_passage(iri)}
    paths = {iri: page_path(iri, settings().base) for iri in sorted(named | passages)}
    return {iri: path for iri, path in paths.items() if path}


def passage_of(finding: FindingView) -> str:
    """The IRI of the passage at the finding's lines, should there be one; empty where no source is known."""
    if not finding.line or not finding.document_iri:
        return ""
    document = finding.document_iri.replace("/document/", "/passage/", 1)
    return f"{document}/{finding.line}-{max(finding.line, finding.line_end)}"


def _is_passage(iri: str) -> bool:
    return dataset().ask(PASSAGE, passage=NamedNode(iri))
