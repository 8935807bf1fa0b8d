"""Every failure as an RFC 9457 problem, in JSON, HTML or plain text as the client prefers."""

import json
from dataclasses import dataclass

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from hytegraph.graph.errors import (
    HytegraphError,
    NotWritableError,
    QueryCrashedError,
    QueryFailedError,
    QueryLimitError,
    QueryRefusedError,
    QuerySyntaxError,
    StoreError,
    UnknownNameError,
)
from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS, GraphFormat, ResultFormat
from hytegraph.server.context import settings
from hytegraph.server.http.negotiation import choose
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import TEXTS, Language, translate

PROBLEM_JSON = "application/problem+json"
_MACHINE_PATHS = (
    "/sparql",
    "/data/",
    "/dumps/",
    "/query/",
    "/rdf-graph-store",
    "/catalog",
    "/.well-known/",
    "/metrics",
    "/readyz",
    "/openapi.json",
)
_SLUGS = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-long",
    414: "too-long",
    415: "unsupported-media-type",
    429: "too-many-requests",
    503: "overloaded",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as it is told: `slug` names its page under /problems/ and its title in the texts."""

    status: int
    slug: str
    detail: str
    line: int | None = None
    column: int | None = None
    offers: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    limit: int | float | None = None
    retry_after: int | None = None


class ProblemError(HytegraphError):
    """A request that is answered with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def not_acceptable(offers: tuple[str, ...]) -> ProblemError:
    """The 406 that lists what could have been asked for."""
    return ProblemError(Problem(406, "not-acceptable", "Available: " + ", ".join(offers), offers=offers))


def problem_of(error: Exception) -> Problem:
    """The problem that an error is told as; what is not known is an internal error without details."""
    match error:
        case ProblemError():
            return error.problem
        case QuerySyntaxError():
            return Problem(400, "query-syntax", error.reason, error.line, error.column)
        case NotWritableError():
            formats: tuple[GraphFormat | ResultFormat, ...]
            formats = (
                RESULT_FORMATS if error.label in {form.label for form in RESULT_FORMATS} else GRAPH_FORMATS
            )
            others = tuple(form.media_type for form in formats if form.label != error.label)
            return Problem(406, "not-writable", str(error), offers=others)
        case QueryRefusedError(kind="function"):
            return Problem(400, "query-refused-function", error.reason)
        case QueryRefusedError():
            return Problem(403, f"query-refused-{error.kind}", error.reason)
        case UnknownNameError():
            return Problem(404, "not-found", str(error))
        case QueryLimitError():
            status = 403 if error.kind in ("rows", "bytes") else 503
            retry_after = {"queue": 2, "memory": 10, "time": 10}.get(error.kind)
            slug = f"query-limit-{error.kind}"
            return Problem(status, slug, error.reason, limit=error.limit, retry_after=retry_after)
        case QueryCrashedError():
            return Problem(503, "query-crashed", error.reason)
        case StoreError():
            return Problem(
                503, "store", "The store behind the service did not answer rightly.", retry_after=10
            )
        case QueryFailedError():
            return Problem(500, "query-failed", error.reason)
        case HTTPException() if error.code is not None and error.code >= 400:
            allow = tuple(sorted(getattr(error, "valid_methods", None) or ()))
            slug = _SLUGS.get(error.code, "internal" if error.code >= 500 else "bad-request")
            return Problem(error.code, slug, error.description or "", allow=allow)
        case _:
            return Problem(500, "internal", "The server could not answer. The failure has been logged.")


def problem_response(problem: Problem) -> Response:
    """The answer that tells a problem; it is never cached and never a success."""
    machine = request.path.startswith(_MACHINE_PATHS)
    offers = (PROBLEM_JSON, "application/json", "text/html", "text/plain")
    if not machine:
        offers = ("text/html", PROBLEM_JSON, "application/json", "text/plain")
    media_type = choose(request.headers.get("Accept"), offers) or PROBLEM_JSON
    language = reader_language(request)
    if media_type == "text/html":
        response = make_response(render_template("shared/problem.html", problem=problem))
        response.headers["Content-Language"] = language
    elif media_type == "text/plain":
        response = Response(_plain(problem, language), content_type="text/plain; charset=utf-8")
    else:
        response = Response(_json(problem), content_type=media_type)
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    if problem.allow:
        response.headers["Allow"] = ", ".join(problem.allow)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def problem_type(slug: str) -> str:
    """The address of a problem type, where its page is."""
    return f"{settings().public_url or request.host_url.rstrip('/')}/problems/{slug}"


def title_of(problem: Problem, language: Language) -> str:
    """The short title of the problem in that language."""
    key = f"problem.{problem.slug}"
    return translate(key if key in TEXTS else "problem.internal", language)


def _json(problem: Problem) -> str:
    members: dict[str, object] = {
        "type": problem_type(problem.slug),
        "title": title_of(problem, "en"),
        "status": problem.status,
        "detail": problem.detail,
    }
    optional = {
        "line": problem.line,
        "column": problem.column,
        "available": list(problem.offers) or None,
        "limit": problem.limit,
        "retry_after": problem.retry_after,
    }
    members.update({name: value for name, value in optional.items() if value is not None})
    return json.dumps(members, ensure_ascii=False)


def _plain(problem: Problem, language: Language) -> str:
    place = f" ({problem.line}:{problem.column})" if problem.line else ""
    return f"{problem.status} {title_of(problem, language)}{place}\n{problem.detail}\n{problem_type(problem.slug)}\n"
