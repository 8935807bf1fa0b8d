"""How well a run of pieces makes a cell of a column, and what the borders around and inside it cost."""

from collections.abc import Sequence
from functools import cached_property

from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.cue_words import ending
from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import (
    CellColumn,
    action_score,
    indicator_score,
    names_parties,
    party_score,
    result_score,
)
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import Border, Piece, items_of, raw_lines

# What a cell border costs at each border, and what a border inside a cell costs.
_CUT = {Border.BLANK: 0.0, Border.HARD: 2.5, Border.SOFT_BLANK: 4.0, Border.SEAM: 1.5}
_KEEP = {Border.BLANK: 1.5, Border.HARD: 0.1, Border.SOFT_BLANK: 0.0, Border.SOFT: 0.0, Border.SEAM: 0.0}
_KEEP_BLANK_IN_RESPONSIBLE = 0.4
_SEAM_AFTER_WRAP = 6.0
_SEAM_AFTER_ITEM = 1.0
_REPEATED_STEM = 3.5
_COMMON_CAPITAL = 1.6
_OPEN_END = 3.0
_OPEN_BRACKET = 6.0
_HARD_BEFORE_SMALL = 3.0
_NOBODY = -6.0
_POST = 2.5
_ENDS_IN_INDICATOR = 1.5
_STEM = 5
_REPEATED = 4
_MOST = 4.0


class Cells:
    """Scores of the cells that the pieces of a region could make; pieces are told by their index."""

    def __init__(self, pieces: Sequence[Piece], cleaner: Cleaner, common: frozenset[str]) -> None:
        self.pieces = pieces
        self._cleaner = cleaner
        self._common = common
        self._scores: dict[tuple[int, int], tuple[float, ...]] = {}
        self._texts: dict[tuple[str, ...], str] = {}

    @cached_property
    def _unsplit(self) -> list[float]:
        """For each piece what it costs to leave it joined to the one before."""
        costs: list[float] = []
        for index, piece in enumerate(self.pieces):
            cost = _KEEP[piece.border]
            if piece.border is Border.SEAM and self._is_common_capital(index):
                cost = _COMMON_CAPITAL
            costs.append(cost)
        return costs

    def _is_common_capital(self, index: int) -> bool:
        before = self.pieces[index - 1].text.rstrip()
        word = self._text([self.pieces[index]]).split()[0].strip('.,:;()"”')
        if self._opens_name(index):
            return False
        return before[-1:] not in '.:;(!?"”' and len(word) > _STEM and word[:_STEM].casefold() in self._common

    def _opens_name(self, index: int) -> bool:
        """Whether the piece is one word and another capital follows, as in the name of a place or a company."""
        following = self.pieces[index + 1 : index + 2]
        single = len(self.pieces[index].text.split()) == 1
        return single and bool(following) and following[0].border is Border.SEAM

    def can_end(self, end: int) -> bool:
        """Whether a cell may end before that piece."""
        return end == len(self.pieces) or self.pieces[end].border in _CUT

    def cut_cost(self, start: int) -> float:
        """What it costs that a cell begins with that piece."""
        if start == 0:
            return 0.0
        piece = self.pieces[start]
        small = piece.border is Border.HARD and piece.text.lstrip()[:1].islower()
        return _CUT[piece.border] + _HARD_BEFORE_SMALL * small

    def stem_bonus(self, indicator: int, start: int) -> float:
        """What speaks for a seam where a realisation takes up the first word of the indicator before it."""
        here, there = self.pieces[start], self.pieces[indicator]
        same = here.text.strip()[:_REPEATED].casefold() == there.text.strip()[:_REPEATED].casefold()
        return _REPEATED_STEM if same and here.border is Border.SEAM else 0.0

    def cell_score(self, start: int, end: int, column: CellColumn) -> float:
        """How well the pieces from start to before end make a cell of the column."""
        score = self._text_scores(start, end)[column]
        for index in range(start + 1, end):
            in_responsible = column is CellColumn.RESPONSIBLE and self.pieces[index].border is Border.BLANK
            score -= _KEEP_BLANK_IN_RESPONSIBLE if in_responsible else self._unsplit[index]
        if column is CellColumn.INDICATOR and self._ends_in_indicator(start, end):
            score += _ENDS_IN_INDICATOR
        return score - self._seam_cost(start, end)

    def _ends_in_indicator(self, start: int, end: int) -> bool:
        if end == len(self.pieces) or self.pieces[end].border is not Border.SEAM:
            return False
        words = self.pieces[end - 1].text.split()
        return bool(ending("indicator").fullmatch(words[-1].rstrip(".,;")))

    def _seam_cost(self, start: int, end: int) -> float:
        """On a shared line only the last cell goes on, so a cell that ends there also begins there."""
        if end == len(self.pieces) or self.pieces[end].border is not Border.SEAM:
            return 0.0
        line = self.pieces[end].line
        if self.pieces[start].line == line:
            return 0.0
        first = next(piece for piece in self.pieces[start:end] if piece.line == line)
        return _SEAM_AFTER_ITEM if first.border is Border.BLANK else _SEAM_AFTER_WRAP

    def _text_scores(self, start: int, end: int) -> tuple[float, ...]:
        known = self._scores.get((start, end))
        if known is None:
            items = [self._text(item) for item in items_of(self.pieces[start:end])]
            open_end = _OPEN_BRACKET if items[-1].count("(") > items[-1].count(")") else 0.0
            known = (
                _actions(items) - open_end,
                _party(items) - _unfinished(items[-1]) - open_end,
                _bounded(sum(indicator_score(item) for item in items)) - open_end,
                _bounded(sum(result_score(item) for item in items)) - open_end,
            )
            self._scores[start, end] = known
        return known

    def _text(self, item: Sequence[Piece]) -> str:
        lines = tuple(raw_lines(item))
        text = self._texts.get(lines)
        if text is None:
            text = self._texts[lines] = self._cleaner.clean(lines)
        return text


def _bounded(total: float) -> float:
    return max(-_MOST, min(_MOST, total))


def _actions(items: Sequence[str]) -> float:
    """Actions count on the average; an item of posts belongs elsewhere."""
    posts = any(names_parties(item) for item in items)
    return sum(action_score(item) for item in items) / len(items) - _POST * posts


def _party(items: Sequence[str]) -> float:
    """The best item counts in full, further ones less; what names nobody counts against."""
    scores = sorted((party_score(item) for item in items), reverse=True)
    if scores[0] <= 0:
        return _NOBODY
    return scores[0] + sum(score / 3 if score > 0 else score for score in scores[1:])


def _unfinished(text: str) -> float:
    return _OPEN_END if text.endswith((",", "/", "-")) else 0.0
