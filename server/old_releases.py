"""Pages and data of an old release: `?release=VERSION` at any address that is of a release.

An application of its own answers from that release, as the service did when it was the newest. What is of no release
refuses the parameter, and an unknown version is not found, so that no answer is about another release than was asked.
Queries are evaluated by workers, of which each release has its own (`graph.evaluation.earlier`).
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, g, request

from hytegraph.graph.errors import ReleaseNotOpenError, UnknownNameError
from hytegraph.graph.evaluation.earlier import MOST_OPEN
from hytegraph.graph.evaluation.few_open import FewOpen
from hytegraph.graph.formats import N_QUADS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_slow_to_load, make_store
from hytegraph.server.catalogue.releases import is_served, published_row
from hytegraph.server.context import ANSWERED_ELSEWHERE, dataset, folder_of_stores, settings
from hytegraph.server.http.exchange import QUERY_PATH
from hytegraph.server.http.flask_exchange import exchange
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import RELEASE, is_of_release
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.settings import Settings
from hytegraph.server.sparql.endpoint import wants_page
from hytegraph.server.text.kept_links import keep, keep_in_header, keep_in_page

_EXTENSION = "hytegraph.old_releases"
_DUMP = "catalogue.dump"
# What the outer application sets itself, and what only it may negotiate with the client.
_OUTER_HEADERS = ("Server-Timing", "ETag", "Last-Modified", "Date", "Content-Length", "Set-Cookie")
_OUTER_WISHES = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
Make = Callable[[Settings, Dataset], Flask]


def install(app: Flask, served: Dataset, own: Settings, make: Make) -> None:
    """Let an application answer for the published releases beside its data; `make` makes the application of one."""

    def open_release(folder: Path) -> Flask:
        # One answer is kept and logged once, by the application that the client has asked.
        inner = replace(own, release=str(folder), store="", cache_bytes=0, access_log="off", rate_limit=0)
        if is_slow_to_load(folder):
            return make(inner, make_store(folder, folder_of_stores(own)).open())
        return make(inner, Dataset.open(folder))

    folders = {one.version: one.folder for one in published_row(served)}
    app.extensions[_EXTENSION] = FewOpen(folders, open_release, MOST_OPEN)
    app.before_request(_answer)
    app.after_request(_keep_query_page)


def is_answer_of_old_release() -> bool:
    """Whether the page shows the answer to a query that the workers of an old release have given."""
    version = request.args.get(RELEASE.name)
    if request.path != QUERY_PATH or version is None:
        return False
    is_there = any(one.version == version for one in published_row(dataset()))
    return is_there and not is_served(dataset(), version)


def _answer() -> Response | None:
    """The answer of the old release that the address names; None where the request goes on here."""
    version = request.args.get(RELEASE.name)
    if version is None:
        version = _release_of_dump()
        return _ask(version) if version else None
    if not is_of_release(request.endpoint):
        detail = f"{request.path} is of no release; ask for it without {RELEASE.name}=."
        raise ProblemError(Problem(400, "bad-request", detail))
    if request.path.rstrip("/") == QUERY_PATH and not _is_editor():
        return None
    return None if is_served(dataset(), version) else _ask(version)


def _is_editor() -> bool:
    """Whether a person asks for the page on which queries are written."""
    return request.method in ("GET", "HEAD") and "query" not in request.args and wants_page(exchange())


def _release_of_dump() -> str:
    """The version of the old release whose file is asked for in a format that no file is of; '' for another address."""
    if request.endpoint != _DUMP or not request.view_args:
        return ""
    name, suffix = request.view_args["release"], request.view_args["suffix"]
    old = next((one for one in published_row(dataset()) if one.name == name), None)
    if old is None or suffix == N_QUADS.extension or is_slow_to_load(old.folder):
        return ""
    return "" if is_served(dataset(), old.version) else old.version


def _ask(version: str) -> Response:
    releases: FewOpen[Flask] = current_app.extensions[_EXTENSION]
    try:
        app = releases.get(version, settings().timeout)
    except UnknownNameError as error:
        raise ProblemError(Problem(404, "not-found", str(error))) from error
    except ReleaseNotOpenError as error:
        raise ProblemError(Problem(503, "not-ready", str(error.reason), retry_after=5)) from error
    setattr(g, ANSWERED_ELSEWHERE, True)
    environ: dict[str, Any] = {
        name: value for name, value in request.environ.items() if name not in _OUTER_WISHES
    }
    if request.method == "HEAD":
        environ["REQUEST_METHOD"] = "GET"
    answer = cast(Response, Response.from_app(app.wsgi_app, environ, buffered=True))
    for name in _OUTER_HEADERS:
        answer.headers.pop(name, None)
    return _kept(answer, version)


def _kept(answer: Response, version: str) -> Response:
    """The answer with links that stay in the release."""
    if answer.mimetype == HTML:
        answer.set_data(keep_in_page(answer.get_data(as_text=True), version))
    links = [keep_in_header(value, version) for value in answer.headers.getlist("Link")]
    if links:
        answer.headers.setlist("Link", links)
    if answer.location and request.endpoint != _DUMP:
        answer.headers["Location"] = keep(answer.location, version)
    return answer


def _keep_query_page(response: Response) -> Response:
    """The page with the answer to a query, which this application makes, leads on in the release that was asked."""
    if response.mimetype != HTML or ANSWERED_ELSEWHERE in g or not is_answer_of_old_release():
        return response
    return _kept(response, request.args[RELEASE.name])
