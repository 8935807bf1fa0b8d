"""The cells of one table as a grid: a merged cell stands in every row and column that it covers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from hytegraph.loaders.documents.blocks import CELL, Placed


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `cells` has each place (row, column) that words or a colour stand at, or that a merged cell covers."""

    number: int
    sheet: str
    cells: Mapping[tuple[int, int], Placed]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    is_wrapped: bool = field(default=False)

    def row(self, row: int) -> dict[int, Placed]:
        """The cells of a row by column; a cell that covers several columns stands in each."""
        return {column: self.cells[row, column] for column in self.columns if (row, column) in self.cells}

    def texts(self, row: int) -> dict[int, str]:
        """The words of a row by column, on one line each."""
        return {column: words_of(cell) for column, cell in self.row(row).items()}

    def full_width(self, row: int) -> Placed | None:
        """The only cell of a row where it covers more than half of a table's columns, and more than one."""
        cells = self.row(row)
        distinct = {place_of(cell): cell for cell in cells.values()}
        if len(distinct) != 1:
            return None
        [cell] = distinct.values()
        wide = cell.block.columns > 1 and cell.block.columns * 2 > len(self.columns)
        return cell if wide and cell.block.row == row else None


def place_of(cell: Placed) -> tuple[int, int]:
    """The row and column at which a cell begins; of a text with columns several cells stand on one line."""
    return cell.block.row, cell.block.column


def words_of(cell: Placed) -> str:
    """The words of a cell on one line; '' for a cell that has a colour only."""
    text = " ".join(cell.block.text.split())
    return "" if text == f"[#{cell.block.fill}]" else text


def grids_of(placed: Iterable[Placed]) -> Iterator[Grid]:
    """The tables of a document in its order."""
    cells = [cell for cell in placed if cell.block.kind == CELL]
    for (sheet, number), group in groupby(cells, key=lambda cell: (cell.block.sheet, cell.block.table)):
        yield grid_of(sheet, number, list(group))


def grid_of(sheet: str, number: int, cells: list[Placed]) -> Grid:
    """The grid of the cells of one table."""
    places: dict[tuple[int, int], Placed] = {}
    for cell in cells:
        block = cell.block
        for row in range(block.row, block.row + block.rows):
            for column in range(block.column, block.column + block.columns):
                # What a cell covers gives way to a cell that begins there.
                if (row, column) not in places or (row, column) == (block.row, block.column):
                    places[row, column] = cell
    rows = tuple(sorted({row for row, _ in places}))
    columns = tuple(sorted({column for _, column in places}))
    return Grid(number, sheet, places, rows, columns, is_wrapped=any(cell.block.page for cell in cells))
