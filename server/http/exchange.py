"""A request, its answer and the notes taken in between, as plain values that know no transport.

The notes go into the access log, the metrics and the Server-Timing header. They hold nothing personal: no client
address, no query text, no cookie, no header.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from hytegraph.server.http.answer_cache import KeptAnswer

QUERY_PATH = "/sparql"
METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT", "DELETE", "PATCH")


# The headers of an answer: a dict with canonical names, or Werkzeug's Headers.
HeaderMap = MutableMapping[str, str]


@dataclass(slots=True)
class HttpRequest:
    """A request; header names are in lower case, `root` is the service's address with a slash at its end.

    `client` names who asks: the address of the other end, or what a trusted proxy says.
    """

    method: str
    path: str
    query_string: bytes
    headers: Mapping[str, str]
    root: str
    client: str
    body: bytes = b""


@dataclass(slots=True)
class HttpAnswer:
    """An answer; `body` is None where it is streamed and must be left as it is."""

    status: int
    headers: HeaderMap
    body: bytes | None


@dataclass(slots=True)
class Exchange:
    """One request on its way to its answer.

    `key` names the answer in the cache (None: the answer is not kept), `kept` is the answer found there, `route` is the
    pattern of the address, never the address itself, which may hold anything.
    """

    request: HttpRequest
    started: float = field(default_factory=time.perf_counter)
    route: str = "-"
    key: bytes | None = None
    kept: KeptAnswer | None = None
    is_volatile: bool = False
    query: str | None = None
    rows: int | None = None
    worker: str | None = None
    cache: str | None = None
    spans: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long the request has taken so far."""
        return time.perf_counter() - self.started

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Note how long a part of the request takes, under a name for the Server-Timing header."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add_span(name, time.perf_counter() - began)

    def add_span(self, name: str, seconds: float) -> None:
        """Note that a part of the request has taken so many seconds."""
        self.spans[name] = self.spans.get(name, 0.0) + seconds

    def timing(self) -> str:
        """The value of the Server-Timing header."""
        parts = [f"{name};dur={1000 * seconds:.2f}" for name, seconds in self.spans.items()]
        if self.cache:
            parts.append(f'cache;desc="{self.cache}"')
        parts.append(f"total;dur={1000 * self.seconds:.2f}")
        return ", ".join(parts)


def query_hash(text: str) -> str:
    """A short name for a query's text, by which equal queries are found in the log.

    >>> query_hash("ASK {}")
    '819ea91ed5f1'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
