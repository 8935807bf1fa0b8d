"""Loads an RDF file into memory with its merged default graph; N-Quads by the engine's own threads, in pieces.

Making every quad an object of Python costs five times what the engine needs. So the lines of N-Quads are only cut here,
once as they are and once without their graph, and the engine reads both: piece by piece, as cutting is faster. Lines
with blank nodes are read by the slower way: read twice, a blank node would become two.
"""

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from hytegraph.graph.errors import RdfFileError

NOT_IN_DEFAULT_GRAPH = (
    "/graph/shapes",
    "/graph/validation",
    "/graph/alignments",
    "/links/suggested",
    "/graph/status",
)
_CHUNK = 64 * 1024 * 1024
_LOADERS = 2
_LEFT_OUT = tuple(f"{name}>".encode() for name in NOT_IN_DEFAULT_GRAPH)
_GRAPH = re.compile(rb" <[^<>\n]*> \.\n")
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A filled store; `own` are the triples that a file with named graphs states outside of them.

    In the store these are one with what the named graphs make up. `default` holds the default graph alone, where that
    was asked for. `checksum` is the SHA-256 of what was read.
    """

    store: Store
    checksum: str
    own: tuple[Triple, ...] = ()
    default: Store | None = None


def load(
    file: Path,
    stream: BinaryIO,
    syntax: RdfFormat,
    *,
    trusted: bool = False,
    store: Store | None = None,
    default: Store | None = None,
) -> Loaded:
    """The store of a file's content, in memory or the empty one given; raises RdfFileError with the line.

    The content is read from the stream piece by piece where it is N-Quads as a release has them. The default graph is
    written to the empty store `default` as well. What is trusted, because a release's checksum says that it is what was
    validated, is read without checking each IRI.
    """
    store = Store() if store is None else store
    if syntax == RdfFormat.N_QUADS:
        try:
            return _load_lines(stream, store, default, trusted=trusted)
        except (SyntaxError, ValueError):
            # Read again the slow way, which takes any N-Quads and knows the number of a broken line.
            stream.seek(0)
            store.clear()
            if default is not None:
                default.clear()
    data = stream.read()
    quads = _quads(file, data, syntax)
    _extend(store, default, quads)
    own = _own(quads) if any(map(_is_named, quads)) else ()
    return Loaded(store, hashlib.sha256(data).hexdigest(), own, default)


def load_default(lines: bytes) -> Store:
    """The default graph alone that N-Quads make up: a third of the work where no query names a graph.

    The lines are trusted to be those of a release, or written by this package.
    """
    store = Store()
    blank: list[bytes] = []
    try:
        _bulk(store, _cut(lines, blank)[1], RdfFormat.N_TRIPLES, trusted=True)
    except (SyntaxError, ValueError):
        # Some lines name no graph.
        store.clear()
        blank = [lines]
    store.bulk_extend(_default_graph(list(parse(b"\n".join(blank), format=RdfFormat.N_QUADS))))
    return store


def _extend(store: Store, default: Store | None, quads: list[Quad]) -> None:
    default_graph = _default_graph(quads)
    store.bulk_extend(quads)
    store.bulk_extend(default_graph)
    if default is not None:
        default.bulk_extend(default_graph)


def _default_graph(quads: list[Quad]) -> list[Quad]:
    """The triples outside of named graphs, and those that the named graphs make up."""
    return [*(quad for quad in quads if not _is_named(quad)), *merged(quads)]


def _own(quads: Iterable[Quad]) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in quads if not _is_named(quad))


def _is_named(quad: Quad) -> bool:
    return not isinstance(quad.graph_name, DefaultGraph)


def merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of the default graph that the named graphs make up."""
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and not graph.value.endswith(NOT_IN_DEFAULT_GRAPH):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def graph_sizes(store: Store) -> dict[str, int]:
    """The named graphs that are not empty with their numbers of triples, sorted by name."""
    solutions = store.query(_SIZES)
    assert isinstance(solutions, QuerySolutions)
    counted = {row["g"].value: int(row["n"].value) for row in solutions}
    return {name: counted[name] for name in sorted(counted)}


def default_size(store: Store) -> int:
    """The number of triples of the default graph."""
    solutions = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(solutions, QuerySolutions)
    return int(next(iter(solutions))["n"].value)


def _load_lines(stream: BinaryIO, store: Store, default: Store | None, *, trusted: bool) -> Loaded:
    """Fill the store; raises ValueError for lines that are not as a release writes them, or SyntaxError."""
    checksum = hashlib.sha256()
    with ThreadPoolExecutor(_LOADERS) as loaders:
        waiting: deque[Future[None]] = deque()
        blank: list[bytes] = []
        for chunk in _chunks(stream):
            checksum.update(chunk)
            while len(waiting) > _LOADERS:
                waiting.popleft().result()
            quads, triples = _cut(chunk, blank)
            waiting.append(loaders.submit(_bulk, store, quads, RdfFormat.N_QUADS, trusted))
            waiting.append(loaders.submit(_bulk, store, triples, RdfFormat.N_TRIPLES, trusted))
            if default is not None:
                waiting.append(loaders.submit(_bulk, default, triples, RdfFormat.N_TRIPLES, trusted))
        for each in waiting:
            each.result()
    # What lies outside of named graphs is found among these lines only: elsewhere each line names its graph.
    rest = list(parse(b"\n".join(blank), format=RdfFormat.N_QUADS))
    _extend(store, default, rest)
    return Loaded(store, checksum.hexdigest(), _own(rest), default)


def _bulk(store: Store, lines: bytes, syntax: RdfFormat, trusted: bool) -> None:
    store.bulk_load(input=lines, format=syntax, lenient=trusted)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Pieces of whole lines; raises ValueError where a line is not a statement ended by a graph, a full stop and LF."""
    while chunk := stream.read(_CHUNK):
        chunk += stream.readline()
        if not chunk.endswith(b"> .\n") or b"\r" in chunk or b"\n#" in chunk or chunk.startswith(b"#"):
            raise ValueError("not as a release has it")
        yield chunk


def _cut(chunk: bytes, blank: list[bytes]) -> tuple[bytes, bytes]:
    """The chunk's quads, and its triples for the default graph; lines with blank nodes are put aside."""
    if b"_:" not in chunk and not any(name in chunk for name in _LEFT_OUT):
        triples, count = _GRAPH.subn(b" .\n", chunk)
        if count != chunk.count(b"\n"):
            raise ValueError("a line names no graph")
        return chunk, triples
    lines = chunk.split(b"\n")
    if b"_:" in chunk:
        blank.extend(line for line in lines if b"_:" in line)
        lines = [line for line in lines if b"_:" not in line]
        chunk = b"\n".join(lines)
    kept = [line[: line.rfind(b" <")] for line in lines if line and not line.endswith(_LEFT_OUT, 0, -2)]
    return chunk, b" .\n".join((*kept, b""))


def _quads(file: Path, data: bytes, syntax: RdfFormat) -> list[Quad]:
    try:
        return list(parse(data, format=syntax))
    except SyntaxError as error:
        raise RdfFileError(file, str(error), line=error.lineno) from error
    except ValueError as error:
        raise RdfFileError(file, str(error)) from error
