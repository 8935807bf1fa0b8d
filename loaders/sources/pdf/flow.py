"""Text outside tables as blocks: headings by size and weight, items of lists, paragraphs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.blocks import HEADING, ITEM, PARAGRAPH, Block
from hytegraph.loaders.sources.cleaning import clean
from hytegraph.loaders.sources.pdf.content import PageContent
from hytegraph.loaders.sources.pdf.lines import BULLET, NUMBERED, Line, around, heading_text, joined
from hytegraph.loaders.sources.pdf.page import Box

_LARGER = 1.12
_LONGEST_HEADING = 160
_PARAGRAPH_GAP = 0.75
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Style:
    """The size of the body's letters, and the sizes and weights of headings, the highest first."""

    body: float
    headings: tuple[tuple[float, bool], ...]


def body_size(pages: Iterable[PageContent]) -> float:
    """The size in which most letters outside tables are printed; of a file of tables only, that of these."""
    sizes: Counter[float] = Counter()
    in_tables: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
        for table in page.tables:
            for cell in table.cells:
                in_tables.update(round(glyph.size, 1) for glyph in cell.glyphs)
    # A few headings between tables are no body.
    usual = sizes if sum(sizes.values()) > 0.25 * sum(in_tables.values()) else sizes + in_tables
    return max(usual, key=lambda size: (usual[size], size), default=10.0)


def style_of(pages: Iterable[PageContent], body: float) -> Style:
    """The sizes and weights of the lines that are headings."""
    kinds = {_kind(line) for page in pages for line in page.lines if _looks_like_heading(line, body)}
    return Style(body, tuple(sorted(kinds, reverse=True)))


def _kind(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.is_bold


def _looks_like_heading(line: Line, body: float) -> bool:
    if not any(letter.isalpha() for letter in line.text) or len(line.text) > _LONGEST_HEADING:
        return False
    if line.size > _LARGER * body:
        return True
    is_sentence = line.text.endswith((".", ",", ";", ":"))
    return line.is_bold and line.size > 0.95 * body and not is_sentence and not BULLET.match(line.text)


def flow_blocks(lines: Sequence[Line], page: int, style: Style) -> list[tuple[float, Block]]:
    """The blocks of lines in reading order, each with its upper edge on the page."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        kind = _kind_of_block(line, style)
        if groups and _belongs(line, kind, *groups[-1], style):
            groups[-1][1].append(line)
        else:
            groups.append((kind, [line]))
    left = min((line.box.x0 for line in lines), default=0.0)
    return [(group[0].box.top, _block(kind, group, page, style, left)) for kind, group in groups]


def _kind_of_block(line: Line, style: Style) -> str:
    if _looks_like_heading(line, style.body):
        return HEADING
    return ITEM if BULLET.match(line.text) or NUMBERED.match(line.text) else PARAGRAPH


def _belongs(line: Line, kind: str, before: str, group: Sequence[Line], style: Style) -> bool:
    """Whether a line goes on with the block before it."""
    last = group[-1]
    gap = line.box.top - last.box.bottom
    if line.turn != last.turn or not -last.size < gap < _PARAGRAPH_GAP * max(last.size, line.size):
        return False
    if kind == HEADING:
        return before == HEADING and _kind(line) == _kind(last) and _is_aligned(line, last)
    if kind == ITEM or before == HEADING:
        return False
    if before == ITEM:
        return line.box.x0 > group[0].box.x0 + 2
    return abs(line.size - last.size) < 1 and abs(line.box.x0 - last.box.x0) < 3 * style.body


def _is_aligned(line: Line, last: Line) -> bool:
    middles = (line.box.x0 + line.box.x1) / 2, (last.box.x0 + last.box.x1) / 2
    return abs(line.box.x0 - last.box.x0) < 3 or abs(middles[0] - middles[1]) < 3


def _block(kind: str, lines: Sequence[Line], page: int, style: Style, left: float) -> Block:
    box = rounded(around(line.box for line in lines))
    texts = [line.text for line in lines]
    if kind == HEADING:
        level = min(_DEEPEST, style.headings.index(_kind(lines[0])) + 1)
        return Block(HEADING, clean(heading_text(lines)), level=level, page=page, box=box)
    if kind == ITEM:
        texts[0] = BULLET.sub("", texts[0], count=1) if BULLET.match(texts[0]) else texts[0]
        depth = 1 + max(0, round((lines[0].box.x0 - left - style.body) / (2 * style.body)))
        return Block(ITEM, clean(joined(texts)), level=min(_DEEPEST, depth), page=page, box=box)
    return Block(PARAGRAPH, clean(joined(texts)), page=page, box=box)


def rounded(box: Box) -> tuple[int, int, int, int]:
    """A box in whole points."""
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)
