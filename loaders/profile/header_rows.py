"""Reads a table with a header row: each printed row by the roles of its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import CellReader, Words, split_number
from hytegraph.loaders.profile.context import Context, named_by
from hytegraph.loaders.profile.grids import Grid
from hytegraph.loaders.profile.joined_cells import split_joined
from hytegraph.loaders.profile.model import TableProfile
from hytegraph.loaders.profile.rows import Entry
from hytegraph.loaders.profile.status import status_of

# Roles whose words stand for the rows below, too, where their cells are empty.
_FILLED_DOWN = ("aim", "priority", "goal")
_LISTED = ("measure", "indicator", "goal", "realisation")
_FILLED = "Tavoitteen solu on tyhjä; tavoite on ylemmän rivin."


@dataclass(slots=True)
class HeaderRowReader:
    """Reads the rows of tables with a header row, one table after another; what is held goes on over a page."""

    cells: CellReader
    known: frozenset[str]
    legend: dict[str, str]

    def read(self, grid: Grid, profile: TableProfile, context: Context) -> Iterator[Entry]:
        """The printed rows of a table as entries."""
        body = [row for row in grid.rows[profile.header_rows :] if not _repeats_header(grid, row, profile)]
        wide_above = False
        for rows in _printed_rows(grid, body, profile):
            wide = grid.full_width(rows[0])
            if wide and len(rows) == 1:
                self._hold(wide, profile, context, wide_above=wide_above)
                wide_above = True
                continue
            wide_above = False
            yield from self._entries(grid, rows, profile, context)

    def _hold(self, cell: Placed, profile: TableProfile, context: Context, *, wide_above: bool) -> None:
        """A row of the full width names the aim, priority or goal of the rows below it."""
        words = self.cells.words(self.cells.numbered_lines(cell))
        if not words:
            return
        named = named_by(words)
        role = named.role or ("aim" if profile.of_role("goal") and not wide_above else "goal")
        context.put(role, [named.words], number=named.number_words)

    def _entries(
        self, grid: Grid, rows: Sequence[int], profile: TableProfile, context: Context
    ) -> Iterator[Entry]:
        entry = Entry()
        for column, described in profile.columns.items():
            if not described.roles or described.roles == ("note",):
                continue
            distinct: dict[str, Placed] = {}
            for row in rows:
                if (row, column) in grid.cells:
                    cell = grid.cells[row, column]
                    distinct[str(cell.span)] = cell
            for cell in distinct.values():
                self._read_cell(entry, cell, described.roles, grid)
        _hold_and_fill(entry, profile, context)
        for numbered in _by_number(entry):
            if not numbered.cells.get("number") and "goal" in context.numbers:
                numbered.add("number", [context.numbers["goal"]])
            yield numbered

    def _read_cell(self, entry: Entry, cell: Placed, roles: tuple[str, ...], grid: Grid) -> None:
        if "status" in roles and len(roles) == 1:
            words, note = status_of(cell, self.cells, self.legend)
            entry.add("status", words)
            entry.notes += [note] if note else []
            return
        if len(roles) > 1:
            for role, words in split_joined(cell, roles, self.cells, self.known, wrapped=grid.is_wrapped):
                entry.add(role, words)
            return
        entry.add(roles[0], self.words_of_role(cell, roles[0], wrapped=grid.is_wrapped))

    def words_of_role(self, cell: Placed, role: str, *, wrapped: bool) -> list[Words]:
        """The values of a cell of that role."""
        if role in ("responsible", "partner"):
            return self.cells.parties(cell, self.known)
        if role in _LISTED:
            return self.cells.items(cell, wrapped=wrapped)
        return self.cells.whole(cell)


def _repeats_header(grid: Grid, row: int, profile: TableProfile) -> bool:
    texts = grid.texts(row)
    headings = {column: described.heading for column, described in profile.columns.items()}
    return bool(profile.header_rows) and all(
        not text or _same(text, headings.get(column, "")) for column, text in texts.items()
    )


def _same(text: str, heading: str) -> bool:
    return bool(heading) and re.sub(r"[\s-]", "", text).casefold() in re.sub(r"[\s-]", "", heading).casefold()


def _printed_rows(grid: Grid, body: Sequence[int], profile: TableProfile) -> Iterator[list[int]]:
    """The rows of the grid that make one printed row: those that a measure's cell, or a goal's without one, covers."""
    columns = profile.of_role("measure")
    group: list[int] = []
    for row in body:
        if group and columns and _shares_cell(grid, group[-1], row, columns):
            group.append(row)
            continue
        if group:
            yield group
        group = [row]
    if group:
        yield group


def _shares_cell(grid: Grid, above: int, row: int, columns: Sequence[int]) -> bool:
    cells = [(grid.cells.get((above, column)), grid.cells.get((row, column))) for column in columns]
    return any(upper and lower and upper.span == lower.span for upper, lower in cells)


def _hold_and_fill(entry: Entry, profile: TableProfile, context: Context) -> None:
    """Take the numbers off, keep what the row names for the rows below, and fill in what those above have named."""
    for role in _FILLED_DOWN:
        own = entry.cells.get(role, [])
        if own:
            numbers, texts = _without_numbers(own)
            entry.cells[role] = texts
            context.put(role, texts, number=numbers[0] if numbers else None)
        elif held := context.held.get(role):
            entry.cells[role] = held
            if role == "goal" and profile.of_role("goal"):
                entry.notes.append(_FILLED)


def _without_numbers(words: Sequence[Words]) -> tuple[list[Words], list[Words]]:
    split = [(split_number(piece), piece) for piece in words]
    numbers = [Words(number, piece.lines[:1]) for (number, _), piece in split if number]
    return numbers, [rest for (_, rest), _ in split]


def _by_number(entry: Entry) -> Iterator[Entry]:
    """The entry, or one for each measure where they have numbers of their own."""
    numbers, measures = _without_numbers(entry.measures)
    if not numbers or entry.cells.get("number") or len(entry.measures) == 1:
        entry.measures = measures
        entry.add("number", numbers if not entry.cells.get("number") else ())
        yield entry
        return
    for printed in entry.measures:
        own, measure = _without_numbers([printed])
        yield replace(entry, cells={**entry.cells, "number": own}, measures=measure)
