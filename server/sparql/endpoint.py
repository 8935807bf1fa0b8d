"""The SPARQL endpoint: queries by the protocol, the service description, and the editor for people.

An ASK in CSV or TSV, which the W3C note leaves open, is the one word `true` or `false`. An answer that a limit has cut
says so in X-Result-Truncated and X-Result-Limit, and in JSON in the member `truncated` beside `results`.
"""

import socket
from functools import lru_cache

from flask import Blueprint, Response, g, redirect, request

from hytegraph.graph.errors import NotOfferedError, QueryCrashedError, QueryLimitError
from hytegraph.graph.evaluation.crew import ClientGoneError
from hytegraph.graph.evaluation.question import SOLUTION_FORMS, Answer, Question, evaluate
from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    GraphFormat,
    ResultFormat,
    graph_format,
    result_format,
)
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.context import dataset, pool, settings
from hytegraph.server.http.negotiation import choose
from hytegraph.server.http.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.http.request_stats import observed, span
from hytegraph.server.http.urls import root
from hytegraph.server.pages.editor.routes import editor_page
from hytegraph.server.sparql.protocol import FORM, METHODS, QUERY, ProtocolRequest, read_request
from hytegraph.server.sparql.service_description import service_description

blueprint = Blueprint("sparql", __name__)

Syntax = ResultFormat | GraphFormat
# Where the server puts the client's connection, so that a query ends when nobody waits for it any more.
CLIENT = "hytegraph.client"
# Where it puts the query when it has asked a worker already.
ASKED = "hytegraph.asked"
CLIENT_GONE = 499
LONGEST_ACCEPT = 2000


@blueprint.route("/sparql", methods=METHODS)
def sparql() -> Response:
    """Answers a query; without one, an editor for a browser and the service description for everybody else."""
    asked = read_request()
    if asked.text is None:
        return _without_query(asked.format_name)
    if len(asked.text) > settings().max_query_length:
        limit = settings().max_query_length
        raise ProblemError(
            Problem(413, "too-long", f"The query is longer than {limit} characters.", limit=limit)
        )
    return _vary(_answer(asked, asked.text))


@blueprint.route("/sparql/", methods=METHODS)
def sparql_with_slash() -> Response:
    """The endpoint has one address; the method and the body stay as they are (308)."""
    query = request.query_string.decode("ascii", "replace")
    moved = redirect("/sparql" + (f"?{query}" if query else ""), code=308)
    return Response(moved.response, 308, moved.headers)


@blueprint.after_request
def _offer_query_method(response: Response) -> Response:
    response.headers["Accept-Query"] = f'"{QUERY}", "{FORM}"'
    return response


def _answer(asked: ProtocolRequest, text: str) -> Response:
    # The choice is remembered, so a header that is long beyond reason is not looked at.
    accept = (request.headers.get("Accept") or "")[:LONGEST_ACCEPT]
    results = _negotiated(RESULT_FORMATS, asked.format_name, accept)
    graphs = _negotiated(GRAPH_FORMATS, asked.format_name, accept)
    question = Question(
        text,
        results and results[0],
        graphs and graphs[0],
        asked.default_graphs,
        asked.named_graphs,
        settings().max_rows,
        settings().max_bytes,
        asked.is_cut_allowed,
        asked.is_update,
    )
    try:
        with span("query"):
            answer = _evaluate(question, asked.seconds)
    except NotOfferedError as error:
        formats: tuple[Syntax, ...] = RESULT_FORMATS if error.form in SOLUTION_FORMS else GRAPH_FORMATS
        names = tuple(each.name for each in formats)
        raise not_acceptable(_media_types(formats) if asked.format_name is None else names) from error
    except ClientGoneError:
        return Response("", CLIENT_GONE)
    chosen = results if answer.parsed.form in SOLUTION_FORMS else graphs
    assert chosen
    response = _told_of_cut(Response(answer.body, content_type=chosen[1]), answer)
    # The protocol lets a client name any graph; one that is not here is empty, and the client is told so.
    unknown = dataset().unknown(dict.fromkeys((*asked.default_graphs, *asked.named_graphs)))
    if unknown:
        response.headers["X-Unknown-Graphs"] = " ".join(f"<{iri}>" for iri in unknown)
    return response


def _evaluate(question: Question, seconds: float | None) -> Answer:
    """The answer of a worker, or of this process where there are no workers."""
    seen, workers = observed(), pool()
    try:
        if workers is None:
            answer = evaluate(dataset(), question)
        else:
            client: socket.socket | None = request.environ.get(CLIENT)
            answer = workers.answer(question, seconds, client, request.environ.get(ASKED))
    except QueryLimitError as error:
        seen.worker = error.kind
        raise
    except (QueryCrashedError, ClientGoneError) as error:
        seen.worker = "crashed" if isinstance(error, QueryCrashedError) else "left"
        raise
    seen.worker, seen.rows = "answered", answer.rows
    g.question, g.form = question, answer.parsed.form
    return answer


def _told_of_cut(response: Response, answer: Answer) -> Response:
    if answer.cut_by is not None:
        limit = settings().max_rows if answer.cut_by == "rows" else settings().max_bytes
        response.headers["X-Result-Truncated"] = "true"
        response.headers["X-Result-Limit"] = f"{answer.cut_by}={limit}"
    return response


def _without_query(format_name: str | None) -> Response:
    offers = ("text/turtle", "text/html", *_media_types(GRAPH_FORMATS))
    accept = (request.headers.get("Accept") or "")[:LONGEST_ACCEPT]
    if format_name is None and choose(accept, offers) == "text/html":
        return _vary(editor_page())
    chosen = _negotiated(GRAPH_FORMATS, format_name, accept)
    if chosen is None:
        raise not_acceptable(_media_types(GRAPH_FORMATS))
    name, content_type = chosen
    syntax = graph_format(name)
    assert syntax
    triples = service_description(dataset(), root() + "sparql")
    return _vary(Response(serialise_triples(triples, syntax), content_type=content_type))


def _vary(response: Response) -> Response:
    response.headers["Vary"] = "Accept"
    if response.mimetype == "text/html":
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    return response


@lru_cache(maxsize=512)
def _negotiated(
    formats: tuple[Syntax, ...], format_name: str | None, accept: str | None
) -> tuple[str, str] | None:
    """The name of the format and the content type of the answer; `?format=` wins over Accept."""
    if format_name is not None:
        named = (
            graph_format(format_name) if isinstance(formats[0], GraphFormat) else result_format(format_name)
        )
        return (named.name, named.content_type) if named else None
    by_type = {each.media_type: (each.name, each.content_type) for each in formats}
    for each in formats:
        for alias in each.aliases:
            by_type.setdefault(alias, (each.name, alias))
    chosen = choose(accept, tuple(by_type))
    return by_type[chosen] if chosen else None


def _media_types(formats: tuple[Syntax, ...]) -> tuple[str, ...]:
    return tuple(each.media_type for each in formats)
