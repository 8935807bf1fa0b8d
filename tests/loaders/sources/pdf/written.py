"""PDFs that the tests write, and the cells that are read of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from hytegraph.loaders.documents.blocks import CELL, Block
from hytegraph.loaders.sources.pdf import read

BLACK = colors.black
GRID = ("GRID", (0, 0), (-1, -1), 0.5, BLACK)
TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")
_STYLES = getSampleStyleSheet()


def words(text: str, style: str = "BodyText") -> Paragraph:
    """Text that wraps; `style` such as Heading1."""
    return Paragraph(text, _STYLES[style])


def small(text: str) -> Paragraph:
    """Text of a cell."""
    return Paragraph(text, ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11))


def table(
    rows: Sequence[Sequence[Any]], *style: Any, widths: Sequence[float] | None = None, **other: Any
) -> Table:
    """A table; texts are wrapped in their cells where `widths` are given."""
    cells = [[small(cell) if widths and isinstance(cell, str) else cell for cell in row] for row in rows]
    return Table(cells, colWidths=widths, style=[TOP, *(style or (GRID,))], **other)


class Turned(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Words turned to be read upwards or downwards."""

    def __init__(self, text: str, *, downwards: bool = False) -> None:
        super().__init__()
        self.text, self.downwards = text, downwards

    def wrap(self, *_: float) -> tuple[float, float]:
        return 12, 6.0 * len(self.text)

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.rotate(-90 if self.downwards else 90)
        self.canv.setFont("Helvetica", 9)
        place = (-6 * len(self.text), 3) if self.downwards else (0, -9)
        self.canv.drawString(*place, self.text)
        self.canv.restoreState()


def with_soft_hyphen() -> str:
    """The name of a font that has a soft hyphen; it comes with reportlab."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"


class Lines(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Lines of words, each at a distance from the left."""

    def __init__(self, lines: Sequence[tuple[float, str]], font: str = "Helvetica") -> None:
        super().__init__()
        self.lines, self.font = lines, font

    def wrap(self, *_: float) -> tuple[float, float]:
        return 400, 14.0 * len(self.lines)

    def draw(self) -> None:
        self.canv.setFont(self.font, 10)
        for number, (left, text) in enumerate(reversed(self.lines)):
            self.canv.drawString(left, 14 * number, text)


def write(path: Path, story: Iterable[Flowable], draw: Any = None, *, is_compressed: bool = True) -> Path:
    """The PDF of a story on A4; `draw(canvas, document)` draws what stands on each page."""
    options = {"onFirstPage": draw, "onLaterPages": draw} if draw else {}
    SimpleDocTemplate(str(path), pagesize=A4, invariant=True, pageCompression=int(is_compressed)).build(
        list(story), **options
    )
    return path


def blocks_of(path: Path, *story: Flowable, draw: Any = None) -> tuple[Block, ...]:
    """What is read of a PDF written with the story."""
    return read(write(path / "suunnitelma.pdf", story, draw))


def rows_of(blocks: Iterable[Block], number: int = 1) -> list[list[str]]:
    """The cells of a table by row, a cell's lines joined by blanks; a cell over several is where it begins."""
    cells = [block for block in blocks if block.kind == CELL and block.table == number]
    rows = max(cell.row + cell.rows for cell in cells) - 1
    columns = max(cell.column + cell.columns for cell in cells) - 1
    grid = [[""] * columns for _ in range(rows)]
    for cell in cells:
        grid[cell.row - 1][cell.column - 1] = " ".join(cell.text.split("\n"))
    return grid
