"""Where the index of a dataset comes from: its release; else the cache folder, into which a process of its own puts it.

That process begins with the first search, because few services need it, and it alone has the dictionary in its memory.
Called as a module it makes an index: `python -m hytegraph.graph.search.open_index RELEASE|FILE INDEX`.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Self

from hytegraph.graph.errors import HytegraphError, SearchIndexError
from hytegraph.graph.search.build_index import LAYOUT, make_index
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.store.checksums import remembered_checksum
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_for_disk, make_store
from hytegraph.graph.store.release import SEARCH_INDEX

_KEPT = 3
_CHECKSUMS = "search-checksums.json"
_log = logging.getLogger(__name__)


class IndexSource:
    """The index of one dataset: at hand, being made, or none."""

    def __init__(
        self,
        index: SearchIndex | None = None,
        source: Path | None = None,
        file: Path | None = None,
        *,
        is_damaged: bool = False,
    ) -> None:
        """The index, or else the release or RDF file that it is to be made of, and the file to make.

        `is_damaged`: the index that the release promises is not there as it was released.
        """
        self.is_damaged = is_damaged
        self._index = index
        self._source = source
        self._file = file
        self._maker: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    @classmethod
    def of(cls, dataset: Dataset, source: Path | None = None, folder: Path | None = None) -> Self:
        """The index of the dataset, to be made of its source into the cache folder where its release has none."""
        released = _released(dataset, folder)
        is_damaged = released is None and _promises_index(dataset)
        if is_damaged:
            _log.error("the release's search index is missing, damaged or of another version; build it again")
        if released is not None or source is None or folder is None or dataset.origin is None:
            return cls(released, is_damaged=is_damaged)
        file = folder / f"search-{dataset.origin.checksum[:16]}-{LAYOUT}.sqlite"
        return cls(_opened(file, dataset.origin.checksum), source, file, is_damaged=is_damaged)

    @property
    def index(self) -> SearchIndex | None:
        """The index, if there is one by now; asking for it begins making it."""
        with self._lock:
            if self._index is None and self._source is not None and self._file is not None:
                self._make(self._source, self._file)
            return self._index

    @property
    def is_coming(self) -> bool:
        """Whether the index is being made."""
        return self._index is None and self._source is not None

    def close(self) -> None:
        """Close the index, or end the process that makes it."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            if self._maker is not None:
                self._maker.kill()
                self._maker.wait()
            self._source = None

    def _make(self, source: Path, file: Path) -> None:
        if self._maker is None:
            command = [sys.executable, "-m", __name__, str(source), str(file)]
            self._maker = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        elif self._maker.poll() is not None:
            self._index, self._source = _opened(file), None


def _released(dataset: Dataset, folder: Path | None) -> SearchIndex | None:
    if dataset.release is None:
        return None
    file = dataset.release.path / SEARCH_INDEX
    promised = dataset.release.manifest.get("search", {}).get("sha256")
    # That of a country's index takes seconds to compute.
    checksum = remembered_checksum(file, folder and folder / _CHECKSUMS)
    if promised and checksum != promised:
        return None
    return _opened(file, dataset.release.checksum)


def _promises_index(dataset: Dataset) -> bool:
    return dataset.release is not None and "search" in dataset.release.manifest


def _opened(file: Path, checksum: str = "") -> SearchIndex | None:
    """The index of the file, if it is one, and of the data with that checksum."""
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


def main(source: Path, file: Path) -> None:
    """Make the index of a release or RDF file; raises as opening that does."""
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    dataset = make_store(source, folder).open() if is_for_disk(source, "auto") else Dataset.open(source)
    part = file.with_name(f".{file.name}-{os.getpid()}")
    part.unlink(missing_ok=True)
    make_index(dataset, part)
    part.replace(file)
    others = [each for each in folder.glob("search-*.sqlite") if each != file]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        old.unlink(missing_ok=True)


if __name__ == "__main__":
    os.nice(10)
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except (HytegraphError, OSError) as error:
        sys.exit(f"the search index cannot be made: {error}")
