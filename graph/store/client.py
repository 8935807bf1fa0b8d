"""Speaks SPARQL 1.1 over HTTP with a store: queries, updates and whole graphs, with time and size limits."""

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit, urlunsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, ProtocolError, TimeoutError

from hytegraph.graph.errors import QuerySyntaxError, StoreError, StoreTimeoutError
from hytegraph.graph.store.replicas import Replica, Replicas

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
_FORM = "application/x-www-form-urlencoded"
_CHUNK = 1 << 16
# Virtuoso says so when it has cut an answer; the status is 200 all the same.
_CUT_HEADERS = ("X-SQL-State", "X-SPARQL-MaxRows")
_PART = 206


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """How long a store may take for one answer, in seconds, and how many bytes the answer may have."""

    seconds: float = 30.0
    max_bytes: int = 256 * 1024 * 1024


class StoreClient:
    """One store: its query endpoint, and where it takes updates and whole graphs; safe for several threads.

    Several query addresses, separated by commas, are replicas of which one is asked. A user and password in an address
    are sent as basic authentication and are never shown.
    """

    def __init__(
        self, query: str, update: str = "", graphs: str = "", limits: StoreLimits | None = None
    ) -> None:
        addresses = [address.strip() for address in query.split(",")]
        self.replicas = Replicas([Replica(*_without_password(address)) for address in addresses])
        self.update_url, update_headers = _without_password(update)
        self.graph_url, graph_headers = _without_password(graphs)
        self._write_headers = update_headers or graph_headers or self.replicas.all[0].headers
        self.limits = limits or StoreLimits()
        self._pool = urllib3.PoolManager(maxsize=32, retries=False)

    @property
    def query_url(self) -> str:
        """The address that is asked first."""
        return self.replicas.current.url

    def query(
        self,
        text: str,
        accept: str = JSON,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        """The answer to a query; raises QuerySyntaxError when the store cannot read it, or StoreError."""
        form = [("query", text)]
        form += [("default-graph-uri", iri) for iri in default_graphs]
        form += [("named-graph-uri", iri) for iri in named_graphs]
        return self.replicas.ask(partial(self._query, urlencode(form).encode(), accept))

    def only(self, replica: Replica) -> "StoreClient":
        """The client of one of the addresses, for reading."""
        alone = StoreClient(replica.url, limits=self.limits)
        alone.replicas = Replicas([Replica(replica.url, replica.headers)])
        return alone

    def _query(self, form: bytes, accept: str, replica: Replica) -> bytes:
        headers = {"Content-Type": _FORM, "Accept": accept, **replica.headers}
        status, body = self._send("POST", replica.url, form, headers)
        if status == 400:
            raise QuerySyntaxError(f"the store cannot read the query: {_words(body)}")
        self._check(replica.url, status, body)
        return body

    def update(self, text: str) -> None:
        """Carries out an update; raises StoreError."""
        headers = {"Content-Type": _FORM, "Accept": "*/*", **self._write_headers}
        status, body = self._send("POST", self.update_url, urlencode({"update": text}).encode(), headers)
        self._check(self.update_url, status, body)

    def read_graph(self, graph: str) -> bytes:
        """The graph as N-Triples from the graph store; raises StoreError."""
        headers = {"Accept": N_TRIPLES, **self._write_headers}
        status, body = self._send("GET", self._graph(graph), b"", headers)
        self._check(self.graph_url, status, body)
        return body

    def write_graph(self, graph: str, triples: bytes, *, replace: bool) -> None:
        """Replaces the graph by the N-Triples, or adds them to it; raises StoreError."""
        headers = {"Content-Type": N_TRIPLES, "Accept": "*/*", **self._write_headers}
        status, body = self._send("PUT" if replace else "POST", self._graph(graph), triples, headers)
        self._check(self.graph_url, status, body)

    def delete_graph(self, graph: str) -> None:
        """Removes the graph, whether it is there or not; raises StoreError."""
        status, body = self._send("DELETE", self._graph(graph), b"", dict(self._write_headers))
        if status != 404:
            self._check(self.graph_url, status, body)

    def _graph(self, graph: str) -> str:
        return f"{self.graph_url}?{urlencode({'graph': graph})}"

    def _check(self, url: str, status: int, body: bytes) -> None:
        if not 200 <= status < 300:
            raise StoreError(url, f"it answered {status}: {_words(body)}", status=status)

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        deadline = time.monotonic() + self.limits.seconds
        try:
            try:
                return self._exchange(method, url, body, headers, deadline)
            except ProtocolError:
                # A kept connection that the store has closed in the meantime; all requests here may be repeated.
                return self._exchange(method, url, body, headers, deadline)
        except NewConnectionError as error:
            # It is a kind of TimeoutError in urllib3, though nobody has waited.
            raise StoreError(url, _reason(error)) from error
        except TimeoutError as error:
            raise StoreTimeoutError(url, self.limits.seconds) from error
        except HTTPError as error:
            raise StoreError(url, _reason(error)) from error

    def _exchange(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], deadline: float
    ) -> tuple[int, bytes]:
        left = max(deadline - time.monotonic(), 0.05)
        response = self._pool.request(
            method,
            url,
            body=body or None,
            headers={"User-Agent": "hytegraph", "Accept-Encoding": "gzip", **headers},
            timeout=urllib3.Timeout(connect=min(left, 5.0), read=left),
            redirect=False,
            preload_content=False,
        )
        try:
            read = self._body(response, url, deadline)
        except BaseException:
            response.close()
            raise
        response.release_conn()
        return response.status, read

    def _body(self, response: urllib3.BaseHTTPResponse, url: str, deadline: float) -> bytes:
        if response.status == _PART or any(name in response.headers for name in _CUT_HEADERS):
            raise StoreError(url, "it sent only a part of the answer; raise the store's own limits")
        parts: list[bytes] = []
        size = 0
        # Not `stream`, which waits for a whole chunk: a store that drips would never meet the deadline.
        while part := response.read1(_CHUNK):
            size += len(part)
            if size > self.limits.max_bytes:
                raise StoreError(url, f"the answer is longer than {self.limits.max_bytes} bytes")
            if time.monotonic() > deadline:
                raise StoreTimeoutError(url, self.limits.seconds)
            parts.append(part)
        return b"".join(parts)


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    if not url:
        return "", {}
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(url.rpartition("@")[2], "it is not an http or https address")
    user, sign, host = parts.netloc.rpartition("@")
    bare = urlunsplit(parts._replace(netloc=host, fragment=""))
    if not sign:
        return bare, {}
    return bare, {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()}


def _words(body: bytes) -> str:
    return " ".join(body[:2000].decode("utf-8", "replace").split())[:400]


def _reason(error: HTTPError) -> str:
    return f"it cannot be reached: {' '.join(str(error).split())[:200]}"
