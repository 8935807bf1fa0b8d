"""A CSV file of any dialect as one table."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.graph.text_files import decode
from hytegraph.loaders.documents.blocks import CELL, Block
from hytegraph.loaders.sources.cleaning import clean
from hytegraph.loaders.sources.limits import MOST_CELLS

if TYPE_CHECKING:
    import _csv

# Where two part the rows equally evenly, the first: a comma is often that of a decimal number.
_DELIMITERS = ";\t,|"
_LOOKED_AT = 200
_ANNOUNCED = "sep="


def read(path: Path) -> tuple[Block, ...]:
    """The cells of the file; the row of a cell is its row in the file, blank rows counted.

    Raises DocumentError for a file that is no CSV.
    """
    text = _decoded(path.read_bytes())
    if "\x00" in text:
        raise DocumentError(path, Reason("the file is binary and no CSV"))
    first, _, rest = text.partition("\n")
    announced = first.strip()
    if announced.startswith(_ANNOUNCED) and len(announced) == len(_ANNOUNCED) + 1:
        rows = _rows(path, rest, announced[-1])
    else:
        rows = _rows(path, text, max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter)))
    return tuple(
        Block(CELL, words, table=1, row=row, column=column)
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells, 1)
        if (words := clean(cell))
    )


def _decoded(data: bytes) -> str:
    """The characters; what is not Unicode is read as Windows writes it in Finland."""
    try:
        return decode(data)[0]
    except ValueError:
        return data.decode("cp1252", errors="replace")


def _evenness(text: str, delimiter: str) -> int:
    """How many of the first rows have as many cells as most rows that are parted at all."""
    widths: Counter[int] = Counter()
    try:
        for cells, _ in zip(_reader(text, delimiter), range(_LOOKED_AT), strict=False):
            widths[len(cells)] += 1
    except csv.Error:
        return 0
    return max((count for width, count in widths.items() if width > 1), default=0)


def _rows(path: Path, text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    count = 0
    reader = _reader(text, delimiter)
    try:
        for cells in reader:
            rows.append(cells)
            count += len(cells)
            if count > MOST_CELLS:
                reason = Reason(
                    "row {row}: the table has more than {most} cells", row=len(rows), most=MOST_CELLS
                )
                raise DocumentError(path, reason)
    except csv.Error as error:
        reason = Reason("the CSV is broken at line {line} ({error})", line=reader.line_num, error=error)
        raise DocumentError(path, reason) from error
    return rows


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
