"""The cells of a sheet that one sees, with what they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hytegraph.loaders.sources.cleaning import clean
from hytegraph.loaders.sources.excel.colours import Theme
from hytegraph.loaders.sources.excel.formats import shown


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with words or a colour, and how many rows and columns it covers, as far as these are visible."""

    row: int
    column: int
    text: str
    fill: str
    is_bold: bool
    rows: int = 1
    columns: int = 1


def visible_cells(sheet: Any, theme: Theme) -> list[SheetCell]:
    """The cells by row and column, numbered as in the sheet; hidden rows and columns are left out.

    A merged cell shows its words where the first of its rows and columns is that one sees.
    """
    hidden_rows, hidden_columns = _hidden_rows(sheet), _hidden_columns(sheet)
    areas, covered = _merged(sheet, hidden_rows, hidden_columns)
    cells = []
    for cell in written_cells(sheet):
        place = cell.row, cell.column
        area = areas.get(place)
        is_hidden = cell.row in hidden_rows or cell.column in hidden_columns
        if area is None and (is_hidden or place in covered):
            continue
        text, fill = clean(shown(cell.value, cell.number_format)), theme.fill(cell)
        if not text and not fill:
            continue
        top, left, rows, columns = area or (*place, 1, 1)
        cells.append(SheetCell(top, left, text, fill, bool(cell.font and cell.font.b), rows, columns))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def written_cells(sheet: Any) -> list[Any]:
    """The cells that the file has; `iter_rows` would make all others up to the last, of which there may be billions."""
    return list(sheet._cells.values())


_Place = tuple[int, int]
_Area = tuple[int, int, int, int]


def _merged(
    sheet: Any, hidden_rows: set[int], hidden_columns: set[int]
) -> tuple[Mapping[_Place, _Area], set[_Place]]:
    """The visible part of each merged cell by the place of its words, and every place that one covers."""
    areas: dict[_Place, _Area] = {}
    covered: set[_Place] = set()
    for area in sheet.merged_cells.ranges:
        covered.update(product(range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)))
        rows = [row for row in range(area.min_row, area.max_row + 1) if row not in hidden_rows]
        columns = [column for column in range(area.min_col, area.max_col + 1) if column not in hidden_columns]
        if rows and columns:
            areas[area.min_row, area.min_col] = (
                rows[0],
                columns[0],
                rows[-1] - rows[0] + 1,
                columns[-1] - columns[0] + 1,
            )
    return areas, covered


def _hidden_rows(sheet: Any) -> set[int]:
    listed = sheet.row_dimensions
    hidden = {number for number, row in listed.items() if row.hidden or row.ht == 0}
    if sheet.sheet_format.zeroHeight:
        hidden.update(number for number in range(1, sheet.max_row + 1) if number not in listed)
    return hidden


def _hidden_columns(sheet: Any) -> set[int]:
    """A dimension may stand for a run of columns."""
    hidden: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden or column.width == 0:
            first = column.min or 0
            hidden.update(range(first, min(column.max or first, sheet.max_column) + 1))
    return hidden
