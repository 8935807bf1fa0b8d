"""RDF terms as values of SQLite that compare and sort as people expect, and back.

An IRI is its text; a literal is its lexical form, a separator, and its language or datatype; a whole number is a
number. A text that XML could hold has no such separator, and the build refuses any other.
"""

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode

from hytegraph.graph.results import Term
from hytegraph.graph.vocab import XSD

Cell = str | int | None
_SEPARATOR = "\x1f"
_BLANK = "_:"
_LANGUAGE = "@"
# SQLite's whole numbers have 64 bits.
_LARGEST = 1 << 63
# The rows of a page name the same periods, documents and units again and again.
_TERMS = 4096


def cell_of(term: Term | None) -> Cell:
    """The value that stands for a term; None where there is none. Raises TypeError for a triple term."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return f"{_BLANK}{term.value}"
    if not isinstance(term, Literal):
        raise TypeError(f"a summary cannot hold {term}")
    if term.datatype == XSD.integer and abs(number := int(term.value)) < _LARGEST:
        return number
    if term.language:
        return f"{term.value}{_SEPARATOR}{_LANGUAGE}{term.language}"
    kind = "" if term.datatype == XSD.string else term.datatype.value
    return f"{term.value}{_SEPARATOR}{kind}"


@lru_cache(maxsize=_TERMS)
def term_of(cell: Cell) -> Term | None:
    """The term that a value stands for."""
    if cell is None:
        return None
    if isinstance(cell, int):
        return Literal(cell)
    text, separator, kind = cell.rpartition(_SEPARATOR)
    if not separator:
        return BlankNode(cell.removeprefix(_BLANK)) if cell.startswith(_BLANK) else NamedNode(cell)
    if kind.startswith(_LANGUAGE):
        return Literal(text, language=kind.removeprefix(_LANGUAGE))
    return Literal(text, datatype=NamedNode(kind)) if kind else Literal(text)


def sort_key(cells: tuple[Cell, ...]) -> tuple[tuple[int, Cell], ...]:
    """The order of rows: empty cells first, then numbers, then texts, as SQLite has it.

    >>> sorted([("b",), (2,), (None,)], key=sort_key)
    [(None,), (2,), ('b',)]
    """
    return tuple((0 if cell is None else 1 if isinstance(cell, int) else 2, cell) for cell in cells)
