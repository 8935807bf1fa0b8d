"""Letters put together to lines of words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hytegraph.loaders.sources.pdf.page import Box, Glyph

_WORD_GAP = 0.17
# A blank over which the next letter is printed divides no words.
_LEAST_GAP = 0.04
# A gap wider than this many sizes of the letters is more than a blank between words.
BLANK = 0.45
_SAME_LINE = 0.45
_LONGEST_REST = 3
_SOFT_HYPHEN = "\xad"
_CONJUNCTIONS = frozenset(("ja", "tai", "sekä", "eli", "och", "eller", "samt"))
_RANGE = re.compile(r"\d[–-]\n\d")
BULLET = re.compile(r"(?:•|◦|○|–|—|-|\*|o(?=\s\S))\s+(?=\S)|•(?=\S)")
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-zA-ZåäöÅÄÖ])[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, the box around them, the size of the letters (points) and whether all are bold."""

    text: str
    box: Box
    size: float
    is_bold: bool
    turn: int = 0


def lines_of(glyphs: Iterable[Glyph], *, split_at: float = 0.0) -> list[Line]:
    """The lines that the letters make, upright ones first, from above; a gap of `split_at` sizes ends a line."""
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    lines = []
    for turn in sorted(by_turn):
        for row in _rows(by_turn[turn]):
            lines += [_line(part) for part in _parts(row, split_at)]
    return [line for line in lines if line.text]


def _across(glyph: Glyph) -> tuple[float, float]:
    """Where a letter begins and ends in the direction in which it is read."""
    box = glyph.box
    if glyph.turn == 0:
        return box.x0, box.x1
    return (-box.bottom, -box.top) if glyph.turn == 90 else (box.top, box.bottom)


def _middle(glyph: Glyph) -> float:
    """Where a letter lies in the direction in which lines follow each other."""
    box = glyph.box
    if glyph.turn == 0:
        return (box.top + box.bottom) / 2
    middle = (box.x0 + box.x1) / 2
    return middle if glyph.turn == 90 else -middle


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    at = size = 0.0
    for glyph in sorted(glyphs, key=_middle):
        middle = _middle(glyph)
        if not rows or middle - at > _SAME_LINE * max(size, glyph.size):
            rows.append([])
            at, size = middle, glyph.size
        elif glyph.size > size:
            at, size = middle, glyph.size
        rows[-1].append(glyph)
    return rows


def _parts(row: list[Glyph], split_at: float) -> list[list[Glyph]]:
    row = sorted(row, key=_across)
    if not split_at:
        return [row]
    parts: list[list[Glyph]] = []
    end = 0.0
    for glyph in (glyph for glyph in row if glyph.text.strip()):
        start, stop = _across(glyph)
        if not parts or start - end > split_at * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
        end = stop
    for part in parts:
        first, last = _across(part[0])[0], _across(part[-1])[1]
        part += [glyph for glyph in row if not glyph.text.strip() and first < _across(glyph)[0] < last]
        part.sort(key=_across)
    return parts


def _line(glyphs: Sequence[Glyph]) -> Line:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return Line("", Box(0, 0, 0, 0), 0, False)
    text = inked[0].text
    before = inked[0]
    has_blank = False
    for glyph in glyphs[1:]:
        if not glyph.text.strip():
            has_blank = True
            continue
        if glyph is not before:
            gap = (_across(glyph)[0] - _across(before)[1]) / max(glyph.size, before.size)
            text += (" " if gap > (_LEAST_GAP if has_blank else _WORD_GAP) else "") + glyph.text
        before, has_blank = glyph, False
    sizes = sorted(glyph.size for glyph in inked)
    letters = [glyph for glyph in inked if glyph.text.isalnum()] or inked
    return Line(
        " ".join(text.split()),
        around(glyph.box for glyph in inked),
        sizes[len(sizes) // 2],
        all(glyph.is_bold for glyph in letters),
        inked[0].turn,
    )


def around(boxes: Iterable[Box]) -> Box:
    """The box around some boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def joined(texts: Iterable[str]) -> str:
    """Lines one below the other; a word divided by a soft hyphen is whole again, on the first of its lines."""
    text = ""
    for line in texts:
        if text and _RANGE.search(f"{text[-2:]}\n{line[:1]}"):
            # A range of years, `2025–` and `2028`, is not told by its first line alone.
            word, _, rest = line.partition(" ")
            text += word + (f"\n{rest}" if rest else "")
        elif text.endswith(_SOFT_HYPHEN) and line:
            word, _, rest = line.partition(" ")
            text = text[:-1] + word + (f"\n{rest}" if rest else "")
        else:
            text = f"{text}\n{line}" if text else line
    return text.replace(_SOFT_HYPHEN, "")


def heading_text(lines: Sequence[Line], right: float = 0.0) -> str:
    """The lines of a heading as one; a word divided at the end of a line, or broken before `right`, is whole again."""
    text = ""
    before: Line | None = None
    for line in lines:
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + line.text
        elif text.endswith("-"):
            text = _joined_at_hyphen(text, line.text)
        elif before and right and _is_broken(before, line, right):
            text += line.text
        else:
            text += (" " if text else "") + line.text
        before = line
    return text.replace(_SOFT_HYPHEN, "")


def _joined_at_hyphen(text: str, following: str) -> str:
    """The hyphen goes where it only divides a word; it stays between like vowels (`linja-auto`) and before `ja`."""
    first = following.split()[0].strip(",.;:")
    if first in _CONJUNCTIONS or not text[-2:-1].isalnum():
        return f"{text} {following}"
    is_divided = text[-2].isalpha() and first[:1].islower() and text[-2].lower() != first[0]
    return (text[:-1] if is_divided else text) + following


def _is_broken(line: Line, following: Line, right: float) -> bool:
    """Whether a word wider than its cell broke without a hyphen: no letter had place, and a few letters follow."""
    rest = following.text
    if line.turn or " " in line.text or not line.text[-1:].isalpha() or len(line.text) < 4:
        return False
    if " " in rest or not rest.islower() or len(rest) > _LONGEST_REST or rest in _CONJUNCTIONS:
        return False
    width = max((part.box.x1 - part.box.x0) / len(part.text) for part in (line, following))
    return line.box.x1 + width > right
