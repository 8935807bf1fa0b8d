"""The HTTP server: waitress with a direct way for plain requests, and able to finish without a failed request."""

import os
import socket
import time
from collections import deque
from ipaddress import ip_address
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from hytegraph.server.http.direct_way import DirectWay, Query, WorkerLane
from hytegraph.server.http.rate_limit import client_group
from hytegraph.server.settings import Settings

# Connections that send no request, or read no answer, for so many seconds are closed.
IDLE_SECONDS = 60
# A request's header must be whole so many seconds after its first byte, and its body so many after that, however
# steadily the bytes come.
HEADER_SECONDS, BODY_SECONDS = 15.0, 60.0
# When another process has taken over, a connection that stays silent for so long is closed.
QUIET_SECONDS = 5.0
# A query that takes longer is waited for by a thread; the connections go on.
PATIENCE = 0.02
MAX_CONNECTIONS = 1000
MAX_HEADER_BYTES = 65_536
# Beside the answer itself there are its headers.
_HEADROOM = 65_536


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    def build_response_header(self) -> bytes:
        """The header of the response; the last one of a connection says so when the server is finishing."""
        if self.channel.server.is_finishing and not self.close_on_finish:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class _Waiting:
    """A query that a thread waits for, as a task of waitress."""

    def __init__(self, channel: "_Channel", query: Query) -> None:
        self._channel = channel
        self._query = query

    def service(self) -> None:
        """Wait, and answer."""
        channel = self._channel
        is_last = channel.server.is_finishing
        answer = self._query.wait(channel.socket, is_last=is_last)
        # Only the thread of the connections writes to them.
        channel.server.answered.append((channel, answer, is_last))
        channel.server.pull_trigger()

    def cancel(self) -> None:
        """End with the server."""
        self._query.abandon()
        self._channel.cancel()


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A client's connection; `query` is what it waits for on the direct way, `is_handed_over` when a thread waits."""

    task_class = _Task
    query: Query | None = None
    is_handed_over = False
    # When the first byte of the request came that is not whole yet.
    request_began = 0.0

    def is_quiet(self) -> bool:
        """Whether nothing is asked and nothing is to be sent."""
        return not (self.requests or self.request or self.total_outbufs_len or self.query)

    def readable(self) -> bool:
        """Whether the next request may come."""
        return self.query is None and bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Answer directly what can be; WSGI gets the rest."""
        if not self.is_quiet() or self.server.is_finishing:
            return self._received_in_part(data)
        begun = self.server.direct(data, self.addr[0])
        if begun is None:
            return self._received_in_part(data)
        if isinstance(begun, bytes):
            self._send(begun)
            return True
        self.query = begun
        self.server.queries[self] = None
        self.server.ask_next()
        return True

    def is_late(self, now: float) -> bool:
        """Whether a request has begun and does not come to its end in time."""
        if self.request is None or not self.request_began:
            return False
        allowed = HEADER_SECONDS + (BODY_SECONDS if self.request.headers_finished else 0.0)
        return now - self.request_began > allowed

    def _received_in_part(self, data: bytes) -> bool:
        is_received = bool(super().received(data))
        if self.request is None:
            self.request_began = 0.0
        elif not self.request_began:
            self.request_began = time.time()
        return is_received

    def ask(self) -> bool:
        """Put the query to a worker; whether one was free."""
        assert self.query
        is_asked = self.query.ask()
        if is_asked:
            self._map[self.query.fileno()] = WorkerLane(self.read_answer)
        return is_asked

    def read_answer(self) -> None:
        """The worker has something to say."""
        query = self._leave_loop()
        if query is None:
            # A worker that dies makes two events.
            return
        answer = query.read()
        if answer is None:
            self._hand_over(query)
        else:
            self.query = None
            self._send(answer)
        self.server.ask_next()

    def hurry(self, now: float) -> None:
        """Hand a query that takes longer over to a thread that can wait."""
        if self.query is not None and now - self.query.began >= PATIENCE:
            query = self._leave_loop()
            assert query
            self._hand_over(query)

    def answer_waited_for(self, answer: bytes, *, is_last: bool) -> None:
        """Send what a thread has waited for; nothing ends the connection."""
        self.is_handed_over, self.query = False, None
        if self.connected:
            self._send(answer)
            self.close_when_flushed = is_last or not answer

    def handle_close(self) -> None:
        """Close, and stop what is no longer waited for; a thread that waits sees it itself."""
        query = self._leave_loop()
        if query is not None:
            query.abandon()
            self.query = None
        super().handle_close()

    def _leave_loop(self) -> Query | None:
        """The query that the loop waited for, if it did; from now on it does not."""
        if self.query is None or self.is_handed_over:
            return None
        self.server.queries.pop(self, None)
        self._map.pop(self.query.fileno(), None)
        return self.query

    def _hand_over(self, query: Query) -> None:
        self.is_handed_over = True
        self.server.add_task(_Waiting(self, query))

    def _send(self, answer: bytes) -> None:
        sent = self.send(answer)
        if self.connected and sent < len(answer):
            self.write_soon(answer[sent:])
        self.last_activity = time.time()


class Front(TcpWSGIServer):  # type: ignore[misc]
    """Serves one application on a socket that is listening already; `finish` makes `serve` end."""

    channel_class = _Channel
    is_finishing = False
    _deadline = 0.0
    _quiet = 0.0

    def __init__(
        self, application: Any, direct: DirectWay, listening: socket.socket, settings: Settings
    ) -> None:
        adjustments = Adjustments(
            sockets=[listening],
            threads=settings.threads,
            ident="hytegraph",
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=1,
            recv_bytes=MAX_HEADER_BYTES,
            max_request_header_size=MAX_HEADER_BYTES,
            # What waits for a slow reader waits in memory: an answer causes no file to be opened.
            outbuf_overflow=settings.max_bytes + _HEADROOM,
            outbuf_high_watermark=settings.max_bytes + _HEADROOM,
            inbuf_overflow=12 * settings.max_query_length + _HEADROOM,
            max_request_body_size=12 * settings.max_query_length + _HEADROOM,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,
        )
        self.direct = direct
        self._connections = 0 if settings.proxy_header else settings.connections
        # The connections with a query that no thread waits for yet, in the order in which they came.
        self.queries: dict[_Channel, None] = {}
        self.answered: deque[tuple[_Channel, bytes, bool]] = deque()
        dispatcher = ThreadedTaskDispatcher()
        # Threads that wait for queries must leave all others their own.
        dispatcher.set_thread_count(settings.threads + 2 * settings.queue)
        # Before the parent is told that this process is ready: from then on it may be killed.
        self._parent = os.getppid()
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
        while not self._is_done():
            if os.getppid() != self._parent and not self.is_finishing:
                self.finish(IDLE_SECONDS, 0.0)
            patience = PATIENCE if self.queries else 0.1 if self.is_finishing else 1.0
            self.asyncore.loop(timeout=patience, map=self._map, use_poll=True, count=1)
            while self.answered:
                channel, answer, is_last = self.answered.popleft()
                channel.answer_waited_for(answer, is_last=is_last)
            for channel in tuple(self.queries):
                channel.hurry(time.perf_counter())
        self.task_dispatcher.shutdown(cancel_pending=True, timeout=1)

    def ask_next(self) -> None:
        """Put the queries that have no worker yet to those that are free."""
        for channel in self.queries:
            if channel.query is not None and channel.query.fileno() < 0 and not channel.ask():
                return

    def maintenance(self, now: float) -> None:
        """Close connections that are idle, or whose request is late; one whose query runs is neither."""
        for channel in self.active_channels.values():
            if channel.query is not None:
                channel.last_activity = now
            elif channel.is_late(now):
                channel.will_close = True
        super().maintenance(now)

    def handle_accept(self) -> None:
        """Take a connection, unless its address has too many already."""
        try:
            accepted = self.accept()
            if accepted is None:
                return
            connection, address = accepted
            if self._has_too_many(address[0]):
                connection.close()
                return
            self.set_socket_options(connection)
        except OSError:
            # The client may be gone already.
            return
        _Channel(self, connection, address, self.adj, map=self._map)

    def _has_too_many(self, address: str) -> bool:
        """Whether an address has all its connections; a proxy, trusted or on this machine, has many clients."""
        most = self._connections
        if not most or len(self.active_channels) < most or ip_address(address.partition("%")[0]).is_loopback:
            return False
        group = client_group(address)
        others = (client_group(channel.addr[0]) for channel in self.active_channels.values())
        return sum(other == group for other in others) >= most

    def seconds_quiet(self) -> float:
        """How long ago anything was read from a client or sent to one."""
        now = time.time()
        return min((now - each.last_activity for each in tuple(self.active_channels.values())), default=now)

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
