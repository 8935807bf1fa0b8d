"""Pieces of flattened lines: where they stand, and what kind of border lies before each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from hytegraph.graph.finnish.folding import squash
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner

_SEAM = re.compile(r"(?<=\s)(?=[A-ZÅÄÖ(\"”])")
_CONTINUED = re.compile(r"[\-–(/]$")
# A bracket or a count with its unit: what follows is another item.
_COMPLETE = re.compile(r"\)$|\b\d+\s?(?:krt|kpl)(?:\s?/\s?\w+)?$")
_CAPITAL = re.compile(r"[A-ZÅÄÖ]")
# A word that is no conjunction or unit.
_SMALL = re.compile(r"[a-zåäö]{4}")
# How much room a line must have left, so that its end is no wrap.
_MARGIN = 3
_NEW_ITEM = re.compile(r"[A-ZÅÄÖ0-9\-–\"”]")
# Marks that join or open the items of a list and belong to none of them.
_MARKS = " ,;"
_BULLETS = " -–"


class Border(Enum):
    """What lies between a piece and the one before it."""

    BLANK = "a blank line after a hard end"
    HARD = "a line end without a trailing blank"
    SOFT_BLANK = "a blank line after a trailing blank"
    SOFT = "a line end with a trailing blank"
    SEAM = "a capital inside a line"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one line that no cell border can cut."""

    line: int
    text: str
    border: Border


def pieces_of(document: SourceText, numbers: Iterable[int]) -> list[Piece]:
    """The pieces of the given lines in order; blank lines are told by the borders."""
    pieces: list[Piece] = []
    last = 0
    for number in numbers:
        line = document.line(number)
        if not line.strip():
            continue
        border = _border(document, last, number)
        for part in _SEAM.split(line):
            if part.strip():
                pieces.append(Piece(number, part, border))
                border = Border.SEAM
        last = number
    return pieces


def _border(document: SourceText, last: int, number: int) -> Border:
    if not last:
        return Border.BLANK
    soft = document.line(last).endswith(" ")
    if number > last + 1:
        return Border.SOFT_BLANK if soft else Border.BLANK
    return Border.SOFT if soft else Border.HARD


def items_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a cell grouped into its items: a new one begins where a line or its words have come to an end."""
    items: list[list[Piece]] = []
    width = max((len(line.rstrip()) for line in raw_lines(pieces)), default=0)
    for piece in pieces:
        if items and not _begins_item(items[-1], piece, width):
            items[-1].append(piece)
        else:
            items.append([piece])
    return items


def _begins_item(item: Sequence[Piece], piece: Piece, width: int) -> bool:
    """Whether the words go on as an item of their own.

    A capital or a number begins one after a hard end, and after a bracket or a quantity also where the line goes on;
    a small letter does where its word would still have fitted on the line that ends hard.
    """
    before = "".join(part.text for part in item)
    text = piece.text.lstrip()
    if (
        piece.border is Border.SEAM
        or _CONTINUED.search(before.rstrip())
        or before.count("(") > before.count(")")
    ):
        return False
    if piece.border in (Border.SOFT, Border.SOFT_BLANK):
        return bool(_COMPLETE.search(before.rstrip()) and _CAPITAL.match(text))
    last = raw_lines(item)[-1].rstrip()
    fits = len(last) + 1 + len(text.split()[0]) <= width - _MARGIN
    return bool(_NEW_ITEM.match(text) or (piece.border is Border.HARD and fits and _SMALL.match(text)))


def raw_lines(pieces: Iterable[Piece]) -> list[str]:
    """The raw text of the pieces line by line, trailing blanks kept."""
    lines: dict[int, str] = {}
    for piece in pieces:
        lines[piece.line] = lines.get(piece.line, "") + piece.text
    return list(lines.values())


def text_of(pieces: Sequence[Piece], cleaner: Cleaner) -> str:
    """The clean items of a cell, joined as values of one cell."""
    texts = (cleaner.clean(raw_lines(item)).strip(_MARKS).lstrip(_BULLETS) for item in items_of(pieces))
    return SEPARATOR.join(text for text in texts if text)


def spans_text(numbers: Iterable[int]) -> str:
    """The lines as written in tables."""
    return format_spans(spans_of(numbers))


def lines_holding(pieces: Sequence[Piece], words: str, start: int = 0) -> tuple[list[int], int]:
    """The lines that hold the words, found from character `start` on, and where the words end."""
    places = [piece.line for piece in pieces for character in piece.text if squash(character)]
    text = "".join(squash(piece.text) for piece in pieces)
    wanted = squash(words)
    at = text.find(wanted, start)
    at = at if at >= 0 else text.find(wanted)
    if at < 0:
        return sorted(set(places)), start
    return sorted(set(places[at : at + len(wanted)])), at + len(wanted)


def raw(document: SourceText, numbers: Iterable[int]) -> list[str]:
    """The raw lines of those numbers."""
    return [document.line(number) for number in numbers]
