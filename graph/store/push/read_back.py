"""What a push has written, read back by subject and mended where the store holds more or less."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad, Triple

from hytegraph.graph.errors import StoreError, StoreTimeoutError
from hytegraph.graph.sparql.binding import normal_quad, write_term
from hytegraph.graph.store.answers import rows_of, sizes_of
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.push.pieces import Triples
from hytegraph.graph.store.push.sending import Sender

# Fewer than the rows to which Virtuoso cuts an answer as it is installed.
_MOST_ROWS = 4000


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


@dataclass(slots=True)
class ReadBack:
    """Compares piece after piece with what the store holds of its subjects; `mended` counts what differed."""

    client: StoreClient
    sender: Sender
    base: str
    mended: int = 0
    _expected: Counter[str] = field(default_factory=Counter)
    _differing: set[str] = field(default_factory=set)

    def check(self, piece: Triples) -> None:
        """Compare a piece and write what is missing; raises StoreError when the store does not answer."""
        for name, triples in piece.items():
            self._expected[name] += len(triples)
        for part in _parts(piece):
            missing, others = self._difference(part)
            if missing or others:
                self.mended += sum(map(len, missing.values())) + sum(map(len, others.values()))
                self.sender.add(missing)
                self.sender.remove(others)
                missing, others = self._difference(part)
                self._differing |= {*missing, *others}

    def checks(self) -> Iterator[GraphCheck]:
        """The graphs of all pieces, with the sizes that the store counts."""
        sizes = sizes_of(self.client)
        for name in sorted(self._expected):
            yield GraphCheck(name, self._expected[name], sizes.get(name, 0), name not in self._differing)

    def _difference(self, part: Triples) -> tuple[Triples, Triples]:
        """What the store lacks of the part's subjects, and what else it says of them in graphs under the base."""
        expected = {(name, triple) for name, triples in part.items() for triple in triples}
        try:
            found = self._read(
                {triple.subject for _, triple in expected if isinstance(triple.subject, NamedNode)}
            )
        except StoreTimeoutError:
            raise
        except StoreError as error:
            if error.status == 0:
                raise
            found = set()
        return _by_graph(expected - found), _by_graph(found - expected)

    def _read(self, subjects: set[NamedNode]) -> set[tuple[str, Triple]]:
        values = " ".join(sorted(map(write_term, subjects)))
        rows = rows_of(
            self.client, f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        )
        return {
            (row.text("g"), normal_quad(Quad(row["s"], row["p"], row["o"])).triple)  # type: ignore[arg-type]  # by place
            for row in rows
            if row.text("g").startswith(self.base)
        }


def _by_graph(quads: set[tuple[str, Triple]]) -> Triples:
    graphs: Triples = {}
    for name, triple in sorted(quads, key=str):
        graphs.setdefault(name, {})[triple] = None
    return graphs


def _parts(piece: Triples) -> Iterator[Triples]:
    """The piece in parts of whole subjects, each of few enough triples for one answer."""
    by_subject: dict[str, list[tuple[str, Triple]]] = {}
    for name, triples in piece.items():
        for triple in triples:
            by_subject.setdefault(str(triple.subject), []).append((name, triple))
    part: set[tuple[str, Triple]] = set()
    for quads in by_subject.values():
        if part and len(part) + len(quads) > _MOST_ROWS:
            yield _by_graph(part)
            part = set()
        part.update(quads)
    if part:
        yield _by_graph(part)
