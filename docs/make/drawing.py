"""Draws boxes and arrows as SVG, for the drawings of the architecture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 150, 44, 26, 56, 24
MOST_IN_A_ROW = 5
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#12302f;text-anchor:middle}"
    ".note{font-size:11px;fill:#44605f}"
    ".box{fill:#fff;stroke:#0c5c5c;stroke-width:1.5}"
    ".data{fill:#f3efe2;stroke:#8a7a45}"
    ".edge{fill:none;stroke:#6d8887;stroke-width:1.3}"
    ".flow{fill:none;stroke:#0c5c5c;stroke-width:4}"
    ".circle{stroke:#b3261e;stroke-dasharray:5 3}"
)
MARKERS = (
    '<marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#6d8887"/></marker>'
    '<marker id="f" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="4" markerHeight="4" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#0c5c5c"/></marker>'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, a line below the name, and the centre of its top edge."""

    name: str
    note: str
    x: int
    y: int
    kind: str = "box"


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from a box to another: `edge`, `edge circle` or `flow`; `label` stands at its middle."""

    start: str
    end: str
    kind: str = "edge"
    label: str = ""


def rows_of(rows: Sequence[Sequence[tuple[str, str]]]) -> list[Box]:
    """Boxes in rows, each row centred; a long row is broken."""
    broken = [
        row[begin : begin + MOST_IN_A_ROW] for row in rows for begin in range(0, len(row), MOST_IN_A_ROW)
    ]
    widest = max(map(len, broken))
    span = WIDTH + GAP_X
    boxes = []
    for line, row in enumerate(broken):
        left = MARGIN + WIDTH // 2 + (widest - len(row)) * span // 2
        y = MARGIN + line * (HEIGHT + GAP_Y)
        boxes += [Box(name, note, left + place * span, y) for place, (name, note) in enumerate(row)]
    return boxes


def svg(title: str, boxes: Sequence[Box], arrows: Iterable[Arrow]) -> str:
    """The drawing; `title` is read aloud in its place."""
    place = {box.name: box for box in boxes}
    width = max(box.x for box in boxes) + WIDTH // 2 + MARGIN
    height = max(box.y for box in boxes) + HEIGHT + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style><defs>{MARKERS}</defs>",
        f'<rect width="{width}" height="{height}" fill="#fbfcfb"/>',
    ]
    lines += [_path(place[arrow.start], place[arrow.end], arrow) for arrow in arrows]
    lines += map(_box, boxes)
    return "\n".join([*lines, "</svg>\n"])


def _path(start: Box, end: Box, arrow: Arrow) -> str:
    marker = "f" if arrow.kind == "flow" else "a"
    if start.y == end.y:
        side = 1 if end.x > start.x else -1
        x1, y1 = start.x + side * WIDTH // 2, start.y + HEIGHT // 2
        x2, y2 = end.x - side * WIDTH // 2, end.y + HEIGHT // 2
        if arrow.kind == "flow":
            x2 -= side * 6
        bow = 0 if abs(end.x - start.x) <= WIDTH + 3 * GAP_X else HEIGHT // 2 + GAP_Y // 2
        path = f"M{x1} {y1}C{x1 + side * 20} {y1 + bow} {x2 - side * 20} {y2 + bow} {x2} {y2}"
    else:
        down = end.y > start.y
        x1, y1 = start.x, start.y + (HEIGHT if down else 0)
        x2, y2 = end.x, end.y + (0 if down else HEIGHT)
        bend = GAP_Y // 2 if down else -GAP_Y // 2
        path = f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"
    line = f'<path class="{arrow.kind}" d="{path}" marker-end="url(#{marker})"/>'
    if arrow.label:
        x, y = (x1 + x2) // 2, (y1 + y2) // 2 - 6
        line += f'<text class="note" x="{x}" y="{y}">{escape(arrow.label)}</text>'
    return line


def _box(box: Box) -> str:
    left = box.x - WIDTH // 2
    name = box.y + (19 if box.note else 27)
    text = f'<text x="{box.x}" y="{name}">{escape(box.name)}</text>'
    if box.note:
        text += f'<text class="note" x="{box.x}" y="{box.y + 35}">{escape(box.note)}</text>'
    return f'<rect class="box {box.kind}" x="{left}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>{text}'
