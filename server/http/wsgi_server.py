"""The HTTP server: waitress, told to give handlers the client's connection, and able to finish without a failed request."""

import os
import socket
import time
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from hytegraph.graph.evaluation.pool import Asked
from hytegraph.server.http.caching import ANSWERED
from hytegraph.server.http.fast_path import Express, Pending, is_whole
from hytegraph.server.settings import Settings
from hytegraph.server.sparql.endpoint import ASKED, CLIENT

# Connections that send no request, or read no answer, for so many seconds are closed.
IDLE_SECONDS = 60
# When another process has taken over, a connection that stays silent for so long is closed.
QUIET_SECONDS = 5.0
# A query that takes longer is waited for by a thread; the connections go on.
PATIENCE = 0.02
MAX_CONNECTIONS = 1000
MAX_HEADER_BYTES = 65_536
# Beside the answer itself there are its headers.
_HEADROOM = 65_536


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment, with the client's connection and the query that a worker has already."""
        environment: dict[str, Any] = super().get_environment()
        environment[CLIENT] = self.channel.socket
        if self.channel.asked is not None:
            environment[ASKED] = self.channel.asked
        return environment

    def build_response_header(self) -> bytes:
        """The header of the response; the last one of a connection says so when the server is finishing."""
        if self.channel.server.is_finishing and not self.close_on_finish:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        answered = self.environ.get(ANSWERED) if self.environ else None
        if answered is not None and self.channel.raw:
            self.channel.server.express.learn(self.channel.raw, self.status, self.response_headers, answered)
        return header


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A client's connection; `raw` is the request that it waits for, where that came as a whole."""

    task_class = _Task
    raw = b""
    pending: Pending | None = None
    asked: Asked | None = None

    def is_quiet(self) -> bool:
        """Whether nothing is asked and nothing is to be sent."""
        return not (self.requests or self.request or self.total_outbufs_len or self.pending)

    def readable(self) -> bool:
        """Whether the next request may come."""
        return self.pending is None and bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Answer what is known by its bytes; the application gets the rest."""
        self.raw = b""
        if not is_whole(data) or not self.is_quiet() or self.server.is_finishing:
            return bool(super().received(data))
        answer = self.server.express.repeat(data)
        if answer is not None:
            self._answer(answer)
            return True
        self.pending = self.server.express.begin(data)
        if self.pending is None:
            self.raw = data
            return bool(super().received(data))
        self.server.queries[self] = None
        self.server.ask_next()
        return True

    def ask(self) -> bool:
        """Put the query to a worker; whether one was free."""
        assert self.pending
        is_asked: bool = self.server.express.ask(self.pending)
        if self.pending.asked is not None:
            _Lane(self, self.pending.asked.fileno())
        return is_asked

    def come(self) -> None:
        """The worker has something to say."""
        pending = self._end_query()
        if pending is None:
            return
        answer = self.server.express.complete(pending)
        if answer is None:
            self._hand_over(pending)
        else:
            self._answer(answer)
        self.server.ask_next()

    def hurry(self, now: float) -> None:
        """Hand a query that takes longer over to a thread that can wait."""
        if self.pending is not None and now - self.pending.began >= PATIENCE:
            pending = self._end_query()
            assert pending
            self._hand_over(pending)

    def service(self) -> None:
        """Let the application answer."""
        try:
            super().service()
        finally:
            if self.asked is not None:
                self.server.express.abandon(self.asked)
                self.asked = None

    def handle_close(self) -> None:
        """Close, and stop what is no longer waited for."""
        pending = self._end_query()
        if pending is not None and pending.asked is not None:
            self.server.express.abandon(pending.asked)
        super().handle_close()

    def _end_query(self) -> Pending | None:
        pending, self.pending = self.pending, None
        self.server.queries.pop(self, None)
        if pending is not None and pending.asked is not None:
            del self._map[pending.asked.fileno()]
        return pending

    def _hand_over(self, pending: Pending) -> None:
        self.raw = pending.raw
        # One that is done, as its answer was cut, is asked again.
        self.asked = None if pending.asked is None or pending.asked.is_done else pending.asked
        if not super().received(pending.raw) and self.asked is not None:
            self.server.express.abandon(self.asked)

    def _answer(self, answer: bytes) -> None:
        sent = self.send(answer)
        if self.connected and sent < len(answer):
            self.write_soon(answer[sent:])
        self.last_activity = time.time()


class _Lane:
    """The channel to a worker, as the loop of waitress sees it."""

    accepting = False

    def __init__(self, channel: _Channel, descriptor: int) -> None:
        self._come = channel.come
        channel._map[descriptor] = self

    def readable(self) -> bool:
        """Always: a worker says something once."""
        return True

    def writable(self) -> bool:
        """Never: its question is sent."""
        return False

    def handle_read_event(self) -> None:
        """The answer has come, or the worker has died."""
        self._come()

    handle_close = handle_error = handle_read_event


class Front(TcpWSGIServer):  # type: ignore[misc]
    """Serves one application on a socket that is listening already; `finish` makes `serve` end."""

    channel_class = _Channel
    is_finishing = False
    _deadline = 0.0
    _quiet = 0.0

    def __init__(self, application: Any, listening: socket.socket, settings: Settings) -> None:
        adjustments = Adjustments(
            sockets=[listening],
            threads=settings.threads,
            ident="hytegraph",
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=1,
            max_request_header_size=MAX_HEADER_BYTES,
            # What waits for a slow reader waits in memory: an answer causes no file to be opened.
            outbuf_overflow=settings.max_bytes + _HEADROOM,
            outbuf_high_watermark=settings.max_bytes + _HEADROOM,
            inbuf_overflow=12 * settings.max_query_length + _HEADROOM,
            max_request_body_size=12 * settings.max_query_length + _HEADROOM,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,
        )
        self.express = Express(application, is_off=bool(settings.rate_limit))
        # The connections with a query that no thread waits for yet, in the order in which they came.
        self.queries: dict[_Channel, None] = {}
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(settings.threads)
        super().__init__(
            application,
            _sock=listening,
            dispatcher=dispatcher,
            adj=adjustments,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )

    def serve(self) -> None:
        """Answer requests until `finish` is called, or the parent process has died, and what was begun is done."""
        parent = os.getppid()
        while not self._is_done():
            if os.getppid() != parent and not self.is_finishing:
                self.finish(IDLE_SECONDS, 0.0)
            patience = PATIENCE if self.queries else 0.1 if self.is_finishing else 1.0
            self.asyncore.loop(timeout=patience, map=self._map, use_poll=True, count=1)
            for channel in tuple(self.queries):
                channel.hurry(time.perf_counter())
        self.task_dispatcher.shutdown(cancel_pending=True, timeout=1)

    def ask_next(self) -> None:
        """Put the queries that have no worker yet to those that are free."""
        for channel in self.queries:
            if channel.pending is not None and channel.pending.asked is None and not channel.ask():
                return

    def finish(self, seconds: float, quiet: float) -> None:
        """Take no more connections; end when all requests are answered and connections are quiet, or time is up."""
        self._deadline, self._quiet = time.time() + seconds, quiet
        self.is_finishing = True
        self.accepting = False
        self.pull_trigger()

    def _is_done(self) -> bool:
        if not self.is_finishing:
            return False
        now = time.time()
        for channel in tuple(self.active_channels.values()):
            if channel.is_quiet() and channel.last_activity + self._quiet < now:
                channel.will_close = True
        return not self.active_channels or now > self._deadline
