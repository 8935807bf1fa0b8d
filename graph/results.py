"""The rows of query results, and results written in the formats of the table."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.formats import GraphFormat, ResultFormat
from hytegraph.graph.vocab import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")
Result = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Row:
    """A solution: the variables of its query and their terms, None where unbound."""

    variables: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, name: str) -> Term | None:
        return self.terms[self.variables.index(name)]

    def text(self, name: str) -> str:
        """The IRI or lexical form of the variable; empty where unbound."""
        return text_of(self[name])

    def language(self, name: str) -> str:
        """The language tag of the literal; empty where there is none."""
        term = self[name]
        return (term.language or "") if isinstance(term, Literal) else ""

    def iri(self, name: str) -> str | None:
        """The IRI of the variable; None where it is unbound or not an IRI."""
        term = self[name]
        return term.value if isinstance(term, NamedNode) else None


def serialise(result: Result, syntax: ResultFormat | GraphFormat) -> bytes:
    """The result in that syntax; the syntax must be one for results or for graphs as the result is."""
    if isinstance(result, QueryTriples):
        if isinstance(syntax, ResultFormat):
            raise QueryFailedError(f"triples cannot be written as {syntax.label}")
        return serialise_triples(result, syntax)
    if isinstance(syntax, GraphFormat):
        raise QueryFailedError(f"solutions cannot be written as {syntax.label}")
    output = io.BytesIO()
    result.serialize(output, syntax.results)
    return output.getvalue()


def serialise_triples(triples: Iterable[Triple], syntax: GraphFormat) -> bytes:
    """The triples sorted and with the prefixes of the project that they use."""
    ordered = sorted_triples(triples)
    return with_ordered_prefixes(
        serialize(ordered, format=syntax.rdf, prefixes=_used_prefixes(ordered)) or b"", syntax
    )


def with_ordered_prefixes(written: bytes, syntax: GraphFormat) -> bytes:
    """The file with its prefixes in order; pyoxigraph writes them in another order in each process."""
    if syntax.rdf in (RdfFormat.TURTLE, RdfFormat.TRIG):
        lines = written.splitlines(keepends=True)
        count = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), lines))
        return b"".join((*sorted(lines[:count]), *lines[count:]))
    if syntax.rdf == RdfFormat.RDF_XML:
        return _ROOT.sub(
            lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", written, count=1
        )
    return written


def sorted_triples(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """The triples without repetition, in the order of their N-Triples form."""
    return tuple(sorted(set(triples), key=triple_key))


def text_of(term: Term | None) -> str:
    """The IRI or lexical form of a term; empty for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)


def triple_key(triple: Triple) -> tuple[str, str, str]:
    """The order of triples in everything that is written."""
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _used_prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    iris: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode):
                iris.add(term.value)
            elif isinstance(term, Literal):
                iris.add(term.datatype.value)
    return {prefix: space for prefix, space in PREFIXES.items() if any(iri.startswith(space) for iri in iris)}
