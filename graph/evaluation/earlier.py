"""The published releases beside the one that is served: each is opened when it is first asked, and a few stay open."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotReadyError
from pathlib import Path

from hytegraph.graph.errors import ReleaseNotOpenError, UnknownNameError
from hytegraph.graph.evaluation.one_release import start_release
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.question import Answer, Question, evaluate
from hytegraph.graph.evaluation.workers import PoolLimits
from hytegraph.graph.store.dataset import Dataset

# Each holds its data in memory, or a store on disk open.
MOST_OPEN = 2


class EarlierReleases:
    """Releases by version; safe to use from several threads.

    With limits, queries are evaluated by workers of a process for each release; without, as in a test, here.
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        limits: PoolLimits | None = None,
        stores: Path | None = None,
    ) -> None:
        self._folders, self._limits, self._stores = folders, limits, stores
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Future[Pool | Dataset]] = OrderedDict()
        self._opener = ThreadPoolExecutor(1, "hytegraph-earlier")

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions that may be asked."""
        return tuple(self._folders)

    def answer(self, version: str, question: Question, seconds: float, name: str) -> Answer:
        """The answer of a release; raises as a pool does.

        Raises UnknownNameError for a version that is not here, and ReleaseNotOpenError while its data are being opened
        and the seconds are over.
        """
        if version not in self._folders:
            raise UnknownNameError("release", version, self._folders)
        try:
            opened = self._opened(version).result(seconds)
        except NotReadyError as error:
            raise ReleaseNotOpenError(self._folders[version], version) from error
        if isinstance(opened, Dataset):
            return evaluate(opened, question)
        return opened.answer(question, seconds, name=name)

    def close(self) -> None:
        """End what was started."""
        self._opener.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            for future in self._open.values():
                _close(future)

    def _opened(self, version: str) -> "Future[Pool | Dataset]":
        with self._lock:
            future = self._open.get(version)
            if future is None or (future.done() and future.exception()):
                future = self._opener.submit(self._start, self._folders[version])
                self._open[version] = future
            self._open.move_to_end(version)
            while len(self._open) > MOST_OPEN:
                _, oldest = self._open.popitem(last=False)
                _close(oldest)
            return future

    def _start(self, folder: Path) -> Pool | Dataset:
        if self._limits is None or self._stores is None:
            return Dataset.open(folder)
        return start_release(folder, self._limits, self._stores)


def _close(future: "Future[Pool | Dataset]") -> None:
    """Close what has been opened, or will be."""

    def close(done: "Future[Pool | Dataset]") -> None:
        if not done.cancelled() and not done.exception() and isinstance(opened := done.result(), Pool):
            opened.close()

    if not future.cancel():
        future.add_done_callback(close)
