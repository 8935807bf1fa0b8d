"""The legend of a document: the words that it gives for the signs and colours of a status."""

import colorsys
import re
from collections.abc import Iterator, Mapping, Sequence

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.blocks import CELL, Placed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.profile.cells import Words
from hytegraph.loaders.profile.grids import words_of

Legend = Mapping[str, Words]

_SIGNS = "●◐○◑◒◓◔◕✓✔✗✘☑☒☐▲▼►◄■□◆◇★☆☺☹☻↑↓→↗↘+−–-"
_OF_SIGN = re.compile(rf"([{_SIGNS}]|\b[xX]\b)\s*[=:]\s*([^,;|\n{_SIGNS[:-3]}]+)")
_OF_COLOUR = re.compile(r"\b([^\W\d]{3,12})\s*(?:=|:|\s[–-]\s)\s*([^,;.|\n=]+)")
# The name of a colour in Finnish and Swedish → where it stands on the circle of hues, from 0 to 360; grey has none.
_HUES = {
    "vihreä": 110, "grön": 110, "keltainen": 55, "gul": 55, "oranssi": 35, "orange": 35, "punainen": 0, "röd": 0,
    "sininen": 215, "blå": 215, "violetti": 285, "lila": 285, "harmaa": -1, "grå": -1, "valkoinen": -1, "vit": -1,
}  # fmt: skip
_GREY = 0.15
_FARTHEST = 45


def legend_of(placed: Sequence[Placed]) -> Legend:
    """The words for each sign, name of a colour and colour such as `#92D050`, with the lines that give them."""
    found: dict[str, Words] = {}
    for key, words in _entries(placed):
        found.setdefault(key, words)
    return found


def legend_by(given: Mapping[str, str], document: SourceText) -> Legend:
    """The legend that a profile gives, each word with the lines of the document that have it.

    Raises DocumentError for words that the document has not: a status is stated as printed.
    """
    own = legend_of(document.placed)
    return {sign: _cited(sign, words, own, document) for sign, words in given.items()}


def _cited(sign: str, words: str, own: Legend, document: SourceText) -> Words:
    if sign in own and own[sign].text == words:
        return own[sign]
    for number, line in enumerate(document.lines, 1):
        if words and words in line:
            return Words(words, (number,))
    reason = Reason(
        "the profile says that '{sign}' means '{words}', which the document nowhere says",
        sign=sign,
        words=words,
    )
    raise DocumentError(document.name, reason)


def _entries(placed: Sequence[Placed]) -> Iterator[tuple[str, Words]]:
    for at, block in enumerate(placed):
        for number, line in enumerate(block.block.text.split("\n"), block.span.first):
            for match in _OF_SIGN.finditer(line):
                yield match[1], Words(match[2].strip(" ."), (number,))
            for match in _OF_COLOUR.finditer(line):
                if match[1].casefold() in _HUES:
                    yield match[1].casefold(), Words(match[2].strip(), (number,))
        beside = placed[at + 1] if at + 1 < len(placed) else None
        if beside and _is_key(block) and _is_beside(block, beside) and 0 < len(words_of(beside)) < 60:
            key = f"#{block.block.fill}" if block.block.fill else words_of(block)
            yield key, Words(words_of(beside), tuple(beside.span.numbers()))


def _is_key(block: Placed) -> bool:
    """Whether a first cell of a row has nothing but a colour or a sign."""
    text = words_of(block)
    return (
        block.block.kind == CELL
        and block.block.column == 1
        and ((not text and bool(block.block.fill)) or (len(text) == 1 and text in _SIGNS[:-3]))
    )


def _is_beside(block: Placed, beside: Placed) -> bool:
    first, second = block.block, beside.block
    return (first.sheet, first.table, first.row) == (second.sheet, second.table, second.row)


def meaning_of(colour: str, legend: Legend) -> Words | None:
    """The legend's words for a colour such as `92D050`: those of the very colour, else of the nearest name."""
    if exact := legend.get(f"#{colour}"):
        return exact
    hue = _hue(colour)
    named = [(_distance(hue, _HUES[name]), name) for name in legend if name in _HUES]
    near = [(distance, name) for distance, name in named if distance <= _FARTHEST]
    return legend[min(near)[1]] if near else None


def _hue(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return -1 if saturation < _GREY else hue * 360


def _distance(hue: float, other: float) -> float:
    if hue < 0 or other < 0:
        return 0 if hue == other else 360
    apart = abs(hue - other)
    return min(apart, 360 - apart)
