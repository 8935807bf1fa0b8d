"""A table as an Excel workbook for people: headings and codes in their language, documents by title, links to pages."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from flask import request
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.catalogue.rights import licence_text
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.pages.shared.documents import Document
from hytegraph.server.pages.shared.table import Cell, Table, code_text, heading
from hytegraph.server.text.kept_links import keep
from hytegraph.server.text.links import human_path, source_path
from hytegraph.server.text.messages import Language, translate

_WIDEST_COLUMN = 60
# What a cell and the name of a sheet may hold, by the format.
LONGEST_CELL, LONGEST_NAME = 32_767, 31
# What a sheet may hold of links, and the longest address, by the format.
_MOST_LINKS, _LONGEST_LINK = 65_000, 2_000
_NO_DATE = datetime(2000, 1, 1)
_WRAPPED = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workbook is written with: the documents of the data, the base of IRIs, the root address of the service.

    `release` is the version that the links name, where the table is of a release that was asked for by it. `notes` are
    the lines of its second sheet: what is said, and what of it.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    base: str = ""
    root: str = ""
    release: str = ""
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def by_name(self) -> Mapping[str, Document]:
        """The documents by the name that tables call them."""
        return {each.name: each for each in self.documents.values()}


def workbook(table: Table, language: Language, around: Surroundings | None = None) -> bytes:
    """A workbook with the table on its first sheet; the same table gives the same bytes."""
    around = around or Surroundings()
    output = io.BytesIO()
    with new_workbook(output, table.name, in_memory=True) as book:
        _write_table(book, table, language, around)
        if around.notes:
            write_notes(book, around.notes, translate("workbook.notes", language))
    return output.getvalue()


@contextmanager
def new_workbook(output: io.BytesIO, title: str, **options: bool) -> Iterator[Workbook]:
    """A workbook in which no text is ever taken for a formula; the same content gives the same bytes."""
    with Workbook(output, {"strings_to_formulas": False, "strings_to_urls": False} | options) as book:
        # Without this the clock would make every copy another file.
        book.set_properties({"title": title, "created": _NO_DATE})
        yield book


def _write_table(book: Workbook, table: Table, language: Language, around: Surroundings) -> None:
    named = around.by_name
    sheet = book.add_worksheet(table.name[:LONGEST_NAME])
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrapped = book.add_format(_WRAPPED)
    linked = book.add_format(_WRAPPED | {"underline": 1, "font_color": "#0b5a4b"})
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _width(table, number), wrapped)
        title = named[column].short if column in named else heading(column, language, table.name)
        sheet.write_string(0, number, title, bold)
    links = 0
    for line, row in enumerate(table.rows, 1):
        cells = dict(zip(table.columns, row, strict=True))
        for number, (column, cell) in enumerate(cells.items()):
            given = table.links[line - 1][number] if table.links else None
            address = _address(column, cells, around, named, given) if links < _MOST_LINKS else ""
            text = _text(column, cell, language, named)
            if isinstance(text, str) and address:
                links += 1
                sheet.write_url(line, number, address, linked, text[:LONGEST_CELL])
            else:
                _write(sheet, line, number, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), max(0, len(table.columns) - 1))


def write_notes(book: Workbook, notes: Iterable[tuple[str, str]], title: str) -> None:
    """Add a sheet of names with what is said of each, such as source and licence."""
    sheet = book.add_worksheet(title[:LONGEST_NAME])
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format(_WRAPPED)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for line, (name, text) in enumerate(notes):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text, wrapped)


def _write(sheet: Worksheet, line: int, number: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, number, cell[:LONGEST_CELL])
    elif cell is not None:
        sheet.write_number(line, number, float(cell))


def _text(column: str, cell: Cell, language: Language, named: Mapping[str, Document]) -> Cell:
    """The cell as people read it: a code by its words, a document by its title."""
    if not isinstance(cell, str):
        return cell
    if column == "document":
        return " | ".join(named[name].title.text if name in named else name for name in cell.split(" | "))
    return code_text(column, cell, language)


def _address(
    column: str,
    cells: Mapping[str, Cell],
    around: Surroundings,
    named: Mapping[str, Document],
    given: str | None,
) -> str:
    """Where a cell leads: to the address that is given with it, a document to its lines, an IRI of ours to its page.

    Nowhere where the address is too long.
    """
    cell, path = cells[column], None
    if not isinstance(cell, str) or not around.root:
        return ""
    if given:
        path = given if given.startswith("/") else None
    elif column == "document" and cell in named:
        start, end = cells.get("lineStart"), cells.get("lineEnd")
        iri = named[cell].iri
        is_placed = isinstance(start, int) and isinstance(end, int)
        path = source_path(iri, start, end, around.base) if is_placed else human_path(iri, around.base)  # type: ignore[arg-type]
    elif cell.startswith(f"{around.base}id/"):
        path = human_path(cell, around.base)
    if path and around.release:
        path = keep(path, around.release)
    address = around.root.rstrip("/") + path if path else ""
    return address if len(address) <= _LONGEST_LINK else ""


def _width(table: Table, number: int) -> int:
    longest = max((len(str(row[number] or "")) for row in table.rows), default=0)
    return min(_WIDEST_COLUMN, max(longest, len(table.columns[number])) + 2)


def source_notes(language: Language) -> tuple[tuple[str, str], ...]:
    """The address, publisher, release, licences and the terms of the documents' words, each with its name."""
    about = About.of(dataset(), summaries(), settings(), root())
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in ("format", "lang")]
    query = f"?{urlencode(pairs)}" if pairs else ""
    texts = {
        "address": f"{root().rstrip('/')}{request.path.removesuffix('.xlsx')}{query}",
        "publisher": about.publisher,
        "release": release_name(dataset()),
        "licence": licence_text(about.licence, language),
        "modelling": licence_text(about.modelling, language),
        "words": translate("about.licence.documents", language),
        "empty": translate("workbook.empty.text", language),
    }
    return tuple((translate(f"workbook.{name}", language), text) for name, text in texts.items())
