"""Where the columns of a table without vertical rules are: at the ends of rules, or in the white strips of its rows."""

from collections.abc import Sequence

from hytegraph.loaders.sources.pdf.lines import BLANK, lines_of
from hytegraph.loaders.sources.pdf.page import Glyph, Rule

_NEAR = 5.0
_GUTTER = 3.5
# The width is looked at in halves of a point.
_STEPS = 2
_COVERED = 0.15


def columns_from_ends(ys: Sequence[float], ends: Sequence[Rule], left: float, right: float) -> list[float]:
    """The x at which rules drawn cell by cell end inside the table, where at least half of the rules do so."""
    inner: dict[int, set[int]] = {}
    for number, y in enumerate(ys):
        for part in ends:
            if abs(part.at - y) <= 3 and part.end > left and part.start < right:
                for x in (part.start, part.end):
                    if left + _NEAR < x < right - _NEAR:
                        inner.setdefault(round(x), set()).add(number)
    columns: list[float] = []
    for x in sorted(inner):
        numbers = inner[x] | inner.get(x - 1, set()) | inner.get(x + 1, set())
        if len(numbers) < len(ys) / 2:
            continue
        if columns and x - columns[-1] < 2 * _NEAR:
            columns[-1] = (columns[-1] + x) / 2
        else:
            columns.append(float(x))
    return columns


def columns_from_gutters(rows: Sequence[Sequence[Glyph]], left: float, right: float) -> list[float]:
    """The x at the right end of each white strip that nearly all rows leave free."""
    written = [row for row in rows if has_gap(row)]
    if len(written) < 2:
        return []
    covered = _covered(written, left, _STEPS * int(right - left) + 2)
    allowed = _COVERED * len(written)
    inked = [x for x, count in enumerate(covered) if count > allowed]
    if not inked:
        return []
    columns = []
    start = None
    for x in range(inked[0], inked[-1] + 1):
        if covered[x] <= allowed:
            start = x if start is None else start
        elif start is not None:
            if x - start >= _GUTTER * _STEPS:
                columns.append(left + (x - 1) / _STEPS)
            start = None
    return columns


def _covered(rows: Sequence[Sequence[Glyph]], left: float, width: int) -> list[int]:
    """For each point of the width, in how many rows a letter stands over it."""
    covered = [0] * width
    for row in rows:
        points: set[int] = set()
        for glyph in row:
            if glyph.text.strip():
                start = max(0, int(_STEPS * (glyph.box.x0 - left)))
                points.update(range(start, min(width, int(_STEPS * (glyph.box.x1 - left)) + 1)))
        for point in points:
            covered[point] += 1
    return covered


def has_gap(row: Sequence[Glyph]) -> bool:
    """Whether a row has a white strip; a heading over the whole width has none and says nothing of columns."""
    pieces = lines_of(row, split_at=BLANK)
    return any(
        one.box.x1 < other.box.x0 and one.box.top < other.box.bottom and other.box.top < one.box.bottom
        for one in pieces
        for other in pieces
    )


def spans(row: Sequence[Glyph], x: float) -> bool:
    """Whether words go on over x with no more than a blank between them."""
    return any(line.box.x0 < x - 1 and line.box.x1 > x + 1 for line in lines_of(row, split_at=BLANK))
