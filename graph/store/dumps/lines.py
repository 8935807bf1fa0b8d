"""The graphs of a release, read from the lines of its file: nothing of it has to fit into memory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH

_LEFT_OUT = tuple(f"{name}> .\n".encode() for name in NOT_IN_DEFAULT_GRAPH)
# So much of the lines of all graphs is kept before it is written.
_KEPT_BYTES = 64 << 20


def default_lines(file: Path) -> Iterator[bytes]:
    """The triples of the default graph as lines of N-Triples, each once, in the order of lines.

    What several graphs state stands in lines beside each other.
    """
    before = b""
    with file.open("rb") as lines:
        for line in lines:
            if not line.endswith(_LEFT_OUT):
                triple = line[: line.rindex(b" <")]
                if triple != before:
                    yield triple + b" .\n"
                before = triple


def graph_lines(file: Path, graph: str) -> Iterator[bytes]:
    """The triples of a named graph as lines of N-Triples, in the order of lines."""
    end = f" <{graph}> .\n".encode()
    with file.open("rb") as lines:
        for line in lines:
            if line.endswith(end):
                yield line[: -len(end)] + b" .\n"


def lines_by_graph(file: Path, folder: Path) -> Mapping[str, Path]:
    """Put the lines of each graph into a file of N-Triples in an empty folder: the files by the IRI of the graph."""
    files: dict[bytes, Path] = {}
    kept: defaultdict[bytes, list[bytes]] = defaultdict(list)
    size = 0
    with file.open("rb") as lines:
        for line in lines:
            at = line.rindex(b" <")
            kept[line[at + 2 : -4]].append(line[:at] + b" .\n")
            size += at
            if size > _KEPT_BYTES:
                _append(kept, files, folder)
                size = 0
    _append(kept, files, folder)
    return {graph.decode(): place for graph, place in files.items()}


def _append(kept: dict[bytes, list[bytes]], files: dict[bytes, Path], folder: Path) -> None:
    for graph, lines in kept.items():
        with files.setdefault(graph, folder / f"{len(files)}.nt").open("ab") as out:
            out.writelines(lines)
    kept.clear()


def lines_of_graphs(lines: Iterable[str]) -> Mapping[str, int]:
    """How many lines there are for each graph, by its IRI."""
    return Counter(line[line.rfind(" <") + 2 : -4] for line in lines)
