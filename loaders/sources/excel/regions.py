"""The cells of a sheet as tables: blank rows part one from the other, and lines of one cell above a table head it."""

from collections.abc import Iterator
from itertools import groupby

from hytegraph.loaders.documents.blocks import CELL, HEADING, PARAGRAPH, Block
from hytegraph.loaders.sources.excel.sheet import SheetCell

_LONGEST_HEADING = 120
_Row = list[SheetCell]


def blocks_of(cells: list[SheetCell], sheet: str, tables: int) -> tuple[list[Block], int]:
    """The blocks of a sheet and the number of its last table, of which the first has the number after `tables`."""
    blocks: list[Block] = []
    for region in _regions(cells):
        above = _lines_above(region)
        blocks += [_line(row[0], sheet) for row in region[:above]]
        if region[above:]:
            tables += 1
            blocks += [_cell(cell, sheet, tables) for row in region[above:] for cell in row]
    return blocks, tables


def _regions(cells: list[SheetCell]) -> Iterator[list[_Row]]:
    region: list[_Row] = []
    last = 0
    for number, row in groupby(cells, key=lambda cell: cell.row):
        if region and number > last + 1:
            yield region
            region = []
        region.append(list(row))
        last = max(last, *(cell.row + cell.rows - 1 for cell in region[-1]))
    if region:
        yield region


def _lines_above(region: list[_Row]) -> int:
    """How many of the first rows have one cell with words; all of them where no row has two."""
    for above, row in enumerate(region):
        if len(row) > 1 or not row[0].text or row[0].rows > 1:
            return above
    return len(region)


def _line(cell: SheetCell, sheet: str) -> Block:
    """A line above a table: what is bold or has the form of a title is a heading."""
    short = len(cell.text) <= _LONGEST_HEADING and "\n" not in cell.text
    if short and (cell.is_bold or not cell.text.endswith((".", ":", ";", ","))):
        return Block(HEADING, cell.text, 2, sheet=sheet, fill=cell.fill)
    return Block(PARAGRAPH, cell.text, sheet=sheet, fill=cell.fill)


def _cell(cell: SheetCell, sheet: str, table: int) -> Block:
    return Block(
        CELL,
        cell.text,
        sheet=sheet,
        table=table,
        row=cell.row,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        fill=cell.fill,
    )
