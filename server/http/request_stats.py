"""What is noted of a request while it is answered: for the access log, the metrics and the Server-Timing header.

Nothing of a person is kept: no address of the client, no text of a query, no cookie, no header.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, Response, g, request

# What a program in a browser may read of an answer from another origin, beside the safe headers.
EXPOSED = "ETag, Link, Retry-After, Server-Timing, X-Result-Limit, X-Result-Truncated"


@dataclass(slots=True)
class Observation:
    """One request: when it began, and what its handler tells of it."""

    started: float = field(default_factory=time.perf_counter)
    query: str | None = None
    rows: int | None = None
    worker: str | None = None
    cache: str | None = None
    spans: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long the request has taken so far."""
        return time.perf_counter() - self.started


def observed() -> Observation:
    """The observation of the running request."""
    if "observation" not in g:
        g.observation = Observation()
    observation: Observation = g.observation
    return observation


@contextmanager
def span(name: str) -> Iterator[None]:
    """Note how long a part of the request takes, under a name for the Server-Timing header."""
    began = time.perf_counter()
    try:
        yield
    finally:
        spans = observed().spans
        spans[name] = spans.get(name, 0.0) + time.perf_counter() - began


def query_hash(text: str) -> str:
    """A short name for a query's text, by which equal queries are found in the log.

    >>> query_hash("ASK {}")
    '819ea91ed5f1'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def install(app: Flask) -> None:
    """Observe every request of the application; to be called before anything else is registered."""
    app.before_request(_begin)
    app.after_request(_server_timing)


def _begin() -> None:
    observed()


def _server_timing(response: Response) -> Response:
    seen = observed()
    parts = [f"{name};dur={1000 * seconds:.2f}" for name, seconds in seen.spans.items()]
    if seen.cache:
        parts.append(f'cache;desc="{seen.cache}"')
    parts.append(f"total;dur={1000 * seen.seconds:.2f}")
    response.headers["Server-Timing"] = ", ".join(parts)
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Timing-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def route() -> str:
    """The pattern of the address that was asked for; never the address itself, which may hold anything."""
    return request.url_rule.rule if request.url_rule is not None else "-"
