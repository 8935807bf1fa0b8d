"""Tables drawn with horizontal rules only, or open at their sides: where their columns are."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from hytegraph.loaders.sources.pdf.drawn import Glyph, Rule
from hytegraph.loaders.sources.pdf.lines import Line, lines_of

_NEAR = 5.0
_GUTTER = 5.0
_FARTHEST = 500.0
_COVERED = 0.15
_BLANK = 0.6


def with_open_sides(merged: list[Rule], drawn: Iterable[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """The rules and, where a table has horizontal ones only, vertical ones between its columns."""
    ends = [rule for rule in drawn if rule.is_horizontal]
    added: list[Rule] = []
    for group in _groups(merged):
        for part in _without_text_between(group, glyphs):
            added += _missing(part, merged, ends, glyphs)
    return [*merged, *added]


def _groups(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Horizontal rules that begin and end at the same places, from above."""
    groups: list[list[Rule]] = []
    for rule in sorted((rule for rule in rules if rule.is_horizontal), key=lambda rule: rule.at):
        for group in groups:
            last = group[-1]
            is_like = abs(last.start - rule.start) < _NEAR and abs(last.end - rule.end) < _NEAR
            if is_like and rule.at - last.at < _FARTHEST:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3]


def _without_text_between(group: Sequence[Rule], glyphs: Iterable[Glyph]) -> list[list[Rule]]:
    """The group divided where its rules belong to two tables: nothing stands between, or text wider than the rules."""
    parts = [[group[0]]]
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    for upper, lower in pairwise(group):
        band = [glyph for glyph in inked if upper.at < _middle(glyph) < lower.at]
        is_wider = any(glyph.box.x1 < upper.start - 1 or glyph.box.x0 > upper.end + 1 for glyph in band)
        if is_wider or not band:
            parts.append([])
        parts[-1].append(lower)
    return [part for part in parts if len(part) >= 3]


def _missing(
    group: list[Rule], merged: Iterable[Rule], ends: Iterable[Rule], glyphs: Iterable[Glyph]
) -> list[Rule]:
    """The vertical (and, of a table with a ruled head only, horizontal) rules that a group of rules lacks."""
    top, bottom, left, right = group[0].at, group[-1].at, group[0].start, group[0].end
    inside = [
        rule
        for rule in merged
        if not rule.is_horizontal
        and left - _NEAR <= rule.at <= right + _NEAR
        and min(rule.end, bottom) - max(rule.start, top) > 0.5 * (bottom - top)
    ]
    inner = [rule for rule in inside if left + _NEAR < rule.at < right - _NEAR]
    outer = [
        Rule(False, x, top, bottom)
        for x in (left, right)
        if not any(abs(rule.at - x) <= _NEAR for rule in inside)
    ]
    if inner or not outer:
        return outer if inner else []
    within = [
        g for g in glyphs if g.turn == 0 and left - _NEAR < g.box.x0 < right and top < _middle(g) < bottom
    ]
    bands = [[g for g in within if upper.at < _middle(g) < lower.at] for upper, lower in pairwise(group)]
    rows = _rows_without_rules(bands, left, right) if len(group) == 3 else []
    columns = _from_ends(group, ends, left, right) or _from_gutters([*bands, *rows], left, right)
    if not columns or sum(bool(band) for band in bands) < 2:
        return []
    crossed = _between(group, bands, columns)
    return [*outer, *crossed, *(Rule(True, y, left, right) for y in _row_starts(rows))]


def _middle(glyph: Glyph) -> float:
    return (glyph.box.top + glyph.box.bottom) / 2


def _from_ends(group: Sequence[Rule], ends: Iterable[Rule], left: float, right: float) -> list[float]:
    """The x at which rules drawn cell by cell end inside the table, where most rules do so."""
    inner: dict[int, set[int]] = {}
    for number, rule in enumerate(group):
        for part in ends:
            if abs(part.at - rule.at) <= 3 and part.end > left and part.start < right:
                for x in (part.start, part.end):
                    if left + _NEAR < x < right - _NEAR:
                        inner.setdefault(round(x), set()).add(number)
    columns: list[float] = []
    for x in sorted(inner):
        numbers = inner[x] | inner.get(x - 1, set()) | inner.get(x + 1, set())
        if len(numbers) >= len(group) / 2:
            if columns and x - columns[-1] < 2 * _NEAR:
                columns[-1] = (columns[-1] + x) / 2
            else:
                columns.append(float(x))
    return columns


def _from_gutters(bands: Sequence[Sequence[Glyph]], left: float, right: float) -> list[float]:
    """The x of the white strips that nearly all rows leave free."""
    written = [band for band in bands if _has_gap(band)]
    if len(written) < 2:
        return []
    covered = [0] * (int(right - left) + 2)
    for band in written:
        points = {
            point
            for glyph in band
            if glyph.text.strip()
            for point in range(
                max(0, int(glyph.box.x0 - left)), min(len(covered), int(glyph.box.x1 - left) + 1)
            )
        }
        for point in points:
            covered[point] += 1
    allowed = _COVERED * len(written)
    first = next((x for x, count in enumerate(covered) if count > allowed), len(covered))
    last = next((x for x in range(len(covered) - 1, -1, -1) if covered[x] > allowed), -1)
    columns = []
    start = None
    for x in range(first, last + 1):
        if covered[x] <= allowed:
            start = x if start is None else start
        elif start is not None:
            if x - start >= _GUTTER:
                columns.append(left + x - 1.0)
            start = None
    return columns


def _has_gap(band: Sequence[Glyph]) -> bool:
    """Whether a row has a white strip; a heading over the whole width has none and says nothing of columns."""
    pieces = lines_of(band, split_at=_BLANK)
    return any(
        one.box.x1 < other.box.x0 and one.box.top < other.box.bottom and other.box.top < one.box.bottom
        for one in pieces
        for other in pieces
    )


def _between(group: Sequence[Rule], bands: Sequence[Sequence[Glyph]], columns: Sequence[float]) -> list[Rule]:
    """Vertical rules through each row; a row whose words cross a column's side has one cell there."""
    rules = []
    for upper, lower, band in zip(group, group[1:], bands, strict=False):
        free = [x for x in columns if not _spans(band, x)]
        is_full_width = len(free) < len(columns) and not _has_gap(band)
        rules += [Rule(False, x, upper.at, lower.at) for x in free if not is_full_width]
    return rules


def _spans(band: Sequence[Glyph], x: float) -> bool:
    """Whether words go on over x with no more than a blank between them."""
    return any(line.box.x0 < x - 1 and line.box.x1 > x + 1 for line in lines_of(band, split_at=_BLANK))


def _rows_without_rules(bands: Sequence[Sequence[Glyph]], left: float, right: float) -> list[list[Glyph]]:
    """The rows of a table whose head alone is ruled: one begins where the first column has words again."""
    body = bands[-1]
    columns = _from_gutters([list(bands[0]), list(body)], left, right)
    if not columns:
        return []
    lines = sorted(lines_of(body, split_at=1.0), key=lambda line: line.box.top)
    starts = _starts(lines, columns)
    rows = []
    for number, top in enumerate(starts):
        bottom = starts[number + 1] if number + 1 < len(starts) else float("inf")
        rows.append([glyph for glyph in body if top <= _middle(glyph) < bottom])
    return rows


def _starts(lines: Sequence[Line], columns: Sequence[float]) -> list[float]:
    firsts = [line for line in lines if line.box.x0 < columns[0]]
    starts: list[float] = []
    for number, line in enumerate(firsts):
        beside = any(
            other.box.x0 >= columns[0] and abs(other.box.top - line.box.top) < 0.5 * line.size
            for other in lines
        )
        gap = line.box.top - firsts[number - 1].box.bottom if number else float("inf")
        if beside or gap > 0.8 * line.size:
            starts.append(line.box.top - 1)
    return starts


def _row_starts(rows: Sequence[Sequence[Glyph]]) -> list[float]:
    return [min(glyph.box.top for glyph in row) - 1 for row in rows[1:] if row]
