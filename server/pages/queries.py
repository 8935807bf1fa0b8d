"""The named queries as pages, CSV and JSON."""

import csv
import io
import json

from flask import Blueprint, Response, request

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.queries import NamedQuery, Solutions, load_queries, named_query, run
from hytegraph.server.context import dataset, settings
from hytegraph.server.links import page_path
from hytegraph.server.negotiation import choose
from hytegraph.server.pages.answers import HTML, cached, page
from hytegraph.server.problems import Problem, ProblemError, not_acceptable

blueprint = Blueprint("queries", __name__)

# What is asked for by `?format=` or Accept; the first is what everybody gets.
FORMATS = {"html": HTML, "csv": "text/csv", "json": "application/json"}
MAX_VALUE_LENGTH = 1000


@blueprint.get("/queries")
def queries() -> Response:
    """The list of named queries."""
    return page("queries.html", queries=tuple(load_queries().values()))


@blueprint.get("/query/<name>")
def query(name: str) -> Response:
    """One named query: a form and a table, or the same rows as CSV or JSON."""
    named = named_query(name)
    form = _format()
    values = given_values(named)
    solutions = run(dataset(), named, values)
    if form == "csv":
        response = cached(Response(_csv(solutions), content_type="text/csv; charset=utf-8; header=present"))
        response.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
    elif form == "json":
        response = cached(Response(_json(solutions), content_type="application/json"))
    else:
        links = _links(solutions)
        response = page("query.html", query=named, values=values, solutions=solutions, links=links)
    languages = ", Accept-Language, Cookie" if form == "html" else ""
    response.headers["Vary"] = f"Accept{languages}"
    return response


def _format() -> str:
    wanted = request.args.get("format")
    if wanted is not None:
        if wanted not in FORMATS:
            raise not_acceptable(tuple(FORMATS))
        return wanted
    chosen = choose(request.headers.get("Accept"), tuple(FORMATS.values()))
    if chosen is None:
        raise not_acceptable(tuple(FORMATS.values()))
    return next(name for name, media_type in FORMATS.items() if media_type == chosen)


def given_values(named: NamedQuery) -> dict[str, str]:
    """The values that the address gives to a query; `format` and `lang` belong to the page. Raises UnknownNameError for any other name."""
    names = {parameter.name for parameter in named.parameters}
    given = {
        key: value for key, value in request.args.items() if key in names or key not in ("format", "lang")
    }
    for name, value in given.items():
        if name not in names:
            raise ProblemError(Problem(400, "bad-request", str(UnknownNameError("parameter", name, names))))
        if len(value) > MAX_VALUE_LENGTH:
            raise ProblemError(
                Problem(400, "too-long", f"{name} is longer than {MAX_VALUE_LENGTH} characters.")
            )
    return given


def _links(solutions: Solutions) -> dict[str, str]:
    """The pages of the cells that are IRIs of the graph."""
    base = settings().base
    cells = {cell for row in solutions.rows for cell in row if cell is not None and cell.startswith("http")}
    return {cell: path for cell in cells if (path := page_path(cell, base)) is not None}


def _csv(solutions: Solutions) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(solutions.variables)
    writer.writerows(solutions.rows)
    return output.getvalue()


def _json(solutions: Solutions) -> str:
    rows = [dict(zip(solutions.variables, row, strict=True)) for row in solutions.rows]
    return json.dumps({"variables": solutions.variables, "rows": rows}, ensure_ascii=False, indent=1) + "\n"
