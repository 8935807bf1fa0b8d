"""A release, or one graph of it, in a format, from the sorted lines of its file: it need not fit into memory.

Called as a module it is the process that writes a dump for another one: `python -m hytegraph.graph.store.dumps.writing
RELEASE SUFFIX FILE`.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

from hytegraph.graph.formats import GRAPH_FORMATS, N_QUADS, GraphFormat
from hytegraph.graph.locking import alone_in
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.dumps.lines import default_lines, graph_lines, lines_by_graph
from hytegraph.graph.store.helper_process import run_helper
from hytegraph.graph.store.release import checksum_of, read_release_at
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


def make_dump(release: Path, syntax: GraphFormat, file: Path) -> None:
    """Write the dump of a release to a file, unless another process has written it meanwhile.

    Raises ReleaseError where the data are not those of the release, NotWritableError for what the syntax cannot
    express, and OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(file.parent):
        if file.exists():
            return
        # Nobody else writes one now: what is there was left by a process that was killed.
        for left in file.parent.glob(".writing-*"):
            left.unlink()
        part = file.with_name(f".writing-{os.getpid()}")
        try:
            folder = release.resolve()
            data = data_file(folder)
            read_release_at(folder, checksum_of(data))
            with part.open("wb") as out:
                write_dump(data, syntax, out)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def main(release: str, suffix: str, file: str) -> None:
    """Write the dump of a release in the format with that suffix to a file."""
    [syntax] = [each for each in GRAPH_FORMATS if each.extension == suffix]
    make_dump(Path(release), syntax, Path(file))


if __name__ == "__main__":
    run_helper(main)
