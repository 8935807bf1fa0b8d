"""The large files of a release, merged from its parts in their order; index and summaries while some are still made."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from hytegraph.graph.replacing import put_on_disk
from hytegraph.graph.search.build_index import merge_index
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import DATA, SEARCH_INDEX, SUMMARIES, checksum_of
from hytegraph.graph.summaries.build_tables import NO_TOWN, make_summaries, merge_summaries
from hytegraph.loaders.release.lines import Written, merge_lines
from hytegraph.loaders.release.part import Part

# Seconds until a thread that has copied something gets its turn again from one that runs Python all the time. The usual
# 5 ms are long beside the 0.3 ms in which a piece of lines is hashed.
_TURN = 0.0005
Described = Mapping[str, str | int]


class PartsInTurn:
    """The parts of a release by their keys, in their order; who goes through them waits where one is not made yet."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._parts: dict[str, Future[Part]] = {key: Future() for key in keys}
        self._is_stopped = False

    def __iter__(self) -> Iterator[Part]:
        """Each part; raises CancelledError where no more are to be had."""
        for part in self._parts.values():
            if self._is_stopped:
                raise CancelledError
            yield part.result()

    def give(self, key: str, part: Part) -> None:
        """Say that a part is there."""
        self._parts[key].set_result(part)

    def stop(self) -> None:
        """Give no more, and let nobody wait for what is not there."""
        self._is_stopped = True
        for part in self._parts.values():
            part.cancel()


class Merging:
    """Merges the large files of a release in threads of their own, in a folder to write in.

    Hashing, writing and SQLite leave the interpreter to others meanwhile. What is left as a context before its end is
    not gone on with.
    """

    def __init__(self, parts: PartsInTurn, base: str, work: Path) -> None:
        self.work = work
        self._parts = parts
        self._base = base
        self._turn = sys.getswitchinterval()
        # The lines about what belongs to no town, which all parts together make, and the file of all lines.
        self._whole: Future[tuple[Sequence[str], Future[Written]]] = Future()
        self._threads = ThreadPoolExecutor()
        self._index = self._threads.submit(self._merge_index)
        self._summaries = self._threads.submit(self._merge_summaries)

    def __enter__(self) -> Self:
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.stop()
        self._whole.cancel()
        self._threads.shutdown()
        sys.setswitchinterval(self._turn)

    def go_on(self, shared: Sequence[str]) -> None:
        """Merge the lines too, with the sorted ones about what belongs to no town: all parts are there."""
        _, *parts = self._parts
        lines = self._threads.submit(merge_lines, parts, shared, self.work / DATA)
        self._whole.set_result((shared, lines))

    def written(self) -> Written:
        """The merged lines; raises BuildError as merging them does."""
        _, lines = self._whole.result()
        return lines.result()

    def described(self) -> dict[str, Described]:
        """What the manifest says of index and summaries; raises SearchIndexError where a part cannot be read."""
        return {"search": self._index.result(), "summaries": self._summaries.result()}

    def _checksum(self) -> str:
        return self.written().sha256

    def _merge_index(self) -> Described:
        file = self.work / SEARCH_INDEX
        merge_index((part.search for part in self._parts), file, self._checksum)
        return _described(file)

    def _merge_summaries(self) -> Described:
        """The tables of the towns, and then those of what belongs to none."""
        file = self.work / SUMMARIES
        of_towns = chain.from_iterable(part.summaries for part in self._parts)
        merge_summaries(chain(of_towns, self._of_no_town()), file, self._checksum)
        return _described(file)

    def _of_no_town(self) -> Iterable[Path]:
        shared, _ = self._whole.result()
        lines = [part.lines_beside_things(self._base) for part in self._parts]
        of_none = self.work / f"{SUMMARIES}-none"
        of_none.write_bytes(
            make_summaries(Dataset.of(b"".join(("".join(shared).encode(), *lines))), self._base, NO_TOWN)
        )
        yield of_none


def _described(file: Path) -> Described:
    """What the manifest says of a finished file, which is on the disk now."""
    put_on_disk(file)
    return {"sha256": checksum_of(file), "bytes": file.stat().st_size}
