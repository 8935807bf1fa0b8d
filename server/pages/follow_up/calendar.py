"""The calendar of the measures: how many are scheduled for which year, half or month, by aim, party or sector.

It counts the rows of the table of measures as they are narrowed, so every number leads to just these rows there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.follow_up.measures import COLUMNS, DUE, due_text, read_measures
from hytegraph.server.pages.follow_up.schedules import STEPS, UNDATED, UNREAD
from hytegraph.server.pages.shared.arrangement import EMPTY, Arrangement, facets
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, DataTable, arranged
from hytegraph.server.pages.shared.paging import no_such_value
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Table, title_of_column
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("calendar", __name__)

BY = ("aim", "party", "sector", "period")
FACETS = ("period", "party", "aim", "state")
# What the table of measures shows of those of a cell: the printed schedule beside its reading.
LISTED = ("measure", "party", "schedule", "state", "aim", "period", "lines")
# So many schedules that no rule could read are listed on the page; all are behind their number.
UNREAD_LISTED = 20
_SHADES = 4
_PLACES: Mapping[str, int] = {column.name: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """How many measures are scheduled there, where they are listed, and how dark it is, from 0 to 4."""

    count: int
    href: str
    shade: int


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """The measures of one aim or party in each column, and all of them."""

    heading: Link
    cells: tuple[CalendarCell, ...]
    total: CalendarCell


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rows under columns (codes of years, halves or months, then what lies in none); the last row is of all."""

    columns: tuple[str, ...]
    rows: tuple[CalendarRow, ...]
    total: CalendarRow

    @property
    def busiest(self) -> str:
        """The year, half or month for which most are scheduled; empty where none is."""
        dated = [
            (cell.count, code)
            for code, cell in zip(self.columns, self.total.cells, strict=True)
            if is_dated(code)
        ]
        return max(dated, key=lambda entry: entry[0])[1] if dated else ""

    def count(self, code: str) -> int:
        """How many measures stand in a column."""
        found = zip(self.columns, self.total.cells, strict=True)
        return next((cell.count for column, cell in found if column == code), 0)


@blueprint.get("/calendar")
@blueprint.get("/calendar.<suffix>")
@in_towns
@asks(
    Parameter("by", "What the rows are; aims without it.", values=BY),
    Parameter("step", "What the columns are; years without it.", values=STEPS),
    *facets(COLUMNS),
)
def calendar(suffix: str | None = None) -> Response:
    """How many measures are scheduled for each year, half or month, with what has no schedule or none that is read."""
    if is_of_all_towns():
        return by_town("calendar", ("measures",), suffix)
    base, language = settings().base, reader_language(request)
    by, step = _chosen("by", BY), _chosen("step", STEPS)
    rows = read_measures(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("measures", COLUMNS, rows)
    due = next(column for name, column in DUE.items() if name == step)
    found = calendar_of(table.rows, by, due, replace(table.arrangement, columns=(*LISTED, due)))
    values = {
        "calendar": found,
        "by": by,
        "step": step,
        "table": table,
        "facets": [facet for facet in table.facets if facet.column.name in FACETS],
        "choices": {"by": BY, "step": STEPS},
        "unread": _unread(table, due),
        "unread_listed": UNREAD_LISTED,
        "heading_of": lambda name: title_of_column(name, language, "measures"),
        "due_heading": lambda code: due_heading(code, language),
    }
    return respond(View("follow_up/calendar.html", values, lambda: _as_table(found, by)), suffix)


def due_heading(code: str, language: Language) -> str:
    """The heading of a column of the calendar."""
    return translate("calendar.none", language) if code == EMPTY else due_text(code, language)


def calendar_of(rows: Sequence[DataRow], by: str, due: str, arrangement: Arrangement) -> Calendar:
    """The rows of the table of measures, counted by the columns of these names; one may count in several places."""
    counted: dict[tuple[str, str], int] = {}
    headings: dict[str, Link] = {}
    for row in rows:
        groups = row.cells[_PLACES[by]] or (Link(EMPTY),)
        headings.update({link.value: link for link in groups if link.value not in headings})
        for code in ("", *_codes(row, due)):
            for group in ("", *dict.fromkeys(link.value for link in groups)):
                counted[group, code] = counted.get((group, code), 0) + 1
    columns = tuple(sorted({code for _, code in counted if code}, key=_order))
    most = max((n for (group, code), n in counted.items() if group and code and is_dated(code)), default=0)

    def cell(group: str, code: str) -> CalendarCell:
        count = counted.get((group, code), 0)
        narrowed = {by: group, due: code}
        chosen = dict(arrangement.chosen) | {name: value for name, value in narrowed.items() if value}
        href = f"{at('/measures')}{replace(arrangement, chosen=chosen).address()}"
        shade = -(-_SHADES * count // most) if group and code and is_dated(code) else 0
        return CalendarCell(count, href, shade)

    def line(group: str, heading: Link) -> CalendarRow:
        return CalendarRow(heading, tuple(cell(group, code) for code in columns), cell(group, ""))

    named = sorted(headings.items(), key=lambda entry: entry[0] == EMPTY)
    return Calendar(columns, tuple(line(*entry) for entry in named), line("", Link("")))


def is_dated(code: str) -> bool:
    """Whether a column of the calendar is a year, half or month."""
    return code not in (*UNDATED, EMPTY)


def _codes(row: DataRow, due: str) -> Iterable[str]:
    return [link.value for link in row.cells[_PLACES[due]]] or [EMPTY]


def _order(code: str) -> tuple[int, str]:
    """Years first, then every year, going on, not read, and no schedule."""
    last = (*UNDATED, EMPTY)
    return (last.index(code) + 1, "") if code in last else (0, code)


def _unread(table: DataTable, due: str) -> tuple[tuple[Link, tuple[Link, ...], tuple[Link, ...]], ...]:
    """The measures whose schedule no rule reads, each with its words and its place."""
    return tuple(
        (row.cells[0][0], row.cells[_PLACES["schedule"]], row.cells[_PLACES["lines"]])
        for row in table.rows
        if UNREAD in _codes(row, due)
    )


def _as_table(found: Calendar, by: str) -> Table:
    """The calendar as data; the last row, without a name, is of all measures."""
    names = (*(row.heading.value for row in found.rows), None)
    rows = (
        (name, *(cell.count for cell in row.cells), row.total.count)
        for name, row in zip(names, (*found.rows, found.total), strict=True)
    )
    return Table("calendar", (by, *found.columns, "measures"), tuple(rows))


def _chosen(name: str, values: Sequence[str]) -> str:
    value = request.args.get(name) or values[0]
    if value not in values:
        raise no_such_value(name, value)
    return value
