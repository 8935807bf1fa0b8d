"""The cells of the rows below a goal: the best reading of its pieces as columns in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.alternatives import Cuts, alternatives, rows_of
from hytegraph.loaders.kinds.interim_report.strategy_tables.cells import Cells
from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import CellColumn, action_score, result_score
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import Border, Piece, raw_lines

_EMPTY = {
    CellColumn.MEASURE: 2.5,
    CellColumn.RESPONSIBLE: 2.8,
    CellColumn.INDICATOR: 1.8,
    CellColumn.REALISATION: 1.8,
}
_NEW_ROW = 2.0
# A cell has at most this many pieces; readings nearer than this to the best one are doubts.
_LONGEST = 60
_CLOSE = 0.7


@dataclass(frozen=True, slots=True)
class CellRow:
    """The cells of one row by column, and notes on what else they could be."""

    cells: dict[CellColumn, tuple[Piece, ...]]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    column: CellColumn
    cuts: Cuts


_START = _State(0.0, CellColumn.REALISATION, ())


class CellReader:
    """Reads the pieces of a region; knows which words the document also writes in lower case."""

    def __init__(self, cleaner: Cleaner, common: frozenset[str]) -> None:
        self._cleaner = cleaner
        self._common = common

    def rows(self, pieces: Sequence[Piece]) -> list[CellRow]:
        """The rows the pieces make, as the best reading has them."""
        return _Region(Cells(pieces, self._cleaner, self._common)).rows()

    def sounds_like_measure(self, item: Sequence[Piece]) -> bool:
        """Whether the item says what is to be done, and no result of it."""
        text = self._cleaner.clean(raw_lines(item))
        return action_score(text) > 0.5 >= result_score(text)


class _Region:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._size = len(cells.pieces)

    def rows(self) -> list[CellRow]:
        states: list[list[_State]] = [[] for _ in range(self._size + 1)]
        states[0] = [_START]
        for end in range(1, self._size + 1):
            if self._cells.can_end(end):
                states[end] = self._best(states, end)
        final = max(states[-1], key=lambda state: state.score - _empties(state.column + 1, len(CellColumn)))
        return self._build(final.cuts)

    def _best(self, states: Sequence[Sequence[_State]], end: int) -> list[_State]:
        """The best reading up to `end` for each column its last cell could be in."""
        best: dict[CellColumn, _State] = {}
        for start in range(max(0, end - _LONGEST), end):
            for state in states[start]:
                for column in CellColumn:
                    found = self._extend(state, start, end, column)
                    if found and (column not in best or found.score > best[column].score):
                        best[column] = found
        return list(best.values())

    def _extend(self, state: _State, start: int, end: int, column: CellColumn) -> _State | None:
        if start and column == state.column:
            return None
        cost = self._cells.cut_cost(start)
        if start and column > state.column:
            cost += _empties(state.column + 1, column)
        elif start and self._cells.pieces[start].border is not Border.BLANK:
            return None
        else:
            cost += _empties(0, column)
            cost += (_empties(state.column + 1, len(CellColumn)) + _NEW_ROW) if start else 0.0
        score = state.score - cost + self._cells.cell_score(start, end, column)
        if start and state.column is CellColumn.INDICATOR and column is CellColumn.REALISATION:
            score += self._cells.stem_bonus(state.cuts[-1][0], start)
        return _State(score, column, (*state.cuts, (start, column)))

    def _build(self, cuts: Cuts) -> list[CellRow]:
        doubts = self._doubts(cuts)
        rows: list[CellRow] = []
        ends = [start for start, _ in cuts[1:]] + [self._size]
        for row in rows_of(cuts):
            cells = {cuts[k][1]: tuple(self._cells.pieces[cuts[k][0] : ends[k]]) for k in row}
            rows.append(CellRow(cells, tuple(dict.fromkeys(d for k in row for d in doubts.get(k, ())))))
        return rows

    def _doubts(self, cuts: Cuts) -> dict[int, list[str]]:
        """For each cell the notes on other readings that are nearly as good."""
        total = self._total(cuts) or 0.0
        doubts: dict[int, list[str]] = {}
        settled = self._settled(cuts)
        for place, other, note in alternatives(cuts, self._cells.pieces):
            if place in settled and len(other) < len(cuts):
                continue
            score = self._total(other)
            if score is not None and score > total - _CLOSE:
                doubts.setdefault(place, []).append(note)
        return doubts

    def _settled(self, cuts: Cuts) -> set[int]:
        """Indicators and realisations of rows that have both: their order tells them apart, whatever they say."""
        pair = {CellColumn.INDICATOR, CellColumn.REALISATION}
        rows = [row for row in rows_of(cuts) if pair <= {cuts[k][1] for k in row}]
        return {k for row in rows for k in row if cuts[k][1] in pair}

    def _total(self, cuts: Cuts) -> float | None:
        """The score of a reading; none where it is not possible."""
        state = _START
        ends = [start for start, _ in cuts[1:]] + [self._size]
        for (start, column), end in zip(cuts, ends, strict=True):
            extended = self._extend(state, start, end, column) if self._cells.can_end(end) else None
            if extended is None:
                return None
            state = extended
        return state.score - _empties(state.column + 1, len(CellColumn))


def _empties(first: int, last: int) -> float:
    return sum(_EMPTY[CellColumn(column)] for column in range(first, last))
