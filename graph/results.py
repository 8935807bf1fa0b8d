"""The rows of query results, and results written in the formats of the table."""

import io
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.formats import GraphFormat, ResultFormat
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.graph.writing.xml import clean_xml

Term = NamedNode | BlankNode | Literal | Triple
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
    """The result in that syntax, which must be one for results or for graphs as the result is.

    Raises NotWritableError for what the syntax cannot express, and QueryFailedError.
    """
    if isinstance(result, QueryTriples):
        if isinstance(syntax, ResultFormat):
            raise QueryFailedError(f"triples cannot be written as {syntax.label}")
        return serialise_triples(result, syntax)
    if isinstance(syntax, GraphFormat):
        raise QueryFailedError(f"solutions cannot be written as {syntax.label}")
    output = io.BytesIO()
    result.serialize(output, syntax.results)
    return clean_results(output.getvalue(), syntax)


def clean_results(written: bytes, syntax: ResultFormat) -> bytes:
    """What the engine has written, if every reader can take it; raises NotWritableError for what XML cannot hold."""
    return clean_xml(written, syntax.label) if syntax.results == QueryResultsFormat.XML else written


def text_of(term: Term | None) -> str:
    """The IRI or lexical form of a term; empty for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)
