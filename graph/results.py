"""The rows of query results."""

from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

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


def text_of(term: Term | None) -> str:
    """The IRI or lexical form of a term; empty for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)


@dataclass(frozen=True, slots=True)
class Description:
    """The triples in which a thing is subject, and those in which it is object."""

    outgoing: tuple[Triple, ...]
    incoming: tuple[Triple, ...]
