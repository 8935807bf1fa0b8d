"""The answer of a SELECT as a table: in full as data, and a part of it with labels and links as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from flask import Response
from pyoxigraph import Literal, NamedNode

from hytegraph.graph.formats import CSV, JSON
from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.named import (
    Answer,
    NamedQuery,
    Solutions,
    answer,
    answer_in,
    load_value_lists,
    run,
)
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import XSD
from hytegraph.server.context import settings
from hytegraph.server.pages.shared.paging import Part
from hytegraph.server.pages.shared.table import Cell, Table, heading
from hytegraph.server.pages.shared.view import cached, table_response
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

DOCUMENTS = stored_query(__name__, "document-names")
_DOCUMENT = "document"
_NUMERIC = frozenset(XSD[name] for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the variable, its heading, and whether its cells are numbers."""

    name: str
    heading: str
    is_numeric: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows as they are shown, None for an empty cell."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Link | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a parameter may have, and how it is called in the reader's language."""

    value: str
    label: Link


def solutions_response(
    served: Dataset, name: str, query: NamedQuery, values: Mapping[str, str], form: str
) -> Response:
    """The answer of a SELECT or ASK query as `csv` or `json`, written as SPARQL results are, or as `xlsx`."""
    # SPARQL results have no CSV for a yes or no.
    if form == "xlsx" or (form == "csv" and served.check(query.text).form == "ASK"):
        return table_response(answer_table(name, answer(served, query, values)), form)
    syntax = CSV if form == "csv" else JSON
    body = answer_in(served, query, values, syntax)
    response = Response(body, content_type=CSV.content_type if form == "csv" else "application/json")
    if form == "csv":
        response.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
    return cached(response)


def answer_table(name: str, given: Answer) -> Table:
    """The whole answer as a table; numbers are numbers, and a yes or no is a table of one cell."""
    if isinstance(given, bool):
        return Table(name, ("answer",), ((str(given).lower(),),))
    assert isinstance(given, Solutions)
    return Table(name, given.variables, tuple(tuple(map(_cell, row)) for row in given.terms))


def shown(
    served: Dataset,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Term | None, ...]],
    language: Language,
    lists: Mapping[str, tuple[Value, ...]] | None = None,
    table: str = "",
) -> Shown:
    """The rows with labels and links; a column that is called as a list of values shows their names.

    A document is named by its title, and leads to its page, rather than by the name of its file.
    """
    known = {
        name: {each.value: each.label for each in listed}
        for name, listed in (lists or {}).items()
        if name != _DOCUMENT
    }
    documents = _documents(served) if _DOCUMENT in columns else {}
    named = [
        [documents.get(text_of(term), term) if name == _DOCUMENT and term else term for name, term in pairs]
        for pairs in (zip(columns, row, strict=True) for row in rows)
    ]
    iris = [term.value for row in named for term in row if isinstance(term, NamedNode)]
    labels = labels_of(served, iris, settings().base, language)
    links = tuple(
        tuple(
            None if term is None else known.get(name, {}).get(text_of(term)) or labels.link(term)
            for name, term in zip(columns, row, strict=True)
        )
        for row in named
    )
    return Shown(
        tuple(
            Column(name, heading(name, language, table), all(_is_number(row[place]) for row in rows))
            for place, name in enumerate(columns)
        ),
        links,
    )


def valueless(solutions: Solutions) -> tuple[str, ...]:
    """The columns in which no row has a value; none where there are no rows."""
    return tuple(
        name
        for place, name in enumerate(solutions.variables)
        if solutions.terms and all(row[place] is None for row in solutions.terms)
    )


def without_empty(
    solutions: Solutions, part: Part[tuple[Term | None, ...]]
) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    """The columns that hold anything in the whole answer, and the rows of a part of it in these columns."""
    left_out = valueless(solutions)
    kept = [place for place, name in enumerate(solutions.variables) if name not in left_out]
    columns = tuple(solutions.variables[place] for place in kept)
    return columns, tuple(tuple(row[place] for place in kept) for row in part.items)


def values_of(served: Dataset, query: NamedQuery, language: Language) -> dict[str, tuple[Value, ...]]:
    """The values of the query's parameters that the data list, by parameter."""
    return {each.name: _values(served, each.values, language) for each in query.parameters if each.values}


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of the parameters that give rows beside the other choices, and what rules the chosen ones out.

    `empty` are the chosen parameters whose column has no value at all in the rows that the other choices leave: the
    tables of those documents have no such column.
    """

    lists: Mapping[str, tuple[Value, ...]]
    empty: tuple[str, ...]


def choices_of(
    served: Dataset, query: NamedQuery, values: Mapping[str, str], solutions: Solutions, language: Language
) -> Choices:
    """What the form of a query offers beside the values that it has been given, whose answer is `solutions`."""
    lists: dict[str, tuple[Value, ...]] = {}
    empty = []
    for name, listed in values_of(served, query, language).items():
        if name not in solutions.variables:
            lists[name] = listed
            continue
        others = {key: value for key, value in values.items() if key != name}
        rows = run(served, query, others) if values.get(name) else solutions
        held = _held(rows, name)
        lists[name] = tuple(each for each in listed if each.value in held or each.value == values.get(name))
        if values.get(name) and rows.terms and not held:
            empty.append(name)
    return Choices(lists, tuple(empty))


def _held(solutions: Solutions, name: str) -> frozenset[str]:
    """The values of a column; a cell may hold several."""
    place = solutions.variables.index(name)
    cells = {text_of(term) for row in solutions.terms if (term := row[place]) is not None}
    return frozenset(value for cell in cells for value in (cell, *cell.split(" | ")))


@lru_cache(maxsize=64)
def _values(served: Dataset, name: str, language: Language) -> tuple[Value, ...]:
    labels: dict[str, list[Literal]] = {}
    for row in served.select(load_value_lists()[name].text):
        found = labels.setdefault(row.text("value"), [])
        if "label" in row.variables and isinstance(label := row["label"], Literal):
            found.append(label)
    return tuple(Value(value, _named(value, found, language)) for value, found in labels.items())


def _named(value: str, labels: list[Literal], language: Language) -> Link:
    label = best_literal(labels, language)
    return Link(label.value, label.language or "") if label else Link(value, "fi")


@lru_cache(maxsize=4)
def _documents(served: Dataset) -> Mapping[str, Term | None]:
    return {row.text("identifier"): row["document"] for row in served.select(DOCUMENTS)}


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    if isinstance(term, Literal) and term.datatype == XSD.integer:
        return int(term.value)
    if isinstance(term, Literal) and term.datatype == XSD.decimal:
        return Decimal(term.value)
    return text_of(term)


def _is_number(term: Term | None) -> bool:
    return term is None or (isinstance(term, Literal) and term.datatype in _NUMERIC)
