"""Colours of a PDF, and what they hide."""

from functools import lru_cache
from typing import Any

from hytegraph.loaders.sources.pdf.page import Box, Colour

_WHITE = (1.0, 1.0, 1.0)
_DARK = 0.35


class Grounds:
    """What lies behind letters, in the order of drawing; the colour of a picture, pattern or curve is not known."""

    def __init__(self) -> None:
        self._boxes: list[tuple[Box, Colour | None]] = []
        self._colours = {_WHITE}
        self._known: dict[Colour, bool] = {}

    def add(self, box: Box, colour: Colour | None) -> None:
        """Something drawn over the page."""
        self._boxes.append((box, colour))
        if colour and colour not in self._colours:
            self._colours.add(colour)
            self._known.clear()

    def hide(self, middle: tuple[float, float], colour: Colour | None) -> bool:
        """Whether a letter of this colour has the colour of what was drawn last at its place."""
        if colour is None or not self._is_of_a_ground(colour):
            return False
        ground = next((ground for box, ground in reversed(self._boxes) if box.holds(*middle)), _WHITE)
        return ground is not None and _is_like(ground, colour)

    def _is_of_a_ground(self, colour: Colour) -> bool:
        """Whether any ground has this colour; hardly any letter has, and a page has few colours."""
        if colour not in self._known:
            self._known[colour] = any(_is_like(ground, colour) for ground in self._colours)
        return self._known[colour]


def _is_like(one: Colour, other: Colour) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2])) < 0.03


def is_white(colour: Colour) -> bool:
    """Whether it cannot be told from paper."""
    return min(colour) > 0.97


def blots_out(colour: Colour) -> bool:
    """Whether a fill of this colour hides what was printed before it: others may be seen through."""
    return is_white(colour) or _brightness(colour) < _DARK


def _brightness(colour: Colour) -> float:
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def rgb(colour: Any) -> Colour | None:
    """Red, green and blue of a colour of pdfminer (grey, RGB or CMYK); None where it is a pattern or not given."""
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    try:
        return _rgb(parts)
    except TypeError:
        # A part that cannot be hashed is no number.
        return None


@lru_cache(maxsize=1024)
def _rgb(parts: tuple[Any, ...]) -> Colour | None:
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return None
    values = [min(1.0, max(0.0, float(part))) for part in parts]
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None
