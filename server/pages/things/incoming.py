"""What points at a thing: all of it, or where that is very much the first of each property."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from hytegraph.graph.iris import common_graph
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row, Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.writing.order import sorted_triples
from hytegraph.server.pages.shared.evidence import OUTGOING

# What more things point at is not read as a whole: in a country a million may point at one code.
MOST = 10_000
# The data of a thing hold no more of what points at it.
MOST_DATA = 10_000
INCOMING = stored_query(__name__, "incoming")
_FIRST = stored_query(__name__, "first-incoming")
_INFERRED = stored_query(__name__, "inferred-incoming")
_CLAIMED = stored_query(__name__, "claimed-outgoing")

Pair = tuple[str, Term]
_CLAIMS = {"suggested": "links/suggested", "status": "status"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """Properties with what points at a thing by them, those of the pairs that a rule inferred, and what was left out.

    `unread` are the properties by which more points at it than was read; None where everything was.
    """

    pairs: frozenset[Pair]
    inferred: frozenset[Pair]
    unread: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How many to read of each property, and the properties of which others are wanted: from where, and how many."""

    each: int
    properties: frozenset[str] = field(default_factory=frozenset)
    start: int = 0
    count: int = 0


def read_incoming(
    dataset: Dataset,
    node: NamedNode,
    inferred: NamedNode,
    properties: Callable[[], Iterable[str]],
    wish: Wish,
) -> Incoming:
    """What points at the thing; beyond MOST what is wished for of each of the properties that the data use."""
    rows = dataset.select(f"{INCOMING}LIMIT {MOST + 1}", thing=node)
    if len(rows) <= MOST:
        derived = dataset.select(_INFERRED, graph=inferred, thing=node) if rows else ()
        return Incoming(_pairs(rows), _pairs(derived))
    read = {name: _first(dataset, node, inferred, name, wish) for name in properties()}
    counts: Mapping[str, int] = {name: wish.count if name in wish.properties else wish.each for name in read}
    kept = [row for name, found in read.items() for row in found[: counts[name]]]
    unread = frozenset(name for name, found in read.items() if len(found) > counts[name])
    return Incoming(_pairs(kept), _pairs(row for row in kept if row.text("isInferred") == "true"), unread)


@dataclass(frozen=True, slots=True)
class ThingTriples:
    """The triples in which a thing is subject or object, and whether more point at it than these."""

    triples: tuple[Triple, ...]
    is_cut: bool


def read_outgoing(dataset: Dataset, node: NamedNode, base: str) -> tuple[Row, ...]:
    """What the default graph says of a thing, or else what is suggested: of a claim, and of what only claims name."""
    graphs = {name: common_graph(base, graph) for name, graph in _CLAIMS.items()}
    return dataset.select(OUTGOING, thing=node) or dataset.select(_CLAIMED, thing=node, **graphs)


def describe(dataset: Dataset, node: NamedNode, base: str) -> ThingTriples:
    """What the data say of a thing, and at most MOST_DATA of what points at it."""
    rows = dataset.select(f"{INCOMING}LIMIT {MOST_DATA + 1}", thing=node)
    pointing = [(row["value"], row["property"], node) for row in rows[:MOST_DATA]]
    own = [(node, row["property"], row["value"]) for row in read_outgoing(dataset, node, base)]
    outgoing, incoming = (sorted_triples({Triple(*terms) for terms in side}) for side in (own, pointing))
    return ThingTriples((*outgoing, *incoming), len(rows) > MOST_DATA)


def _first(dataset: Dataset, node: NamedNode, inferred: NamedNode, name: str, wish: Wish) -> tuple[Row, ...]:
    """One more than is wished for, in the order of the store."""
    start, count = (wish.start, wish.count) if name in wish.properties else (0, wish.each)
    query = f"{_FIRST}OFFSET {start} LIMIT {count + 1}"
    return dataset.select(query, graph=inferred, thing=node, property=NamedNode(name))


def _pairs(rows: Iterable[Row]) -> frozenset[Pair]:
    return frozenset((row.text("property"), value) for row in rows if (value := row["value"]) is not None)
