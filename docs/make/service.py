"""Reference pages of the named queries and of the HTTP interface."""

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import QuerySolutions, Store

from docs.make.markdown import note, plain, table
from hytegraph.graph.query.named import NamedQuery, Parameter, load_engine_traps, load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.openapi import description
from hytegraph.server.settings import Settings

ADDRESS = "http://127.0.0.1:8000/"
# What (nearly) every address takes is said once, above the list.
_EVERYWHERE = ("lang", "release")
# What every page offers beside HTML is said once, above the table.
DATA_TYPES = {
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/json": "JSON",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "text/html": "HTML",
    "application/sparql-results+json": "SPARQL JSON",
    "application/sparql-results+xml": "SPARQL XML",
    "text/tab-separated-values": "TSV",
    "text/plain": "text",
    "image/svg+xml": "SVG",
    "application/xml": "XML",
}


def queries() -> str:
    """Every named query with its summary, columns and parameters."""
    text = note("the headers in queries/service/") + "# Named queries\n\n"
    text += (
        "Names and columns are public API: `hytegraph query NAME` on the command line, `/query/NAME` over HTTP. "
        "`document` is the file name without suffix, several values in a cell are joined with ` | `, "
        "and line numbers refer to the published file.\n"
    )
    for query in load_queries().values():
        text += f"\n## {query.name}\n\n{query.summary['en']}."
        text += f" {query.description['en']}" if query.description else ""
        text += f"\n\nColumns: {', '.join(f'`{column}`' for column in columns(query))}\n"
        if query.parameters:
            text += "\n" + table(
                ("parameter", "meaning", "required"), map(_query_parameter, query.parameters)
            )
    return text


def query_traps() -> str:
    """What misleads writers of queries, each with the query that does not."""
    text = note("the files in queries/traps/") + "# Traps of the query language\n\n"
    text += (
        "Here an answer looks right and is not what was asked for. The queries run as they stand; "
        "`/sparql` shows them in three languages and opens each in the editor.\n"
    )
    for each in load_engine_traps().values():
        text += f"\n## {each.query.summary['en']}\n\n{each.query.description['en']}\n"
        text += f"\nMisleading:\n\n```sparql\n{each.trap.strip()}\n```\n"
        text += f"\nRight:\n\n```sparql\n{each.query.text.strip()}\n```\n"
    return text


def columns(query: NamedQuery) -> tuple[str, ...]:
    """The public columns of a named SELECT query; its parameters are none."""
    solutions = Store().query(query.text)
    assert isinstance(solutions, QuerySolutions)
    return tuple(each.value for each in solutions.variables if not each.value.startswith("_"))


def _query_parameter(parameter: Parameter) -> tuple[str, ...]:
    return f"`{parameter.name}`", parameter.summary["en"], "no" if parameter.default is None else "yes"


def openapi() -> Mapping[str, Any]:
    """The OpenAPI description of a service without data."""
    app = create_app(Settings.of({}), Dataset(Store()))
    with app.test_request_context("/openapi.json"):
        return description(ADDRESS)


def http() -> str:
    """Every address of the service with methods, what it answers, parameters and formats."""
    text = note("the routes, as /openapi.json says them") + "# HTTP interface\n\n"
    text += (
        "The running service describes itself at `/openapi.json` (OpenAPI 3.1); this page is made from the same. "
        "`{suffix}` names a format, as in `/gaps.csv`; without one the `Accept` header chooses. "
        "Every page takes `lang` (`fi`, `sv`, `en`), and all but what is of no release takes `release` (a published "
        "version, see [old releases](release.md#verify)). "
        "A failure is an RFC 9457 problem, explained under `/problems`, and never a 200.\n\n"
        "## Named queries\n\n"
        "`/query/NAME` takes the [parameters of the query](queries.md) and answers as CSV, JSON, XLSX, Turtle or HTML.\n"
    )
    for path, methods in openapi()["paths"].items():
        if not path.startswith("/query/"):
            text += "".join(_operations(path, methods))
    return text


def _operations(path: str, methods: Mapping[str, Any]) -> Iterator[str]:
    described = {name: methods[name] for name in ("get", "post") if name in methods}
    names = ", ".join(name.upper() for name in described)
    operation = next(iter(described.values()))
    yield f"\n## `{path}`\n\n{names}. {plain(operation['summary'])}\n"
    formats = [
        DATA_TYPES.get(name, f"`{name}`") for name in operation["responses"].get("200", {}).get("content", ())
    ]
    if formats:
        yield f"\nFormats: {', '.join(formats)}.\n"
    rows = [_parameter(each) for each in operation.get("parameters", ()) if each["name"] not in _EVERYWHERE]
    if rows:
        yield "\n" + table(("parameter", "in", "meaning"), rows)


def _parameter(parameter: Mapping[str, Any]) -> tuple[str, ...]:
    values = parameter["schema"].get("enum", ())
    words = plain(parameter.get("description", ""))
    if values:
        words += (" " if words else "") + f"One of {', '.join(f'`{value}`' for value in values)}."
    return f"`{parameter['name']}`", parameter["in"], words
