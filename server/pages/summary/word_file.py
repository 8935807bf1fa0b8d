"""A Word document of headings, paragraphs and tables.

python-docx makes what is the same in all of them once: its own way takes some 40 ms for each, and a site has hundreds.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx

# The first moment that a ZIP file can name: the same document gives the same bytes.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_TEXT, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_TITLE, _AUTHOR = "@title@", "Hytegraph"
_STYLES = {0: "Title"} | {level: f"Heading{level}" for level in range(1, 10)}
_BREAK = re.compile(r"([\t\n\r])")
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="LightGrid-Accent1"/><w:tblW w:type="auto" w:w="0"/>'
    '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1" '
    'w:val="04A0"/></w:tblPr>'
)


@dataclass(frozen=True, slots=True)
class _Template:
    """What stands around the text, the properties, and a ZIP file of all else; `width` is that of a line in twips."""

    before: str
    after: str
    properties: str
    rest: bytes
    width: int


class WordFile:
    """A document that is written from its beginning to its end."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add_heading(self, text: str, level: int) -> None:
        """Add a heading; that of level 0 is the title of the document."""
        style = f'<w:pPr><w:pStyle w:val="{_STYLES[level]}"/></w:pPr>'
        self._parts.append(f"<w:p>{style}{_run(text)}</w:p>")

    def add_paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self._parts.append(f"<w:p>{_run(text)}</w:p>")

    def add_table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table with columns of one width."""
        width = _template().width // len(headings)
        cell = f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr><w:p>'
        lines = ("".join(f"{cell}{_run(text)}</w:p></w:tc>" for text in row) for row in (headings, *rows))
        grid = f'<w:gridCol w:w="{width}"/>' * len(headings)
        written = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
        self._parts.append(f"{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>")

    def content(self, title: str) -> bytes:
        """The document as a file, with a title among its properties."""
        template = _template()
        output = io.BytesIO(template.rest)
        with ZipFile(output, "a") as archive:
            _put(archive, _TEXT, "".join((template.before, *self._parts, template.after)).encode())
            _put(archive, _PROPERTIES, template.properties.replace(_TITLE, escape(title)).encode())
        return output.getvalue()


@cache
def _template() -> _Template:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = _TITLE, _AUTHOR
    saved, rest = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive, ZipFile(rest, "w") as kept:
        for name in archive.namelist():
            if name not in (_TEXT, _PROPERTIES):
                _put(kept, name, archive.read(name))
        text, properties = (archive.read(name).decode() for name in (_TEXT, _PROPERTIES))
    before, mark, after = text.partition("<w:sectPr")
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return _Template(before, mark + after, properties, rest.getvalue(), docx.shared.Emu(width).twips)


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(ZipInfo(name, _ALWAYS), content, ZIP_DEFLATED)


def _run(text: str) -> str:
    """A text in which tabs and ends of lines stay."""
    pieces = (_BREAKS.get(piece) or _piece(piece) for piece in _BREAK.split(text) if piece)
    return f"<w:r>{''.join(pieces)}</w:r>"


def _piece(text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<w:t{space}>{escape(text)}</w:t>"
