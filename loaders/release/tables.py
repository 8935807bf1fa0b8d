"""What pages and the search read of a part: the summaries of its towns and the entries that are found.

They follow from the quads of the part alone, as its report does. Where a core is free they are made beside it, by this
module as a process of its own, which reads from standard input what to make.
"""

import hashlib
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pyoxigraph import RdfFormat, Store

from hytegraph.graph.errors import BuildError
from hytegraph.graph.search.entries import read_findable
from hytegraph.graph.search.part_index import entries_of, write_part_index
from hytegraph.graph.store.dataset import Dataset, Origin
from hytegraph.graph.store.loading import load
from hytegraph.graph.summaries.build_tables import make_summaries
from hytegraph.loaders.release.part import LINES, SEARCH, SUMMARIES

# A second process takes a second and a half to start and to load so many bytes, which they are worth from here on.
WORTH_A_PROCESS = 4 << 20


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
        with TemporaryFile() as given, TemporaryFile() as said:
            pickle.dump(self, given)
            given.write(lines)
            given.seek(0)
            command = [sys.executable, "-m", "hytegraph.loaders.release.tables"]
            with subprocess.Popen(command, stdin=given, stderr=said) as process:
                try:
                    yield
                except BaseException:
                    process.kill()
                    raise
            if process.returncode:
                said.seek(0)
                reason = said.read().decode(errors="replace").strip().rpartition("\n")[2]
                raise BuildError(
                    f"{'+'.join(self.towns)}: summaries and search entries cannot be made "
                    f"({reason or f'their process ended with {process.returncode}'})"
                )


def stored(lines: bytes) -> Store:
    """The sorted lines of a part's quads in a store."""
    return load(Path(LINES), BytesIO(lines), RdfFormat.N_QUADS, trusted=True).store


def main() -> None:
    """Write the tables that standard input tells of."""
    # The same class by another name: this module is the process itself.
    tables: Any = pickle.load(sys.stdin.buffer)
    lines = sys.stdin.buffer.read()
    tables.write(stored(lines), lines)


if __name__ == "__main__":
    main()
