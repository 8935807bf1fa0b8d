"""What follows from the asserted graphs, written to a graph of its own that can be dropped and made again.

The rules are SPARQL CONSTRUCT queries in `queries/rules/`: six that apply whatever axioms the ontology has (OWL 2 RL:
sub-property, super-class, inverse, transitivity, property chains), and eight that OWL cannot state: a closed world,
arithmetic, names. `hytegraph reason --check` proves that owlrl finds the same closure. Of super-classes and outside
properties only those are written that generic tools ask for; classes of our own above a thing's are one
`rdfs:subClassOf*` away, and with them every count by class would mean something else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple

from hytegraph.graph.iris import DEFAULT_BASE, common_graph
from hytegraph.graph.resources import data_files
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH

INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT query that adds what follows."""

    name: str
    text: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of the package, by name."""
    return tuple(
        Rule(file.stem, file.read_text(encoding="utf-8")) for file in data_files("queries", "rules/*.rq")
    )


def is_asserted(quad: Quad) -> bool:
    """Whether the quad is a fact to reason from: neither inferred nor only suggested, judged or aligned."""
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and not graph.value.endswith(
        (*NOT_IN_DEFAULT_GRAPH, f"/graph/{INFERRED}")
    )


def inferred_quads(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> tuple[Quad, ...]:
    """The closure of the asserted quads under the rules, without the asserted, in its own graph, sorted."""
    graph = common_graph(base, INFERRED)
    found = closure(quad.triple for quad in quads if is_asserted(quad))
    return tuple(Quad(t.subject, t.predicate, t.object, graph) for t in sorted(found, key=str))


def closure(asserted: Iterable[Triple]) -> set[Triple]:
    """The triples that the rules add to the asserted ones, axioms among them, until no rule adds any."""
    known = set(asserted)
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in known)
    added: set[Triple] = set()
    fresh = _apply(store) - known
    while fresh:
        store.extend(Quad(t.subject, t.predicate, t.object) for t in fresh)
        added |= fresh
        fresh = _apply(store) - known - added
    return added


def _apply(store: Store) -> set[Triple]:
    return {triple for rule in rules() for triple in _construct(store, rule)}


def _construct(store: Store, rule: Rule) -> Iterator[Triple]:
    result = store.query(rule.text)
    assert isinstance(result, QueryTriples)
    yield from result
