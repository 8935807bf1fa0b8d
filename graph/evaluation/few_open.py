"""What takes long to open and much to hold: opened when it is first asked for, and only a few stay open."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotReadyError
from pathlib import Path
from typing import Generic, TypeVar

from hytegraph.graph.errors import ReleaseNotOpenError, UnknownNameError

Opened = TypeVar("Opened")


class FewOpen(Generic[Opened]):
    """Releases by version, each opened in a form of the caller's; safe to use from several threads."""

    def __init__(
        self,
        folders: Mapping[str, Path],
        opener: Callable[[Path], Opened],
        most: int,
        closer: Callable[[Opened], None] = lambda _: None,
    ) -> None:
        """The folders by version; at most so many are open, the one that was asked least lately is closed."""
        self._folders, self._open_one, self._most, self._close_one = folders, opener, most, closer
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Future[Opened]] = OrderedDict()
        self._opener = ThreadPoolExecutor(1, "hytegraph-earlier")

    def get(self, version: str, seconds: float) -> Opened:
        """A release, opened by now or in so many seconds; raises what opening it raises.

        Raises UnknownNameError for a version that is not here, and ReleaseNotOpenError when the seconds are over.
        """
        if version not in self._folders:
            raise UnknownNameError("release", version, self._folders)
        try:
            return self._future(version).result(seconds)
        except NotReadyError as error:
            raise ReleaseNotOpenError(self._folders[version], version) from error

    def close(self) -> None:
        """Close what is open, or will be."""
        self._opener.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            for future in self._open.values():
                self._close(future)

    def _future(self, version: str) -> "Future[Opened]":
        with self._lock:
            future = self._open.get(version)
            if future is None or (future.done() and future.exception()):
                future = self._opener.submit(self._open_one, self._folders[version])
                self._open[version] = future
            self._open.move_to_end(version)
            while len(self._open) > self._most:
                _, oldest = self._open.popitem(last=False)
                self._close(oldest)
            return future

    def _close(self, future: "Future[Opened]") -> None:
        def close(done: "Future[Opened]") -> None:
            if not done.cancelled() and not done.exception():
                self._close_one(done.result())

        if not future.cancel():
            future.add_done_callback(close)
