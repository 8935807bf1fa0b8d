"""The data of a release as files: whole, by town and by document, at the addresses that the service has for them.

All are written from the sorted lines of the data: those of the whole without holding it, those of a town and of its
documents from the lines of that town, which stand together. Of large data N-Quads and TriG alone are written whole.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from hytegraph.graph.formats import GRAPH_FORMATS, JSON_LD, N_QUADS, TRIG, TURTLE
from hytegraph.graph.iris import town_beginnings
from hytegraph.graph.releases.row import Published
from hytegraph.graph.store.dumps.measured import MOST_QUADS
from hytegraph.graph.store.dumps.writing import write_dump
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.store.sorted_lines import SortedLines
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.publishing.folder import OutFolder

_CUBE, _TYPE = b" <http://purl.org/linked-data/cube#", b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SHAPES = b"/graph/shapes> .\n"


def write_data(out: OutFolder, release: Published) -> None:
    """Write all files of data."""
    stem = f"dumps/{release.name}"
    base, towns = str(release.manifest["base"]), sorted(release.manifest["towns"])
    for syntax in GRAPH_FORMATS if release.quads <= MOST_QUADS else (N_QUADS, TRIG):
        out.write_with(f"{stem}/hytegraph.{syntax.extension}", partial(write_dump, release.data, syntax))
    with SortedLines.open(release.data) as data:
        structure = [*_cube(_others(release.data, base, towns))]
        for town in towns:
            _write_town(out, stem, _town_lines(data, base, town), (base, town), structure)


def _write_town(out: OutFolder, stem: str, lines: bytes, of: tuple[str, str], structure: list[bytes]) -> None:
    """The facts of a town, of each of its documents, and its observations with the structure that they have."""
    base, town = of
    quads = list(parse(lines, RdfFormat.N_QUADS))
    facts = [quad.triple for quad in quads if _is_fact(quad)]
    out.write(f"{stem}/{town}.{TURTLE.extension}", serialise_triples(facts, TURTLE))
    out.write(f"{stem}/{town}.{JSON_LD.extension}", serialise_triples(facts, JSON_LD))
    own = f"{base}graph/{town}/document/"
    documents: dict[str, list[Quad]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        if name.startswith(own):
            documents.setdefault(name.removeprefix(own), []).append(quad)
    for slug, stated in sorted(documents.items()):
        triples = (quad.triple for quad in stated)
        out.write(f"{stem}/{town}/{slug}.{TURTLE.extension}", serialise_triples(triples, TURTLE))
    observed = [*_cube(lines.splitlines(keepends=True))]
    if observed:
        cube = parse(b"".join([*structure, *observed]), RdfFormat.N_QUADS)
        triples = (quad.triple for quad in cube if _is_fact(quad))
        out.write(f"{stem}/{town}-observations.{TURTLE.extension}", serialise_triples(triples, TURTLE))


def _is_fact(quad: Quad) -> bool:
    """Whether a quad is in the default graph."""
    return isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.endswith(NOT_IN_DEFAULT_GRAPH)


def _town_lines(data: SortedLines, base: str, town: str) -> bytes:
    return b"".join(data.starting(begin.encode()) for begin in town_beginnings(base, (town,)))


def _others(file: Path, base: str, towns: Iterable[str]) -> Iterator[bytes]:
    """The lines that are about no town."""
    beginnings = tuple(map(str.encode, town_beginnings(base, towns)))
    with file.open("rb") as stream:
        yield from (line for line in stream if not line.startswith(beginnings))


def _cube(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines about whatever is a part of a data cube: observations, data sets, the structure of these."""
    stated = (line for line in lines if not line.endswith(_SHAPES))
    for _, group in groupby(stated, key=lambda line: line.partition(b" ")[0]):
        about = list(group)
        if any(_is_of_cube(line) for line in about):
            yield from about


def _is_of_cube(line: bytes) -> bool:
    _, _, rest = line.partition(b" ")
    rest = b" " + rest
    return rest.startswith((_CUBE, _TYPE + _CUBE))
