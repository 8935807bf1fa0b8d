"""The lines of N-Quads of a part: those about its towns in one sorted file, cut into runs, and the shared ones.

A line is about a town when its subject is the town, a thing of it or one of its graphs. No two units have a town in
common, so releases are made of whole runs, and only the shared lines (periods, methods, what the ontology says) have to
be compared with those of other parts.
"""

import hashlib
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Protocol

from hytegraph.graph.errors import BuildError

# So much is read at one time, into memory that is used again. It stays in the cache of the processor while it is hashed
# and written: 4 MB take twice, 16 MB three times as much time of it.
_PIECE = 1 << 20
# So much waits for the disk at most before it is told to write: in the end there is little to wait for.
_UNWRITTEN = 1 << 28


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of a part that stand beside each other in every release: where in the file, and how many."""

    first: str
    last: str
    offset: int
    length: int
    quads: int


class HasRuns(Protocol):
    """A part with its file of runs."""

    @property
    def name(self) -> str:
        """What the part is called in messages."""

    @property
    def runs(self) -> Sequence[Run]:
        """The runs in the order of the file."""

    @property
    def lines(self) -> Path:
        """The file."""


def split(lines: Sequence[str], beginnings: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """Sorted lines as runs, one for each beginning that some have, and the rest."""
    runs: list[list[str]] = []
    rest: list[str] = []
    at = 0
    for beginning in beginnings:
        start = bisect_left(lines, beginning, at)
        end = bisect_left(lines, beginning[:-1] + chr(ord(beginning[-1]) + 1), start)
        rest += lines[at:start]
        if start < end:
            runs.append(list(lines[start:end]))
        at = end
    return runs, [*rest, *lines[at:]]


def write_runs(runs: Iterable[Sequence[str]], file: Path) -> tuple[Run, ...]:
    """Write runs to a file."""
    written = []
    with file.open("wb") as stream:
        for lines in runs:
            data, offset = "".join(lines).encode(), stream.tell()
            stream.write(data)
            written.append(Run(lines[0], lines[-1], offset, len(data), len(lines)))
    return tuple(written)


def graph_of(line: str) -> str:
    """The IRI of a line's graph."""
    return line[line.rfind(" <") + 2 : -4]


def graph_sizes(lines: Iterable[str]) -> Mapping[str, int]:
    """How many lines there are for each graph."""
    return Counter(map(graph_of, lines))


@dataclass(frozen=True, slots=True)
class Written:
    """A file of data: its checksum, its size in bytes and the number of its lines."""

    sha256: str
    size: int
    quads: int


def merge_lines(parts: Sequence[HasRuns], shared: Sequence[str], file: Path) -> Written:
    """Write the runs of all parts and the sorted shared lines to one file, in the order of lines.

    Raises BuildError where a part says something of another's town, OSError where the disk does not take them.
    """
    checksum, waiting = hashlib.sha256(), 0
    syncs: list[Future[None]] = []
    with file.open("wb") as stream, ThreadPoolExecutor(1) as disk:
        for piece in _pieces(parts, shared):
            checksum.update(piece)
            stream.write(piece)
            waiting += len(piece)
            if waiting > _UNWRITTEN:
                syncs.append(disk.submit(os.fsync, stream.fileno()))
                waiting = 0
        quads = len(shared) + sum(run.quads for part in parts for run in part.runs)
        stream.flush()
        syncs.append(disk.submit(os.fsync, stream.fileno()))
        # A disk that fails says so only to the first that waits for it.
        for sync in syncs:
            sync.result()
        return Written(checksum.hexdigest(), stream.tell(), quads)


def _pieces(parts: Iterable[HasRuns], shared: Sequence[str]) -> Iterator[bytes | memoryview]:
    """The lines in their order in pieces, each good until the next is asked for."""
    buffer = memoryview(bytearray(_PIECE))
    runs = sorted(((run, part) for part in parts for run in part.runs), key=lambda each: each[0].first)
    at, last = 0, ""
    for run, part in runs:
        end = bisect_left(shared, run.first, at)
        yield "".join(shared[at:end]).encode()
        at = end
        if run.first <= last or (at < len(shared) and shared[at] <= run.last):
            stranger = run.first if run.first <= last else shared[at]
            raise BuildError(
                f"{part.name}: another unit says something of its town: {stranger.strip()[:300]}; give all documents "
                "that speak of one town's things the same town"
            )
        last = run.last
        with part.lines.open("rb", buffering=0) as stream:
            yield from _read_into(buffer, stream, run)
    yield "".join(shared[at:]).encode()


def _read_into(buffer: memoryview, stream: FileIO, run: Run) -> Iterator[memoryview]:
    """The lines of a run, one buffer after the other; raises BuildError where the file is too short."""
    stream.seek(run.offset)
    left = run.length
    while left:
        length = stream.readinto(buffer[:left])
        if not length:
            raise _too_short(str(stream.name))
        left -= length
        yield buffer[:length]


def read_run(stream: BinaryIO, run: Run) -> bytes:
    """The lines of a run; raises BuildError where the file is too short."""
    stream.seek(run.offset)
    lines = stream.read(run.length)
    if len(lines) < run.length:
        raise _too_short(stream.name)
    return lines


def _too_short(file: str) -> BuildError:
    return BuildError(f"{file} is shorter than when it was made; build again")
