"""A read-only RDF dataset in memory, from a release folder or an RDF file, that answers guarded SPARQL queries.

The default graph is the merge of the named graphs except shapes, validation results, alignments and suggested links,
made once when the dataset is opened: pyoxigraph's union of graphs repeats a triple that two graphs hold, so every
count over it would be wrong. The merge of the graphs that a query names by FROM is made when it is asked (`merging`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Self

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.formats import GraphFormat, ResultFormat, graph_format
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.results import Description, Result, Row, Term
from hytegraph.graph.sparql.engine_errors import evaluation_error, syntax_error
from hytegraph.graph.sparql.guard import ParsedQuery, check_query
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.loading import default_size, graph_sizes, load
from hytegraph.graph.store.merging import GraphViews, View, reads_graphs
from hytegraph.graph.store.release import Release, read_release_at
from hytegraph.graph.writing.order import sorted_triples
from hytegraph.graph.writing.serialise import serialise_quads, serialise_triples
from hytegraph.graph.writing.solutions import serialise

Solved = tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]
Substitutions = Mapping[str, NamedNode | Literal] | Mapping[Variable, Literal]


@dataclass(frozen=True, slots=True)
class GraphSize:
    """A named graph and its number of triples."""

    name: str
    triples: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the named graphs, sorted by name, and of the default graph."""

    graphs: tuple[GraphSize, ...]
    default: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The data file of a dataset: its SHA-256 checksum and when it was last written, in seconds since 1970."""

    checksum: str
    modified: float


class Dataset:
    """The graphs of one release or RDF file; safe to read from several threads.

    `services` are the endpoints that a query may call by SERVICE; none unless somebody says otherwise. `store` may be
    given as what opens it, once something beyond `default` is asked: the default graph alone, in which queries that
    name no graph are evaluated faster, as the engine walks by those of the named graphs otherwise.
    """

    services: frozenset[str] = frozenset()

    def __init__(
        self,
        store: Store | Callable[[], Store],
        release: Release | None = None,
        origin: Origin | None = None,
        sizes: Sizes | None = None,
        own: tuple[Triple, ...] = (),
        default: Store | None = None,
    ) -> None:
        self._opened = store if callable(store) else lambda: store
        self._default = default
        self.release = release
        self.origin = origin
        self._known_sizes = sizes
        self._own = own

    @cached_property
    def _store(self) -> Store:
        return self._opened()

    @cached_property
    def _names(self) -> frozenset[str]:
        if self._known_sizes:
            return frozenset(graph.name for graph in self._known_sizes.graphs)
        return frozenset(name.value for name in self._store.named_graphs() if isinstance(name, NamedNode))

    @cached_property
    def _views(self) -> GraphViews:
        return GraphViews(self._store, self._names)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The dataset of a release folder or an RDF file, in memory.

        Raises ReleaseError, or RdfFileError with the line, when it cannot be read.
        """
        source = Path(path)
        file = data_file(source)
        syntax = graph_format(file.suffix.removeprefix("."))
        assert syntax
        with file.open("rb") as stream:
            # The data are trusted to be those of the manifest; their checksum is known when all are read.
            loaded = load(file, stream, syntax.rdf, trusted=source.is_dir(), default=Store())
        origin = Origin(loaded.checksum, file.stat().st_mtime)
        release = read_release_at(source, origin.checksum) if source.is_dir() else None
        return cls(loaded.store, release, origin, own=loaded.own, default=loaded.default)

    @property
    def is_immutable(self) -> bool:
        """Whether the data stay as they are, so that answers and readings of them may be kept."""
        return self.origin is not None

    def fresh(self) -> Self:
        """The data as they are now, for one request; of data that never change, this very object."""
        return self

    @property
    def base(self) -> str:
        """What relative IRIs of a query are relative to."""
        return str(self.release.manifest.get("base", DEFAULT_BASE)) if self.release else DEFAULT_BASE

    @cached_property
    def sizes(self) -> Sizes:
        """The sizes of the graphs; counted when they are first asked for, as that takes a while."""
        if self._known_sizes:
            return self._known_sizes
        graphs = tuple(GraphSize(name, count) for name, count in graph_sizes(self._store).items())
        return Sizes(graphs, default_size(self._store))

    @property
    def default_size(self) -> int:
        """The number of triples of the default graph."""
        return self.sizes.default

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The dataset of the data of a release that is being made."""
        loaded = load(Path("data.nq"), BytesIO(data), RdfFormat.N_QUADS, trusted=True)
        return cls(loaded.store, origin=Origin(loaded.checksum, 0.0))

    def graphs(self) -> tuple[GraphSize, ...]:
        """The named graphs with their sizes, sorted by name."""
        return self.sizes.graphs

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are no graph of this dataset, in their order."""
        return tuple(name for name in names if name not in self._names)

    def check(self, text: str | ParsedQuery) -> ParsedQuery:
        """The guarded query; raises QuerySyntaxError or QueryRefusedError."""
        return text if isinstance(text, ParsedQuery) else check_query(text, services=self.services)

    def query(
        self,
        text: str | ParsedQuery,
        substitutions: Substitutions | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """The result of a guarded query; it must be read in the thread that asked.

        A substituted variable must stand in the projection of a SELECT. When either list of graphs is given, the two
        make up the dataset of the query, as the SPARQL protocol says, instead of its FROM clauses; a graph that the
        data do not hold is empty. Raises QuerySyntaxError, QueryRefusedError or QueryFailedError.
        """
        parsed = self.check(text)
        if default_graphs or named_graphs:
            view = self._view(parsed, default_graphs or (), named_graphs or ())
        else:
            view = self._view(parsed, parsed.from_graphs, parsed.from_named)
        try:
            return view.store.query(
                parsed.text,
                base_iri=self.base,
                substitutions={
                    name if isinstance(name, Variable) else Variable(name): term
                    for name, term in (substitutions or {}).items()
                },
                default_graph=view.default,
                named_graphs=view.named,
            )
        except SyntaxError as error:
            raise syntax_error(str(error), parsed.text) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise evaluation_error(str(error)) from error

    def _view(self, parsed: ParsedQuery, default: Sequence[str], named: Sequence[str]) -> View:
        """What a query is asked of: its dataset, the default graph alone, or the store as it is."""
        if default or named:
            return self._views.view(default, named)
        if self._default is not None and not reads_graphs(parsed.text):
            return View(self._default)
        return View(self._store)

    def answer(
        self,
        text: str,
        syntax: ResultFormat | GraphFormat,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> bytes:
        """The serialised result of a query; raises as `query` does, and QueryFailedError while it is read."""
        result = self.query(text, None, default_graphs, named_graphs)
        try:
            return serialise(result, syntax)
        except (OSError, RuntimeError) as error:
            raise evaluation_error(str(error)) from error

    def select(self, text: str | ParsedQuery, **substitutions: NamedNode | Literal) -> tuple[Row, ...]:
        """The rows of a SELECT query, in its order."""
        names, rows = self.solutions(text, **substitutions)
        return tuple(Row(names, row) for row in rows)

    def solutions(self, text: str | ParsedQuery, **substitutions: NamedNode | Literal) -> Solved:
        """The variables of a SELECT query, and its rows in their order."""
        result = self.query(text, substitutions)
        if not isinstance(result, QuerySolutions):
            raise QueryFailedError("a SELECT query was expected")
        names = tuple(variable.value for variable in result.variables)
        return names, tuple(tuple(solution) for solution in result)

    def ask(self, text: str, **substitutions: NamedNode | Literal) -> bool:
        """The answer of an ASK query."""
        return bool(self.query(text, substitutions))

    def construct(self, text: str | ParsedQuery, **substitutions: NamedNode | Literal) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, sorted."""
        result = self.query(text, substitutions)
        if not isinstance(result, QueryTriples):
            raise QueryFailedError("a CONSTRUCT or DESCRIBE query was expected")
        return sorted_triples(result)

    def describe(self, iri: str) -> Description:
        """What the default graph says of a thing and who points at it; both empty for an unknown IRI."""
        node = NamedNode(iri)
        graph = DefaultGraph()
        outgoing = sorted_triples(q.triple for q in self._store.quads_for_pattern(node, None, None, graph))
        incoming = sorted_triples(q.triple for q in self._store.quads_for_pattern(None, None, node, graph))
        return Description(outgoing, incoming)

    def statements(self, node: NamedNode) -> tuple[tuple[Quad, ...], tuple[Quad, ...]]:
        """The quads of the named graphs that say something of a thing, and those that point at it; in no order."""
        sides = (
            self._store.quads_for_pattern(*pattern) for pattern in ((node, None, None), (None, None, node))
        )
        own, pointing = (
            tuple(q for q in side if not isinstance(q.graph_name, DefaultGraph)) for side in sides
        )
        return own, pointing

    def quads(self) -> tuple[Quad, ...]:
        """The quads that the data state: without the triples that only the merge puts into the default graph."""
        named = tuple(quad for quad in self._store if not isinstance(quad.graph_name, DefaultGraph))
        return (*named, *(Quad(*triple) for triple in self._own)) if named else tuple(self._store)

    def dump(self, syntax: GraphFormat, graph: str | None = None) -> bytes:
        """One named graph, or everything: the named graphs where the syntax can name graphs, else the default graph."""
        if graph is None and syntax.holds_graphs:
            return serialise_quads(self.quads(), syntax)
        chosen = NamedNode(graph) if graph else DefaultGraph()
        quads = self._store.quads_for_pattern(None, None, None, chosen)
        return serialise_triples((quad.triple for quad in quads), syntax)
