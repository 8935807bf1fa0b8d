"""The order of triples in everything that is written, and statements as N-Triples writes their terms.

The writers take these texts apart: a term of the engine costs more to ask than a text to look at, and the lines of a
release are such texts already.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Quad, Triple

# Subject, predicate and object.
Statement = tuple[str, str, str]
# What is written is read twice where prefixes come first.
Statements = Callable[[], Iterable[Statement]]
# The statements of each graph by its name, a term in the same writing; the default graph has none.
Graphs = Callable[[], Iterable[tuple[str, Iterable[Statement]]]]
DEFAULT = ""
# An IRI that was read leniently may hold a space or a bracket.
_TERMS = re.compile(r"(<.*?>|_:\S+) (<.*?>) ([<_\"].*)", re.DOTALL)


def sorted_triples(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """The triples without repetition, in the order of their N-Triples form."""
    return tuple(sorted(set(triples), key=str))


def sorted_statements(triples: Iterable[Triple]) -> list[Statement]:
    """The statements of triples, each once, in the order of their N-Triples form."""
    return [*statements(sorted(set(map(str, triples))))]


def statements(texts: Iterable[str]) -> Iterator[Statement]:
    """The statements of lines of N-Triples without their ends."""
    for text in texts:
        subject, predicate, value = _TERMS.fullmatch(text).groups()  # type: ignore[union-attr] # a line has three terms
        yield subject, predicate, value


def inner_terms(triple_term: str) -> Statement:
    """The statement inside a triple term."""
    [inner] = statements([triple_term.removeprefix("<<( ").removesuffix(" )>>")])
    return inner


def by_graph(quads: Iterable[Quad]) -> list[tuple[str, list[Statement]]]:
    """The statements of each graph in order, the default graph first."""
    graphs: dict[str, set[Triple]] = {}
    for quad in quads:
        name = DEFAULT if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, set()).add(quad.triple)
    return [(name, sorted_statements(triples)) for name, triples in sorted(graphs.items())]


def by_subject(ordered: Iterable[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    """Statements in order, grouped by their subject."""
    for subject, group in groupby(ordered, key=itemgetter(0)):
        yield subject, list(group)
