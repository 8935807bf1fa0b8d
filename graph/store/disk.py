"""Memory or disk: where the data are held, and the folder on disk that the next start finds again.

RocksDB keeps threads for the life of its process, and a process with threads must not fork the fork server. So the
store on disk is filled by a process of its own, and opened, to be read only, in each worker and in the front when the
fork server is there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import graph_format
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dataset import Dataset, GraphSize, Origin, Sizes, read_release_at
from hytegraph.graph.store.loading import default_size, graph_sizes, load
from hytegraph.graph.writing.serialise import write_lines

WHERE = ("auto", "memory", "disk")
# What a store in memory takes at its most, while it is loaded, for each byte of N-Quads.
MEMORY_PER_BYTE = 8
# Raised when stores are filled in another way than before, so that old ones are not taken.
_LAYOUT = 2
_FACTS = "facts.json"
_LOCK = ".lock"
_KEPT = 3


@dataclass(frozen=True, slots=True)
class DiskStore:
    """A filled store: its folder and the release or RDF file that it was filled from."""

    folder: Path
    source: Path

    def open(self) -> Dataset:
        """The dataset, read only; raises ReleaseError when the folder is damaged."""
        try:
            facts = json.loads((self.folder / _FACTS).read_text("utf-8"))
            origin = Origin(**facts["origin"])
            sizes = Sizes(tuple(GraphSize(**each) for each in facts["graphs"]), facts["default"])
            own = tuple(quad.triple for quad in parse(facts["own"], format=RdfFormat.N_TRIPLES))
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


def default_folder() -> Path:
    """The cache folder of the user."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hytegraph"


def prepare(source: Path | str, folder: Path) -> DiskStore:
    """The store on disk of a release or RDF file, filled now where it is not there yet.

    Raises ReleaseError, or RdfFileError with the line, when the data cannot be read.
    """
    path = Path(source).resolve()
    file = data_file(path)
    with file.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    made = DiskStore(folder / f"{checksum[:16]}-{_LAYOUT}", path)
    folder.mkdir(parents=True, exist_ok=True)
    # Services that start side by side with one folder fill the store once; the others wait for it.
    with (folder / _LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made.folder / _FACTS).is_file():
            _in_child(made, checksum)
            _prune(folder, made.folder)
        os.utime(made.folder)
    return made


def _in_child(made: DiskStore, checksum: str) -> None:
    """Fill the store in a process of its own; raises ReleaseError with what that has to say."""
    told, tell = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        try:
            os.close(told)
            _fill(made, checksum)
        except BaseException as error:  # noqa: BLE001 # told to the parent, which raises it
            os.write(tell, (str(error) or type(error).__name__).encode()[:4000])
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as stream:
        failure = stream.read().decode()
    os.waitpid(pid, 0)
    if failure or not (made.folder / _FACTS).is_file():
        raise ReleaseError(made.source, f"the store on disk cannot be made: {failure or 'its process died'}")


def _fill(made: DiskStore, checksum: str) -> None:
    staging = made.folder.with_name(f".{made.folder.name}-{os.getpid()}")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    file = data_file(made.source)
    syntax = graph_format(file.suffix.removeprefix("."))
    assert syntax
    try:
        loaded = load(file, file.read_bytes(), syntax.rdf, store=Store(str(staging / "store")))
        store = loaded.store
        store.optimize()
        store.flush()
        facts = {
            "origin": asdict(Origin(checksum, file.stat().st_mtime)),
            "graphs": [{"name": name, "triples": count} for name, count in graph_sizes(store).items()],
            "default": default_size(store),
            "own": write_lines(loaded.own).decode(),
        }
        # The engine writes the rest of its files when nobody holds the store any more.
        del store, loaded
        (staging / _FACTS).write_text(json.dumps(facts), "utf-8")
        shutil.rmtree(made.folder, ignore_errors=True)
        staging.rename(made.folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _prune(folder: Path, current: Path) -> None:
    """Keep the stores that were used last; a process that still reads another one keeps its open files."""
    others = [each for each in folder.glob(f"*-{_LAYOUT}") if each != current and (each / _FACTS).is_file()]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
