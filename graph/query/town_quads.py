"""The quads of one town with the common ones, as a dataset of its own: a query over it costs the same in any country.

The lines of a release are sorted, so those about a town's things stand together: they are found without reading the
others.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Lock

from pyoxigraph import NamedNode, Quad, RdfFormat

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import load, load_default
from hytegraph.graph.store.release import DATA
from hytegraph.graph.store.sorted_lines import SortedLines
from hytegraph.graph.writing.serialise import write_lines

# Each takes the memory of a town's quads.
KEPT = 6
_AFTER = b"\xff"


class TownQuads:
    """The datasets of the towns (slugs) of one dataset; the ones used last are kept, so many at most.

    Safe to use from several threads.
    """

    def __init__(self, dataset: Dataset, towns: Iterable[str], base: str, most: int = KEPT) -> None:
        self._dataset = dataset
        self._towns = frozenset(towns)
        self._base = base
        self._most = most
        self._kept: OrderedDict[str, Dataset] = OrderedDict()
        self._lock = Lock()

    def of(self, town: str) -> Dataset:
        """The quads whose subject is a thing of the town, or of no town."""
        with self._lock:
            found = self._kept.pop(town, None) or self._read(town)
            self._kept[town] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return found

    def _read(self, town: str) -> Dataset:
        # Most queries ask of the default graph, which is read in a third of the time.
        return Dataset(
            lambda: load(Path(DATA), BytesIO(self._lines(town)), RdfFormat.N_QUADS, trusted=True).store,
            self._dataset.release,
            self._dataset.origin,
            default=load_default(self._lines(town)),
        )

    def _lines(self, town: str) -> bytes:
        release = self._dataset.release
        if release is not None:
            return town_lines(release.path / DATA, town, self._towns, self._base)
        return write_lines(self._quads(town))

    def _quads(self, town: str) -> Iterator[Quad]:
        others = self._towns - {town}
        for quad in self._dataset.quads():
            subject = quad.subject
            if not isinstance(subject, NamedNode) or slug_in(subject.value, self._base) not in others:
                yield quad


def town_lines(file: Path, town: str, towns: frozenset[str], base: str) -> bytes:
    """The lines of a sorted file whose subject is a thing or graph of the town, or of none of the towns."""
    with SortedLines.open(file) as lines:
        pieces: list[bytes] = []
        place = 0
        for kind in ("graph", "id"):
            start = f"<{base}{kind}/".encode()
            block, end = lines.first(start), lines.first(start + _AFTER)
            pieces.append(lines.between(place, block))
            pieces.extend(_segments(lines, start, block, end, towns - {town}))
            place = end
        return b"".join((*pieces, lines.between(place)))


def _segments(
    lines: SortedLines, start: bytes, block: int, end: int, left_out: frozenset[str]
) -> Iterator[bytes]:
    """The lines between two places that begin with `start`, but for those that go on with a word to leave out."""
    while block < end:
        line = lines.line_at(block)
        word = line[len(start) :].replace(b">", b"/", 1).partition(b"/")[0]
        # A word is followed by a slash or ends the IRI; other words that begin with it may stand between the two.
        mark = line[len(start) + len(word) : len(start) + len(word) + 1]
        following = lines.first(start + word + mark + _AFTER)
        if word.decode() not in left_out:
            yield lines.between(block, following)
        block = following
