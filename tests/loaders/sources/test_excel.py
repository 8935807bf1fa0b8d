"""An Excel workbook gives what one sees on its sheets: visible cells as they are shown, tables parted by blank rows."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.documents.blocks import CELL, HEADING, PARAGRAPH, Block
from hytegraph.loaders.sources import excel
from hytegraph.loaders.sources.archive import form_of_archive
from hytegraph.loaders.sources.excel.formats import shown
from tests.loaders.sources.archives import changed, in_part


@pytest.fixture
def workbook() -> Any:
    made = openpyxl.Workbook()
    made.active.title = "Toimet"
    return made


@pytest.fixture
def sheet(workbook: Any) -> Any:
    return workbook.active


@pytest.fixture
def blocks(workbook: Any, tmp_path: Path) -> Any:
    def read() -> tuple[Block, ...]:
        workbook.save(tmp_path / "plan.xlsx")
        return excel.read(tmp_path / "plan.xlsx")

    return read


def cells(found: tuple[Block, ...]) -> list[tuple[int, int, int, str]]:
    return [(each.table, each.row, each.column, each.text) for each in found if each.kind == CELL]


def test_each_sheet_begins_with_its_name_and_its_rows_keep_their_numbers(
    workbook: Any, sheet: Any, blocks: Any
) -> None:
    sheet["B3"], sheet["C3"], sheet["B4"], sheet["C4"] = "Tavoite", "Keinot", "Liikkuminen", "Kerho"
    other = workbook.create_sheet("Mittarit")
    other.append(["Mittari", "Arvo"])
    workbook.create_sheet("Tyhjä")
    found = blocks()
    assert [(each.kind, each.level, each.text, each.sheet) for each in found if each.kind != CELL] == [
        (HEADING, 1, "Toimet", "Toimet"),
        (HEADING, 1, "Mittarit", "Mittarit"),
    ]
    assert cells(found) == [
        (1, 3, 2, "Tavoite"), (1, 3, 3, "Keinot"), (1, 4, 2, "Liikkuminen"), (1, 4, 3, "Kerho"),
        (2, 1, 1, "Mittari"), (2, 1, 2, "Arvo"),
    ]  # fmt: skip


def test_hidden_sheets_rows_columns_and_notes_never_leave_the_file(
    workbook: Any, sheet: Any, blocks: Any
) -> None:
    for row in range(1, 6):
        sheet.append([f"{letter}{row}" for letter in "ABCDEF"])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("D", "E", hidden=True)
    sheet["A1"].comment = Comment("huomautus", "x")
    sheet["F1"].number_format = ";;;"
    for state in ("hidden", "veryHidden"):
        other = workbook.create_sheet(state)
        other["A1"], other.sheet_state = "piilossa", state
    assert [text for *_, text in cells(blocks())] == ["A1", "C1", "A3", "C3", "F3", "A5", "C5", "F5"]


def test_rows_that_are_hidden_unless_they_say_otherwise_are_left_out(sheet: Any, blocks: Any) -> None:
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "esillä", "myös", "piilossa", "samoin"
    sheet.sheet_format.zeroHeight = True
    sheet.row_dimensions[1].height = 15
    assert [text for *_, text in cells(blocks())] == ["esillä", "myös"]


def test_rows_and_columns_without_height_or_width_are_hidden(
    workbook: Any, sheet: Any, tmp_path: Path
) -> None:
    sheet.append(["esillä", "ei"])
    sheet.append(["ei", "ei"])
    sheet.column_dimensions["B"].width = 7
    workbook.save(tmp_path / "plan.xlsx")
    part = "xl/worksheets/sheet1.xml"
    changed(tmp_path / "plan.xlsx", in_part(part, 'width="7"', 'width="0"'))
    changed(tmp_path / "plan.xlsx", in_part(part, '<row r="2"', '<row r="2" ht="0" customHeight="1"'))
    assert [each.text for each in excel.read(tmp_path / "plan.xlsx")] == ["Toimet", "esillä"]


def test_a_merged_cell_stands_where_the_first_of_its_visible_places_is(sheet: Any, blocks: Any) -> None:
    for row in range(1, 5):
        sheet.append([f"A{row}", f"B{row}", f"C{row}"])
    sheet.merge_cells("A1:B3")
    sheet.row_dimensions[1].hidden = True
    first = next(each for each in blocks() if each.kind == CELL)
    assert (first.text, first.row, first.column, first.rows, first.columns) == ("A1", 2, 1, 2, 2)


def test_blank_rows_part_tables_and_lines_above_a_table_head_it(sheet: Any, blocks: Any) -> None:
    sheet["A1"] = "Hyvinvointisuunnitelma 2026"
    sheet["A2"] = "Taulukko päivitetään vuosittain."
    sheet["A4"], sheet["B4"] = "Painopiste 1", None
    sheet["A5"], sheet["B5"], sheet["A6"], sheet["B6"] = "Tavoite", "Keinot", "Liikkuminen", "Kerho"
    sheet["A7"] = "Rivi jossa on yksi solu"
    sheet["A9"], sheet["B9"] = "Mittari", "Arvo"
    sheet["A11"] = "Lisätiedot kunnasta."
    found = blocks()
    assert [(each.kind, each.level, each.text) for each in found if each.kind != CELL] == [
        (HEADING, 1, "Toimet"),
        (HEADING, 2, "Hyvinvointisuunnitelma 2026"),
        (PARAGRAPH, 0, "Taulukko päivitetään vuosittain."),
        (HEADING, 2, "Painopiste 1"),
        (PARAGRAPH, 0, "Lisätiedot kunnasta."),
    ]
    assert [table for table, *_ in cells(found)] == [1, 1, 1, 1, 1, 2, 2]


def test_a_merged_cell_over_rows_keeps_its_table_together(sheet: Any, blocks: Any) -> None:
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"], sheet["B4"] = (
        "Tavoite",
        "Keinot",
        "Liikkuminen",
        "Kerho",
        "Retki",
    )
    sheet.merge_cells("A2:A4")
    assert {table for table, *_ in cells(blocks())} == {1}


def test_several_header_rows_stand_as_they_are(sheet: Any, blocks: Any) -> None:
    sheet["A1"], sheet["B1"] = "Tavoite", "Mittari"
    sheet["B2"], sheet["C2"] = "Lähtö", "Tavoite"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    assert [(each.text, each.row, each.column, each.rows, each.columns) for each in blocks() if each.kind == CELL] == [
        ("Tavoite", 1, 1, 2, 1), ("Mittari", 1, 2, 1, 2), ("Lähtö", 2, 2, 1, 1), ("Tavoite", 2, 3, 1, 1),
    ]  # fmt: skip


def test_the_colours_of_cells_are_those_that_one_sees(sheet: Any, blocks: Any) -> None:
    sheet.append(["a", "b", "c", "d", None, "f"])
    colours = [
        "FF92D050",
        "FFFFFFFF",
        Color(theme=4),
        Color(theme=4, tint=-0.5),
        "FFFF0000",
        Color(indexed=13),
    ]
    for cell, colour in zip(sheet[1], colours, strict=True):
        cell.fill = PatternFill("solid", fgColor=colour)
    assert [(each.text, each.fill) for each in blocks() if each.kind == CELL] == [
        ("a", "92D050"), ("b", ""), ("c", "4F81BD"), ("d", "254061"), ("", "FF0000"), ("f", "FFFF00"),
    ]  # fmt: skip


def test_a_bold_line_above_a_table_is_a_heading_whatever_its_end(sheet: Any, blocks: Any) -> None:
    sheet["A1"], sheet["A1"].font = "Painopiste:", Font(bold=True)
    sheet["A2"], sheet["B2"] = "Tavoite", "Keinot"
    assert blocks()[1] == Block(HEADING, "Painopiste:", 2, sheet="Toimet")


def test_formulas_show_the_values_that_were_kept(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as workbook:
        sheet = workbook.add_worksheet("Toimet")
        sheet.write_row(0, 0, ["Mittari", "Arvo"])
        sheet.write(1, 0, "Osuus")
        sheet.write_formula(1, 1, "=1/4", workbook.add_format({"num_format": "0%"}), 0.25)
    assert [text for *_, text in cells(excel.read(tmp_path / "plan.xlsx"))] == [
        "Mittari",
        "Arvo",
        "Osuus",
        "25%",
    ]


def test_a_workbook_that_nobody_has_reckoned_is_refused_with_its_first_formula(
    sheet: Any, blocks: Any
) -> None:
    sheet["A1"], sheet["B2"] = "Arvo", "=1+1"
    with pytest.raises(DocumentError, match="sheet 'Toimet', cell B2: the formula has no value"):
        blocks()


def test_formulas_of_hidden_sheets_need_no_values(workbook: Any, sheet: Any, blocks: Any) -> None:
    sheet["A1"], sheet["B1"] = "Mittari", "Arvo"
    other = workbook.create_sheet("Laskenta")
    other["A1"], other.sheet_state = "=1+1", "hidden"
    assert len(cells(blocks())) == 2


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        (True, "General", "TOSI"),
        ("Kerho", "General", "Kerho"),
        ("#N/A", "General", "#N/A"),
        (12, "General", "12"),
        (2.5, "General", "2,5"),
        (-2.5, "General", "-2,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567.891, "General", "1234567,891"),
        (1e20, "General", "1E+20"),
        (0.256, "0%", "26%"),
        (0.256, "0.0 %", "25,6 %"),
        (1234.5, "#,##0.00", "1 234,50"),
        (1234567, "#,##0", "1 234 567"),
        (1234567, "# ##0", "1 234 567"),
        (1234.5, '#,##0.00\\ "€"', "1 234,50 €"),
        (1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "1 234,50 €"),
        (-1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "-1 234,50 €"),
        (0, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "- €"),
        (1500, "[$€-40B] #,##0", "€ 1 500"),
        (-5, "0;[Red]-0", "-5"),
        (-5, "0;[Red]\\(0\\)", "(5)"),
        (1500000, "#,##0,", "1 500"),
        (2.0, "0.0", "2,0"),
        (3, '0 "kpl"', "3 kpl"),
        (7, "000", "007"),
        (0, '0;-0;"ei"', "ei"),
        (5, "@", "5"),
        (0.5, "# ?/?", "0,5"),
        (5, ";;;", ""),
        ("piilossa", ";;;", ""),
        (datetime(2026, 2, 1), "mm-dd-yy", "1.2.2026"),
        (datetime(2026, 2, 1), "d.m.yyyy", "1.2.2026"),
        (datetime(2026, 2, 1), "dd\\.mm\\.yyyy", "01.02.2026"),
        (datetime(2026, 2, 1), "yyyy-mm-dd", "01.02.2026"),
        (datetime(2026, 2, 1, 9, 5), "d.m.yyyy h:mm", "1.2.2026 9.05"),
        (datetime(2026, 2, 1), "yyyy", "2026"),
        (datetime(2026, 2, 1), "mmm yy", "2/2026"),
        (datetime(2026, 2, 1), "d.m.", "1.2."),
        (datetime(2026, 2, 1, 9, 5), "h:mm", "9.05"),
        (date(2026, 12, 31), "[$-40B]d\\. mmmm yyyy", "31.12.2026"),
        (time(9, 5), "h:mm", "9.05"),
        (time(9, 5, 7), "h:mm:ss", "9.05.07"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30.05"),
    ],
)  # fmt: skip
def test_a_value_is_shown_by_its_format(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_strict_open_xml_is_refused_with_what_to_do(workbook: Any, tmp_path: Path) -> None:
    workbook.save(tmp_path / "plan.xlsx")
    ordinary, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    changed(tmp_path / "plan.xlsx", lambda _, data: data.replace(ordinary, strict))
    with pytest.raises(DocumentError, match=r"strict Open XML; save it as ordinary"):
        form_of_archive(tmp_path / "plan.xlsx")
