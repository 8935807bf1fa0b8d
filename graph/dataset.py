"""A read-only RDF dataset in memory, from a release folder or an RDF file, that answers guarded SPARQL queries.

The default graph is the merge of the named graphs except shapes, validation results, alignments and suggested links,
made once when the dataset is opened: pyoxigraph's union of graphs repeats a triple that two graphs hold, so every
count over it would be wrong. For the same reason a query that names several graphs with FROM counts a shared triple
once per graph.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

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
    parse,
    serialize,
)

from hytegraph.graph.errors import QueryFailedError, RdfFileError, ReleaseError
from hytegraph.graph.formats import GraphFormat, ResultFormat, graph_format
from hytegraph.graph.guard import ParsedQuery, check_graphs, check_query, syntax_error
from hytegraph.graph.results import (
    Result,
    Row,
    serialise,
    serialise_triples,
    sorted_triples,
    triple_key,
)
from hytegraph.graph.vocab import PREFIXES

Substitutions = Mapping[str, NamedNode | Literal] | Mapping[Variable, Literal]

NOT_IN_DEFAULT_GRAPH = (
    "/graph/shapes",
    "/graph/validation",
    "/graph/alignments",
    "/links/suggested",
    "/graph/status",
)


@dataclass(frozen=True, slots=True)
class GraphSize:
    """A named graph and its number of triples."""

    name: str
    triples: int


@dataclass(frozen=True, slots=True)
class Release:
    """What is known of the release that a dataset was opened from."""

    path: Path
    checksum: str
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Description:
    """The triples in which a thing is subject, and those in which it is object."""

    outgoing: tuple[Triple, ...]
    incoming: tuple[Triple, ...]


class Dataset:
    """The graphs of one release or RDF file; safe to read from several threads."""

    def __init__(self, store: Store, release: Release | None = None) -> None:
        self._store = store
        self.release = release
        counts = Counter(quad.graph_name.value for quad in store if isinstance(quad.graph_name, NamedNode))
        self._graphs = tuple(GraphSize(name, counts[name]) for name in sorted(counts))
        self._names = frozenset(counts)
        self.default_size = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The dataset of a release folder or an RDF file.

        Raises ReleaseError, or RdfFileError with the line, when it cannot be read.
        """
        source = Path(path)
        file = source / "data.nq" if source.is_dir() else source
        syntax = graph_format(file.suffix.removeprefix("."))
        if not file.is_file():
            raise ReleaseError(
                source, "there is no data.nq in it" if source.is_dir() else "there is no such file"
            )
        if syntax is None:
            raise ReleaseError(source, "its suffix is not that of a known RDF format")
        data = file.read_bytes()
        store = Store()
        store.bulk_extend(_quads(file, data, syntax.rdf))
        store.bulk_extend(list(_merged(store)))
        return cls(store, _release(source, data) if source.is_dir() else None)

    def graphs(self) -> tuple[GraphSize, ...]:
        """The named graphs with their sizes, sorted by name."""
        return self._graphs

    def check(self, text: str) -> ParsedQuery:
        """The guarded query; raises QuerySyntaxError or QueryRefusedError."""
        return check_query(text, self._names)

    def query(
        self,
        text: str,
        substitutions: Substitutions | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """The result of a guarded query; it must be read in the thread that asked.

        A substituted variable must stand in the projection of a SELECT. When either list of graphs is given, the two
        make up the dataset of the query, as the SPARQL protocol says. Raises QuerySyntaxError, QueryRefusedError or
        QueryFailedError.
        """
        parsed = self.check(text)
        check_graphs((*(default_graphs or ()), *(named_graphs or ())), self._names)
        chosen = bool(default_graphs or named_graphs)
        try:
            return self._store.query(
                parsed.text,
                substitutions={
                    name if isinstance(name, Variable) else Variable(name): term
                    for name, term in (substitutions or {}).items()
                },
                default_graph=[NamedNode(iri) for iri in default_graphs or ()] if chosen else None,
                named_graphs=[NamedNode(iri) for iri in named_graphs or ()] if chosen else None,
            )
        except SyntaxError as error:
            raise syntax_error(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryFailedError(str(error)) from error

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
            raise QueryFailedError(str(error)) from error

    def select(self, text: str, **substitutions: NamedNode | Literal) -> tuple[Row, ...]:
        """The rows of a SELECT query, in its order."""
        result = self.query(text, substitutions)
        if not isinstance(result, QuerySolutions):
            raise QueryFailedError("a SELECT query was expected")
        names = tuple(variable.value for variable in result.variables)
        return tuple(Row(names, tuple(solution)) for solution in result)

    def ask(self, text: str, **substitutions: NamedNode | Literal) -> bool:
        """The answer of an ASK query."""
        return bool(self.query(text, substitutions))

    def construct(self, text: str, **substitutions: NamedNode | Literal) -> tuple[Triple, ...]:
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

    def quads(self) -> tuple[Quad, ...]:
        """The quads of the named graphs; of a file without named graphs, its triples in the default graph."""
        named = tuple(quad for quad in self._store if isinstance(quad.graph_name, NamedNode))
        return named or tuple(self._store)

    def dump(self, syntax: GraphFormat, graph: str | None = None) -> bytes:
        """One named graph, or everything: the named graphs where the syntax can name graphs, else the default graph."""
        if graph is None and syntax.holds_graphs:
            return serialize(sorted(self.quads(), key=_quad_key), format=syntax.rdf, prefixes=PREFIXES) or b""
        chosen = NamedNode(graph) if graph else DefaultGraph()
        quads = self._store.quads_for_pattern(None, None, None, chosen)
        return serialise_triples((quad.triple for quad in quads), syntax)


def _quad_key(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), *triple_key(quad.triple)


def _quads(file: Path, data: bytes, syntax: RdfFormat) -> list[Quad]:
    try:
        return list(parse(data, format=syntax))
    except SyntaxError as error:
        raise RdfFileError(file, str(error), line=error.lineno) from error
    except ValueError as error:
        raise RdfFileError(file, str(error)) from error


def _merged(store: Store) -> Iterator[Quad]:
    for quad in store:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and not graph.value.endswith(NOT_IN_DEFAULT_GRAPH):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _release(folder: Path, data: bytes) -> Release:
    manifest = folder / "manifest.json"
    try:
        content = json.loads(manifest.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ReleaseError(folder, "there is no manifest.json in it") from error
    except ValueError as error:
        raise ReleaseError(manifest, f"it is not JSON: {error}") from error
    return Release(folder, hashlib.sha256(data).hexdigest(), content)
