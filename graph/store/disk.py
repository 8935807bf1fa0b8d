"""The store on disk: a folder that is made once of a release or RDF file, and opened at once by every later start.

RocksDB keeps threads for the life of its process, and a process with threads must not fork the fork server. So the
store is made by a process of its own (`filling`), and opened, to be read only, in each worker and in the front when the
fork server is there.

A store is found by the checksum of its data: that of the release's manifest, or of an RDF file as it was computed when
the file was last written. The data themselves, several gigabytes, are not read again.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from pyoxigraph import RdfFormat, Store, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.checksums import remembered_checksum
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dataset import Dataset, GraphSize, Origin, Sizes
from hytegraph.graph.store.helper_process import start_helper
from hytegraph.graph.store.release import read_release, read_release_at

WHERE = ("auto", "memory", "disk")
# What a store in memory takes at its most, while it is loaded, for each byte of N-Quads.
MEMORY_PER_BYTE = 8
# Data of so many bytes take longer than three seconds to load into memory: the store on disk answers until then.
SLOW_TO_LOAD = 64 * 2**20
# Raised when stores are filled in another way than before, so that old ones are not taken.
LAYOUT = 3
FACTS = "facts.json"
_CHECKSUMS = "checksums.json"


@dataclass(frozen=True, slots=True)
class DiskStore:
    """A store on disk: its folder and the release or RDF file that it was made of."""

    folder: Path
    source: Path

    def open(self) -> Dataset:
        """The dataset, read only; raises ReleaseError when the folder is damaged."""
        try:
            facts = json.loads((self.folder / FACTS).read_text("utf-8"))
            sizes = Sizes(tuple(GraphSize(*each) for each in facts["graphs"]), facts["default"])
            own = tuple(quad.triple for quad in parse(facts["own"], format=RdfFormat.N_TRIPLES))
            origin = Origin(facts["checksum"], data_file(self.source).stat().st_mtime)
            store = Store.read_only(str(self.folder / "store"))
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise ReleaseError(self.folder, f"the store on disk is damaged; remove it ({error})") from error
        release = read_release_at(self.source, origin.checksum) if self.source.is_dir() else None
        return Dataset(store, release, origin, sizes, own)


def is_for_disk(source: Path | str, where: str) -> bool:
    """Whether the data of a release or RDF file are held on disk: as told, or when memory might not suffice.

    Raises ReleaseError when there are no data.
    """
    if where != "auto":
        return where == "disk"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return data_file(Path(source)).stat().st_size * MEMORY_PER_BYTE > memory // 2


def is_slow_to_load(source: Path | str) -> bool:
    """Whether a start with the data in memory takes so long that a store on disk is worth having."""
    return data_file(Path(source)).stat().st_size > SLOW_TO_LOAD


def find_store(source: Path | str, folder: Path) -> DiskStore | None:
    """The store of a release or RDF file in a folder of stores, if there is one; the data are not read.

    Raises ReleaseError when there are no data, or data of another length than the release's manifest says.
    """
    path = Path(source).resolve()
    checksum = (
        released_checksum(path)
        if path.is_dir()
        else remembered_checksum(data_file(path), folder / _CHECKSUMS)
    )
    made = DiskStore(place(folder, checksum), path)
    if not (made.folder / FACTS).is_file():
        return None
    # The stores that were used last are kept; a folder that cannot be written to is not cleared either.
    with suppress(OSError):
        os.utime(made.folder)
    return made


def make_store(source: Path | str, folder: Path) -> DiskStore:
    """The store of a release or RDF file in a folder of stores, made now where it is not there yet.

    Where the folder holds the store of an earlier release that still lies in its place, the new one shares its files
    and only the quads in which they differ are written, in seconds. Otherwise all is written, some 20 seconds for a
    million quads. A process that is killed meanwhile leaves nothing that would be taken for a store. Raises
    ReleaseError when the data cannot be read, or are not those of the release's manifest.
    """
    path = Path(source).resolve()
    if found := find_store(path, folder):
        return found
    with start_making(path, folder) as maker:
        assert maker.stderr
        # Its standard input stays open meanwhile: where that ends, it ends.
        said = maker.stderr.read()
    made = find_store(path, folder)
    if maker.returncode or made is None:
        reason = said.decode(errors="replace").strip() or "its process died"
        raise ReleaseError(path, f"the store on disk cannot be made: {reason}")
    return made


def start_making(source: Path, folder: Path, *, is_nice: bool = False) -> "Popen[bytes]":
    """A process that makes the store; it ends with the process that has started it.

    `is_nice` for one that nobody waits for.
    """
    return start_helper("hytegraph.graph.store.filling", source, folder, is_nice=is_nice)


def place(folder: Path, checksum: str) -> Path:
    """Where in a folder of stores the store of the data with that checksum is."""
    return folder / f"{checksum[:16]}-{LAYOUT}"


def released_checksum(release: Path) -> str:
    """The checksum of a release's data, as its manifest states it.

    Raises ReleaseError when the manifest is none, or the data are not as long as it says.
    """
    data = read_release(release).manifest["data"]
    length = data_file(release).stat().st_size
    if data.get("bytes", length) != length:
        raise ReleaseError(release, "data.nq is not as long as the release's manifest says; build again")
    return str(data["sha256"])
