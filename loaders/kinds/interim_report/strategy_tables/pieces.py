"""Pieces of flattened lines: where they stand, and what kind of border lies before each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from hytegraph.graph.finnish.folding import squash
from hytegraph.loaders.documents.document import SourceText, format_spans, spans_of
from hytegraph.loaders.documents.tables import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner

_SEAM = re.compile(r"(?<=\s)(?=[A-ZÅÄÖ(\"”])")
_CONTINUED = re.compile(r"[\-–(/]$")
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
    """The pieces of a cell grouped into its items: a new one begins after a hard end with a capital or a number."""
    items: list[list[Piece]] = []
    for piece in pieces:
        if items and not _begins_item(items[-1], piece):
            items[-1].append(piece)
        else:
            items.append([piece])
    return items


def _begins_item(item: Sequence[Piece], piece: Piece) -> bool:
    if piece.border not in (Border.HARD, Border.BLANK):
        return False
    before = "".join(part.text for part in item)
    if _CONTINUED.search(before.rstrip()) or before.count("(") > before.count(")"):
        return False
    return bool(_NEW_ITEM.match(piece.text.lstrip()))


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
