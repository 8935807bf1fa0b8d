"""PDF to blocks: pdfplumber opens the file, own rules find tables, headings, items and paragraphs."""

import logging
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.blocks import CELL, Block
from hytegraph.loaders.sources.cleaning import clean
from hytegraph.loaders.sources.pdf.content import PageContent, page_content
from hytegraph.loaders.sources.pdf.drawn import drawn_page
from hytegraph.loaders.sources.pdf.flow import Style, body_size, flow_blocks, rounded, style_of
from hytegraph.loaders.sources.pdf.over_pages import Table, header_text, is_header_row, tables_over_pages
from hytegraph.loaders.sources.pdf.references import end_circles
from hytegraph.loaders.sources.pdf.running import leave_out_running
from hytegraph.loaders.sources.progress import progress_at, progressed

MOST_PAGES = 600
MOST_OBJECTS = 60_000
_END = b"%%EOF"
# Some programs write a little behind the end mark.
_TAIL = 8192
_OCR = "ocrmypdf -l fin+swe in.pdf out.pdf"
_NO_LETTERS = Reason(
    "the letters of the PDF have no text behind them; make its text with OCR first, for instance `{command}`",
    command=_OCR,
)
_SCAN = Reason(
    "the PDF is a scan without text; make its text with OCR first, for instance `{command}`", command=_OCR
)
_NO_TEXT = Reason("the PDF has no text; make its text with OCR first, for instance `{command}`", command=_OCR)

# pdfminer warns of each small fault of a file; what matters is refused here.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
logging.getLogger("pdfplumber").setLevel(logging.ERROR)


def read(path: Path) -> tuple[Block, ...]:
    """The blocks of a PDF in reading order.

    Raises DocumentError where the file is encrypted or broken, has no text (a scan), or exceeds MOST_PAGES pages or
    MOST_OBJECTS letters and lines on a page.
    """
    end_circles()
    pages = list(_contents(path))
    body = body_size(pages)
    leave_out_running(pages, body)
    tables = tables_over_pages(pages)
    style = style_of(pages, body)
    by_page: dict[int, list[tuple[int, Table]]] = {}
    for number, table in enumerate(tables, 1):
        by_page.setdefault(table.first, []).append((number, table))
    return tuple(block for page in pages for block in _page_blocks(page, by_page.get(page.number, []), style))


def _page_blocks(page: PageContent, tables: list[tuple[int, Table]], style: Style) -> Iterator[Block]:
    """The lines above each table, then the table."""
    lines = page.lines
    for number, table in sorted(tables, key=lambda numbered: numbered[1].top):
        above = [line for line in lines if line.box.top < table.top and line.turn == 0]
        lines = [line for line in lines if line not in above]
        yield from (block for _, block in flow_blocks(above, page.number, style))
        yield from _table_blocks(number, table)
    yield from (block for _, block in flow_blocks(lines, page.number, style))


def _table_blocks(number: int, table: Table) -> Iterator[Block]:
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        is_header = is_header_row(table, cell.row)
        yield Block(
            CELL,
            clean(header_text(cell) if is_header else cell.text),
            page=cell.page,
            table=number,
            row=cell.row + 1,
            column=cell.column + 1,
            rows=cell.rows,
            columns=cell.columns,
            is_header=is_header,
            fill=cell.fill,
            box=rounded(cell.box),
        )


def _contents(path: Path) -> Iterator[PageContent]:
    try:
        with path.open("rb") as stream:
            _check_end(path, stream)
            with pdfplumber.open(stream) as pdf:
                yield from _read_pages(path, pdf)
    except PdfminerException as error:
        raise DocumentError(path, _reason(error)) from error
    except (OSError, DocumentError, MemoryError):
        raise
    except Exception as error:
        raise DocumentError(path, _broken(error)) from error


def _check_end(path: Path, stream: BinaryIO) -> None:
    """Raise DocumentError for a file that was cut off: what is left of it would be read as the whole."""
    end = max(0, stream.seek(0, SEEK_END) - _TAIL)
    stream.seek(end)
    if _END not in stream.read():
        raise DocumentError(
            path, Reason("the PDF is broken: it ends before its end mark, as one downloaded in part does")
        )
    stream.seek(0)


def _reason(error: PdfminerException) -> Reason:
    cause = error.args[0] if error.args else error
    if isinstance(cause, (PDFPasswordIncorrect, PDFTextExtractionNotAllowed)):
        return Reason("the PDF is encrypted; save it without a password first")
    return _broken(cause)


def _broken(error: Any) -> Reason:
    done, of = progressed()
    if done:
        name = type(error).__name__
        return Reason("the PDF is broken behind page {done} of {of} ({error})", done=done, of=of, error=name)
    return Reason("the PDF is broken ({error})", error=type(error).__name__)


def _read_pages(path: Path, pdf: Any) -> Iterator[PageContent]:
    count = len(pdf.pages)
    if not count:
        raise DocumentError(path, Reason("the PDF has no pages"))
    if count > MOST_PAGES:
        reason = Reason("the PDF has {n} pages; at most {most} are read", n=count, most=MOST_PAGES)
        raise DocumentError(path, reason)
    letters = unreadable = pictures = 0
    for page in pdf.pages:
        drawn = drawn_page(page)
        size = len(drawn.glyphs) + len(drawn.rules) + len(drawn.fills)
        if size > MOST_OBJECTS:
            reason = Reason(
                "page {page} has more than {most} letters and lines", page=page.page_number, most=MOST_OBJECTS
            )
            raise DocumentError(path, reason)
        letters += len(drawn.glyphs)
        unreadable += drawn.unreadable
        pictures += bool(drawn.images and not drawn.glyphs)
        yield page_content(drawn)
        page.close()
        progress_at(page.page_number, count)
    if unreadable > letters:
        raise DocumentError(path, _NO_LETTERS)
    if not letters:
        raise DocumentError(path, _SCAN if pictures else _NO_TEXT)
    if pictures > count / 2:
        reason = Reason(
            "{pictures} of {count} pages are pictures without text; make their text with OCR first, "
            "for instance `{command}`",
            pictures=pictures,
            count=count,
            command=_OCR,
        )
        raise DocumentError(path, reason)
