"""Tables whose headings were printed first and whose numbers follow column by column."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from hytegraph.loaders.kinds.interim_report.figure_columns import FigureColumn, disagreement
from hytegraph.loaders.kinds.interim_report.printed_rows import PrintedRow, ReportLine
from hytegraph.loaders.kinds.interim_report.quantities import CLOSE, INFERRED

_JOIN = 0.5
_EMPTY_COLUMN = 1.0
_HOLE = 0.2
_MOST_JOINS = 3


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of a column block: its label lines, and per column the line its value stands on."""

    labels: tuple[ReportLine, ...]
    cells: tuple[ReportLine | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A reading of a column block and what speaks against it."""

    rows: tuple[BlockRow, ...]
    cost: float
    is_close: bool = False


def read_block(row: PrintedRow, columns: tuple[FigureColumn, ...]) -> Block | None:
    """The likeliest way to give the numbers to the labels; None when no way fits."""
    found = sorted(_blocks(row, columns), key=lambda block: block.cost)
    if not found:
        return None
    close = len(found) > 1 and found[1].cost - found[0].cost < CLOSE
    return Block(found[0].rows, found[0].cost, close)


def _blocks(row: PrintedRow, columns: tuple[FigureColumn, ...]) -> Iterator[Block]:
    entries = [line for line in row.values if not line.is_empty]
    last_value = max(at for at, line in enumerate(entries) if line.is_text)
    for labels, joins in _label_groups(row.labels):
        # Blanks after the last number may be its empty neighbours or the end of the table.
        most = min(len(entries), last_value + 1 + len(labels))
        for end in range(last_value + 1, most + 1):
            for filled in range(len(columns), 0, -1):
                yield from _placed(labels, entries[:end], columns, filled, joins)


def _label_groups(lines: Sequence[ReportLine]) -> Iterator[tuple[list[list[ReportLine]], int]]:
    """The ways to join label lines: one that begins in lower case may go on with the line above."""
    may_join = [at for at, line in enumerate(lines) if at and line.text.lstrip()[:1].islower()]
    for count in range(min(len(may_join), _MOST_JOINS) + 1):
        for joined in combinations(may_join, count):
            groups: list[list[ReportLine]] = []
            for at, line in enumerate(lines):
                if at in joined:
                    groups[-1].append(line)
                else:
                    groups.append([line])
            yield groups, count


def _placed(
    labels: list[list[ReportLine]],
    entries: list[ReportLine],
    columns: tuple[FigureColumn, ...],
    filled: int,
    joins: int,
) -> Iterator[Block]:
    """The blocks in which `filled` columns hold all numbers, counted from the end."""
    first = len(entries) - filled * len(labels)
    if first < 0 or any(line.is_text for line in entries[:first]):
        return
    runs = [
        [line if line.is_text else None for line in entries[start : start + len(labels)]]
        for start in range(first, len(entries), len(labels))
    ]
    for places in combinations(range(len(columns)), filled):
        grid: list[list[ReportLine | None]] = [[None] * len(labels) for _ in columns]
        for place, run in zip(places, runs, strict=True):
            grid[place] = run
        rows = tuple(
            BlockRow(tuple(label), tuple(column[at] for column in grid)) for at, label in enumerate(labels)
        )
        empty = _cost_of_empty(places, len(columns), blanks=first)
        yield Block(rows, _cost(rows, columns) + _JOIN * joins + empty)


def _cost(rows: tuple[BlockRow, ...], columns: tuple[FigureColumn, ...]) -> float:
    costs = [
        disagreement(columns, tuple(line.text.strip() if line else "" for line in row.cells)) for row in rows
    ]
    # Holes in the middle of the numbers are unlikely; a heading row without numbers is not.
    holes = sum(
        1
        for row in rows
        if any(row.cells)
        for line, other in combinations(row.cells, 2)
        if bool(line) != bool(other)
    )
    return math.fsum(costs) + _HOLE * holes


def _cost_of_empty(places: tuple[int, ...], columns: int, *, blanks: int) -> float:
    """Blanks left before the first number are the empty columns there; any other empty column is a guess."""
    shown = min(places[0], blanks)
    return _EMPTY_COLUMN * shown + INFERRED * (columns - len(places) - shown)
