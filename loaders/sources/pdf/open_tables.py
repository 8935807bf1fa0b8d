"""Tables drawn with horizontal rules only, or open at their sides: the vertical rules that they lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hytegraph.loaders.sources.pdf.beyond import Sides, rows_beyond
from hytegraph.loaders.sources.pdf.columns import columns_from_ends, columns_from_gutters, has_gap, spans
from hytegraph.loaders.sources.pdf.lines import BLANK, Line, lines_of
from hytegraph.loaders.sources.pdf.page import Glyph, Rule

_NEAR = 5.0
_FARTHEST = 500.0
_LARGER = 1.12
_MORE_PADDING = 8.0


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two horizontal rules that follow each other."""

    top: float
    bottom: float
    glyphs: list[Glyph]
    columns: list[float]
    is_straddled: bool

    @property
    def padding(self) -> float:
        """From the upper rule to the words."""
        return min(glyph.box.top for glyph in self.glyphs) - self.top

    @property
    def size(self) -> float:
        """That of the letters."""
        return median(glyph.size for glyph in self.glyphs)


def with_open_sides(merged: list[Rule], drawn: Iterable[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """The rules and, where a table has horizontal ones only, vertical ones between its columns."""
    ends = [rule for rule in drawn if rule.is_horizontal]
    upright = [glyph for glyph in glyphs if glyph.turn == 0 and glyph.text.strip()]
    added: list[Rule] = []
    pieces: list[Line] | None = None
    for full in _groups(merged):
        pieces = lines_of(upright, split_at=BLANK) if pieces is None else pieces
        table = Sides(full[0].start, full[0].end)
        for run in _runs(_bands(full, merged, upright, pieces)):
            ruled = [band for band in run if band.columns]
            if ruled:
                table.columns = ruled[0].columns
                added += _outer(ruled, merged, table) + _rows_between(run, merged, table)
            elif sum(bool(band.glyphs) for band in run) >= 2:
                added += _open_table(run, ends, table)
            else:
                continue
            if table.columns:
                edges = [rule.at for rule in merged if rule.is_horizontal and table.meets(rule)]
                added += rows_beyond(table, run[0].top, run[-1].bottom, pieces, edges)
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
    tables = [group for group in groups if len(group) >= 2]
    return [group for group in tables if not any(_is_within(group, other) for other in tables)]


def _is_within(group: Sequence[Rule], other: Sequence[Rule]) -> bool:
    """Whether the rules lie inside wider ones: they divide only some columns of the same table."""
    return (
        other[0].end - other[0].start > group[0].end - group[0].start + _NEAR
        and other[0].start - _NEAR < group[0].start
        and group[0].end < other[0].end + _NEAR
        and other[0].at <= group[0].at
        and group[-1].at <= other[-1].at
    )


def _bands(
    full: Sequence[Rule], merged: Iterable[Rule], glyphs: Sequence[Glyph], pieces: Sequence[Line]
) -> list[_Band]:
    """The bands of rules over the full width, and of shorter ones between them."""
    left, right = full[0].start, full[0].end
    within = [glyph for glyph in glyphs if left - _NEAR < glyph.box.x0 and glyph.box.x1 < right + _NEAR]
    rules = list(merged)
    ys = {
        rule.at
        for rule in rules
        if rule.is_horizontal
        and full[0].at <= rule.at <= full[-1].at
        and rule.start > left - _NEAR
        and rule.end < right + _NEAR
    }
    inner = [rule for rule in rules if not rule.is_horizontal and left + _NEAR < rule.at < right - _NEAR]
    bands = []
    for top, bottom in pairwise(sorted(ys)):
        bands.append(
            _Band(
                top,
                bottom,
                [glyph for glyph in within if top < _middle(glyph) < bottom],
                [
                    rule.at
                    for rule in inner
                    if min(rule.end, bottom) - max(rule.start, top) > 0.8 * (bottom - top)
                ],
                any(
                    top < (piece.box.top + piece.box.bottom) / 2 < bottom
                    and any(piece.box.x0 < x - 1 and piece.box.x1 > x + 1 for x in (left, right))
                    for piece in pieces
                ),
            )
        )
    return bands


def _middle(glyph: Glyph) -> float:
    return (glyph.box.top + glyph.box.bottom) / 2


def _runs(bands: Sequence[_Band]) -> list[list[_Band]]:
    """Bands of one table, with nothing between that is no row."""
    rows = [band for band in bands if band.glyphs and (band.columns or has_gap(band.glyphs))]
    padding = median(band.padding for band in rows) if rows else 0.0
    size = median(band.size for band in rows) if rows else 0.0
    runs: list[list[_Band]] = [[]]
    for band in bands:
        if band.columns or (not band.is_straddled and _is_row(band, padding, size)):
            runs[-1].append(band)
        else:
            runs.append([])
    return [run for run in runs if run]


def _is_row(band: _Band, padding: float, size: float) -> bool:
    """Whether a band may be a row: an empty one is the space between two tables, and so is one with a heading."""
    if not band.glyphs:
        return False
    is_apart = band.size > _LARGER * size or band.padding > padding + _MORE_PADDING
    return has_gap(band.glyphs) or not is_apart


def _outer(ruled: Sequence[_Band], merged: Iterable[Rule], table: Sides) -> list[Rule]:
    """The outer sides of a table that has inner ones only."""
    return [
        Rule(False, x, band.top, band.bottom)
        for band in ruled
        for x in (table.left, table.right)
        if not _is_closed(band, x, merged)
    ]


def _is_closed(band: _Band, x: float, merged: Iterable[Rule]) -> bool:
    return any(
        not rule.is_horizontal
        and abs(rule.at - x) <= _NEAR
        and min(rule.end, band.bottom) - max(rule.start, band.top) > 0.5 * (band.bottom - band.top)
        for rule in merged
    )


def _rows_between(run: Sequence[_Band], merged: Iterable[Rule], table: Sides) -> list[Rule]:
    """The sides of rows without any among rows that have them: those without a ground, or over the full width."""
    ruled = [band for band in run if band.columns]
    is_open = not all(_is_closed(ruled[0], x, merged) for x in (table.left, table.right))
    rules = []
    for band in run:
        if band.columns or all(_is_closed(band, x, merged) for x in (table.left, table.right)):
            continue
        is_split = has_gap(band.glyphs) and not any(spans(band.glyphs, x) for x in table.columns)
        if is_split or is_open:
            xs = table.columns if is_split else []
            rules += [Rule(False, x, band.top, band.bottom) for x in (table.left, *xs, table.right)]
    return rules


def _open_table(run: Sequence[_Band], ends: Sequence[Rule], table: Sides) -> list[Rule]:
    """The vertical rules of a table without any and, where its head alone is ruled, the horizontal ones of its rows."""
    left, right = table.left, table.right
    bands = [band.glyphs for band in run]
    ys = [run[0].top, *(band.bottom for band in run)]
    rows = _rows_without_rules(bands, left, right) if len(run) == 2 else []
    table.columns = columns_from_ends(ys, ends, left, right)
    table.columns = table.columns or columns_from_gutters([*bands, *rows], left, right)
    if not table.columns:
        return []
    rules = [Rule(False, x, run[0].top, run[-1].bottom) for x in (left, right)]
    for band in run:
        free = [x for x in table.columns if not spans(band.glyphs, x)]
        if len(free) == len(table.columns) or has_gap(band.glyphs):
            rules += [Rule(False, x, band.top, band.bottom) for x in free]
    return [*rules, *(Rule(True, min(g.box.top for g in row) - 1, left, right) for row in rows[1:] if row)]


def _rows_without_rules(bands: Sequence[list[Glyph]], left: float, right: float) -> list[list[Glyph]]:
    """The rows of a table whose head alone is ruled: one begins where the first column has words again."""
    body = bands[-1]
    columns = columns_from_gutters(bands, left, right)
    if not columns:
        return []
    lines = sorted(lines_of(body, split_at=1.0), key=lambda line: line.box.top)
    starts = _starts(lines, columns[0])
    rows = []
    for number, top in enumerate(starts):
        bottom = starts[number + 1] if number + 1 < len(starts) else float("inf")
        rows.append([glyph for glyph in body if top <= _middle(glyph) < bottom])
    return rows


def _starts(lines: Sequence[Line], column: float) -> list[float]:
    firsts = [line for line in lines if line.box.x0 < column]
    starts: list[float] = []
    for number, line in enumerate(firsts):
        is_beside = any(
            other.box.x0 >= column and abs(other.box.top - line.box.top) < 0.5 * line.size for other in lines
        )
        gap = line.box.top - firsts[number - 1].box.bottom if number else float("inf")
        if gap > 0.8 * line.size or (is_beside and gap > -0.5 * line.size):
            starts.append(line.box.top - 1)
    return starts
