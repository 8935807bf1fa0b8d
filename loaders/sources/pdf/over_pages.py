"""Tables that go on over a page: one table with one numbering of rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hytegraph.loaders.sources.pdf.content import PageContent
from hytegraph.loaders.sources.pdf.grid import Grid
from hytegraph.loaders.sources.pdf.lines import BULLET, Line, heading_text, joined, lines_of
from hytegraph.loaders.sources.pdf.page import Box

_SAME_SIDE = 5.0


@dataclass(slots=True)
class TextCell:
    """A cell with its lines; the page and box are those where it begins."""

    row: int
    column: int
    rows: int
    columns: int
    page: int
    box: Box
    lines: list[Line]
    fill: str
    is_bold: bool

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return joined(line.text for line in self.lines)


@dataclass(slots=True)
class Table:
    """A table with all its pages; `last` is the page on which it ends."""

    first: int
    last: int
    top: float
    sides: list[float]
    cells: list[TextCell] = field(default_factory=list)
    is_header_repeated: bool = False

    @property
    def row_count(self) -> int:
        """The rows of the table."""
        return max(cell.row + cell.rows for cell in self.cells)

    def last_row(self) -> dict[int, TextCell]:
        """The cells that end in the last row, by column."""
        end = self.row_count
        return {cell.column: cell for cell in self.cells if cell.row + cell.rows == end}

    def row(self, number: int) -> list[TextCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


def tables_over_pages(pages: Sequence[PageContent]) -> list[Table]:
    """The tables of all pages in order; one that goes on at the head of the next page is one table."""
    tables: list[Table] = []
    open_table: Table | None = None
    for page in pages:
        for number, grid in enumerate(page.tables):
            part = _table(grid, page.number)
            may_go_on = number == 0 and open_table and open_table.last == page.number - 1
            if not (may_go_on and open_table and _is_at_head(grid, page) and _go_on(open_table, part)):
                tables.append(part)
        if page.tables:
            lowest = max(page.tables, key=lambda grid: grid.box.bottom)
            ends_at_foot = not any(line.box.top > lowest.box.bottom - 2 for line in page.lines)
            open_table = tables[-1] if ends_at_foot else None
        elif page.lines:
            open_table = None
    return tables


def _is_at_head(grid: Grid, page: PageContent) -> bool:
    return not any(line.box.bottom < grid.box.top + 2 for line in page.lines)


def _table(grid: Grid, page: int) -> Table:
    table = Table(page, page, grid.box.top, grid.sides)
    for cell in grid.cells:
        lines = lines_of(cell.glyphs)
        table.cells.append(
            TextCell(
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                page,
                cell.box,
                lines,
                cell.fill,
                bool(lines) and all(line.is_bold for line in lines),
            )
        )
    return table


def _go_on(table: Table, part: Table) -> bool:
    """Add a part on a new page to its table; False where the columns differ."""
    sides = _common_sides(table.sides, part.sides)
    if sides is None:
        return False
    _set_sides(table, sides)
    _set_sides(part, sides)
    skipped = _repeated_rows(table, part)
    table.is_header_repeated = table.is_header_repeated or skipped > 0
    first = [cell for cell in part.cells if cell.row >= skipped]
    if first:
        joins = _is_row_broken(table, [cell for cell in first if cell.row == skipped])
        _append(table, first, skipped, joins)
    table.last = part.last
    return True


def _common_sides(one: Sequence[float], other: Sequence[float]) -> list[float] | None:
    """The sides of both where they fit: the outer ones are the same and those of one are among those of the other."""
    more, fewer = (one, other) if len(one) >= len(other) else (other, one)
    if abs(one[0] - other[0]) > _SAME_SIDE or abs(one[-1] - other[-1]) > _SAME_SIDE:
        return None
    if all(any(abs(side - x) <= _SAME_SIDE for x in more) for side in fewer):
        return list(more)
    return None


def _set_sides(table: Table, sides: Sequence[float]) -> None:
    place = [min(range(len(sides)), key=lambda index: abs(sides[index] - x)) for x in table.sides]
    for cell in table.cells:
        end = place[cell.column + cell.columns]
        cell.column = place[cell.column]
        cell.columns = end - cell.column
    table.sides = list(sides)


def _repeated_rows(table: Table, part: Table) -> int:
    """How many rows at the head of a part only repeat the head of the table."""
    count = 0
    while count < min(3, table.row_count, part.row_count):
        above = [(cell.column, cell.text) for cell in table.row(count)]
        below = [(cell.column, cell.text) for cell in part.row(count)]
        if above != below or not any(text for _, text in above):
            break
        count += 1
    return count


def _is_row_broken(table: Table, first: Sequence[TextCell]) -> bool:
    """Whether the first row of a new page goes on with the last row of the page before.

    It does where it lacks what that row has, or where its words begin in small letters in the middle of a sentence.
    """
    last = table.last_row()
    written = [cell for cell in first if cell.text]
    if not written or any(
        cell.column not in last or last[cell.column].columns != cell.columns for cell in written
    ):
        return False
    empty = [
        cell.column for cell in first if not cell.text and cell.column in last and last[cell.column].text
    ]
    goes_on = [cell for cell in written if _goes_on(last[cell.column].text, cell.text)]
    begins = [cell for cell in written if cell not in goes_on and not BULLET.match(cell.text)]
    if goes_on and not begins:
        return True
    own = [column for column in empty if last[column].rows == 1]
    return bool(goes_on or own) and bool(empty) and len(begins) * 2 < len(written) + len(empty)


def _goes_on(above: str, below: str) -> bool:
    """Whether a cell's words go on with those of the cell above."""
    if not above:
        return False
    is_open = above[-1] in ",-–\xad:" or above.split()[-1] in ("ja", "sekä", "tai", "och", "eller")
    return is_open or (below[:1].islower() and not BULLET.match(below) and above[-1] not in ".!?")


def _append(table: Table, cells: Sequence[TextCell], skipped: int, joins: bool) -> None:
    base = table.row_count - (1 if joins else 0)
    last = table.last_row()
    for cell in cells:
        number = cell.row - skipped
        above = last.get(cell.column)
        if number == 0 and above and joins:
            above.lines += cell.lines
            above.rows += cell.rows - 1
            continue
        if number == 0 and above and not cell.text and not cell.fill and above.text and _spans(above, cell):
            # A cell over several rows goes on below its words.
            above.rows += cell.rows
            continue
        cell.row = base + number
        table.cells.append(cell)


def _spans(above: TextCell, cell: TextCell) -> bool:
    return above.columns == cell.columns and (above.rows > 1 or cell.rows > 1)


def is_header_row(table: Table, number: int) -> bool:
    """Whether a row is a head: the first, if it is bold or has a fill and the next has not, or if it is repeated."""
    if number:
        return False
    first = [cell for cell in table.row(0) if cell.text]
    body = [cell for cell in table.cells if cell.row > 0 and cell.text]
    if not first or not body or len(first) < 2:
        return False
    is_bold = all(cell.is_bold for cell in first) and not all(cell.is_bold for cell in body)
    fills = {cell.fill for cell in body}
    is_filled = all(cell.fill and cell.fill not in fills for cell in first)
    return is_bold or is_filled or table.is_header_repeated


def header_text(cell: TextCell) -> str:
    """The words of a cell of the head on one line, divided words whole again."""
    padding = min((line.box.x0 for line in cell.lines), default=cell.box.x0) - cell.box.x0
    return heading_text(cell.lines, cell.box.x1 - padding)
