"""A web page read into blocks: nothing is fetched, no script runs, what one does not see on it is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.graph.text_files import decode
from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block
from hytegraph.loaders.sources.cleaning import clean, clean_line
from hytegraph.loaders.sources.web.elements import (
    BULLET,
    LINE_BREAKS,
    heading_level,
    is_block,
    is_hidden,
    item_sign,
)
from hytegraph.loaders.sources.web.tables import fill_of, is_layout, placed_cells

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SIGN_ENDS = "\x02"
_AFTER_SIGN = re.compile(rf"{_SIGN_ENDS}\s*")
_LINE_ENDS = re.compile(r"\s*\n\s*")
_LOOKED_AT = 4096


def read(path: Path) -> tuple[Block, ...]:
    """The blocks of a page; raises DocumentError for a page without elements."""
    text = _DECLARATION.sub("", decoded(path.read_bytes()))
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(path, Reason("the web page cannot be read ({error})", error=error)) from error
    body = root.find("body")
    page = _Page(path)
    page.flow(root if body is None else body)
    page.end_paragraph()
    return tuple(page.blocks)


def decoded(data: bytes) -> str:
    """The characters of a page: by its byte order mark, what it says of itself, UTF-8, and at last Windows-1252."""
    declared = _CHARSET.search(data[:_LOOKED_AT])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        # Browsers read the first of them as the second, and pages are written for browsers.
        name = "cp1252" if name in ("iso-8859-1", "latin-1", "us-ascii", "ascii") else name
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            pass
    try:
        return decode(data)[0]
    except ValueError:
        return data.decode("cp1252", errors="replace")


@dataclass
class _Page:
    """The blocks that have been read of a page, and the words of the paragraph in hand."""

    path: Path
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tables: int = 0
    heading: int = 0
    # The kind and level of the paragraph in hand, and the number of an item whose words are still to come.
    kind: str = PARAGRAPH
    level: int = 0
    sign: str = ""

    def end_paragraph(self) -> None:
        """The words in hand become a block."""
        words = "".join(self.words)
        if text := clean_line(words) if self.kind == HEADING else clean(words):
            self.blocks.append(Block(self.kind, self.sign + text, self.level))
            self.sign = ""
        self.words.clear()

    def flow(self, element: html.HtmlElement, depth: int = 0) -> None:
        """Read what stands in an element, in its order; `depth` is that of the list it stands in."""
        self.words.append(_text(element.text))
        for child in element:
            if isinstance(child.tag, str) and not is_hidden(child):
                self.child(child, depth)
            self.words.append(_text(child.tail))

    def child(self, element: html.HtmlElement, depth: int) -> None:
        """Read one element."""
        tag = element.tag
        if tag in LINE_BREAKS:
            self.words.append("\n")
        elif tag == "table":
            self.end_paragraph()
            self.table(element, depth)
        elif level := heading_level(element):
            self.heading = level
            self.as_block(element, HEADING, level, depth)
        elif tag in ("ul", "ol", "menu"):
            self.as_block(element, PARAGRAPH, 0, depth + 1)
        elif tag == "li":
            self.end_paragraph()
            sign = item_sign(element)
            self.sign = "" if sign == BULLET else f"{sign} "
            self.as_block(element, ITEM, max(1, depth), depth)
            self.sign = ""
        elif tag == "pre":
            self.end_paragraph()
            self.words.append(element.text_content())
            self.end_paragraph()
        elif is_block(element):
            self.as_block(element, self.kind, self.level, depth)
        else:
            self.flow(element, depth)

    def as_block(self, element: html.HtmlElement, kind: str, level: int, depth: int) -> None:
        """Read an element whose words are a block of their own."""
        self.end_paragraph()
        around = self.kind, self.level
        self.kind, self.level = kind, level
        self.flow(element, depth)
        self.end_paragraph()
        self.kind, self.level = around

    def table(self, table: html.HtmlElement, depth: int) -> None:
        """Read a table: what one has drawn for its looks as text, another as cells and then the tables in them."""
        if is_layout(table):
            self.layout(table, depth)
            return
        caption = table.find("caption")
        if caption is not None and not is_hidden(caption):
            self.as_block(caption, HEADING, self.heading + 1, depth)
        self.tables += 1
        number = self.tables
        inner: list[html.HtmlElement] = []
        for place in placed_cells(self.path, table):
            inner += nested_tables(place.element)
            self.blocks.append(
                Block(
                    CELL,
                    cell_text(place.element),
                    table=number,
                    row=place.row,
                    column=place.column,
                    rows=place.rows,
                    columns=place.columns,
                    is_header=place.is_header,
                    fill=fill_of(place.element),
                )
            )
        for nested in inner:
            self.table(nested, depth)

    def layout(self, element: html.HtmlElement, depth: int) -> None:
        """Read the cells of a layout table as the text that they are."""
        for child in element:
            if not isinstance(child.tag, str) or is_hidden(child):
                continue
            if child.tag in ("td", "th", "caption"):
                self.as_block(child, PARAGRAPH, 0, depth)
            elif child.tag in ("thead", "tbody", "tfoot", "tr"):
                self.layout(child, depth)


def nested_tables(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The tables in a cell, without those that stand in them."""
    for child in element:
        if isinstance(child.tag, str) and not is_hidden(child):
            if child.tag == "table":
                yield child
            else:
                yield from nested_tables(child)


def cell_text(cell: html.HtmlElement) -> str:
    """The words of a cell line by line, items with their signs; a table in it is read on its own."""
    pieces: list[str] = []
    _collect(cell, pieces)
    # Blocks that stand one in the other all end a line at the same place, and none ends one after the sign of an item.
    return clean(_AFTER_SIGN.sub(" ", _LINE_ENDS.sub("\n", "".join(pieces))))


def _collect(element: html.HtmlElement, pieces: list[str]) -> None:
    pieces.append(_text(element.text))
    for child in element:
        if isinstance(child.tag, str) and child.tag != "table" and not is_hidden(child):
            ends = "\n" if is_block(child) or child.tag in LINE_BREAKS else ""
            pieces.append(ends)
            if child.tag == "li":
                pieces.append(item_sign(child) + _SIGN_ENDS)
            _collect(child, pieces)
            pieces.append(ends if child.tag not in LINE_BREAKS else "")
        pieces.append(_text(child.tail))


def _text(text: str | None) -> str:
    """A text of the page, in which a line end is a space."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")
