"""Problems written for programs: as JSON (RFC 9457) and as plain text; the pages write them as HTML."""

import json

from hytegraph.server.http.exchange import HttpAnswer, HttpRequest
from hytegraph.server.http.negotiation import HTML, choose
from hytegraph.server.http.problems import Problem
from hytegraph.server.text.languages import language_of
from hytegraph.server.text.messages import TEXTS, Language, translate

PROBLEM_JSON = "application/problem+json"
_PLAIN = "text/plain"
_FOR_PROGRAMS = (PROBLEM_JSON, "application/json", HTML, _PLAIN)
_FOR_PEOPLE = (HTML, PROBLEM_JSON, "application/json", _PLAIN)
# Where a client that takes anything is a program.
_PROGRAM_PATHS = (
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


def wants_html(request: HttpRequest) -> bool:
    """Whether the client of a request likes a problem best as a page."""
    return _media_type(request) == HTML


def problem_document(problem: Problem, request: HttpRequest) -> HttpAnswer:
    """The answer that states a problem as JSON or plain text; it is never cached and never a success."""
    media_type = _media_type(request)
    if media_type == _PLAIN:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        body = _plain(problem, request)
    else:
        headers = {"Content-Type": PROBLEM_JSON if media_type == HTML else media_type}
        body = _json(problem, request)
    return HttpAnswer(problem.status, headers | problem_headers(problem), body.encode())


def problem_headers(problem: Problem) -> dict[str, str]:
    """The headers of the answer that states a problem, in whatever form."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language, Cookie"}
    if problem.allow:
        headers["Allow"] = ", ".join(problem.allow)
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return headers


def problem_type(root: str, slug: str) -> str:
    """The address of a problem type, where its page is."""
    return f"{root}problems/{slug}"


def title_of(problem: Problem, language: Language) -> str:
    """The short title of the problem in that language."""
    key = f"problem.{problem.slug}"
    return translate(key if key in TEXTS else "problem.internal", language)


def _media_type(request: HttpRequest) -> str:
    offers = _FOR_PROGRAMS if request.path.startswith(_PROGRAM_PATHS) else _FOR_PEOPLE
    return choose(request.headers.get("accept"), offers) or PROBLEM_JSON


def _json(problem: Problem, request: HttpRequest) -> str:
    members: dict[str, object] = {
        "type": problem_type(request.root, problem.slug),
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


def _plain(problem: Problem, request: HttpRequest) -> str:
    place = f" ({problem.line}:{problem.column})" if problem.line else ""
    title = title_of(problem, language_of(request))
    address = problem_type(request.root, problem.slug)
    return f"{problem.status} {title}{place}\n{problem.detail}\n{address}\n"
