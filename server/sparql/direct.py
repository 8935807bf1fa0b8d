"""Answers plain requests in the thread of the connections, without Flask: kept answers, and queries as workers answer.

The thread never waits: a query is put to a free worker, and its answer is written when it has come. One that takes
longer is waited for by another thread. Everything else (no plain HTTP, a page that is not kept, a client that wants
problems as pages) is for Flask.
"""

import socket
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from flask import Flask

from hytegraph.graph.evaluation.pool import Pending, Pool
from hytegraph.graph.evaluation.question import Answer
from hytegraph.graph.evaluation.workers import ClientGoneError
from hytegraph.server.context import EXTENSION as CONTEXT
from hytegraph.server.context import Context
from hytegraph.server.http.access_log import Line
from hytegraph.server.http.answer_cache import KeptAnswer
from hytegraph.server.http.caching import address_key
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.http.exchange import QUERY_PATH, Exchange, HttpAnswer
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.plain_http import PlainRequest, read_request, write_end, write_head
from hytegraph.server.sparql.endpoint import CLIENT_GONE, Endpoint, Evaluation

_OVERHEAD = 1000
# Flask sets a cookie where a reader chooses a language.
_CHOICE = b"lang="
_RELEASE = b"release="
Essence = tuple[bytes, bytes]


@dataclass(slots=True)
class _Repeat:
    """The answer to requests of one essence: its head but for date and timing, its body, and its log line."""

    head: bytes
    body: bytes
    kept: KeptAnswer
    line: Line


class Direct:
    """The direct way of one application; all but the waiting of queries is for the thread of the connections."""

    def __init__(self, app: Flask) -> None:
        context: Context = app.extensions[CONTEXT]
        self.delivery = Delivery.of(app)
        self.endpoint = Endpoint(context.dataset, context.settings, self.delivery)
        self._pool = context.pool
        self._settings = context.settings
        self._lock = threading.Lock()
        self._repeats: OrderedDict[Essence, _Repeat] = OrderedDict()

    def begin(self, data: bytes, address: str) -> "bytes | DirectQuery | None":
        """The answer to the request that the bytes are, or the query to be evaluated; None where Flask answers."""
        plain = read_request(data, address, self._settings.public_url, self._settings.proxy_header)
        if plain is None or self._pool is None:
            return None
        repeat = self._repeats.get(plain.essence)
        exchange = Exchange(plain.request)
        try:
            if repeat is not None and self.delivery.cache.touch(repeat.kept):
                self.delivery.admit(exchange)
                return self._repeated(exchange, repeat)
            return self._begin(exchange, plain, self._pool)
        except Exception as error:  # noqa: BLE001 # the thread of the connections must go on
            return self.write(plain, exchange, self.endpoint.explain(exchange, error))

    def write(
        self, plain: PlainRequest, exchange: Exchange, answer: HttpAnswer, *, is_last: bool = False
    ) -> bytes:
        """The bytes of an answer, finished and noted."""
        line = self.delivery.finish(exchange, answer)
        head = write_head(answer)
        body = answer.body if answer.body and plain.request.method != "HEAD" else b""
        kept = exchange.kept
        if kept is not None and kept.variant is not None and plain.request.method in ("GET", "HEAD"):
            self._remember(plain.essence, _Repeat(head, body, kept, line))
        return head + write_end(exchange.timing(), is_last=is_last) + body

    def _begin(self, exchange: Exchange, plain: PlainRequest, pool: Pool) -> "bytes | DirectQuery | None":
        request = plain.request
        accept = request.headers.get("accept", "")
        if request.path == QUERY_PATH:
            # A browser gets the editor, and problems as pages; an earlier release may have to be opened first.
            if HTML in accept or _RELEASE in request.query_string or _RELEASE in request.body:
                return None
            self.delivery.admit(exchange)
            begun = self.endpoint.begin(exchange)
            if isinstance(begun, HttpAnswer):
                return self.write(plain, exchange, begun)
            return DirectQuery(self, pool, plain, begun)
        exchange.key = (
            None if _CHOICE in request.query_string else address_key(self.delivery.checksum, request)
        )
        kept = self.delivery.recall(exchange)
        if kept is None:
            return None
        self.delivery.admit(exchange)
        return self.write(plain, exchange, kept)

    def _repeated(self, exchange: Exchange, repeat: _Repeat) -> bytes:
        line = repeat.line
        line.seconds = exchange.seconds
        meters = self.delivery.meters
        meters.repeated.inc()
        meters.count(repeat.kept.route, line.method, line.status, line.seconds, line.size)
        self.delivery.log.write(line)
        timing = f'cache;desc="hit", total;dur={1000 * line.seconds:.2f}'
        return repeat.head + write_end(timing, is_last=False) + repeat.body

    def _remember(self, essence: Essence, repeat: _Repeat) -> None:
        """Answer the next request like this one from the kept bytes."""
        repeat.line.cache, repeat.line.worker = "hit", None
        room = self.delivery.cache.limit // 8 // (_OVERHEAD + len(repeat.head) + sum(map(len, essence)))
        with self._lock:
            self._repeats[essence] = repeat
            while len(self._repeats) > room:
                self._repeats.popitem(last=False)


class DirectQuery:
    """A query on the direct way: put to a worker, answered when the worker has, or waited for by a thread."""

    def __init__(self, direct: Direct, pool: Pool, plain: PlainRequest, evaluation: Evaluation) -> None:
        self.began = time.perf_counter()
        self._direct = direct
        self._pool = pool
        self._plain = plain
        self._evaluation = evaluation
        self._pending: Pending | None = None

    def fileno(self) -> int:
        """The descriptor that becomes readable when the worker says something; -1 while no worker has the query."""
        return -1 if self._pending is None else self._pending.fileno()

    def ask(self) -> bool:
        """Put the query to a worker; whether one was free."""
        self._pending = self._pool.ask_at_once(self._evaluation.question)
        return self._pending is not None

    def read(self) -> bytes | None:
        """The answer, where the worker has given it whole; None where somebody has to wait for it."""
        assert self._pending
        try:
            answer = self._pool.take_answer(self._pending)
        except Exception as error:  # noqa: BLE001 # as above
            return self._fail(error, is_last=False)
        if answer is None:
            return None
        self._direct.delivery.meters.evaluated_directly.inc()
        return self._complete(answer, is_last=False)

    def wait(self, client: socket.socket, *, is_last: bool) -> bytes:
        """The answer, waited for within the limits of the query; empty where the client has left."""
        question, seconds = self._evaluation.question, self._evaluation.operation.seconds
        try:
            answer = self._pool.answer(question, seconds, client, self._pending, self._plain.request.client)
        except ClientGoneError as error:
            exchange = self._evaluation.exchange
            self._direct.endpoint.refusal(self._evaluation, error)
            self._direct.delivery.finish(exchange, HttpAnswer(CLIENT_GONE, {}, b""))
            return b""
        except Exception as error:  # noqa: BLE001 # the client gets an answer whatever happens
            return self._fail(error, is_last=is_last)
        return self._complete(answer, is_last=is_last)

    def abandon(self) -> None:
        """Stop the query: nobody waits for it any more."""
        if self._pending is not None:
            self._pool.abandon(self._pending)

    def _complete(self, answer: Answer, *, is_last: bool) -> bytes:
        exchange = self._evaluation.exchange
        exchange.add_span("query", time.perf_counter() - self.began)
        complete = self._direct.endpoint.complete(self._evaluation, answer)
        return self._direct.write(self._plain, exchange, complete, is_last=is_last)

    def _fail(self, error: Exception, *, is_last: bool) -> bytes:
        endpoint, exchange = self._direct.endpoint, self._evaluation.exchange
        exchange.add_span("query", time.perf_counter() - self.began)
        refusal = endpoint.refusal(self._evaluation, error)
        problem = endpoint.explain(exchange, refusal)
        return self._direct.write(self._plain, exchange, problem, is_last=is_last)
