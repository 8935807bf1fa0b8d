"""The headers that answers carry whatever is in them: security, and what programs on other origins may do."""

from hytegraph.server.http.exchange import HeaderMap, HttpRequest

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
OPEN_PATHS = (
    "/sparql",
    "/data/",
    "/dumps/",
    "/query/",
    "/ns",
    "/id/",
    "/graph/",
    "/rdf-graph-store",
    "/catalog",
    "/.well-known/",
    "/openapi.json",
    "/problems",
    "/validation",
    "/questions",
    "/checks",
)
# What a program in a browser may read of an answer from another origin, beside the safe headers.
EXPOSED = "ETag, Link, Retry-After, Server-Timing, X-Result-Limit, X-Result-Truncated"


def add_common_headers(headers: HeaderMap, request: HttpRequest) -> None:
    """Add the headers that every answer carries, and those of addresses that other origins may read."""
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if not request.path.startswith(OPEN_PATHS):
        return
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Timing-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, QUERY, OPTIONS"
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        headers["Access-Control-Max-Age"] = "86400"
