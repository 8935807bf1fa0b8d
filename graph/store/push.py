"""Writes a release to a SPARQL store in batches that are bounded, repeated when they fail, and resumed after a
break.

The data have no blank nodes, so sending a batch twice changes nothing. How far a push has come is kept in the store
itself, under the checksum of the release: the same command goes on where it was broken off.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from hytegraph.graph.errors import HytegraphError, QueryFailedError, StoreError, StoreTimeoutError
from hytegraph.graph.sparql.binding import normal_quad, skolem, write_term
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.store.remote import MERGED, PUSHED, read_triples, rows_of, sizes_of
from hytegraph.graph.vocab import DCT, RDF
from hytegraph.graph.writing.order import sorted_triples

BATCH_TRIPLES = 2000
BATCH_BYTES = 1 << 20
ATTEMPTS = 5
FIRST_PAUSE = 0.2
TEMPORARY = frozenset({0, 408, 425, 429, 500, 502, 503, 504})

Progress = Callable[[int, int], None]


class PushError(HytegraphError):
    """A release could not be written whole; `sent` triples are in the store and the same command goes on from there."""

    def __init__(self, url: str, sent: int, reason: str) -> None:
        super().__init__(
            f"{url}: {sent} triples written, then: {reason}; run the same command again to go on"
        )
        self.url = url
        self.sent = sent
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Batch:
    """Some triples of one graph; `first` when they replace what the graph held before."""

    graph: str
    triples: tuple[Triple, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class GraphCheck:
    """A graph after a push: how many triples it should have and has, and whether they are the same triples."""

    graph: str
    expected: int
    found: int
    same: bool

    @property
    def good(self) -> bool:
        """Whether the store holds exactly the graph."""
        return self.same and self.found == self.expected


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: batches sent, skipped because an earlier push had sent them, and sent more than once."""

    triples: int
    batches: int
    skipped: int
    repeated: int
    checks: tuple[GraphCheck, ...]
    digest: str

    @property
    def verified(self) -> bool:
        """Whether the store holds exactly the release."""
        return all(check.good for check in self.checks)


@dataclass(slots=True)
class _Tally:
    sent: int = 0
    repeated: int = 0


def push(client: StoreClient, quads: Iterable[Quad], base: str, progress: Progress) -> Pushed:
    """Write the quads, with the default graph merged of them, and verify them.

    Graphs under the base that the quads do not have are removed. What an earlier push of the same release has
    written is left out, unless the store has lost it since. Raises PushError when the store refuses or stays away.
    """
    graphs = contents(quads, base)
    digest = digest_of(graphs)
    batches = tuple(batches_of(graphs))
    tally = _Tally()
    try:
        done = _done(client, base, digest)
        if not done:
            _remove_others(client, base, frozenset(graphs))
        _write_all(client, batches, done, base + PUSHED, digest, tally, progress)
        checks = tuple(verify(client, graphs))
        if done and not all(check.good for check in checks):
            done = 0
            _write_all(client, batches, done, base + PUSHED, digest, tally, progress)
            checks = tuple(verify(client, graphs))
    except QueryFailedError as error:
        raise PushError(client.query_url, tally.sent, error.reason) from error
    return Pushed(tally.sent, len(batches), done, tally.repeated, checks, digest)


def _write_all(
    client: StoreClient,
    batches: tuple[Batch, ...],
    done: int,
    state: str,
    digest: str,
    tally: _Tally,
    progress: Progress,
) -> None:
    total, written = sum(len(batch.triples) for batch in batches), 0
    for number, batch in enumerate(batches):
        if number >= done:
            _write(client, batch, tally)
            _record(client, state, digest, number + 1)
        written += len(batch.triples)
        progress(written, total)


def contents(quads: Iterable[Quad], base: str) -> dict[str, tuple[Triple, ...]]:
    """The graphs to write, in order, in normal form and without blank nodes; the merged default graph is one of
    them.
    """
    graphs: dict[str, set[Triple]] = {}
    for quad in quads:
        plain = normal_quad(skolem(quad, base))
        name = plain.graph_name.value if isinstance(plain.graph_name, NamedNode) else base + MERGED
        graphs.setdefault(name, set()).add(plain.triple)
        if not name.endswith(NOT_IN_DEFAULT_GRAPH):
            graphs.setdefault(base + MERGED, set()).add(plain.triple)
    return {name: sorted_triples(graphs[name]) for name in sorted(graphs)}


def digest_of(graphs: dict[str, tuple[Triple, ...]]) -> str:
    """The canonical hash: SHA-256 of the sorted N-Quads."""
    digest = hashlib.sha256()
    for name, triples in graphs.items():
        for triple in triples:
            digest.update(f"{triple} <{name}> .\n".encode())
    return digest.hexdigest()


def batches_of(graphs: dict[str, tuple[Triple, ...]]) -> Iterator[Batch]:
    """The graphs in batches bounded by number and by bytes; the same graphs give the same batches."""
    for name, triples in graphs.items():
        batch: list[Triple] = []
        size, first = 0, True
        for triple in triples:
            length = len(str(triple).encode())
            if batch and (len(batch) >= BATCH_TRIPLES or size + length > BATCH_BYTES):
                yield Batch(name, tuple(batch), first)
                batch, size, first = [], 0, False
            batch.append(triple)
            size += length
        yield Batch(name, tuple(batch), first)


def verify(client: StoreClient, graphs: dict[str, tuple[Triple, ...]]) -> Iterator[GraphCheck]:
    """Each graph read back and compared by count and canonical hash."""
    sizes = sizes_of(client)
    for name, triples in graphs.items():
        found = sizes.get(name, 0)
        try:
            same = digest_of({name: read_triples(client, name, found)}) == digest_of({name: triples})
        except StoreTimeoutError:
            raise
        except StoreError:
            same = False
        yield GraphCheck(name, len(triples), found, same)


def _done(client: StoreClient, base: str, digest: str) -> int:
    """How many batches of this very release an earlier push has written."""
    state = write_term(NamedNode(base + PUSHED))
    rows = rows_of(client, f"SELECT ?p ?o WHERE {{ GRAPH {state} {{ {state} ?p ?o }} }}")
    known = {row.text("p"): row.text("o") for row in rows}
    return int(known.get(RDF.value.value, 0)) if known.get(DCT.identifier.value) == _plan(digest) else 0


def _plan(digest: str) -> str:
    """Names the release and the size of its batches: with other batches, another number would be meant."""
    return f"{digest}/{BATCH_TRIPLES}/{BATCH_BYTES}"


def _record(client: StoreClient, state: str, digest: str, number: int) -> None:
    node = NamedNode(state)
    triples = (Triple(node, DCT.identifier, Literal(_plan(digest))), Triple(node, RDF.value, Literal(number)))
    _persist(client, Batch(state, triples, True), _Tally())


def _remove_others(client: StoreClient, base: str, kept: frozenset[str]) -> None:
    for name in sizes_of(client):
        if name.startswith(base) and name not in kept:
            _persist(client, Batch(name, (), True), _Tally())


def _write(client: StoreClient, batch: Batch, tally: _Tally) -> None:
    """Send a batch; one that the store finds too large or cannot read is halved, down to a single triple."""
    try:
        _persist(client, batch, tally)
    except StoreError as error:
        is_away = error.status == 0 and not isinstance(error, StoreTimeoutError)
        if is_away or len(batch.triples) < 2:
            raise
        middle = len(batch.triples) // 2
        _write(client, Batch(batch.graph, batch.triples[:middle], batch.first), tally)
        _write(client, Batch(batch.graph, batch.triples[middle:], False), tally)
        return
    tally.sent += len(batch.triples)


def _persist(client: StoreClient, batch: Batch, tally: _Tally) -> None:
    """Send a batch, again after a pause while the store has a temporary trouble."""
    pause = FIRST_PAUSE
    for attempt in range(ATTEMPTS):
        try:
            _send(client, batch)
            return
        except StoreError as error:
            # A batch that is too large, or takes too long, is better halved at once than sent again.
            is_lasting = error.status not in TEMPORARY or isinstance(error, StoreTimeoutError)
            if is_lasting or attempt == ATTEMPTS - 1:
                raise
        tally.repeated += 1
        time.sleep(pause)
        pause *= 2


def _send(client: StoreClient, batch: Batch) -> None:
    if client.graph_url:
        if batch.first and not batch.triples:
            client.delete_graph(batch.graph)
            return
        lines = "".join(f"{triple} .\n" for triple in batch.triples)
        client.write_graph(batch.graph, lines.encode(), replace=batch.first)
        return
    graph = write_term(NamedNode(batch.graph))
    if batch.first:
        client.update(f"CLEAR SILENT GRAPH {graph}")
    if batch.triples:
        lines = "".join(
            f"{write_term(t.subject)} {write_term(t.predicate)} {write_term(t.object)} .\n"
            for t in batch.triples
        )
        client.update(f"INSERT DATA {{ GRAPH {graph} {{\n{lines}}} }}")
