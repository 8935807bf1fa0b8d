"""Connects Flask to the delivery: each of its requests becomes an exchange, each of its answers is finished there."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from pyoxigraph import NamedNode

from hytegraph.server.context import settings
from hytegraph.server.http.caching import address_key
from hytegraph.server.http.delivery import EXTENSION, Delivery
from hytegraph.server.http.exchange import QUERY_PATH, Exchange, HeaderMap, HttpAnswer, HttpRequest
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.http.rate_limit import client_of


def install(app: Flask, delivery: Delivery) -> None:
    """Let all requests of an application pass a delivery; what is registered later changes an answer before it."""
    app.extensions[EXTENSION] = delivery
    app.before_request(_begin)
    app.after_request(_finish)


def exchange() -> Exchange:
    """The exchange of the running request."""
    if "exchange" not in g:
        g.exchange = Exchange(_http_request())
    running: Exchange = g.exchange
    return running


def root() -> str:
    """The service's address with a slash at its end; raises ProblemError for a Host header that is no host."""
    address = _root()
    try:
        return NamedNode(address).value
    except ValueError as error:
        raise ProblemError(Problem(400, "bad-request", "The Host header is not that of a host.")) from error


def flask_response(answer: HttpAnswer) -> Response:
    """An answer as Flask has it."""
    return Response(answer.body, answer.status, list(answer.headers.items()))


def _begin() -> Response | None:
    running, delivery = exchange(), _delivery()
    delivery.admit(running)
    # An answer to a query is named by what the query says, whichever way it was sent.
    if running.request.path != QUERY_PATH or b"query=" not in running.request.query_string:
        running.key = address_key(delivery.checksum, running.request)
        kept = delivery.recall(running)
        return None if kept is None else flask_response(kept)
    return None


def _delivery() -> Delivery:
    return Delivery.of(current_app)


def _finish(response: Response) -> Response:
    running = exchange()
    running.route = request.url_rule.rule if request.url_rule is not None else "-"
    if request.endpoint == "static" and response.status_code == 200:
        # Files of the program are small, and compressed like every other text.
        running.key = None
        response.direct_passthrough = False
        response.make_sequence()
    is_streamed = response.is_streamed or response.direct_passthrough
    body = None if is_streamed else response.get_data()
    answer = HttpAnswer(response.status_code, cast(HeaderMap, response.headers), body)
    _delivery().finish(running, answer)
    response.headers["Server-Timing"] = running.timing()
    if answer.body is not body:
        response.set_data(answer.body or b"")
    if answer.status == 304:
        response.status_code = 304
        response.headers.pop("Content-Length", None)
    return response


def _http_request() -> HttpRequest:
    headers = {name.lower(): value for name, value in request.headers.items()}
    client = client_of(request.remote_addr or "", headers, settings().proxy_header)
    return HttpRequest(request.method, request.path, request.query_string, headers, _root(), client)


def _root() -> str:
    public = settings().public_url
    return public.rstrip("/") + "/" if public else request.host_url
