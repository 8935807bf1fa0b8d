"""The lines of N-Quads of a part: those about its towns in one sorted file, cut into runs, and the shared ones.

A line is about a town when its subject is the town, a thing of it or one of its graphs. No two units have a town in
common, so releases are made of whole runs, and only the shared lines (periods, methods, what the ontology says) have to
be compared with those of other parts.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from typing import BinaryIO, Protocol

from hytegraph.graph.errors import BuildError
from hytegraph.loaders.release.disk_file import DiskFile

# So much is read and hashed at one time: it stays in the cache of the processor in between.
_PIECE = 1 << 20


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
    checksum = hashlib.sha256()
    with DiskFile(file) as disk_file:
        for piece in _merged(parts, shared, disk_file):
            checksum.update(piece)
    quads = len(shared) + sum(run.quads for part in parts for run in part.runs)
    return Written(checksum.hexdigest(), disk_file.size, quads)


def _merged(parts: Iterable[HasRuns], shared: Sequence[str], disk_file: DiskFile) -> Iterator[memoryview]:
    """The lines in their order in pieces that have been put to the file, each good until the next is asked for."""
    runs = sorted(((run, part) for part in parts for run in part.runs), key=lambda each: each[0].first)
    at, last = 0, ""
    for run, part in runs:
        end = bisect_left(shared, run.first, at)
        yield from _text(shared[at:end], disk_file)
        at = end
        if run.first <= last or (at < len(shared) and shared[at] <= run.last):
            stranger = run.first if run.first <= last else shared[at]
            raise BuildError(
                f"{part.name}: another unit says something of its town: {stranger.strip()[:300]}; give all documents "
                "that speak of one town's things the same town"
            )
        last = run.last
        with part.lines.open("rb", buffering=0) as stream:
            stream.seek(run.offset)
            yield from _pieces(stream, run.length, disk_file)
    yield from _text(shared[at:], disk_file)


def _text(lines: Iterable[str], disk_file: DiskFile) -> Iterator[memoryview]:
    data = "".join(lines).encode()
    yield from _pieces(BytesIO(data), len(data), disk_file)


def _pieces(stream: BytesIO | FileIO, length: int, disk_file: DiskFile) -> Iterator[memoryview]:
    """So many bytes of a stream, put to the file; raises BuildError where it is too short."""
    left = length
    while left:
        room = disk_file.room(min(_PIECE, left))
        read = stream.readinto(room)
        if not read:
            raise _too_short(str(getattr(stream, "name", "")))
        disk_file.fill(read)
        left -= read
        yield room[:read]


def read_run(stream: BinaryIO, run: Run) -> bytes:
    """The lines of a run; raises BuildError where the file is too short."""
    stream.seek(run.offset)
    lines = stream.read(run.length)
    if len(lines) < run.length:
        raise _too_short(stream.name)
    return lines


def _too_short(file: str) -> BuildError:
    return BuildError(f"{file} is shorter than when it was made; build again")
