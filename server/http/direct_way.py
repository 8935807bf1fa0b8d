"""What the server and the direct way agree on: a query that waits for its worker, and the worker in the loop."""

import socket
from collections.abc import Callable
from typing import Protocol


class Query(Protocol):
    """A query that was begun for a client and is not answered yet."""

    began: float

    def fileno(self) -> int: ...
    def ask(self) -> bool: ...
    def read(self) -> bytes | None: ...
    def wait(self, client: socket.socket, *, is_last: bool) -> bytes: ...
    def abandon(self) -> None: ...


# From the bytes of a request and the address of its client to the answer, or a query; None where WSGI answers.
DirectWay = Callable[[bytes, str], bytes | Query | None]


class WorkerLane:
    """The channel to a worker, as the loop of waitress sees it."""

    accepting = False

    def __init__(self, read_answer: Callable[[], None]) -> None:
        self._read_answer = read_answer

    def readable(self) -> bool:
        """Always: a worker says something once."""
        return True

    def writable(self) -> bool:
        """Never: its question is sent."""
        return False

    def handle_read_event(self) -> None:
        """The answer has come, or the worker has died."""
        self._read_answer()

    handle_close = handle_error = handle_read_event
