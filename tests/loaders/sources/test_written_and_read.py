"""Any table that is written to a file is read back with the same cells at the same places."""

import csv
import html
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hytegraph.loaders.documents.blocks import CELL
from hytegraph.loaders.sources import excel, separated, web, word
from hytegraph.loaders.sources.cleaning import clean

# Letters of Finnish and Swedish, digits, and signs that forms write in a special way.
_LINE = st.text("abcdeåäöÅÄÖ019 \"'<>&;,|%§€–•-_=+*\u00a0\u00ad\u2011", min_size=1, max_size=12)
_CELL = st.lists(_LINE, min_size=1, max_size=2).map("\n".join)
Table = list[list[str]]
Places = dict[tuple[int, int], str]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of two rows and columns or more, every cell with words, so that it is a table in every form."""
    width = draw(st.integers(2, 5))
    words = _CELL.filter(lambda text: clean(text) != "")
    return draw(st.lists(st.lists(words, min_size=width, max_size=width), min_size=2, max_size=5))


def written_by_word(table: Table) -> bytes:
    document = docx.Document()
    grid = document.add_table(len(table), len(table[0]))
    for row, cells in zip(grid.rows, table, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return saved(document.save)


def written_by_openpyxl(table: Table) -> bytes:
    workbook = openpyxl.Workbook()
    for row, cells in enumerate(table, 1):
        for column, text in enumerate(cells, 1):
            cell = workbook.active.cell(row, column)
            cell.value, cell.data_type = text, "s"
    return saved(workbook.save)


def written_by_xlsxwriter(table: Table) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)
    return data.getvalue()


def written_as_page(table: Table) -> bytes:
    cells = (f"<td>{html.escape(text).replace(chr(10), '<br>')}</td>" for row in table for text in row)
    rows = ["".join(next(cells) for _ in row) for row in table]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def written_as_csv(table: Table) -> bytes:
    out = io.StringIO()
    # A comma in a cell without quotes may be a delimiter, too: nobody could tell.
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    return out.getvalue().encode("utf-8-sig")


def saved(save: Callable[[Any], None]) -> bytes:
    data = io.BytesIO()
    save(data)
    return data.getvalue()


def expected(table: Table) -> Places:
    return {
        (row, column): clean(text)
        for row, cells in enumerate(table, 1)
        for column, text in enumerate(cells, 1)
    }


FORMS = {
    "word": (word.read, written_by_word, ".docx"),
    "excel, openpyxl": (excel.read, written_by_openpyxl, ".xlsx"),
    "excel, xlsxwriter": (excel.read, written_by_xlsxwriter, ".xlsx"),
    "web": (web.read, written_as_page, ".html"),
    "csv": (separated.read, written_as_csv, ".csv"),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_a_table_comes_back_with_its_cells(form: str, table: Table, tmp_path: Path) -> None:
    read, write, suffix = FORMS[form]
    file = tmp_path / f"table{suffix}"
    file.write_bytes(write(table))
    cells = [block for block in read(file) if block.kind == CELL]
    assert {(cell.row, cell.column): cell.text for cell in cells if cell.text} == expected(table)
    assert {cell.table for cell in cells} == {1}


Area = tuple[int, int, int, int]


@st.composite
def merged(draw: st.DrawFn) -> tuple[int, int, list[Area]]:
    """The size of a table, and areas of it that do not touch: top, left, rows, columns, from 1."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    free = {(row, column) for row in range(1, height + 1) for column in range(1, width + 1)}
    areas = []
    for _ in range(draw(st.integers(1, 3))):
        top, left = draw(st.integers(1, height)), draw(st.integers(1, width))
        rows, columns = draw(st.integers(1, height - top + 1)), draw(st.integers(1, width - left + 1))
        places = {(row, column) for row in range(top, top + rows) for column in range(left, left + columns)}
        # A row or a table that is one cell is no table in every form.
        if places <= free and rows < height and columns < width:
            free -= places
            areas.append((top, left, rows, columns))
    return height, width, areas


def cells_of(height: int, width: int, areas: list[Area]) -> dict[tuple[int, int], Area]:
    """Every cell that begins at a place, merged or not."""
    covered = {
        (row, column): area
        for area in areas
        for row in range(area[0], area[0] + area[2])
        for column in range(area[1], area[1] + area[3])
    }
    places = [(row, column) for row in range(1, height + 1) for column in range(1, width + 1)]
    areas_by_place = {place: covered.get(place, (*place, 1, 1)) for place in places}
    return {area[:2]: area for area in areas_by_place.values()}


def merged_by_word(height: int, width: int, areas: list[Area]) -> bytes:
    document = docx.Document()
    grid = document.add_table(height, width)
    for top, left, rows, columns in areas:
        grid.cell(top - 1, left - 1).merge(grid.cell(top + rows - 2, left + columns - 2))
    for row, column in cells_of(height, width, areas):
        grid.cell(row - 1, column - 1).text = f"r{row}c{column}"
    return saved(document.save)


def merged_by_openpyxl(height: int, width: int, areas: list[Area]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row, column in cells_of(height, width, areas):
        sheet.cell(row, column).value = f"r{row}c{column}"
    for top, left, rows, columns in areas:
        sheet.merge_cells(
            start_row=top, start_column=left, end_row=top + rows - 1, end_column=left + columns - 1
        )
    return saved(workbook.save)


def merged_as_page(height: int, width: int, areas: list[Area]) -> bytes:
    rows = [""] * height
    for (row, column), (_, _, down, across) in cells_of(height, width, areas).items():
        rows[row - 1] += f"<th rowspan={down} colspan={across}>r{row}c{column}"
    return f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>".encode()


MERGED = {
    "word": (word.read, merged_by_word, ".docx"),
    "excel": (excel.read, merged_by_openpyxl, ".xlsx"),
    "web": (web.read, merged_as_page, ".html"),
}


@pytest.mark.parametrize("form", MERGED)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=merged())
def test_merged_cells_come_back_with_what_they_cover(
    form: str, table: tuple[int, int, list[Area]], tmp_path: Path
) -> None:
    read, write, suffix = MERGED[form]
    file = tmp_path / f"table{suffix}"
    file.write_bytes(write(*table))
    cells = [block for block in read(file) if block.kind == CELL]
    found = {(cell.row, cell.column): (cell.row, cell.column, cell.rows, cell.columns) for cell in cells}
    assert found == cells_of(*table)
    assert all(cell.text == f"r{cell.row}c{cell.column}" for cell in cells)
