"""The checks with their results, as a page, CSV and JSON."""

import json
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import CheckResult, run_checks
from hytegraph.server.context import dataset, settings
from hytegraph.server.pages.shared.view import (
    HTML,
    TABLE_FORMS,
    Table,
    cached,
    form_links,
    page,
    table_response,
    varied,
    wanted,
)
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import Language

blueprint = Blueprint("checks", __name__)

COLUMNS = ("check", "severity", "problem", "solution", "entity", "property", "value")
SHOWN = 50


@blueprint.get("/checks")
@blueprint.get("/checks.<suffix>")
def checks(suffix: str | None = None) -> Response:
    """Each check with what it looks for, its result, and what to do."""
    form = wanted({"html": HTML} | TABLE_FORMS, suffix)
    results = _results(dataset(), settings().base)
    language = reader_language(request)
    if form == "json":
        return varied(cached(Response(_json(results), content_type="application/json")))
    if form != "html":
        return varied(table_response(_table(results, language), form))
    shown = [finding for result in results for finding in result.findings[:SHOWN]]
    iris = [iri for finding in shown for iri in (finding.entity, finding.property)]
    labels = labels_of(dataset(), iris, settings().base, language)
    alternates = form_links(TABLE_FORMS)
    return varied(
        page("quality/checks.html", results=results, labels=labels, shown=SHOWN, alternates=alternates)
    )


@lru_cache(maxsize=4)
def _results(served: Dataset, base: str) -> tuple[CheckResult, ...]:
    """The results; the data never change, so they are found once."""
    return run_checks(served, base)


def _table(results: tuple[CheckResult, ...], language: Language) -> Table:
    rows = (
        (
            *(result.check.name, result.check.severity),
            *(result.check.problem[language], result.check.solution[language]),
            *(finding.entity, finding.property, finding.value),
        )
        for result in results
        for finding in result.findings
    )
    return Table("checks", COLUMNS, tuple(rows))


def _json(results: tuple[CheckResult, ...]) -> str:
    told = [
        {
            "check": result.check.name,
            "severity": result.check.severity,
            "passed": result.passed,
            "problem": dict(result.check.problem),
            "solution": dict(result.check.solution),
            "findings": [
                {"entity": each.entity, "property": each.property, "value": each.value}
                for each in result.findings
            ],
        }
        for result in results
    ]
    return json.dumps({"checks": told}, ensure_ascii=False, indent=1) + "\n"
