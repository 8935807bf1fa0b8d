"""Readings of a region that differ in one border or one column: what else its cells could be."""

from collections.abc import Iterator, Sequence

from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import CellColumn
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import Piece

# Where cells begin: the index of the first piece, and the column.
Cuts = tuple[tuple[int, CellColumn], ...]

_NAMES = {
    CellColumn.MEASURE: "toimenpide",
    CellColumn.RESPONSIBLE: "vastuu",
    CellColumn.INDICATOR: "mittari",
    CellColumn.REALISATION: "toteuma",
}


def rows_of(cuts: Cuts) -> list[list[int]]:
    """The indexes of the cells, row by row: a new row begins where the column falls back."""
    rows: list[list[int]] = []
    last: int = len(CellColumn)
    for index, (_, column) in enumerate(cuts):
        if column < last:
            rows.append([])
        rows[-1].append(index)
        last = column
    return rows


def alternatives(cuts: Cuts, pieces: Sequence[Piece]) -> Iterator[tuple[int, Cuts, str]]:
    """Each other reading with the cell it concerns and a note that says what is open."""
    ends = [start for start, _ in cuts[1:]] + [len(pieces)]
    for row in rows_of(cuts):
        for k in row:
            yield from _other_columns(cuts, row, k)
            if k != row[0]:
                yield from _other_borders(cuts, k, ends[k])


def _other_columns(cuts: Cuts, row: Sequence[int], k: int) -> Iterator[tuple[int, Cuts, str]]:
    start, column = cuts[k]
    before = cuts[k - 1][1] if k != row[0] else -1
    after = cuts[k + 1][1] if k != row[-1] else len(CellColumn)
    for other in CellColumn:
        if before < other < after and other is not column:
            yield k, (*cuts[:k], (start, other), *cuts[k + 1 :]), _either(column, other)


def _other_borders(cuts: Cuts, k: int, end: int) -> Iterator[tuple[int, Cuts, str]]:
    (before, left), (start, right) = cuts[k - 1], cuts[k]
    for place in range(before + 1, end):
        if place != start:
            yield k, (*cuts[:k], (place, right), *cuts[k + 1 :]), _border(left, right)
    yield k, (*cuts[:k], *cuts[k + 1 :]), _either(right, left)
    yield k, (*cuts[: k - 1], (before, right), *cuts[k + 1 :]), _either(left, right)


def _either(column: CellColumn, other: CellColumn) -> str:
    return f"Teksti voi kuulua sarakkeeseen {_NAMES[column]} tai {_NAMES[other]}."


def _border(column: CellColumn, other: CellColumn) -> str:
    return f"Raja sarakkeiden {_NAMES[column]} ja {_NAMES[other]} välillä on tulkinnanvarainen."
