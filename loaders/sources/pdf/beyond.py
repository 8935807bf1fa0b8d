"""Rows outside the outermost rules of a table: a head above the first, a row below the last, a row cut by a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hytegraph.loaders.sources.pdf.lines import Line
from hytegraph.loaders.sources.pdf.page import Rule

_NEAR = 5.0
_FARTHEST = 12.0
_LINE_GAP = 0.6


@dataclass(slots=True)
class Sides:
    """The x of a table's sides, the inner ones in `columns`."""

    left: float
    right: float
    columns: list[float] = field(default_factory=list)

    def meets(self, rule: Rule) -> bool:
        """Whether a horizontal rule has some of the table's width."""
        return rule.start < self.right and rule.end > self.left


def rows_beyond(
    table: Sides, top: float, bottom: float, pieces: Sequence[Line], edges: Sequence[float]
) -> list[Rule]:
    """The rules of a row right above `top` and of one right below `bottom`, where words stand there in the columns."""
    within = [p for p in pieces if p.box.x0 > table.left - _NEAR and p.box.x1 < table.right + _NEAR]
    highest = max((edge for edge in edges if edge < top - 1), default=0.0)
    lowest = min((edge for edge in edges if edge > bottom + 1), default=float("inf"))
    above = [piece for piece in within if highest < piece.box.top and piece.box.bottom < top + 2]
    below = [piece for piece in within if piece.box.top > bottom - 2 and piece.box.bottom < lowest]
    rules = []
    block = _block(sorted(above, key=lambda piece: -piece.box.bottom), top, is_above=True)
    if _is_row(block, table):
        rules += _sides(table, min(piece.box.top for piece in block) - 1, top, is_above=True)
    block = _block(sorted(below, key=lambda piece: piece.box.top), bottom, is_above=False)
    if _is_row(block, table):
        rules += _sides(table, bottom, max(piece.box.bottom for piece in block) + 1, is_above=False)
    return rules


def _block(pieces: Sequence[Line], edge: float, *, is_above: bool) -> list[Line]:
    """The lines next to an edge that follow each other closely."""
    block: list[Line] = []
    for piece in pieces:
        gap = edge - piece.box.bottom if is_above else piece.box.top - edge
        if gap > (_LINE_GAP * piece.size if block else _FARTHEST):
            break
        block.append(piece)
        edge = min(edge, piece.box.top) if is_above else max(edge, piece.box.bottom)
    return block


def _is_row(block: Sequence[Line], table: Sides) -> bool:
    """Whether lines stand in the columns, in most of them and across none of their sides."""
    if any(piece.box.x0 < x - 1 and piece.box.x1 > x + 1 for piece in block for x in table.columns):
        return False
    filled = {sum(x < piece.box.x0 + 1 for x in table.columns) for piece in block}
    return len(filled) >= 2 and len(filled) > len(table.columns) / 2


def _sides(table: Sides, top: float, bottom: float, *, is_above: bool) -> list[Rule]:
    outer = Rule(True, top if is_above else bottom, table.left, table.right)
    return [outer, *(Rule(False, x, top, bottom) for x in (table.left, *table.columns, table.right))]


def cut_rows(rules: Iterable[Rule]) -> list[Rule]:
    """Horizontal rules where three or more vertical ones end side by side at none: the page cuts the row there."""
    rules = list(rules)
    ys = [rule.at for rule in rules if rule.is_horizontal]
    ends: dict[int, list[Rule]] = {}
    for rule in rules:
        if not rule.is_horizontal:
            for y in (rule.start, rule.end):
                if not any(abs(y - at) <= 3 for at in ys):
                    ends.setdefault(round(y / 3), []).append(rule)
    return [
        Rule(True, _end_near(group[0], key * 3), min(r.at for r in group), max(r.at for r in group))
        for key, group in ends.items()
        if len(group) >= 3
    ]


def _end_near(rule: Rule, y: float) -> float:
    return min((rule.start, rule.end), key=lambda end: abs(end - y))
