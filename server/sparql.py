"""The SPARQL 1.1 protocol for queries, the service description, and the editor for people.

An ASK in CSV or TSV, which the W3C note leaves open, is the one word `true` or `false`.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from hytegraph.graph.errors import QueryRefusedError
from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    GraphFormat,
    ResultFormat,
    graph_format,
    result_format,
)
from hytegraph.graph.results import serialise_triples
from hytegraph.server.context import dataset, settings
from hytegraph.server.description import service_description
from hytegraph.server.negotiation import choose
from hytegraph.server.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.questions import find_question, written_out

blueprint = Blueprint("sparql", __name__)

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
Syntax = ResultFormat | GraphFormat
EXAMPLE = """PREFIX hyte: <https://w3id.org/hytegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?tavoite ?toimenpide WHERE {
  ?measure a hyte:Measure ; rdfs:label ?toimenpide ; hyte:supportsGoal ?goal .
  ?goal skos:prefLabel ?tavoite .
}
ORDER BY ?tavoite ?toimenpide
LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """A query operation as the protocol defines it."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format_name: str | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answers a query; without one, an editor for a browser and the service description for everybody else."""
    asked = _protocol_request()
    if asked.query is None:
        return _without_query(asked.format_name)
    if len(asked.query) > settings().max_query_length:
        detail = f"The query is longer than {settings().max_query_length} characters."
        raise ProblemError(Problem(413, "too-long", detail))
    return _vary(_answer(asked, asked.query))


def _answer(asked: ProtocolRequest, text: str) -> Response:
    form = dataset().check(text).form
    formats: tuple[Syntax, ...] = RESULT_FORMATS if form in ("SELECT", "ASK") else GRAPH_FORMATS
    syntax, content_type = _negotiated(formats, asked.format_name)
    body = dataset().answer(text, syntax, asked.default_graphs, asked.named_graphs)
    return Response(body, content_type=content_type)


def _without_query(format_name: str | None) -> Response:
    offers = ("text/turtle", "text/html", *_media_types(GRAPH_FORMATS))
    if format_name is None and choose(request.headers.get("Accept"), offers) == "text/html":
        return _vary(
            make_response(
                render_template(
                    "sparql.html",
                    example=_first_text(),
                    formats=RESULT_FORMATS,
                    graph_formats=GRAPH_FORMATS,
                    graphs=dataset().graphs(),
                )
            )
        )
    syntax, content_type = _negotiated(GRAPH_FORMATS, format_name)
    if not isinstance(syntax, GraphFormat):
        raise not_acceptable(_media_types(GRAPH_FORMATS))
    endpoint = request.base_url
    triples = service_description(dataset(), endpoint)
    return _vary(Response(serialise_triples(triples, syntax), content_type=content_type))


def _first_text() -> str:
    """What stands in the editor: the example, or the question that the address names, with its values put in."""
    name = request.args.get("question")
    if name is None:
        return EXAMPLE
    query = find_question(name).query
    values = {each.name: request.args[each.name] for each in query.parameters if each.name in request.args}
    return written_out(query, values)


def _vary(response: Response) -> Response:
    response.headers["Vary"] = "Accept"
    if response.mimetype == "text/html":
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    response.headers.setdefault("Cache-Control", "public, max-age=60")
    return response


def _protocol_request() -> ProtocolRequest:
    """Reads the three ways of sending a query; raises ProblemError for what the protocol does not allow."""
    parameters = _utf8_parameters(request.query_string)
    if request.method == "POST":
        if request.mimetype == FORM:
            parameters = _utf8_parameters(request.get_data(cache=False))
        elif request.mimetype == QUERY:
            parameters.setlist("query", [_decode(request.get_data(cache=False), "body")])
        elif request.mimetype == UPDATE:
            raise QueryRefusedError("This is an update; the service is read only.", kind="update")
        else:
            detail = f"A query is posted as {FORM} or {QUERY}."
            raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=(FORM, QUERY)))
    if "update" in parameters:
        raise QueryRefusedError("This is an update; the service is read only.", kind="update")
    queries = parameters.getlist("query")
    if len(queries) > 1 or (not queries and request.method == "POST"):
        detail = f"There must be exactly one query parameter; there are {len(queries)}."
        raise ProblemError(Problem(400, "bad-request", detail))
    return ProtocolRequest(
        queries[0] if queries else None,
        tuple(parameters.getlist("default-graph-uri")),
        tuple(parameters.getlist("named-graph-uri")),
        parameters.get("format"),
    )


def _utf8_parameters(raw: bytes) -> MultiDict[str, str]:
    """The form-encoded parameters; Werkzeug itself would put replacement characters for what is not UTF-8."""
    try:
        pairs = parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise ProblemError(Problem(400, "bad-request", "The parameters are not UTF-8.")) from error
    return MultiDict(pairs)


def _decode(raw: bytes, what: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(Problem(400, "bad-request", f"The {what} is not UTF-8.")) from error


def _negotiated(formats: tuple[Syntax, ...], format_name: str | None) -> tuple[Syntax, str]:
    """The format and the content type of the answer; `?format=` wins over Accept."""
    if format_name is not None:
        named = (
            graph_format(format_name) if isinstance(formats[0], GraphFormat) else result_format(format_name)
        )
        if named is None:
            raise not_acceptable(tuple(each.name for each in formats))
        return named, named.content_type
    by_type = {each.media_type: (each, each.content_type) for each in formats}
    for each in formats:
        for alias in each.aliases:
            by_type.setdefault(alias, (each, alias))
    chosen = choose(request.headers.get("Accept"), tuple(by_type))
    if chosen is None:
        raise not_acceptable(_media_types(formats))
    return by_type[chosen]


def _media_types(formats: tuple[Syntax, ...]) -> tuple[str, ...]:
    return tuple(each.media_type for each in formats)
