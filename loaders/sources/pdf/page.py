"""What is on a page of a PDF: letters, rules and fills, with the upper left corner of the page as origin (points)."""

from dataclasses import dataclass, field
from typing import NamedTuple

Colour = tuple[float, float, float]


class Box(NamedTuple):
    """A rectangle on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies within."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @property
    def area(self) -> float:
        """In square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """The area that both cover."""
        x0, top = max(self.x0, other.x0), max(self.top, other.top)
        return Box(x0, top, min(self.x1, other.x1), min(self.bottom, other.bottom)).area


class Glyph(NamedTuple):
    """A letter; `turn` is 0, 90 (read upwards) or 270 (read downwards)."""

    text: str
    box: Box
    size: float
    is_bold: bool
    turn: int


class Rule(NamedTuple):
    """A straight line: `at` is its y if it is horizontal, its x otherwise; it goes from `start` to `end`."""

    is_horizontal: bool
    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A filled shape; `colour` is red, green and blue from 0 to 1."""

    box: Box
    colour: Colour
    is_rectangle: bool

    @property
    def code(self) -> str:
        """Such as `92D050`."""
        return "".join(f"{round(part * 255):02X}" for part in self.colour)


@dataclass(slots=True)
class DrawnPage:
    """The letters, rules and fills of a page, and the small shapes (marks) that may be bullets."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    images: int = 0
    unreadable: int = 0
