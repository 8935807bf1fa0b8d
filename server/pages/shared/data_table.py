"""A table that a reader arranges: its rows as the address asks for them, with what they can be narrowed by."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from hytegraph.server.pages.shared.arrangement import EMPTY, FILLED, Arrangement, Column
from hytegraph.server.pages.shared.paging import Part, no_such_value, part_of
from hytegraph.server.pages.shared.table import Cell, Table, title_of_column
from hytegraph.server.pages.shared.view import View
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

ON_A_PAGE = 100
_NUMBER = re.compile(r"(\d+)")
# The last letters of the Finnish and Swedish alphabet in their order.
_LAST_LETTERS = str.maketrans("åäö", "{|}")


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row: in each column the texts and links that stand there, and cells that only its data have."""

    cells: tuple[tuple[Link, ...], ...]
    data: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A value that rows can be narrowed by, how it reads, and how many rows it leaves beside the other choices."""

    value: str
    text: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A column that rows can be narrowed by, and its values."""

    column: Column
    chosen: str
    options: tuple[Option, ...]

    @property
    def text(self) -> str:
        """How the chosen value reads."""
        return next((option.text for option in self.options if option.value == self.chosen), self.chosen)


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows as they are asked for: `known` counts them before they were narrowed, `data` names the cells of data."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[DataRow, ...]
    facets: tuple[Facet, ...]
    arrangement: Arrangement
    known: int
    data: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are shown, each with its place in a row; an empty one only where it is asked for."""
        return tuple(
            (place, column)
            for place, column in enumerate(self.columns)
            if self.arrangement.shows(column) and (self.arrangement.columns or self._is_filled(place))
        )

    @property
    def empty(self) -> tuple[Column, ...]:
        """The columns that would be shown but have no value in these rows."""
        shown = {place for place, _ in self.places}
        return tuple(
            column
            for place, column in enumerate(self.columns)
            if self.arrangement.shows(column) and place not in shown
        )

    def _is_filled(self, place: int) -> bool:
        return place == 0 or not self.rows or any(row.cells[place] for row in self.rows)

    def part(self) -> Part[DataRow]:
        """The part of the rows that the address asks for."""
        return part_of(self.rows, ON_A_PAGE)

    def as_table(self) -> Table:
        """All rows as data, with the addresses of what stands in the cells."""
        places = self.places
        return Table(
            self.name,
            (*(column.name for _, column in places), *self.data),
            tuple(
                (*(_data_of(row.cells[place], column) for place, column in places), *row.data)
                for row in self.rows
            ),
            tuple(
                (*(_address(row.cells[place]) for place, _ in places), *[None] * len(row.data))
                for row in self.rows
            ),
        )


def arranged(
    name: str, columns: Sequence[Column], rows: Sequence[DataRow], data: Sequence[str] = ()
) -> DataTable:
    """The rows as the address of the running request asks for them.

    Raises the 400 for a column or value that the table does not have.
    """
    asked = Arrangement.asked(columns)
    facets = tuple(
        _facet(place, columns, rows, asked) for place, column in enumerate(columns) if column.facet
    )
    found = [row for row in rows if _matches(row, columns, asked)]
    for place, column in enumerate(columns):
        if asked.sorts_by(column.name):
            found = _sorted(found, place, column, asked.is_downwards)
    return DataTable(name, tuple(columns), tuple(found), facets, asked, len(rows), tuple(data))


def table_view(table: DataTable, language: Language, things: tuple[str, ...]) -> View:
    """The page that shows the table alone; `things` are the IRIs of what its rows are about."""
    values = {
        "table": table,
        "part": table.part(),
        "heading_of": partial(title_of_column, language=language, table=table.name),
    }
    return View("shared/data_page.html", values, table.as_table, things)


def _data_of(cell: Sequence[Link], column: Column) -> Cell:
    """What stands in a cell as data: a number, or the values one after another; None for an empty cell."""
    if column.is_numeric and len(cell) == 1:
        return Decimal(cell[0].value)
    return text_of(cell) or None


def text_of(cell: Iterable[Link]) -> str:
    """What stands in a cell as data: its values one after another."""
    return " | ".join(link.value for link in cell)


def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """By letters as the Nordic alphabet has them, by numbers where digits stand.

    >>> sorted(["äiti", "rivi 10", "rivi 9", "åbo"], key=sort_key)
    ['rivi 9', 'rivi 10', 'åbo', 'äiti']
    """
    parts = _NUMBER.split(text.casefold().translate(_LAST_LETTERS))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)


def _sorted(rows: Iterable[DataRow], place: int, column: Column, is_downwards: bool) -> list[DataRow]:
    """The rows by a column; those where it is empty come last, whichever way."""
    filled: list[DataRow] = []
    empty: list[DataRow] = []
    for row in rows:
        (filled if row.cells[place] else empty).append(row)
    if column.is_numeric:
        filled.sort(key=lambda row: Decimal(row.cells[place][0].value), reverse=is_downwards)
    else:
        filled.sort(key=lambda row: sort_key(text_of(row.cells[place])), reverse=is_downwards)
    return [*filled, *empty]


def _matches(row: DataRow, columns: Sequence[Column], asked: Arrangement, but: str = "") -> bool:
    """Whether a row has the chosen values and words, those of one column aside."""
    for place, column in enumerate(columns):
        wanted = asked.chosen.get(column.name)
        if wanted and column.name != but and wanted not in _values(row.cells[place], column):
            return False
    if not asked.words:
        return True
    text = " ".join(link.text for cell in row.cells for link in cell).casefold()
    return all(word in text for word in asked.words.casefold().split())


def _values(cell: Sequence[Link], column: Column) -> tuple[str, ...]:
    if not cell:
        return (EMPTY,)
    return (FILLED,) if column.facet == "filled" else tuple(dict.fromkeys(link.value for link in cell))


def _facet(place: int, columns: Sequence[Column], rows: Sequence[DataRow], asked: Arrangement) -> Facet:
    """What rows can be narrowed by in a column; raises the 400 where the chosen value is none of it."""
    column, counts = columns[place], Counter[str]()
    shown: dict[str, Link] = {}
    for row in rows:
        is_left = _matches(row, columns, asked, but=column.name)
        for link in row.cells[place]:
            shown.setdefault(link.value, link)
        for value in _values(row.cells[place], column):
            counts[value] += is_left
    chosen = asked.chosen.get(column.name, "")
    if chosen and chosen not in counts:
        raise no_such_value(column.name, chosen)
    named = sorted((value for value in counts if value not in (EMPTY, FILLED)), key=sort_key)
    values = [*named, *(value for value in (FILLED, EMPTY) if value in counts)]
    return Facet(
        column,
        chosen,
        tuple(_option(shown.get(value, Link(value)), value, counts[value]) for value in values),
    )


def _option(link: Link, value: str, count: int) -> Option:
    return Option(value, value if value in (EMPTY, FILLED) else link.text, link.language, count)


def _address(cell: Sequence[Link]) -> str | None:
    return next((link.href for link in cell if link.href), None)
