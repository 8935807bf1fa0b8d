"""The command `export`: the graph, or one named graph, in a format."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.dumps.lines import lines_of_graphs
from hytegraph.graph.store.dumps.writing import write_dump, write_graph_dump
from hytegraph.graph.store.release import checksum_of, read_release_at
from hytegraph.graph.writing.serialise import serialise_quads
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
    put = _writer(options)
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


def _writer(options: Namespace) -> Put:
    """What writes the data that are asked for."""
    if options.beside:
        return partial(_put, _side_by_side(options))
    release = release_of(options)
    return _of_release(release, options) if release.is_dir() else partial(_put, _of_file(release, options))


def _of_release(release: Path, options: Namespace) -> Put:
    """What writes a release, or a graph of it, from its lines, which need not fit into memory.

    Raises ReleaseError where the file is not the one that the release promises.
    """
    # The folder itself: a build may turn the link to another release meanwhile.
    release = release.resolve()
    file, syntax = data_file(release), EXPORTS[options.format]
    read_release_at(release, checksum_of(file))
    if not options.graph:
        return partial(write_dump, file, syntax)
    with file.open(encoding="utf-8", newline="\n") as lines:
        graph = _graph(sorted(lines_of_graphs(lines)), options.graph)
    return partial(write_graph_dump, file, graph, syntax)


def _put(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _of_file(file: Path, options: Namespace) -> bytes:
    dataset, syntax = Dataset.open(file), EXPORTS[options.format]
    if not options.graph:
        return dataset.dump(syntax)
    return dataset.dump(syntax, _graph([size.name for size in dataset.graphs()], options.graph))


def _side_by_side(options: Namespace) -> bytes:
    from hytegraph.graph.releases.side_by_side import side_by_side

    syntax = EXPORTS[options.format]
    if not syntax.holds_graphs:
        raise UsageError(
            f"--beside needs a format that holds graphs, not {options.format}: nquads, trig or jsonld"
        )
    folders = [Path(folder).resolve() for folder in options.beside]
    return serialise_quads(side_by_side([release_of(options).resolve(), *folders]), syntax)


def _graph(graphs: Sequence[str], name: str) -> str:
    """The IRI of the graph with that name: its IRI or the end of it; raises UnknownNameError."""
    found = [graph for graph in graphs if graph == name] or [
        graph for graph in graphs if graph.endswith(f"/{name}")
    ]
    if len(found) != 1:
        raise UnknownNameError("graph", name, graphs)
    return found[0]
