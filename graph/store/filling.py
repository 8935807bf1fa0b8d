"""Makes a store on disk, in a process of its own: `python -m hytegraph.graph.store.filling`.

The order comes as a line of JSON. The store is made beside its place and moved there when it is whole.
"""

import fcntl
import json
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from hytegraph.graph.errors import HytegraphError, ReleaseError
from hytegraph.graph.formats import graph_format
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dataset import read_manifest, read_release_at
from hytegraph.graph.store.disk import (
    FACTS,
    LAYOUT,
    Changes,
    find_store,
    place,
    released_checksum,
)
from hytegraph.graph.store.loading import Loaded, default_size, graph_sizes, load, merged
from hytegraph.graph.writing.serialise import write_lines

_LOCK = ".lock"
_KEPT = 3
# Where more than this part of the data has changed, all is written anew: that makes the better store, and as soon.
_FEW = 1 / 8
Facts = dict[str, Any]


def fill(source: Path, folder: Path, changes: Changes | None) -> None:
    """Make the store of a release or RDF file, unless another process has made it meanwhile.

    Raises ReleaseError, or RdfFileError with the line, when the data cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if find_store(source, folder):
            return
        # Nobody else makes one now: what is there was left by a process that was killed.
        for left in folder.glob(".making-*"):
            shutil.rmtree(left)
        staging = folder / f".making-{os.getpid()}"
        try:
            staging.mkdir()
            facts = (changes and _change(source, folder, staging, changes)) or _write(source, staging)
            (staging / FACTS).write_text(json.dumps(facts), "utf-8")
            made = place(folder, facts["checksum"])
            shutil.rmtree(made, ignore_errors=True)
            staging.rename(made)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        _prune(folder, made)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Services that start side by side with one folder make the store once; the others wait for it."""
    with (folder / _LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(source: Path, staging: Path) -> Facts:
    """Write all data to a new store."""
    file = data_file(source)
    syntax = graph_format(file.suffix.removeprefix("."))
    assert syntax
    with file.open("rb") as stream:
        loaded = load(file, stream, syntax.rdf, trusted=source.is_dir(), store=Store(str(staging / "store")))
    if source.is_dir():
        read_release_at(source, loaded.checksum)
    loaded.store.optimize()
    loaded.store.flush()
    return _facts(loaded)


def _facts(loaded: Loaded) -> Facts:
    return {
        "checksum": loaded.checksum,
        "graphs": list(graph_sizes(loaded.store).items()),
        "default": default_size(loaded.store),
        "own": write_lines(loaded.own).decode(),
    }


def _change(source: Path, folder: Path, staging: Path, changes: Changes) -> Facts | None:
    """Change a copy of the earlier release's store; None where that is not possible, or not worth it."""
    earlier = place(folder, changes.earlier)
    try:
        before: Facts = json.loads((earlier / FACTS).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    removed, added = _lines(changes.removed), _lines(changes.added)
    gone, new = _quads(removed - added), _quads(added - removed)
    quads = sum(count for _, count in before["graphs"])
    is_apart = before["own"] or any(isinstance(quad.graph_name, DefaultGraph) for quad in chain(gone, new))
    if is_apart or len(gone) + len(new) > _FEW * quads:
        return None
    _link(earlier / "store", staging / "store")
    store = Store(str(staging / "store"))
    default = before["default"] + _apply(store, gone, new)
    sizes = dict(before["graphs"]) | _sizes(store, {quad.graph_name for quad in chain(gone, new)})
    store.flush()
    graphs = sorted((name, count) for name, count in sizes.items() if count)
    manifest, left = read_manifest(source)["data"], sum(count for _, count in graphs)
    if not left == quads - len(gone) + len(new) == manifest.get("quads"):
        # The changes were not those between the two releases.
        del store
        shutil.rmtree(staging / "store")
        return None
    return {
        "checksum": released_checksum(source),
        "graphs": graphs,
        "default": default,
        "own": "",
    }


def _lines(files: Iterable[Path]) -> set[bytes]:
    lines = {line for file in files for line in file.read_bytes().splitlines()}
    return lines - {b""}


def _quads(lines: set[bytes]) -> list[Quad]:
    return list(parse(b"\n".join(sorted(lines)), format=RdfFormat.N_QUADS))


def _link(earlier: Path, store: Path) -> None:
    """Copy a store that nobody writes to: its tables never change, so a second name for each of them will do."""
    store.mkdir()
    for file in earlier.iterdir():
        if file.suffix == ".sst":
            os.link(file, store / file.name)
        elif file.name != "LOCK":
            shutil.copy2(file, store / file.name)


def _apply(store: Store, gone: list[Quad], new: list[Quad]) -> int:
    """Remove and add quads, in their graphs and in the default graph; by how many triples that has grown."""
    for quad in gone:
        store.remove(quad)
    triples = {quad.triple for quad in merged(gone)}
    vanished = [triple for triple in triples if not _is_stated(store, triple)]
    for triple in vanished:
        store.remove(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    appeared = {quad for quad in merged(new) if quad not in store}
    store.extend([*new, *appeared])
    return len(appeared) - len(vanished)


def _is_stated(store: Store, triple: Triple) -> bool:
    """Whether a named graph that the default graph is made of states the triple."""
    stating = (
        quad
        for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        if not isinstance(quad.graph_name, DefaultGraph)
    )
    return next(merged(stating), None) is not None


def _sizes(store: Store, graphs: Iterable[Any]) -> dict[str, int]:
    """The numbers of triples of graphs; one that has none is taken out, so that no query finds its name."""
    sizes = {}
    for graph in graphs:
        sizes[graph.value] = sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
        if not sizes[graph.value]:
            store.remove_graph(NamedNode(graph.value))
    return sizes


def _prune(folder: Path, current: Path) -> None:
    """Keep the stores that were used last; a process that still reads another one keeps its open files."""
    others = [each for each in folder.glob(f"*-{LAYOUT}") if each != current and (each / FACTS).is_file()]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _end_with_starter() -> None:
    os.read(0, 1)
    os._exit(1)


def main() -> None:
    """Make what the order says."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_starter, daemon=True).start()
    if order["is_nice"]:
        os.nice(10)
    changes = order["changes"] and Changes(
        order["changes"]["earlier"],
        *(tuple(map(Path, order["changes"][name])) for name in ("removed", "added")),
    )
    try:
        fill(Path(order["source"]), Path(order["folder"]), changes)
    except (HytegraphError, OSError) as error:
        sys.exit(error.reason if isinstance(error, ReleaseError) else str(error))


if __name__ == "__main__":
    main()
