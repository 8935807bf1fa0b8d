"""A dataset in any SPARQL 1.1 store, asked over HTTP and read like the embedded one.

The default graph is the graph that `hytegraph push` merges (see MERGED); in a store without it, the union of the
named graphs except those that the embedded engine leaves out too, where an engine may repeat a triple that two
graphs hold. Every answer is read strictly and written anew: what a store cuts or spells in its own way does not pass
as data.
"""

import re
import time
from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path
from typing import Self

from pyoxigraph import NamedNode, Quad, Triple, Variable

from hytegraph.graph.errors import QueryRefusedError
from hytegraph.graph.formats import GraphFormat
from hytegraph.graph.results import Description, Result
from hytegraph.graph.sparql.binding import substitute
from hytegraph.graph.sparql.guard import ParsedQuery, check_query
from hytegraph.graph.store.answers import (
    as_result,
    read_triples,
    rows_of,
    sizes_of,
    solutions_of,
    triples_of,
)
from hytegraph.graph.store.client import N_TRIPLES, StoreClient
from hytegraph.graph.store.dataset import (
    Dataset,
    GraphSize,
    Sizes,
    Substitutions,
)
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.store.push.state import MERGED, PUSHED, ReleaseGuard
from hytegraph.graph.store.replicas import Replica
from hytegraph.graph.writing.order import sorted_triples
from hytegraph.graph.writing.serialise import serialise_quads, serialise_triples

RECOUNT_SECONDS = 10.0
_USES_GRAPHS = re.compile(r"\bGRAPH\b", re.IGNORECASE)


class RemoteDataset(Dataset):
    """The graphs under the base in a SPARQL store; where there are none, all that are not the engine's own."""

    def __init__(self, client: StoreClient, base: str, beside: Path | None = None) -> None:
        self._client = client
        self._base = base
        self._guard = ReleaseGuard.of(client, base, beside)
        self.release = self._guard.release if self._guard else None
        # Others may write to the store at any time, so its data have no checksum and nothing of them is kept.
        self.origin = None
        self._look_again()

    def _look_again(self) -> None:
        """Count the graphs; where a release lies beside the store, see that the store still holds it."""
        state = self._guard.check() if self._guard else None
        if self.release is not None and state is not None:
            sizes = {name: int(n) for name, n in self.release.manifest["graphs"].items()}
            sizes[self._base + MERGED] = state.merged
        else:
            sizes = sizes_of(self._client)
        own = {name: n for name, n in sizes.items() if name.startswith(self._base)} or sizes
        merged = self._base + MERGED
        shown = {name: n for name, n in own.items() if name not in (merged, self._base + PUSHED)}
        self._graphs = tuple(GraphSize(name, shown[name]) for name in sorted(shown))
        self._names = frozenset(shown)
        self._merged = merged if merged in sizes else None
        self._known_sizes = Sizes(self._graphs, sizes.get(merged) or self._count())
        self._counted = time.monotonic()

    @classmethod
    def connect(cls, client: StoreClient, base: str, beside: Path | None = None) -> Self:
        """The dataset of a store, with what the release beside it keeps of the same data.

        Raises StoreError when the store does not answer or holds other data, ReleaseError when there is no release.
        """
        return cls(client, base, beside)

    def fresh(self) -> Self:
        """The store as it is now, its graphs counted anew now and then: another object for whoever remembers readings.

        With a release beside it this very object, as what is read of the release stays true while the store holds it.
        """
        if time.monotonic() - self._counted > RECOUNT_SECONDS:
            self._look_again()
        return copy(self) if self.release is None else self

    @property
    def replicas(self) -> tuple[Replica, ...]:
        """The addresses of the store."""
        return self._client.replicas.all

    @property
    def sizes(self) -> Sizes:
        """The sizes of the graphs when they were last counted."""
        assert self._known_sizes
        return self._known_sizes

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """The graphs that make up the default graph; none where the store has no named graphs."""
        if self._merged:
            return (self._merged,)
        return tuple(size.name for size in self._graphs if not size.name.endswith(NOT_IN_DEFAULT_GRAPH))

    def check(self, text: str | ParsedQuery) -> ParsedQuery:
        """The guarded query, of which rdflib has read every word: a store may know more keywords than SPARQL has."""
        parsed = text if isinstance(text, ParsedQuery) else check_query(text, is_strict=True)
        self._refuse_unknown((*parsed.from_graphs, *parsed.from_named))
        return parsed

    def _refuse_unknown(self, names: Iterable[str]) -> None:
        """A store might fetch a graph that it does not hold, so it is never told the name of one."""
        if unknown := self.unknown(names):
            detail = f"The dataset has no graph <{unknown[0]}>, and graphs are not fetched."
            raise QueryRefusedError(detail, kind="graph", subject=unknown[0])

    def query(
        self,
        text: str | ParsedQuery,
        substitutions: Substitutions | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """The result of a guarded query, as in the embedded dataset; raises StoreError as well."""
        parsed = self.check(text)
        self._refuse_unknown((*(default_graphs or ()), *(named_graphs or ())))
        default, named = self._dataset_of(parsed.text, default_graphs, named_graphs)
        if not (default_graphs or named_graphs) and (parsed.from_graphs or parsed.from_named):
            default, named = (), ()
        terms = {
            name.value if isinstance(name, Variable) else name: term
            for name, term in (substitutions or {}).items()
        }
        written = substitute(parsed.text, terms) if terms else parsed.text
        if parsed.form in ("SELECT", "ASK"):
            body = self._client.query(written, default_graphs=default, named_graphs=named)
            return solutions_of(self._client.query_url, body)
        body = self._client.query(written, N_TRIPLES, default, named)
        return as_result(triples_of(self._client.query_url, body))

    def _dataset_of(
        self, text: str, default: Sequence[str] | None, named: Sequence[str] | None
    ) -> tuple[Sequence[str], Sequence[str]]:
        if default or named:
            return default or (), named or ()
        graphs = tuple(size.name for size in self._graphs) if _USES_GRAPHS.search(text) else ()
        return self.default_graphs, graphs

    def describe(self, iri: str) -> Description:
        """What the default graph says of a thing and who points at it; both empty for an unknown IRI."""
        node = NamedNode(iri)
        said = self.select("SELECT ?node ?a ?b WHERE { ?node ?a ?b }", node=node)
        pointing = self.select("SELECT ?node ?a ?b WHERE { ?b ?a ?node }", node=node)
        return Description(
            sorted_triples(Triple(node, row["a"], row["b"]) for row in said),  # type: ignore[arg-type]
            sorted_triples(Triple(row["b"], row["a"], node) for row in pointing),  # type: ignore[arg-type]
        )

    def quads(self) -> tuple[Quad, ...]:
        """The quads of the named graphs; of a store without named graphs, its triples in the default graph."""
        if not self._graphs:
            return tuple(Quad(*triple) for triple in self._client_triples(None, self.default_size))
        return tuple(
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(size.name))
            for size in self._graphs
            for triple in self._client_triples(size.name, size.triples)
        )

    def dump(self, syntax: GraphFormat, graph: str | None = None) -> bytes:
        """One named graph, or everything: the named graphs where the syntax can name graphs, else the default graph."""
        if graph is not None:
            size = next((each.triples for each in self._graphs if each.name == graph), 0)
            return serialise_triples(self._client_triples(graph, size), syntax)
        if syntax.holds_graphs:
            return serialise_quads(self.quads(), syntax)
        if self._merged:
            return serialise_triples(self._client_triples(self._merged, self.default_size), syntax)
        names = frozenset(self.default_graphs)
        kept = (q.triple for q in self.quads() if not names or str(q.graph_name)[1:-1] in names)
        return serialise_triples(kept, syntax)

    def _client_triples(self, graph: str | None, size: int) -> tuple[Triple, ...]:
        return read_triples(self._client, graph, size)

    def _count(self) -> int:
        """The size of the default graph, a triple that several graphs hold counted once."""
        text = "SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } } }"
        [row] = rows_of(self._client, text, default_graphs=self.default_graphs)
        return int(row.text("n"))
