"""Letters put together to lines of words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hytegraph.loaders.sources.pdf.drawn import Box, Glyph

_WORD_GAP = 0.17
_SAME_LINE = 0.45
_SOFT_HYPHEN = "\xad"
_CONJUNCTIONS = frozenset(("ja", "tai", "sekä", "eli", "och", "eller", "samt"))
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
    text = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        gap = _across(glyph)[0] - _across(before)[1]
        text.append((" " if gap > _WORD_GAP * max(glyph.size, before.size) else "") + glyph.text)
    sizes = sorted(glyph.size for glyph in inked)
    letters = [glyph for glyph in inked if glyph.text.isalnum()] or inked
    return Line(
        " ".join("".join(text).split()),
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
        if text.endswith(_SOFT_HYPHEN) and line:
            word, _, rest = line.partition(" ")
            text = text[:-1] + word + (f"\n{rest}" if rest else "")
        else:
            text = f"{text}\n{line}" if text else line
    return text.replace(_SOFT_HYPHEN, "")


def heading_text(lines: Sequence[str]) -> str:
    """The lines of a heading as one, with words divided by a hyphen at a line's end whole again."""
    text = ""
    for line in joined(lines).split("\n"):
        if not text:
            text = line
        elif text.endswith("-") and _is_divided(text, line):
            text = text[:-1] + line
        else:
            text += ("" if text.endswith("-") and line[:1].isupper() else " ") + line
    return text


def _is_divided(text: str, line: str) -> bool:
    """Whether the hyphen at the line's end only divides a word; it stays between like vowels (`linja-auto`)."""
    word = line.split()[0].strip(",.;:") if line.split() else ""
    is_letter_before = text[-2:-1].isalpha()
    return (
        is_letter_before and word[:1].islower() and word not in _CONJUNCTIONS and text[-2].lower() != word[0]
    )


def is_broken_inside(text: str, line: Line, following: str, right: float) -> bool:
    """Whether a line broke inside a word that was wider than its cell: not one more letter had place before `right`."""
    if " " in text or not text[-1:].isalpha() or not following[:1].islower() or len(text) < 4:
        return False
    if following.split()[0].strip(",.;:") in _CONJUNCTIONS:
        return False
    width = (line.box.x1 - line.box.x0) / max(1, len(line.text))
    return line.box.x1 + width > right
