"""The answer of a query as a reader arranges it: sorted by a column, with some of the columns."""

from decimal import Decimal

from pyoxigraph import Literal

from hytegraph.graph.query.named import Solutions
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.vocab import XSD
from hytegraph.server.pages.shared.arrangement import Arrangement, Column
from hytegraph.server.pages.shared.data_table import sort_key

_NUMERIC = frozenset(XSD[name] for name in ("integer", "decimal", "nonNegativeInteger"))


def columns_of(solutions: Solutions) -> tuple[Column, ...]:
    """The columns of an answer, to be chosen from and sorted by."""
    return tuple(map(Column, solutions.variables))


def arranged(solutions: Solutions, asked: Arrangement) -> Solutions:
    """The answer as it is asked for; where nothing is asked, it stands as it came."""
    rows = solutions.terms
    for place, name in enumerate(solutions.variables):
        if asked.sorts_by(name):
            filled = [row for row in rows if row[place] is not None]
            filled.sort(key=lambda row: _key(row[place]), reverse=asked.is_downwards)
            rows = (*filled, *(row for row in rows if row[place] is None))
    if not asked.columns:
        return Solutions(solutions.variables, tuple(rows))
    places = [place for place, name in enumerate(solutions.variables) if name in asked.columns]
    return Solutions(
        tuple(solutions.variables[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in rows),
    )


def _key(term: Term | None) -> tuple[int, Decimal, tuple[tuple[int, int, str], ...]]:
    """Numbers by size before texts by letter."""
    if isinstance(term, Literal) and term.datatype in _NUMERIC:
        return (0, Decimal(term.value), ())
    return (1, Decimal(0), sort_key(text_of(term) if term is not None else ""))
