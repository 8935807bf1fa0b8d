"""The content of a page: its tables, and the lines outside them in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.sources.pdf.grid import Grid, grids
from hytegraph.loaders.sources.pdf.lines import Line, around, lines_of
from hytegraph.loaders.sources.pdf.page import Box, DrawnPage

_COLUMN_GAP = 2.0
_FEWEST_LINES = 4
_FEWEST_LETTERS = 18


@dataclass(slots=True)
class PageContent:
    """The tables of a page, and the lines outside them in reading order."""

    number: int
    height: float
    tables: list[Grid]
    lines: list[Line]


def page_content(drawn: DrawnPage) -> PageContent:
    """The tables and lines of a page; turned text outside tables follows the other lines."""
    tables = grids(drawn)
    inside = {id(glyph) for table in tables for cell in table.cells for glyph in cell.glyphs}
    outside = [glyph for glyph in drawn.glyphs if id(glyph) not in inside]
    upright = [glyph for glyph in outside if glyph.turn == 0]
    turned = [glyph for glyph in outside if glyph.turn]
    pieces = lines_of(upright, split_at=_COLUMN_GAP)
    lines = [line for band in _bands(pieces, tables) for line in _in_reading_order(band)]
    return PageContent(drawn.number, drawn.height, tables, [*lines, *lines_of(turned)])


def _bands(pieces: Sequence[Line], tables: Sequence[Grid]) -> list[list[Line]]:
    """The pieces between the tables, from above."""
    tops = sorted(table.box.top for table in tables)
    bands: list[list[Line]] = [[] for _ in range(len(tops) + 1)]
    for piece in pieces:
        middle = (piece.box.top + piece.box.bottom) / 2
        bands[sum(top < middle for top in tops)].append(piece)
    return bands


def _in_reading_order(pieces: Sequence[Line]) -> list[Line]:
    rows = _rows(pieces)
    ordered: list[Line] = []
    start = 0
    while start < len(rows):
        end, gutter = _two_columns(rows, start)
        if gutter is None:
            ordered.append(_whole(rows[start]))
            start += 1
            continue
        both = [piece for row in rows[start:end] for piece in row]
        ordered += [_whole(row) for row in _rows([piece for piece in both if piece.box.x1 <= gutter])]
        ordered += [_whole(row) for row in _rows([piece for piece in both if piece.box.x1 > gutter])]
        start = end
    return ordered


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    at = size = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.box.top + piece.box.bottom) / 2):
        middle = (piece.box.top + piece.box.bottom) / 2
        if not rows or middle - at > 0.45 * max(size, piece.size):
            rows.append([])
            at, size = middle, piece.size
        rows[-1].append(piece)
    return [sorted(row, key=lambda piece: piece.box.x0) for row in rows]


def _whole(row: Sequence[Line]) -> Line:
    """The pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    largest = max(row, key=lambda piece: len(piece.text))
    return replace(
        largest,
        text=" ".join(piece.text for piece in row),
        box=around(piece.box for piece in row),
        is_bold=all(piece.is_bold for piece in row),
    )


def _two_columns(rows: Sequence[Sequence[Line]], start: int) -> tuple[int, float | None]:
    """The end of the run of rows from `start` that make two columns of text, and the x between them, if they do."""
    gutter: tuple[float, float] | None = None
    end = start
    for row in rows[start:]:
        free = _free(row, gutter)
        if free is None:
            break
        gutter = free if len(row) == 2 else gutter or free
        end += 1
    run = rows[start:end]
    pairs = [row for row in run if len(row) == 2]
    if gutter is None or len(pairs) < _FEWEST_LINES or len(pairs) < len(run) / 2:
        return start, None
    left = sum(len(row[0].text) for row in pairs) / len(pairs)
    right = sum(len(row[1].text) for row in pairs) / len(pairs)
    if min(left, right) < _FEWEST_LETTERS or min(left, right) < 0.5 * max(left, right):
        return start, None
    return end, (gutter[0] + gutter[1]) / 2


def _free(row: Sequence[Line], gutter: tuple[float, float] | None) -> tuple[float, float] | None:
    """What a row leaves of the strip between two columns; None where its words cross it."""
    if len(row) == 2:
        own = (row[0].box.x1, row[1].box.x0)
        free = (max(own[0], gutter[0]), min(own[1], gutter[1])) if gutter else own
        return free if free[1] - free[0] > 6 else None
    if len(row) != 1 or gutter is None:
        return None
    box: Box = row[0].box
    if box.x1 <= gutter[1]:
        free = (max(gutter[0], box.x1), gutter[1])
    elif box.x0 >= gutter[0]:
        free = (gutter[0], min(gutter[1], box.x0))
    else:
        return None
    return free if free[1] - free[0] > 6 else None
