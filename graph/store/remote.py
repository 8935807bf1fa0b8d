"""A dataset in any SPARQL 1.1 store, asked over HTTP and read like the embedded one.

The default graph is the graph that `hytegraph push` merges (see MERGED); in a store without it, the union of the
named graphs except those that the embedded engine leaves out too, where an engine may repeat a triple that two
graphs hold. Every answer is read strictly and written anew: what a store cuts or spells in its own way does not pass
as data.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Self

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    parse_query_results,
)

from hytegraph.graph.errors import QueryRefusedError, StoreError
from hytegraph.graph.formats import GraphFormat
from hytegraph.graph.results import Result, Row, text_of
from hytegraph.graph.sparql.binding import normal_quad, normal_term, substitute, write_term
from hytegraph.graph.sparql.guard import ParsedQuery, check_query
from hytegraph.graph.store.client import N_TRIPLES, StoreClient
from hytegraph.graph.store.dataset import (
    Dataset,
    Description,
    GraphSize,
    Sizes,
    Substitutions,
)
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.vocab import DCT, RDF, VOID, XSD
from hytegraph.graph.writing.order import sorted_triples
from hytegraph.graph.writing.serialise import serialise_quads, serialise_triples

MERGED = "store/merged"
PUSHED = "store/push"
# What engines keep in named graphs for themselves.
SYSTEM_GRAPHS = ("http://www.openlinksw.com/", "http://www.w3.org/ns/ldp#", "http://localuriqaserver/")
PAGE = 4000
RECOUNT_SECONDS = 10.0
_USES_GRAPHS = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_SPELLED_BOOLEAN = f'"{XSD.boolean.value}"'.encode()


class RemoteDataset(Dataset):
    """The graphs under the base in a SPARQL store; where there are none, all that are not the engine's own."""

    def __init__(self, client: StoreClient, base: str) -> None:
        self._client = client
        self._base = base
        self.release = None
        # Others may write to the store at any time, so its data have no checksum and nothing of them is kept.
        self.origin = None
        self._count_graphs()

    def _count_graphs(self) -> None:
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
    def connect(cls, client: StoreClient, base: str) -> Self:
        """The dataset of a store; raises StoreError when it does not answer."""
        return cls(client, base)

    def fresh(self) -> Self:
        """The store as it is now: another object for whoever remembers readings, its graphs counted anew now and
        then.
        """
        if time.monotonic() - self._counted > RECOUNT_SECONDS:
            self._count_graphs()
        return copy(self)

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
            return _solutions(self._client.query_url, body)
        body = self._client.query(written, N_TRIPLES, default, named)
        return _as_result(triples_of(self._client.query_url, body))

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


@dataclass(frozen=True, slots=True)
class PushState:
    """How far a push has come: what it writes in pieces of which size, and how many of them are written.

    `release` is the checksum of the data once all is read back, '' before; `merged` the size of the default graph.
    """

    plan: str
    pieces: int
    release: str
    merged: int


def read_state(client: StoreClient, base: str) -> PushState | None:
    """What the last push has noted in the store, None where nobody has pushed; raises StoreError."""
    node = write_term(NamedNode(base + PUSHED))
    rows = rows_of(client, f"SELECT ?p ?o WHERE {{ GRAPH {node} {{ {node} ?p ?o }} }}")
    values = {row.text("p"): row.text("o") for row in rows}
    if DCT.identifier.value not in values:
        return None
    return PushState(
        plan=values[DCT.identifier.value],
        pieces=int(values.get(RDF.value.value, 0)),
        release=values.get(DCT.source.value, ""),
        merged=int(values.get(VOID.triples.value, 0)),
    )


def sizes_of(client: StoreClient) -> dict[str, int]:
    """The named graphs of a store with their numbers of triples, without those of the engine itself."""
    counted = {row.text("g"): int(row.text("n")) for row in rows_of(client, _SIZES)}
    return {name: n for name, n in counted.items() if n and not name.startswith(SYSTEM_GRAPHS)}


def rows_of(client: StoreClient, text: str, default_graphs: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a SELECT of our own; raises StoreError."""
    result = _solutions(client.query_url, client.query(text, default_graphs=default_graphs))
    assert isinstance(result, QuerySolutions)
    names = tuple(variable.value for variable in result.variables)
    return tuple(Row(names, tuple(solution)) for solution in result)


def read_triples(client: StoreClient, graph: str | None, size: int) -> tuple[Triple, ...]:
    """All triples of a graph, in normal form; raises StoreError when the store sends more or fewer than it has
    counted.

    Read from the graph store where there is one. Otherwise in pages by the hash of the subject: unlike LIMIT and
    OFFSET these need no order, which some engines refuse for large graphs.
    """
    if graph is not None and client.graph_url:
        found = set(triples_of(client.graph_url, client.read_graph(graph)))
    else:
        found = set()
        for prefix in _pages(size):
            body = client.query(_page(graph, prefix), N_TRIPLES)
            found.update(triples_of(client.query_url, body))
    triples = sorted_triples(normal_quad(Quad(*triple)).triple for triple in found)
    if len(triples) != size:
        raise StoreError(client.query_url, f"it sent {len(triples)} of the {size} triples of {graph}")
    return triples


def triples_of(url: str, body: bytes) -> Iterator[Triple]:
    """The triples of an answer in N-Triples; raises StoreError where it is none."""
    try:
        for quad in parse(body, format=RdfFormat.N_TRIPLES):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise StoreError(url, f"its answer is not N-Triples: {error}") from error


def _pages(size: int) -> tuple[str, ...]:
    digits = 0
    while size > PAGE * 16**digits:
        digits += 1
    return tuple(f"{number:0{digits}x}" for number in range(16**digits)) if digits else ("",)


def _page(graph: str | None, prefix: str) -> str:
    digits = len(prefix)
    chosen = f'FILTER(SUBSTR(MD5(STR(?s)), 1, {digits}) = "{prefix}")' if prefix else ""
    pattern = f"?s ?p ?o {chosen}"
    if graph is not None:
        pattern = f"GRAPH {write_term(NamedNode(graph))} {{ {pattern} }}"
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"


def _solutions(url: str, body: bytes) -> Result:
    """The solutions or boolean of an answer in SPARQL JSON; a body that is cut or holds an error is not JSON."""
    try:
        answer = json.loads(body)
        if _SPELLED_BOOLEAN in body:
            _spell_booleans(answer["results"]["bindings"])
            body = json.dumps(answer).encode()
        return parse_query_results(body, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, KeyError) as error:
        raise StoreError(url, f"its answer is not a whole SPARQL result: {error}") from error


def _spell_booleans(rows: list[dict[str, dict[str, str]]]) -> None:
    """Virtuoso writes booleans as 1 and 0."""
    for row in rows:
        for cell in row.values():
            if cell.get("datatype") == XSD.boolean.value:
                cell["value"] = text_of(normal_term(Literal(cell["value"], datatype=XSD.boolean)))


def _as_result(triples: Iterator[Triple]) -> Result:
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
