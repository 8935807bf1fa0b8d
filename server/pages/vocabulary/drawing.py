"""Draws boxes in columns and the arrows between them as SVG; the same boxes give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from pyoxigraph import NamedNode

from hytegraph.server.text.messages import Language

_WIDTH, _PAD, _GAP, _COLUMN_GAP, _TOP, _LEFT = 330, 8, 22, 70, 64, 12
_CHARACTERS = 54
# Lines of text; lines that lead somewhere are as tall as a finger needs (WCAG 2.5.8).
_LINE, _LINK = 16, 24
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="{role}" lang="{language}" viewBox="0 0 {width} {height}" '
    'width="{width}" height="{height}" aria-labelledby="diagram-title diagram-description" '
    'font-family="sans-serif" font-size="12">'
)
_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0,0 L8,4 L0,8 z" fill="#4a5568"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class Link:
    """A property of a class, by label, and what its values are, by label and class where it is one.

    `note` stands behind it; `href` is where it leads, '' for nowhere. A derived one is drawn broken, a quiet one
    without its arrow.
    """

    label: str
    values: str
    target: NamedNode | None
    note: str = ""
    href: str = ""
    is_derived: bool = False
    is_quiet: bool = False

    @property
    def text(self) -> str:
        """The line in the box."""
        arrow = "⇢" if self.is_derived else "→"
        return f"{self.label} {arrow} {self.values}" if self.values else self.label


@dataclass(frozen=True, slots=True)
class Box:
    """A class with its layer, the class above it and its properties."""

    node: NamedNode
    layer: str
    label: str
    above: NamedNode | None
    above_label: str
    links: tuple[Link, ...]
    note: str = ""
    href: str = ""

    @property
    def line(self) -> int:
        """How tall a line is drawn."""
        return _LINK if self.href else _LINE

    @property
    def height(self) -> int:
        """How tall the box is drawn."""
        return 2 * _PAD + self.line * (1 + len(self.links) + bool(self.above_label))


@dataclass(frozen=True, slots=True)
class _Place:
    x: int
    y: int
    height: int


def draw(boxes: Sequence[Box], layers: Mapping[str, str], texts: tuple[str, str], language: Language) -> str:
    """The boxes as an SVG document with a title and a description, a column for each layer.

    Arrows that lead somewhere are links, which only a drawing within the page can have.
    """
    order = tuple(layers)
    places = _places(boxes, order)
    title, description = texts
    width = _LEFT + len(layers) * (_WIDTH + _COLUMN_GAP)
    height = max((place.y + place.height for place in places.values()), default=_TOP) + _GAP
    has_links = any(box.href for box in boxes)
    parts = [
        _SVG.format(language=language, width=width, height=height, role="group" if has_links else "img"),
        f'<title id="diagram-title">{escape(title)}</title>',
        f'<desc id="diagram-description">{escape(description)}</desc>',
        _ARROW,
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_layer(number, name) for number, name in enumerate(layers.values())),
        *(
            _edge(box, link, places)
            for box in boxes
            for link in box.links
            if link.target in places and not link.is_quiet
        ),
        *(_drawn(box, places[box.node]) for box in boxes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _places(boxes: Sequence[Box], layers: Sequence[str]) -> dict[NamedNode, _Place]:
    """Where each box stands: a column per layer, from the top down."""
    places: dict[NamedNode, _Place] = {}
    bottoms = dict.fromkeys(layers, _TOP)
    for box in boxes:
        x = _LEFT + layers.index(box.layer) * (_WIDTH + _COLUMN_GAP)
        places[box.node] = _Place(x, bottoms[box.layer], box.height)
        bottoms[box.layer] += box.height + _GAP
    return places


def _layer(number: int, name: str) -> str:
    x = _LEFT + number * (_WIDTH + _COLUMN_GAP)
    return f'<text x="{x}" y="36" font-size="18" font-weight="bold" fill="#1a365d">{escape(name)}</text>'


def _edge(box: Box, link: Link, places: Mapping[NamedNode, _Place]) -> str:
    assert link.target
    start, end = places[box.node], places[link.target]
    y1 = start.y + _PAD + box.line * (1 + bool(box.above_label) + box.links.index(link)) + box.line // 2
    y2 = end.y + _PAD + _LINE // 2
    rightwards = end.x > start.x
    x1 = start.x + _WIDTH if end.x >= start.x else start.x
    x2 = end.x if rightwards else end.x + _WIDTH
    bend = _COLUMN_GAP - 12
    c1, c2 = x1 + (bend if end.x >= start.x else -bend), x2 + (-bend if rightwards else bend)
    dashes = ' stroke-dasharray="5 4"' if link.is_derived else ""
    return (
        f'<path d="M{x1},{y1} C{c1},{y1} {c2},{y2} {x2},{y2}" fill="none" stroke="#718096" stroke-width="1"{dashes} '
        f'marker-end="url(#arrow)"><title>{escape(f"{box.label}: {link.text}")}</title></path>'
    )


def _drawn(box: Box, place: _Place) -> str:
    lines = [_line(box.label, box.note, box.href, ' font-weight="bold"')]
    if box.above_label:
        lines.append(f'<tspan fill="#4a5568">⊑ {escape(box.above_label)}</tspan>')
    lines += [_line(link.text, link.note, link.href) for link in box.links]
    middle = place.y + _PAD + box.line // 2 + 4
    texts = "".join(
        f'<text x="{place.x + _PAD}" y="{middle + number * box.line}" fill="#1a202c">{line}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<g><rect x="{place.x}" y="{place.y}" width="{_WIDTH}" height="{place.height}" rx="4" fill="#f7fafc" '
        f'stroke="#2b6cb0"/>{texts}</g>'
    )


def _line(text: str, note: str, href: str, look: str = "") -> str:
    """A line of a box, its note whole; what leads somewhere is underlined."""
    shown = escape(_cut(text, _CHARACTERS - len(note)) + note)
    if not href:
        return f"<tspan{look}>{shown}</tspan>" if look else shown
    return f'<a href="{escape(href)}"><tspan{look} fill="#1a4f8a" text-decoration="underline">{shown}</tspan></a>'


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1] + "…"
