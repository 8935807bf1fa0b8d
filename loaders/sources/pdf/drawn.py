"""What a page of a PDF draws, and a reader sees."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage

from hytegraph.loaders.sources.pdf.colours import Grounds, blots_out, rgb
from hytegraph.loaders.sources.pdf.page import Box, Colour, DrawnPage, Fill, Glyph, Rule

_THIN = 2.5
_STRAIGHT = 1.0
_LONG_ENOUGH = 3.0
_WIDEST_BULLET = 7.0
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0a8\u25cf\u25aa\u25a0\u2023\u25b6\u27a2\u2219\u2043"
_READABLE = str.maketrans(
    dict.fromkeys(_BULLETS, "•")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\xa0\u2009\u202f", " ")
    | dict.fromkeys("\ufeff\u200b", "")
)
_SYMBOLS = ("symbol", "wingding", "dingbat")
# In the encoding of most files an unused code is a bullet; pdfminer has no letter for it.
_BULLET_CODE = "(cid:127)"


def drawn_page(page: Any) -> DrawnPage:
    """What a page of pdfplumber draws and a reader sees: blotted out letters and those of their ground's colour go."""
    drawn = DrawnPage(page.page_number, float(page.width), float(page.height))
    seen: set[tuple[str, int, int]] = set()
    grounds = Grounds()
    for item in _items(page.layout):
        if isinstance(item, LTChar):
            _add_glyph(drawn, item, seen, grounds)
        elif isinstance(item, LTCurve):
            _add_shape(drawn, item, grounds)
        elif isinstance(item, LTImage):
            drawn.images += 1
            grounds.add(_box(drawn, item), None)
    drawn.glyphs += _drawn_bullets(drawn)
    return drawn


def _drawn_bullets(drawn: DrawnPage) -> list[Glyph]:
    """The bullets that are drawn as small shapes before a line."""
    bullets = []
    for box in drawn.marks:
        y = (box.top + box.bottom) / 2
        right = [g for g in drawn.glyphs if g.turn == 0 and g.box.top < y < g.box.bottom and g.text.strip()]
        following = min((g for g in right if g.box.x0 >= box.x1), key=lambda g: g.box.x0, default=None)
        if (
            following
            and following.box.x0 - box.x1 < 2 * following.size
            and box.x1 - box.x0 < 0.7 * following.size
        ):
            top, bottom = following.box.top, following.box.bottom
            bullets.append(Glyph("•", Box(box.x0, top, box.x1, bottom), following.size, False, 0))
    return bullets


def _items(container: LTContainer[Any]) -> Iterator[LTComponent]:
    stack = [iter(container)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTContainer):
            stack.append(iter(item))
        else:
            yield item


def _box(drawn: DrawnPage, item: LTComponent) -> Box:
    return Box(item.x0, drawn.height - item.y1, item.x1, drawn.height - item.y0)


def _add_glyph(drawn: DrawnPage, item: LTChar, seen: set[tuple[str, int, int]], grounds: Grounds) -> None:
    text, box = item.get_text(), _box(drawn, item)
    middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    # A letter printed twice, a fraction of a point apart, is a way to print it bold.
    place = (text, round(box.x0), round(box.top))
    on_page = 0 <= middle[0] <= drawn.width and 0 <= middle[1] <= drawn.height
    turn = _turn(item.matrix)
    if not on_page or turn is None or place in seen or grounds.hide(middle, rgb(item.graphicstate.ncolor)):
        return
    if text == _BULLET_CODE:
        text = "•"
    if text.startswith("(cid:"):
        drawn.unreadable += 1
        return
    if text.isspace() and box.x1 - box.x0 < 0.5:
        # A place where a word might have been divided.
        return
    seen.add(place)
    font = str(item.fontname).lower()
    text = _readable(text, any(name in font for name in _SYMBOLS))
    size = box.x1 - box.x0 if turn else box.bottom - box.top
    drawn.glyphs.append(Glyph(text, box, size, "bold" in font or "black" in font or "heavy" in font, turn))


def _turn(matrix: tuple[float, float, float, float, float, float]) -> int | None:
    """How a letter is turned; None where it is slanted across the page as a watermark is, or upside down."""
    across, up = matrix[0], matrix[1]
    if abs(up) <= abs(across) * 0.1:
        return 0 if across > 0 else None
    if abs(across) <= abs(up) * 0.1:
        return 90 if up > 0 else 270
    return None


def _readable(text: str, is_symbol: bool) -> str:
    if is_symbol and text in ("\xb7", "§", "ü", "Ø", "n", "l", "v", "q"):
        return "•"
    if any("\ufb00" <= letter <= "\ufb06" for letter in text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_READABLE)


def _add_shape(drawn: DrawnPage, item: LTCurve, grounds: Grounds) -> None:
    box = _box(drawn, item)
    points = [(x, drawn.height - y) for x, y in item.pts]
    corners = {(round(x, 1), round(y, 1)) for x, y in points}
    is_rectangle = len(corners) <= 4 and all(
        min(abs(x - box.x0), abs(x - box.x1)) < _STRAIGHT
        and min(abs(y - box.top), abs(y - box.bottom)) < _STRAIGHT
        for x, y in points
    )
    width, height = box.x1 - box.x0, box.bottom - box.top
    if is_rectangle and min(width, height) < _THIN:
        if (item.stroke or item.fill) and max(width, height) >= _LONG_ENOUGH:
            drawn.rules.append(_thin_rule(box))
        return
    if 1.2 < max(width, height) < _WIDEST_BULLET and abs(width - height) < 1:
        drawn.marks.append(box)
        return
    if item.stroke:
        drawn.rules += _sides(box) if is_rectangle else _straight_parts(points)
    if item.fill:
        colour = rgb(item.non_stroking_color)
        grounds.add(box, colour if is_rectangle else None)
        if colour is not None:
            if is_rectangle:
                _hide(drawn, box, colour)
            drawn.fills.append(Fill(box, colour, is_rectangle))


def _thin_rule(box: Box) -> Rule:
    if box.x1 - box.x0 >= box.bottom - box.top:
        return Rule(True, (box.top + box.bottom) / 2, box.x0, box.x1)
    return Rule(False, (box.x0 + box.x1) / 2, box.top, box.bottom)


def _sides(box: Box) -> list[Rule]:
    return [
        Rule(True, box.top, box.x0, box.x1),
        Rule(True, box.bottom, box.x0, box.x1),
        Rule(False, box.x0, box.top, box.bottom),
        Rule(False, box.x1, box.top, box.bottom),
    ]


def _straight_parts(points: list[tuple[float, float]]) -> list[Rule]:
    rules = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) < _STRAIGHT and abs(x0 - x1) >= _LONG_ENOUGH:
            rules.append(Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < _STRAIGHT and abs(y0 - y1) >= _LONG_ENOUGH:
            rules.append(Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return rules


def _hide(drawn: DrawnPage, box: Box, colour: Colour) -> None:
    """Leave out the letters that a later white or dark fill covers: somebody has blotted them out."""
    if not blots_out(colour):
        return
    drawn.glyphs[:] = [
        glyph
        for glyph in drawn.glyphs
        if not box.holds((glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2)
    ]
