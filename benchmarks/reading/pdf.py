"""Samples as PDF: pages with running heads, tables with spans, rotated cells, rows broken over pages."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as Grid

from benchmarks.reading.samples import Cell, Heading, Item, Part, Sample, Table

_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=10, alignment=TA_LEFT)
_HEADER = ParagraphStyle("header", parent=_CELL, fontName="Helvetica-Bold")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
_ITEM = ParagraphStyle("item", parent=_BODY, leftIndent=14)
_SIZES = {1: 18, 2: 14, 3: 12}
_MARGIN = 50


class _Rotated(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Words that are read from below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 12.0, 6.0

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica", 7)
        self.canv.drawString(-stringWidth(self.text, "Helvetica", 7), -8, self.text)


def _heading(part: Heading) -> Words:
    size = _SIZES.get(part.level, 11)
    style = ParagraphStyle(
        "heading", fontName="Helvetica-Bold", fontSize=size, leading=size + 4, spaceBefore=8, spaceAfter=6
    )
    return Words(_markup(part.text), style)


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _drawn(cell: Cell, style: ParagraphStyle) -> Any:
    return _Rotated(cell.text) if cell.is_rotated else Words(_markup(cell.text), style)


def _table(table: Table, width: float) -> Grid:
    grid: list[list[Any]] = [[""] * table.width for _ in table.rows]
    look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            grid[row][column] = _drawn(cell, _HEADER if row < table.headers else _CELL)
            last = column + cell.columns - 1, row + cell.rows - 1
            covered |= {(row + down, column + on) for down in range(cell.rows) for on in range(cell.columns)}
            if (cell.rows, cell.columns) != (1, 1):
                look.append(("SPAN", (column, row), last))
            if cell.fill:
                look.append(("BACKGROUND", (column, row), last, colors.HexColor(f"#{cell.fill}")))
            column += cell.columns
    if table.rules == "grid":
        look.append(("GRID", (0, 0), (-1, -1), 0.6, colors.black))
    else:
        look += [
            ("LINEABOVE", (0, 0), (-1, -1), 0.6, colors.grey),
            ("LINEBELOW", (0, -1), (-1, -1), 0.6, colors.grey),
        ]
    shares = table.widths or (1,) * table.width
    widths = [width * share / sum(shares) for share in shares]
    repeated = table.headers if table.is_header_repeated else 0
    return Grid(grid, colWidths=widths, style=look, repeatRows=repeated, splitInRow=1, spaceAfter=10)


def _flowable(part: Part, width: float) -> Any:
    if isinstance(part, Heading):
        return _heading(part)
    if isinstance(part, Table):
        return _table(part, width)
    if isinstance(part, Item):
        return Words("• " + _markup(part.text), _ITEM)
    return Words(_markup(part.text), _BODY)


def write_pdf(sample: Sample, path: Path) -> None:
    widest = max((part.width for part in sample.parts if isinstance(part, Table)), default=0)
    size = landscape(A4) if widest > 4 else A4

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, size[1] - 28, sample.town)
        canvas.drawRightString(size[0] - _MARGIN, 24, str(document.page))

    file = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        invariant=1, title=sample.town,
    )  # fmt: skip
    content = [_flowable(part, size[0] - 2 * _MARGIN) for part in sample.parts]
    file.build([*content, Spacer(1, 1)], onFirstPage=furniture, onLaterPages=furniture)
