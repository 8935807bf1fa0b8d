"""A release, or one graph of it, in a format, from the sorted lines of its file: it need not fit into memory."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

from hytegraph.graph.formats import N_QUADS, GraphFormat
from hytegraph.graph.store.release_lines import default_lines, graph_lines, lines_by_graph
from hytegraph.graph.writing.order import Statement, statements
from hytegraph.graph.writing.serialise import write_graphs, write_triples


def write_dump(file: Path, syntax: GraphFormat, out: BinaryIO) -> None:
    """Write all of a file of release lines: the named graphs where the syntax can name graphs, else the default graph.

    Raises NotWritableError for what the syntax cannot express, before anything is written.
    """
    if syntax == N_QUADS:
        with file.open("rb") as lines:
            copyfileobj(lines, out)
    elif syntax.holds_graphs:
        with TemporaryDirectory() as folder:
            files = {f"<{graph}>": place for graph, place in lines_by_graph(file, Path(folder)).items()}
            write_graphs(lambda: ((name, _of_file(files[name])) for name in sorted(files)), syntax, out)
    else:
        write_triples(lambda: _statements(default_lines(file)), syntax, out)


def write_graph_dump(file: Path, graph: str, syntax: GraphFormat, out: BinaryIO) -> None:
    """Write the triples of one named graph of a file of release lines; raises as `write_dump` does."""
    write_triples(lambda: _statements(graph_lines(file, graph)), syntax, out)


def _of_file(file: Path) -> Iterator[Statement]:
    with file.open("rb") as lines:
        yield from _statements(lines)


def _statements(lines: Iterable[bytes]) -> Iterator[Statement]:
    return statements(line[:-3].decode() for line in lines)
