"""The headers that answers carry whatever is in them: security, and what programs on other origins may do."""

import re

from hytegraph.server.http.exchange import HeaderMap, HttpRequest

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# What is for the operator alone; everything else is public data, without rights that a page could misuse.
CLOSED_PATHS = ("/metrics",)
# What a program in a browser may read of an answer from another origin, beside the safe headers.
EXPOSED = (
    "Accept-Query, Allow, Content-Disposition, ETag, Link, Location, Retry-After, Server-Timing, Vary, "
    "X-Result-Limit, X-Result-Truncated, X-Unknown-Graphs"
)
# Header names as HTTP writes them; what is none is not repeated in an answer.
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~\-]{1,64}")
_MOST_NAMES = 32


def add_common_headers(headers: HeaderMap, request: HttpRequest) -> None:
    """Add the headers that every answer carries, and those by which pages of other origins may read it."""
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if request.path.startswith(CLOSED_PATHS):
        return
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Timing-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, QUERY, OPTIONS"
        headers["Access-Control-Allow-Headers"] = _allowed(request)
        headers["Access-Control-Max-Age"] = "86400"


def _allowed(request: HttpRequest) -> str:
    """The headers that a preflight asks for: none of them changes what may be read, so each is allowed by its name.

    `*` would not do: it leaves Authorization out.
    """
    asked = (name.strip() for name in request.headers.get("access-control-request-headers", "").split(","))
    names = [name for name in asked if _HEADER_NAME.fullmatch(name)][:_MOST_NAMES]
    return ", ".join(names) or "Accept, Content-Type"
