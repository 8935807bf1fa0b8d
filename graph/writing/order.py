"""The order of triples in everything that is written."""

from collections.abc import Iterable
from itertools import groupby

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

Subject = NamedNode | BlankNode | Triple
GraphName = NamedNode | BlankNode | DefaultGraph


def sorted_triples(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """The triples without repetition, in the order of their N-Triples form."""
    return tuple(sorted(set(triples), key=str))


def by_graph(quads: Iterable[Quad]) -> tuple[tuple[GraphName, tuple[Triple, ...]], ...]:
    """The triples of each graph in order, the default graph first."""
    graphs: dict[GraphName, set[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    names = sorted(graphs, key=lambda name: (not isinstance(name, DefaultGraph), str(name)))
    return tuple((name, sorted_triples(graphs[name])) for name in names)


def by_subject(triples: Iterable[Triple]) -> tuple[tuple[Subject, tuple[Triple, ...]], ...]:
    """Triples in order, grouped by their subject."""
    groups = groupby(triples, key=lambda triple: triple.subject)
    return tuple((subject, tuple(group)) for subject, group in groups)
