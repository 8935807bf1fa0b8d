"""Makes a store on disk, in a process of its own: `python -m hytegraph.graph.store.filling RELEASE|FILE FOLDER [nice]`.

The store is made beside its place and moved there when it is whole. The process ends when its standard input does.
"""

import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import graph_format
from hytegraph.graph.locking import alone_in
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.disk import (
    FACTS,
    LAYOUT,
    find_store,
    place,
    released_checksum,
)
from hytegraph.graph.store.helper_process import run_helper
from hytegraph.graph.store.line_diff import differing_lines
from hytegraph.graph.store.loading import Loaded, default_size, graph_sizes, load, merged
from hytegraph.graph.store.release import checksum_of, read_release_at
from hytegraph.graph.writing.serialise import write_lines

_KEPT = 3
# Where more than this part of the data has changed, all is written anew: that makes the better store, and as soon.
_FEW = 1 / 8
Facts = dict[str, Any]


def fill(source: Path, folder: Path) -> None:
    """Make the store of a release or RDF file, unless another process has made it meanwhile.

    Raises ReleaseError, or RdfFileError with the line, when the data cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Services that start side by side with one folder make the store once; the others wait for it.
    with alone_in(folder):
        if find_store(source, folder):
            return
        # Nobody else makes one now: what is there was left by a process that was killed.
        for left in folder.glob(".making-*"):
            shutil.rmtree(left)
        staging = folder / f".making-{os.getpid()}"
        try:
            staging.mkdir()
            facts = _change(source, folder, staging) or _write(source, staging)
            (staging / FACTS).write_text(json.dumps(facts), "utf-8")
            made = place(folder, facts["checksum"])
            shutil.rmtree(made, ignore_errors=True)
            staging.rename(made)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        _prune(folder, made)


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
    return _facts(loaded, str(source) if source.is_dir() else "")


def _facts(loaded: Loaded, release: str) -> Facts:
    return {
        "checksum": loaded.checksum,
        "release": release,
        "graphs": list(graph_sizes(loaded.store).items()),
        "default": default_size(loaded.store),
        "own": write_lines(loaded.own).decode(),
    }


def _change(source: Path, folder: Path, staging: Path) -> Facts | None:
    """Change a copy of an earlier release's store; None where there is none, or too much has changed."""
    found = _earlier(folder)
    if found is None or not source.is_dir():
        return None
    earlier, before = found
    checksum, data = released_checksum(source), data_file(source)
    quads = sum(count for _, count in before["graphs"])
    with ThreadPoolExecutor(1) as hashing:
        # Nothing else reads all of the new data.
        actual = hashing.submit(checksum_of, data)
        differing = differing_lines(data_file(Path(before["release"])), data, int(_FEW * quads))
        read_release_at(source, actual.result())
    if differing is None:
        return None
    gone, new = map(_quads, differing)
    if before["own"] or any(isinstance(quad.graph_name, DefaultGraph) for quad in chain(gone, new)):
        return None
    _link(earlier / "store", staging / "store")
    store = Store(str(staging / "store"))
    default = before["default"] + _apply(store, gone, new)
    sizes = dict(before["graphs"]) | _sizes(store, {quad.graph_name for quad in chain(gone, new)})
    store.flush()
    graphs = sorted((name, count) for name, count in sizes.items() if count)
    if sum(count for _, count in graphs) != quads - len(gone) + len(new):
        # The earlier store was not what its release is.
        del store
        shutil.rmtree(staging / "store")
        return None
    return {"checksum": checksum, "release": str(source), "graphs": graphs, "default": default, "own": ""}


def _earlier(folder: Path) -> tuple[Path, Facts] | None:
    """The store that was used last of those whose release is still in its place, and its facts."""
    for store in _by_use(folder):
        with suppress(OSError, ValueError, KeyError, ReleaseError):
            facts: Facts = json.loads((store / FACTS).read_text("utf-8"))
            if facts["release"] and released_checksum(Path(facts["release"])) == facts["checksum"]:
                return store, facts
    return None


def _by_use(folder: Path) -> list[Path]:
    """The stores in the folder, the one that was used last first."""
    stores = [each for each in folder.glob(f"*-{LAYOUT}") if (each / FACTS).is_file()]
    return sorted(stores, key=lambda each: each.stat().st_mtime, reverse=True)


def _quads(lines: set[bytes]) -> list[Quad]:
    return list(parse(b"".join(sorted(lines)), format=RdfFormat.N_QUADS))


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
    for old in [store for store in _by_use(folder) if store != current][_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def main(source: str, folder: str) -> None:
    """Make the store of a release or RDF file in a folder."""
    fill(Path(source), Path(folder))


if __name__ == "__main__":
    run_helper(main)
