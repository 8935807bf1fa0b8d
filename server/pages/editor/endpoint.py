"""The address of the SPARQL endpoint as Flask serves it: for programs the endpoint, for browsers without a query the
editor.
"""

from flask import Blueprint, Response, current_app, redirect, request

from hytegraph.graph.errors import ReleaseNotOpenError, UnknownNameError
from hytegraph.graph.evaluation.question import Answer, evaluate
from hytegraph.graph.evaluation.workers import ClientGoneError
from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from hytegraph.server.catalogue.releases import is_served
from hytegraph.server.context import dataset, earlier, pool, settings
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.http.flask_exchange import exchange, flask_response
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import RELEASE, Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.editor.given import given_answer
from hytegraph.server.pages.editor.routes import editor_page
from hytegraph.server.sparql.endpoint import ACCEPT_QUERY, CLIENT_GONE, Endpoint, Evaluation, wants_page
from hytegraph.server.sparql.protocol import METHODS, read_operation
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("sparql", __name__)


SPARQL = (
    Parameter(
        "query", "A SPARQL 1.1 query; without it, the service description.", example="ASK { ?s ?p ?o }"
    ),
    Parameter("default-graph-uri", "A graph of the query's default graph.", repeated=True),
    Parameter("named-graph-uri", "A graph that the query may name.", repeated=True),
    Parameter(
        "format",
        "Format of the answer, before Accept.",
        values=tuple(f.name for f in (*RESULT_FORMATS, *GRAPH_FORMATS)),
    ),
    Parameter("timeout", "A time limit in seconds, below that of the service."),
    RELEASE,
    Parameter("on_limit", "What happens at the limit of rows or bytes.", values=("refuse", "cut")),
)


@blueprint.route("/sparql", methods=METHODS)
@asks(*SPARQL)
@offers(*(syntax.media_type for syntax in (*RESULT_FORMATS, *GRAPH_FORMATS)), HTML)
def sparql() -> Response:
    """Answers a query, a browser's GET with a page; without one, the editor or the service description."""
    running = exchange()
    if request.method not in ("GET", "HEAD"):
        running.request.body = request.get_data()
    endpoint = Endpoint(dataset(), settings(), Delivery.of(current_app))
    try:
        if not wants_page(running):
            return flask_response(endpoint.answer(running, _evaluate))
        text = read_operation(running.request).text
        given = text and given_answer(running, endpoint, _evaluate, reader_language(request))
        page = editor_page(text, given or None)
        page.headers["Vary"] = "Accept, Accept-Language, Cookie"
        return page
    except ClientGoneError:
        return Response("", CLIENT_GONE)


@blueprint.route("/sparql/", methods=METHODS)
def sparql_with_slash() -> Response:
    """The endpoint has one address; the method and the body stay as they are (308)."""
    query = request.query_string.decode("ascii", "replace")
    moved = redirect("/sparql" + (f"?{query}" if query else ""), code=308)
    return Response(moved.response, 308, moved.headers)


@blueprint.after_request
def _offer_query_method(response: Response) -> Response:
    response.headers["Accept-Query"] = ACCEPT_QUERY
    return response


def _evaluate(evaluation: Evaluation) -> Answer:
    """The answer of a worker, or of this process where there are no workers."""
    workers, version = pool(), evaluation.operation.release
    with evaluation.exchange.span("query"):
        if version and not is_served(dataset(), version):
            return _ask_release(evaluation, version)
        if workers is None:
            return evaluate(dataset(), evaluation.question)
        return workers.answer(
            evaluation.question, evaluation.operation.seconds, name=evaluation.exchange.request.client
        )


def _ask_release(evaluation: Evaluation, version: str) -> Answer:
    """The answer of a published release."""
    operation, exchange = evaluation.operation, evaluation.exchange
    allowed = min(operation.seconds or settings().timeout, settings().timeout)
    try:
        return earlier().answer(version, evaluation.question, allowed, exchange.request.client)
    except UnknownNameError as error:
        raise ProblemError(Problem(404, "not-found", str(error))) from error
    except ReleaseNotOpenError as error:
        raise ProblemError(Problem(503, "not-ready", str(error.reason), retry_after=5)) from error
