"""What pages and the search read of a part: the summaries of its towns and the entries that are found.

They follow from the quads of the part alone, as its report does. Where a core is free they are made beside it, by this
module as a process of its own: `python -m hytegraph.loaders.release.tables FILE`.
"""

import hashlib
import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import RdfFormat, Store

from hytegraph.graph.errors import BuildError
from hytegraph.graph.search.entries import read_findable
from hytegraph.graph.search.part_index import entries_of, write_part_index
from hytegraph.graph.store.dataset import Dataset, Origin
from hytegraph.graph.store.helper_process import run_helper, start_helper
from hytegraph.graph.store.loading import load
from hytegraph.graph.summaries.build_tables import make_summaries
from hytegraph.loaders.release.part import LINES, SEARCH, SUMMARIES

# A second process takes a second and a half to start and to load so many bytes, which they are worth from here on.
WORTH_A_HELPER = 4 << 20


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a part: the folder to write to, the towns, the base, and the folder of the common part, if any."""

    folder: Path
    towns: tuple[str, ...]
    base: str
    common: Path | None

    def write(self, store: Store, lines: bytes) -> None:
        """Write them from all quads that the part is made of, which the store holds, and their sorted lines."""
        dataset = Dataset(store, origin=Origin(hashlib.sha256(lines).hexdigest(), 0.0))
        for town in self.towns:
            (self.folder / f"{SUMMARIES}-{town}").write_bytes(make_summaries(dataset, self.base, town))
        known = entries_of(self.common / SEARCH) if self.common else ()
        write_part_index(read_findable(dataset), self.folder / SEARCH, known)

    @contextmanager
    def written_beside(self, lines: bytes) -> Iterator[None]:
        """Write them in another process, from the sorted lines of all quads, while the block is executed.

        Raises BuildError where that process fails.
        """
        with TemporaryDirectory() as place:
            given = Path(place, "given")
            with given.open("wb") as stream:
                pickle.dump(self, stream)
                stream.write(lines)
            with start_helper("hytegraph.loaders.release.tables", given) as process:
                try:
                    yield
                    assert process.stderr
                    # Its standard input stays open meanwhile: where that ends, it ends.
                    said = process.stderr.read().decode(errors="replace")
                    code = process.wait()
                except BaseException:
                    process.kill()
                    raise
        if code:
            raise BuildError(
                f"{'+'.join(self.towns)}: summaries and search entries cannot be made ({_reason(said, code)})"
            )


def _reason(said: str, code: int) -> str:
    if code < 0:
        return f"their process was ended by {signal.Signals(-code).name}, perhaps for want of memory"
    return said.strip().rpartition("\n")[2] or f"their process ended with {code}"


def stored(lines: bytes) -> Store:
    """The sorted lines of a part's quads in a store."""
    return load(Path(LINES), BytesIO(lines), RdfFormat.N_QUADS, trusted=True).store


def main(given: str) -> None:
    """Write the tables that a file tells of, from the lines that stand behind."""
    with Path(given).open("rb") as stream:
        # The same class by another name: this module is the process itself.
        tables: Any = pickle.load(stream)
        lines = stream.read()
    tables.write(stored(lines), lines)


if __name__ == "__main__":
    run_helper(main)
