"""The cells of a table in a Word document, merged ones with what they cover."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.sources.limits import MOST_CELLS
from hytegraph.loaders.sources.word.names import WORD, contents, name_of, number, switch, value

_WIDEST = 1000


@dataclass(slots=True)
class WordCell:
    """A cell, where it begins (from 1), and how far it reaches."""

    element: Any
    row: int
    column: int
    columns: int
    is_header: bool
    rows: int = 1

    @property
    def fill(self) -> str:
        """The colour such as `92D050`; '' for none and for white."""
        code = (value(self.element, "tcPr/shd", "fill") or "").upper()
        return code if re.fullmatch("[0-9A-F]{6}", code) and code != "FFFFFF" else ""


def placed_cells(path: Path, table: Any) -> list[WordCell]:
    """The cells of a table in order; raises DocumentError for one that is larger than the limit."""
    cells: list[WordCell] = []
    # The cell of each column that may go on in the next row.
    above: dict[int, WordCell] = {}
    for number_of_row, row in enumerate(_rows(table), 1):
        reached: dict[int, WordCell] = {}
        is_header = switch(row, "trPr/tblHeader") is True
        for element, column, columns, going_on in _cells(row):
            begun = above.get(column)
            if going_on and begun:
                begun.rows = number_of_row - begun.row + 1
                reached[column] = begun
                continue
            cell = WordCell(element, number_of_row, column, columns, is_header)
            cells.append(cell)
            if len(cells) > MOST_CELLS:
                raise DocumentError(path, Reason("a table has more than {most} cells", most=MOST_CELLS))
            reached[column] = cell
        above = reached
    return cells


def _rows(table: Any) -> Iterator[Any]:
    """The rows that are not deleted and not hidden."""
    for row in contents(table):
        is_deleted = row.find(f"{WORD}trPr/{WORD}del") is not None
        if name_of(row) == "tr" and not is_deleted and switch(row, "trPr/hidden") is not True:
            yield row


def _cells(row: Any) -> Iterator[tuple[Any, int, int, bool]]:
    """Each cell with its column, the columns it covers, and whether it goes on with the cell above.

    A cell that goes on with the one to its left, an old way of merging, widens that.
    """
    column = 1 + _span(value(row, "trPr/gridBefore"), least=0)
    held: tuple[Any, int, int, bool] | None = None
    for element in contents(row):
        if name_of(element) != "tc" or element.find(f"{WORD}tcPr/{WORD}cellDel") is not None:
            continue
        columns = _span(value(element, "tcPr/gridSpan"), least=1)
        if held and value(element, "tcPr/hMerge") == "continue":
            held = (held[0], held[1], held[2] + columns, held[3])
        else:
            if held:
                yield held
            merge = element.find(f"{WORD}tcPr/{WORD}vMerge")
            going_on = merge is not None and merge.get(WORD + "val") != "restart"
            held = (element, column, columns, going_on)
        column += columns
    if held:
        yield held


def _span(text: str | None, least: int) -> int:
    return max(least, min(number(text, least), _WIDEST))
