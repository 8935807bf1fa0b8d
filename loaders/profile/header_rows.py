"""Reads a table with a header row, or a matrix of groups: each printed row by the roles of its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hytegraph.graph.finnish.folding import squash
from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import Words
from hytegraph.loaders.profile.context import CONTEXT_ROLES, Context, named_by
from hytegraph.loaders.profile.grids import Grid, place_of, words_of
from hytegraph.loaders.profile.headings import languages_of, roles_of
from hytegraph.loaders.profile.model import ColumnProfile, TableProfile
from hytegraph.loaders.profile.rows import Entry
from hytegraph.loaders.profile.words.joined_cells import with_party_in_bracket
from hytegraph.loaders.profile.words.two_languages import is_in_two, languages_apart, second_of
from hytegraph.loaders.profile.words.values import ValueReader, fill_from, with_numbers

# "Laatija: …" names nothing that the rows below stand under.
_OTHER_LABEL = re.compile(r"[^\W\d][^:\d]{2,30}:\s.*")


@dataclass(slots=True)
class HeaderRowReader:
    """Reads the rows of tables with a header row, one table after another; what is held goes on over a page."""

    values: ValueReader

    def read(self, grid: Grid, profile: TableProfile, context: Context) -> Iterator[Entry]:
        """The printed rows of a table as entries."""
        body = [row for row in grid.rows[profile.header_rows :] if not _repeats_header(grid, row, profile)]
        wide_above = False
        for rows in _printed_rows(grid, body, profile):
            wide = _context_cell(grid, rows[0], profile)
            if wide and len(rows) == 1:
                self._hold(wide, profile, context, wide_above=wide_above)
                wide_above = True
                continue
            wide_above = False
            yield from self._entries(grid, rows, profile, context)

    def _hold(self, cell: Placed, profile: TableProfile, context: Context, *, wide_above: bool) -> None:
        """A row of the full width names the aim, priority or goal of the rows below it."""
        words = self.values.cells.words(self.values.cells.numbered_lines(cell))
        if not words:
            return
        named = named_by(words)
        if not named.role and _OTHER_LABEL.fullmatch(words.text):
            return
        role = named.role or ("aim" if profile.of_role("goal") and not wide_above else "goal")
        context.put(role, [named.words], number=named.number_words)

    def _entries(
        self, grid: Grid, rows: Sequence[int], profile: TableProfile, context: Context
    ) -> Iterator[Entry]:
        entry = Entry()
        groups: list[tuple[ColumnProfile, Placed]] = []
        for column, described in profile.columns.items():
            cells = {
                grid.cells[row, column].span: grid.cells[row, column]
                for row in rows
                if (row, column) in grid.cells
            }
            for cell in cells.values():
                if described.group:
                    groups.append((described, cell))
                elif described.roles and described.roles != ("note",):
                    self._read(entry, grid, cell, described)
        self._beside(entry, grid, rows, profile)
        fill_from(entry, context, [role for role in CONTEXT_ROLES if profile.of_role(role)])
        if groups:
            yield from self._of_groups(grid, entry, groups, profile)
        else:
            yield from with_numbers(entry)

    def _read(self, entry: Entry, grid: Grid, cell: Placed, described: ColumnProfile) -> None:
        """Read a cell; of one in two languages the first, with what the second calls the same."""
        if is_in_two(described.heading):
            cell, second = languages_apart(cell)
            if second and len(described.roles) == 1:
                language = second_of(described.heading)
                cells = (cell, second)
                self.values.translated(entry, cells, described.roles[0], language, wrapped=grid.is_wrapped)
        self.values.read(entry, cell, described.roles, wrapped=grid.is_wrapped)

    def _beside(self, entry: Entry, grid: Grid, rows: Sequence[int], profile: TableProfile) -> None:
        """What a column repeats that another language has in a column of its own."""
        for column, twin in _twins(profile):
            [language] = languages_of(profile.columns[twin].heading)
            for row in rows:
                first, second = grid.cells.get((row, column)), grid.cells.get((row, twin))
                if first and second and row in (first.block.row, rows[0]):
                    role = profile.columns[column].roles[0]
                    self.values.translated(entry, (first, second), role, language, wrapped=grid.is_wrapped)

    def _of_groups(
        self, grid: Grid, entry: Entry, groups: Sequence[tuple[ColumnProfile, Placed]], profile: TableProfile
    ) -> Iterator[Entry]:
        """An entry for each cell of a matrix: its items are measures for the group that its column stands for."""
        has_parties = bool(profile.of_role("responsible"))
        for described, cell in groups:
            own = Entry({role: list(words) for role, words in entry.cells.items()}, notes=list(entry.notes))
            for item in self.values.cells.items(cell, wrapped=grid.is_wrapped):
                measure, parties = (item, []) if has_parties else with_party_in_bracket(item)
                if parties:
                    part = Entry({**own.cells, "responsible": parties}, [measure], notes=list(own.notes))
                    yield from _in_group(part, described, grid, profile)
                else:
                    own.add("measure", [measure])
            if own.measures:
                yield from _in_group(own, described, grid, profile)


def _twins(profile: TableProfile) -> Iterator[tuple[int, int]]:
    """The columns of one role, each with the column of no role whose heading says that role in another language."""
    for column, described in profile.columns.items():
        for twin, other in profile.columns.items():
            is_twin = not other.roles and not other.group and roles_of(other.heading) == described.roles
            apart = set(languages_of(other.heading)).isdisjoint(languages_of(described.heading))
            if is_twin and apart and len(described.roles) == len(languages_of(other.heading)) == 1:
                yield column, twin


def _in_group(entry: Entry, described: ColumnProfile, grid: Grid, profile: TableProfile) -> Iterator[Entry]:
    heading = next(
        cell
        for (_, column), cell in sorted(grid.cells.items())
        if profile.columns[column] is described and words_of(cell) == described.heading
    )
    role = "sector" if described.group == "sectorName" else "targetGroup"
    entry.cells[role] = [Words(described.heading, tuple(heading.span.numbers()))]
    yield from with_numbers(entry)


def _context_cell(grid: Grid, row: int, profile: TableProfile) -> Placed | None:
    """The cell of a row that names what the rows below stand under: of the full width, or alone with such a label."""
    if wide := grid.full_width(row):
        return wide
    cells = [cell for cell in grid.row(row).values() if words_of(cell)]
    if len(cells) == 1 and cells[0].block.row == row and len(grid.columns) > 2:
        [cell] = cells
        named = named_by(Words(words_of(cell), (cell.span.first,)))
        own = profile.columns.get(cell.block.column)
        if named.role and own and named.role not in own.roles:
            return cell
    return None


def _repeats_header(grid: Grid, row: int, profile: TableProfile) -> bool:
    headings = {column: described.heading for column, described in profile.columns.items()}
    texts = {column: text for column, text in grid.texts(row).items() if text}
    return bool(texts) and all(_same(text, headings.get(column, "")) for column, text in texts.items())


def _same(text: str, heading: str) -> bool:
    return bool(heading) and squash(text).casefold() == squash(heading).casefold()


def _printed_rows(grid: Grid, body: Sequence[int], profile: TableProfile) -> Iterator[list[int]]:
    """The rows of the grid that make one printed row: those that a measure's cell covers."""
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
    return any(upper and lower and place_of(upper) == place_of(lower) for upper, lower in cells)
