"""Where the index of a dataset comes from: its release, or a process of its own that makes it where there is none.

That process is forked while the front has one thread, because loading the dictionary takes seconds and memory that the
front need not have. Until it has put the index into the cache folder, there is none.
"""

import logging
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.release import SEARCH_INDEX
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.search.making import LAYOUT, make_index

_KEPT = 3
_NICE = 10
_log = logging.getLogger(__name__)


class IndexSource:
    """The index of one dataset: at hand, being made by another process, or none."""

    def __init__(self, index: SearchIndex | None = None, coming: Path | None = None, maker: int = 0) -> None:
        self._index = index
        self._coming = coming
        self._maker = maker

    @property
    def index(self) -> SearchIndex | None:
        """The index, if there is one by now."""
        if self._index is None and self._coming is not None and self._has_ended():
            coming, self._coming = self._coming, None
            self._index = _opened(coming, "")
        return self._index

    @property
    def is_coming(self) -> bool:
        """Whether the index is being made."""
        return self._coming is not None

    def _has_ended(self) -> bool:
        try:
            return os.waitpid(self._maker, os.WNOHANG)[0] == self._maker
        except ChildProcessError:
            return True


def released_index(dataset: Dataset) -> SearchIndex | None:
    """The index that lies with the release of the dataset; None where there is none for exactly its data."""
    if dataset.release is None:
        return None
    return _opened(dataset.release.path / SEARCH_INDEX, dataset.release.checksum)


def index_source(
    open_dataset: Callable[[], Dataset], source: Path, checksum: str, folder: Path
) -> IndexSource:
    """The index of the release or RDF file `source` with that checksum; where it has none, from the cache folder.

    Where that has none either, it is made now by a process of its own, which opens the dataset by itself. To be called
    while this process has one thread.
    """
    made = _opened(source / SEARCH_INDEX, checksum) if source.is_dir() else None
    file = folder / f"search-{checksum[:16]}-{LAYOUT}.sqlite"
    made = made or _opened(file, checksum)
    if made is not None:
        return IndexSource(made)
    return IndexSource(coming=file, maker=_fork(open_dataset, file))


def _opened(file: Path, checksum: str) -> SearchIndex | None:
    if not file.is_file():
        return None
    try:
        index = SearchIndex(file)
    except SearchIndexError as error:
        _log.warning("%s", error)
        return None
    if checksum and index.data != checksum:
        index.close()
        return None
    return index


def _fork(open_dataset: Callable[[], Dataset], file: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        # The listening socket is not this process's, which may outlive the front.
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        os.nice(_NICE)
        _make(open_dataset(), file)
        code = 0
    finally:
        os._exit(code)


def _make(dataset: Dataset, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}-{os.getpid()}")
    part.write_bytes(make_index(dataset))
    part.replace(file)
    others = [each for each in file.parent.glob("search-*.sqlite") if each != file]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        old.unlink(missing_ok=True)
