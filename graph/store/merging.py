"""The dataset that a query names by FROM or by the protocol: several graphs as one default graph, each triple once.

pyoxigraph reads several default graphs one after another, so a triple that two of them hold is found, and counted,
twice. Graphs that share nothing are left to it. For others a store in memory is made in which the default graph is
their merge; the ones used last are kept, so the next query on the same graphs costs nothing more.
"""

import io
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store

# Each takes the memory of the graphs that it holds; a worker that has taken much is replaced.
KEPT = 2
# Among more graphs, asking each pair whether it shares a triple takes longer than merging them.
_MOST_COMPARED = 12
_SHARES = "ASK { GRAPH <%s> { ?s ?p ?o } GRAPH <%s> { ?s ?p ?o } }"

# A query without this word reads the default graph alone. Written so that the search leaps from one G to the next.
_GRAPH = re.compile(r"GRAPH(?<!\wGRAPH)(?!\w)")

_Graphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A store, and the graphs of it that make up a query's default graph and named graphs; None for its own ones."""

    store: Store
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = None


class GraphViews:
    """The views of one store, of which these are the named graphs; safe to use from several threads."""

    def __init__(self, store: Store, names: frozenset[str]) -> None:
        self._store = store
        self._names = names
        self._lock = threading.Lock()
        self._merged: OrderedDict[tuple[_Graphs, _Graphs], Store] = OrderedDict()
        self._overlaps: dict[tuple[str, str], bool] = {}

    def view(self, default: Sequence[str], named: Sequence[str]) -> View:
        """The view of the graphs of those names, of which unknown ones are empty."""
        graphs, shown = (tuple(sorted(self._names.intersection(names))) for names in (default, named))
        nodes: list[NamedNode | BlankNode] = [NamedNode(name) for name in shown]
        with self._lock:
            if not self._is_overlapping(graphs):
                return View(self._store, [NamedNode(name) for name in graphs], nodes)
            return View(self._merge(graphs, shown), [DefaultGraph()], nodes)

    def _is_overlapping(self, graphs: _Graphs) -> bool:
        if len(graphs) > _MOST_COMPARED:
            return True
        return any(self._shares(pair) for pair in combinations(graphs, 2))

    def _shares(self, pair: tuple[str, str]) -> bool:
        if pair not in self._overlaps:
            self._overlaps[pair] = bool(self._store.query(_SHARES % pair))
        return self._overlaps[pair]

    def _merge(self, graphs: _Graphs, shown: _Graphs) -> Store:
        store = self._merged.pop((graphs, shown), None) or self._merged_store(graphs, shown)
        self._merged[graphs, shown] = store
        while len(self._merged) > KEPT:
            self._merged.popitem(last=False)
        return store

    def _merged_store(self, graphs: _Graphs, shown: _Graphs) -> Store:
        # One document for all: a blank node keeps its identity within it. The engine's own lines need no new check.
        store = Store()
        store.bulk_load(input=b"".join(self._lines(graphs, shown)), format=RdfFormat.N_QUADS, lenient=True)
        return store

    def _lines(self, graphs: _Graphs, shown: _Graphs) -> Iterator[bytes]:
        for name in graphs:
            yield self._triples(name)
        for name in shown:
            # A line feed in a literal is escaped, so each of these ends a statement.
            yield self._triples(name).replace(b" .\n", f" <{name}> .\n".encode())

    def _triples(self, name: str) -> bytes:
        lines = io.BytesIO()
        self._store.dump(lines, RdfFormat.N_TRIPLES, from_graph=NamedNode(name))
        return lines.getvalue()


def reads_graphs(text: str) -> bool:
    """Whether a query may read named graphs; an escape may hide that."""
    capitals = text.upper()
    return "\\U" in capitals or _GRAPH.search(capitals) is not None
