"""Samples as files: Word, web page, PDF, workbook, comma-separated values, plain text."""

import csv
import html
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from benchmarks.reading.pdf import write_pdf
from benchmarks.reading.samples import Cell, Heading, Item, Paragraph, Part, Sample, Table

_BULLET = "• "


def cells_at(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and column of its upper left corner, from 0."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            yield row, column, cell
            covered |= {(row + down, column + on) for down in range(cell.rows) for on in range(cell.columns)}
            column += cell.columns


def _word_shade(cell: Any, name: str, attributes: dict[str, str]) -> None:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(element)


def _word_cell(target: Any, cell: Cell) -> None:
    lines = cell.text.split("\n")
    target.paragraphs[0].text = lines[0].removeprefix(_BULLET)
    for line in lines[1:]:
        target.add_paragraph(line.removeprefix(_BULLET))
    for paragraph, line in zip(target.paragraphs, lines, strict=True):
        if line.startswith(_BULLET):
            paragraph.style = "List Bullet"
    if cell.fill:
        _word_shade(target, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": cell.fill})
    if cell.is_rotated:
        _word_shade(target, "w:textDirection", {"w:val": "btLr"})


def _word_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=table.width)
    grid.style = "Table Grid"
    for row, column, cell in cells_at(table):
        target = grid.cell(row, column)
        if (cell.rows, cell.columns) != (1, 1):
            target = target.merge(grid.cell(row + cell.rows - 1, column + cell.columns - 1))
        _word_cell(target, cell)


def write_docx(sample: Sample, path: Path) -> None:
    document = Document()
    for part in sample.parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        elif isinstance(part, Paragraph):
            document.add_paragraph(part.text)
        elif isinstance(part, Item):
            document.add_paragraph(part.text, style="List Bullet")
        else:
            _word_table(document, part)
    unpacked = io.BytesIO()
    document.save(unpacked)
    # The archive without the time of its writing: the same sample is the same file.
    with zipfile.ZipFile(unpacked) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            kept.writestr(zipfile.ZipInfo(entry.filename), made.read(entry), zipfile.ZIP_DEFLATED)


def _web_text(text: str) -> str:
    lines = [html.escape(line, quote=False) for line in text.split("\n")]
    if len(lines) > 1 and all(line.startswith(_BULLET) for line in lines):
        return "<ul>" + "".join(f"<li>{line.removeprefix(_BULLET)}</li>" for line in lines) + "</ul>"
    return "<br>".join(lines)


def _web_cell(cell: Cell, tag: str) -> str:
    span = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", cell.rows), ("colspan", cell.columns))
        if count > 1
    )
    fill = f' style="background-color:#{cell.fill}"' if cell.fill else ""
    return f"<{tag}{span}{fill}>{_web_text(cell.text)}</{tag}>"


def _web_part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"<h{part.level}>{_web_text(part.text)}</h{part.level}>"
    if isinstance(part, Paragraph):
        return f"<p>{_web_text(part.text)}</p>"
    if isinstance(part, Item):
        return f"<ul><li>{_web_text(part.text)}</li></ul>"
    rows = (
        "<tr>" + "".join(_web_cell(cell, "th" if row < part.headers else "td") for cell in cells) + "</tr>\n"
        for row, cells in enumerate(part.rows)
    )
    return f"<table>\n{''.join(rows)}</table>"


def write_html(sample: Sample, path: Path) -> None:
    body = "\n".join(_web_part(part) for part in sample.parts).replace("</ul>\n<ul>", "\n")
    menu = '<nav><ul><li><a href="/">Etusivu</a></li><li><a href="/haku">Haku</a></li></ul></nav>'
    page = (
        f'<!doctype html>\n<html lang="{sample.language}"><head><meta charset="utf-8"><title>{sample.town}</title>'
        f"<script>var shown = 1;</script></head>\n<body>{menu}\n<main>\n{body}\n</main></body></html>\n"
    )
    path.write_text(page, encoding="utf-8")


def _sheet_table(book: Any, sheet: Any, first: int, table: Table) -> None:
    for row, column, cell in cells_at(table):
        look = {"text_wrap": True, "border": 1, "valign": "top"}
        if cell.fill:
            look["bg_color"] = f"#{cell.fill}"
        if cell.shown:
            look["num_format"] = cell.shown[1]
        style, value = book.add_format(look), cell.shown[0] if cell.shown else cell.text
        if (cell.rows, cell.columns) == (1, 1):
            sheet.write(first + row, column, value, style)
        else:
            last = first + row + cell.rows - 1, column + cell.columns - 1
            sheet.merge_range(first + row, column, *last, value, style)


def write_xlsx(sample: Sample, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        for content in sample.sheets:
            sheet, row = book.add_worksheet(content.name), 0
            if content.is_hidden:
                sheet.hide()
            sheet.set_column(0, 8, 28)
            for part in content.parts:
                if isinstance(part, Table):
                    _sheet_table(book, sheet, row, part)
                    row += len(part.rows) + 1
                else:
                    sheet.write(row, 0, part.text)
                    row += 1


def write_csv(sample: Sample, path: Path) -> None:
    """Semicolons and Windows' own letters, as a spreadsheet in Finnish saves it."""
    [table] = [part for part in sample.parts if isinstance(part, Table)]
    rows: list[list[str]] = [[""] * table.width for _ in table.rows]
    for row, column, cell in cells_at(table):
        rows[row][column] = cell.text
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def write_txt(sample: Sample, path: Path) -> None:
    """Paragraphs with empty lines between them; a table's cells stand one below the other."""
    texts = [
        "\n".join(cell.text for row in part.rows for cell in row)
        if isinstance(part, Table)
        else (_BULLET if isinstance(part, Item) else "") + part.text
        for part in sample.parts
    ]
    path.write_text("\n\n".join(texts) + "\n", encoding="utf-8")


WRITERS: dict[str, Callable[[Sample, Path], None]] = {
    "docx": write_docx, "html": write_html, "pdf": write_pdf, "xlsx": write_xlsx, "csv": write_csv, "txt": write_txt,
}  # fmt: skip


def write(sample: Sample, folder: Path) -> Path:
    path = folder / f"{sample.name}.{sample.form}"
    WRITERS[sample.form](sample, path)
    return path
