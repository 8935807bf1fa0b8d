"""The HTTP server: waitress, told to give handlers the client's connection, and able to finish without a failed request."""

import os
import socket
import time
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from hytegraph.server.settings import Settings
from hytegraph.server.sparql import CLIENT

# Connections that send no request, or read no answer, for so many seconds are closed.
IDLE_SECONDS = 60
# When another process has taken over, a connection that stays silent for so long is closed.
QUIET_SECONDS = 5.0
MAX_CONNECTIONS = 1000
MAX_HEADER_BYTES = 65_536
# Beside the answer itself there are its headers.
_HEADROOM = 65_536


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment and the client's connection in it."""
        environment: dict[str, Any] = super().get_environment()
        environment[CLIENT] = self.channel.socket
        return environment

    def build_response_header(self) -> bytes:
        """The header of the response; the last one of a connection says so when the server is finishing."""
        if self.channel.server.is_finishing and not self.close_on_finish:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class _Channel(HTTPChannel):  # type: ignore[misc]
    task_class = _Task


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
            self.asyncore.loop(
                timeout=0.1 if self.is_finishing else 1.0, map=self._map, use_poll=True, count=1
            )
        self.task_dispatcher.shutdown(cancel_pending=True, timeout=1)

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
            is_idle = not (channel.requests or channel.request or channel.total_outbufs_len)
            if is_idle and channel.last_activity + self._quiet < now:
                channel.will_close = True
        return not self.active_channels or now > self._deadline
