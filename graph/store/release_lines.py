"""The graphs of a release, read from the lines of its file: nothing of it has to fit into memory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH

_LEFT_OUT = tuple(f"{name}> .\n".encode() for name in NOT_IN_DEFAULT_GRAPH)
# So many lines are parsed at one time.
_LINES = 10_000


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


def default_triples(file: Path) -> Iterator[Triple]:
    """The same as triples; the lines are trusted to be those of a release."""
    lines = default_lines(file)
    while some := b"".join(islice(lines, _LINES)):
        for quad in parse(some, format=RdfFormat.N_TRIPLES, lenient=True):
            yield quad.triple


def lines_of_graphs(lines: Iterable[str]) -> Mapping[str, int]:
    """How many lines there are for each graph, by its IRI."""
    return Counter(line[line.rfind(" <") + 2 : -4] for line in lines)
