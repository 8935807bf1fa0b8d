"""The checks with their results, as a page, CSV and JSON."""

import csv
import io
import json
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.checks import CheckResult, run_checks
from hytegraph.graph.dataset import Dataset
from hytegraph.server.context import dataset, settings
from hytegraph.server.i18n import Language
from hytegraph.server.labels import labels_of
from hytegraph.server.languages import reader_language
from hytegraph.server.pages.answers import HTML, cached, page, varied, wanted

blueprint = Blueprint("checks", __name__)

FORMS = {"html": HTML, "csv": "text/csv", "json": "application/json"}
COLUMNS = ("check", "severity", "problem", "solution", "entity", "property", "value")
SHOWN = 50


@blueprint.get("/checks")
@blueprint.get("/checks.<suffix>")
def checks(suffix: str | None = None) -> Response:
    """Each check with what it looks for, its result, and what to do."""
    form = wanted(FORMS, suffix)
    results = _results(dataset(), settings().base)
    language = reader_language(request)
    if form == "csv":
        response = Response(_csv(results, language), content_type="text/csv; charset=utf-8; header=present")
        return varied(cached(response))
    if form == "json":
        return varied(cached(Response(_json(results), content_type="application/json")))
    shown = [finding for result in results for finding in result.findings[:SHOWN]]
    iris = [iri for finding in shown for iri in (finding.entity, finding.property)]
    labels = labels_of(dataset(), iris, settings().base, language)
    return varied(page("checks.html", results=results, labels=labels, shown=SHOWN))


@lru_cache(maxsize=4)
def _results(served: Dataset, base: str) -> tuple[CheckResult, ...]:
    """The results; the data never change, so they are found once."""
    return run_checks(served, base)


def _csv(results: tuple[CheckResult, ...], language: Language) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in results:
        told = (result.check.problem[language], result.check.solution[language])
        for finding in result.findings:
            cells = (finding.entity, finding.property, finding.value)
            writer.writerow((result.check.name, result.check.severity, *told, *cells))
    return output.getvalue()


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
