"""The command `export`: the graph, or one named graph, in a format."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dataset import Dataset, read_release_at
from hytegraph.graph.store.release import checksum_of
from hytegraph.graph.store.release_lines import default_lines, default_triples
from hytegraph.graph.writing.serialise import serialise_quads
from hytegraph.graph.writing.turtle import stream_turtle
from hytegraph.server.cli.terminal import DONE, UsageError, add_release, release_of

HELP = "write the data, or one named graph of them, as a file; or several releases side by side"
Put = Callable[[BinaryIO], object]
EXPORTS = {
    "turtle": TURTLE,
    "ntriples": N_TRIPLES,
    "trig": TRIG,
    "nquads": N_QUADS,
    "jsonld": JSON_LD,
    "rdfxml": RDF_XML,
}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "--format",
        choices=EXPORTS,
        default="turtle",
        help="nquads, trig and jsonld hold everything, graphs kept apart; turtle (the default), ntriples and rdfxml "
        "hold the facts without suggestions and shapes, which is the default graph",
    )
    add_release(parser, "write")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--graph", metavar="NAME", help="a named graph: its IRI or the end of it")
    only.add_argument(
        "--beside",
        action="append",
        default=[],
        metavar="RELEASE",
        help="another release, to be asked together: the facts of each in a graph named by its version (repeatable; "
        "nquads, trig or jsonld)",
    )
    parser.add_argument("-o", "--out", metavar="FILE", help="file to write (standard output)")


def run(options: Namespace) -> int:
    """Write the graph, or one named graph, in a format; the same release gives the same bytes."""
    put = _from_lines(options) or partial(_put, _made(options))
    if not options.out:
        sys.stdout.flush()
        put(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return DONE
    part = Path(f"{options.out}.part")
    try:
        with part.open("wb") as out:
            put(out)
        part.replace(options.out)
    finally:
        part.unlink(missing_ok=True)
    return DONE


def _from_lines(options: Namespace) -> Put | None:
    """What writes a whole release from the sorted lines of its file, so that it need not fit into memory, or None.

    Raises ReleaseError where the file is not the one that the release promises.
    """
    release = release_of(options)
    put = _FROM_LINES.get(options.format)
    if put is None or options.graph or options.beside or not release.is_dir():
        return None
    file = data_file(release)
    read_release_at(release, checksum_of(file))
    return partial(put, file)


def _made(options: Namespace) -> bytes:
    return _side_by_side(options) if options.beside else _of_one(options)


def _put(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _copy(file: Path, out: BinaryIO) -> None:
    with file.open("rb") as lines:
        copyfileobj(lines, out)


def _write_triples(file: Path, out: BinaryIO) -> None:
    out.writelines(default_lines(file))


def _write_turtle(file: Path, out: BinaryIO) -> None:
    stream_turtle(lambda: default_triples(file), out)


_FROM_LINES: Mapping[str, Callable[[Path, BinaryIO], None]] = {
    "nquads": _copy,
    "ntriples": _write_triples,
    "turtle": _write_turtle,
}


def _of_one(options: Namespace) -> bytes:
    dataset = Dataset.open(release_of(options))
    return dataset.dump(EXPORTS[options.format], _graph(dataset, options.graph) if options.graph else None)


def _side_by_side(options: Namespace) -> bytes:
    from hytegraph.graph.releases.side_by_side import side_by_side

    syntax = EXPORTS[options.format]
    if not syntax.holds_graphs:
        raise UsageError(
            f"--beside needs a format that holds graphs, not {options.format}: nquads, trig or jsonld"
        )
    folders = [Path(folder).resolve() for folder in options.beside]
    return serialise_quads(side_by_side([release_of(options).resolve(), *folders]), syntax)


def _graph(dataset: Dataset, name: str) -> str:
    graphs = [size.name for size in dataset.graphs()]
    found = [graph for graph in graphs if graph == name] or [
        graph for graph in graphs if graph.endswith(f"/{name}")
    ]
    if len(found) != 1:
        raise UnknownNameError("graph", name, graphs)
    return found[0]
