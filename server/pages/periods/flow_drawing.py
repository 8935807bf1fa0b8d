"""A flow as geometry: two columns of bars with their names beside them, and a band for each link.

It is drawn twice, for a wide page and for a phone, because texts must keep their size; the style sheet shows one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from hytegraph.server.pages.periods.flow import Flow, FlowLink, Node

_SYLLABLE = re.compile("[bcdfghjklmnpqrstvwxz][aeiouyåäö]")
_BAR, _PAD, _GAP = 8.0, 6.0, 8.0
# A goal that counts once is so high; by measures the largest is so high, and none is lower than the least.
_ONE, _HIGHEST, _LEAST, _PER_END = 26.0, 90.0, 4.0, 7.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide a drawing and the names on each side are, and how these are broken; in units of the drawing."""

    name: str
    width: float
    names: float
    characters: int
    lines: int
    line: float


LAYOUTS = (Layout("wide", 1000.0, 350.0, 44, 2, 16.0), Layout("narrow", 360.0, 122.0, 17, 4, 13.0))


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A bar with the lines of its name, each with its base line; the names of the later side start at `text_x`."""

    node: Node
    x: float
    y: float
    height: float
    text_x: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """The outline of a link's band."""

    link: FlowLink
    path: str

    @property
    def look(self) -> str:
        """Its classes in the style sheet: those of one look are drawn as one path."""
        is_ended = self.link.left.is_end or self.link.right.is_end
        kinds = ["accepted" if self.link.is_accepted else "suggested"]
        if is_ended or not self.link.is_continued:
            kinds.append("ended" if is_ended else "shared")
        return " ".join(kinds)


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """A flow in a layout."""

    layout: Layout
    height: float
    bar: float
    left: tuple[DrawnNode, ...]
    right: tuple[DrawnNode, ...]
    bands: tuple[DrawnBand, ...]


def draw_flow(flow: Flow, layout: Layout) -> FlowDrawing:
    """The drawing of a flow."""
    counts: Mapping[str, int] = _counts(flow.links)
    most = max((node.weight for node in (*flow.left, *flow.right) if not node.is_end), default=1)
    per_end = _HIGHEST / most if flow.is_grouped else _PER_END
    heights = {
        node.key: _height(node, counts.get(node.key, 0), most, per_end) for node in (*flow.left, *flow.right)
    }
    left = _column(flow.left, layout, heights, is_left=True)
    right = _column(flow.right, layout, heights, is_left=False)
    height = max(
        (node.y + max(node.height, layout.line * len(node.lines)) for node in (*left, *right)), default=0
    )
    return FlowDrawing(layout, height + _GAP, _BAR, left, right, _bands(flow.links, left, right, counts))


def _counts(links: Iterable[FlowLink]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for link in links:
        counts[link.left.key] += link.count
        counts[link.right.key] += link.count
    return counts


def _column(
    nodes: Iterable[Node], layout: Layout, heights: Mapping[str, float], *, is_left: bool
) -> tuple[DrawnNode, ...]:
    x = layout.names if is_left else layout.width - layout.names - _BAR
    text_x = layout.names - _PAD if is_left else layout.width - layout.names + _PAD
    drawn, y = [], _GAP
    for node in nodes:
        height = heights[node.key]
        lines = wrap(
            hyphenated(node.link.text, layout.characters),
            layout.characters,
            max_lines=layout.lines,
            placeholder=" …",
        )
        text_height = layout.line * len(lines)
        room = max(height, text_height)
        first = y + (room - text_height) / 2 + layout.line * 0.75
        placed = tuple((line, round(first + place * layout.line, 1)) for place, line in enumerate(lines))
        drawn.append(DrawnNode(node, x, round(y + (room - height) / 2, 1), round(height, 1), text_x, placed))
        y += room + _GAP
    return tuple(drawn)


def hyphenated(text: str, most: int) -> str:
    """The text with words of more than so many letters divided before a syllable, as Finnish has them.

    >>> hyphenated("Kaupunkiympäristömme on", 16)
    'Kaupunkiympäris- tömme on'
    """
    return " ".join(piece for word in text.split() for piece in _pieces(word, most))


def _pieces(word: str, most: int) -> Iterator[str]:
    while len(word) > most:
        cut = max((found.start() for found in _SYLLABLE.finditer(word[: most + 1], 2)), default=most - 1)
        yield f"{word[:cut]}-"
        word = word[cut:]
    yield word


def _height(node: Node, count: int, most: int, per_end: float) -> float:
    if node.is_end:
        return max(_ONE, per_end * count)
    return _ONE if most <= 1 else max(_LEAST, _HIGHEST * node.weight / most)


def _bands(
    links: Iterable[FlowLink],
    left: Sequence[DrawnNode],
    right: Sequence[DrawnNode],
    counts: Mapping[str, int],
) -> tuple[DrawnBand, ...]:
    starts, ends = ({drawn.node.key: drawn for drawn in side} for side in (left, right))
    order = {drawn.node.key: place for side in (left, right) for place, drawn in enumerate(side)}
    taken: dict[str, float] = defaultdict(float)
    tops: dict[tuple[FlowLink, str], float] = {}
    listed = tuple(links)
    for key in ("left", "right"):
        # At each bar the bands stand in the order of their other ends, so that they do not cross there.
        other = "right" if key == "left" else "left"
        for link in sorted(listed, key=lambda link: order[getattr(link, other).key]):
            drawn = (starts if key == "left" else ends)[getattr(link, key).key]
            tops[link, key] = drawn.y + taken[f"{key} {drawn.node.key}"]
            taken[f"{key} {drawn.node.key}"] += drawn.height * link.count / counts[drawn.node.key]
    return tuple(
        DrawnBand(
            link,
            _path(
                (starts[link.left.key], tops[link, "left"]),
                (ends[link.right.key], tops[link, "right"]),
                link.count / counts[link.left.key],
                link.count / counts[link.right.key],
            ),
        )
        for link in listed
    )


def _path(
    start: tuple[DrawnNode, float], end: tuple[DrawnNode, float], start_share: float, end_share: float
) -> str:
    (left, top), (right, end_top) = start, end
    x, end_x = left.x + _BAR, right.x
    middle = (x + end_x) / 2
    bottom, end_bottom = top + left.height * start_share, end_top + right.height * end_share
    return (
        f"M{x:.0f} {top:.0f}C{middle:.0f} {top:.0f} {middle:.0f} {end_top:.0f} {end_x:.0f} {end_top:.0f}"
        f"V{end_bottom:.0f}C{middle:.0f} {end_bottom:.0f} {middle:.0f} {bottom:.0f} {x:.0f} {bottom:.0f}Z"
    )
