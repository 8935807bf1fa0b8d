"""Every failure as an RFC 9457 problem: what is wrong, with which status it is answered, and what would help."""

from dataclasses import dataclass

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


def _not_writable(error: NotWritableError) -> Problem:
    """The format that cannot hold the answer, with the other formats of its form."""
    formats: tuple[GraphFormat | ResultFormat, ...] = GRAPH_FORMATS
    if error.label in {form.label for form in RESULT_FORMATS}:
        formats = RESULT_FORMATS
    others = tuple(form.media_type for form in formats if form.label != error.label)
    return Problem(406, "not-writable", str(error), offers=others)


def problem_of(error: Exception) -> Problem:
    """The problem that an error is told as; what is not known is an internal error without details."""
    match error:
        case ProblemError():
            return error.problem
        case QuerySyntaxError():
            return Problem(400, "query-syntax", error.reason, error.line, error.column)
        case NotWritableError():
            return _not_writable(error)
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
            # The framework's words about a URL help nobody further.
            detail = "There is nothing at this address." if error.code == 404 else error.description or ""
            return Problem(error.code, slug, detail, allow=allow)
        case _:
            return Problem(500, "internal", "The server could not answer. The failure has been logged.")
