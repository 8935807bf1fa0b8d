"""Tables of a PDF: rules, merged and rotated cells, fills, going on over a page."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hytegraph.loaders.documents.blocks import CELL, Block
from hytegraph.loaders.sources.pdf.over_pages import Table
from tests.loaders.sources.pdf.structures import STRUCTURES, fills, over_pages, rows_broken_over_pages
from tests.loaders.sources.pdf.written import (
    BLACK,
    GRID,
    Lines,
    blocks_of,
    rows_of,
    small,
    table,
    with_soft_hyphen,
    words,
)


def _cells(blocks: tuple[Block, ...]) -> dict[tuple[int, int], Block]:
    return {(block.row, block.column): block for block in blocks if block.kind == CELL}


@pytest.mark.parametrize("name", STRUCTURES)
def test_each_structure_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    written = STRUCTURES[name]()
    blocks = blocks_of(tmp_path, *written.story)
    numbers = range(1, max(block.table for block in blocks) + 1)
    assert [rows_of(blocks, number) for number in numbers] == written.tables


def test_a_merged_cell_tells_what_it_covers(tmp_path: Path) -> None:
    cells = _cells(blocks_of(tmp_path, *STRUCTURES["merged_cells"]().story))
    assert (cells[2, 1].rows, cells[2, 1].columns) == (1, 3)
    assert (cells[3, 1].rows, cells[3, 1].columns) == (3, 1)
    assert (4, 1) not in cells


def test_a_merged_cell_that_goes_on_over_a_page_covers_the_rows_of_both_pages(tmp_path: Path) -> None:
    cells = _cells(blocks_of(tmp_path, *STRUCTURES["merged_cells_over_pages"]().story))
    assert [cell.rows for (row, column), cell in cells.items() if column == 1 and row > 1] == [5] * 12


def test_the_head_is_marked_and_a_repeated_one_is_read_once(tmp_path: Path) -> None:
    cells = _cells(blocks_of(tmp_path, *over_pages().story))
    assert {row for (row, _), cell in cells.items() if cell.is_header} == {1}
    assert max(cell.page for cell in cells.values()) > 1


def test_a_long_table_is_measured_a_few_times_a_page_and_not_for_each_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(table: Table) -> int:
        asked.append(1)
        return max(cell.row + cell.rows for cell in table.cells)

    monkeypatch.setattr(Table, "row_count", property(counted))
    blocks = blocks_of(tmp_path, *over_pages().story)
    pages = max(block.page for block in blocks)
    assert pages > 1
    assert len(asked) <= 8 * pages < len(blocks)


def test_a_row_broken_over_a_page_is_one_row_on_its_first_page(tmp_path: Path) -> None:
    cells = _cells(blocks_of(tmp_path, *rows_broken_over_pages().story))
    assert max(row for row, _ in cells) == 9
    assert all(
        cell.text.startswith("Kohta 0") for (row, column), cell in cells.items() if column == 2 and row > 1
    )


def test_a_row_that_begins_on_a_new_page_is_not_joined_to_the_one_before(tmp_path: Path) -> None:
    rows = [["Tavoite", "Toimenpide"]] + [["", f"Toimi {number} tehdään"] for number in range(60)]
    assert len(rows_of(blocks_of(tmp_path, table(rows, GRID, widths=[150, 200])))) == 61


def test_a_coloured_cell_has_its_fill(tmp_path: Path) -> None:
    cells = _cells(blocks_of(tmp_path, *fills().story))
    assert [cells[row, 2].fill for row in (1, 2, 3)] == ["", "92D050", "FF0000"]
    assert cells[2, 1].fill == ""


def test_bullets_of_a_cell_stand_at_the_beginning_of_their_lines(tmp_path: Path) -> None:
    text = _cells(blocks_of(tmp_path, *STRUCTURES["bullets_in_cells"]().story))[2, 2].text
    lines = text.split("\n")
    assert len(lines) == 3
    assert [line.startswith("• ") for line in lines] == [True, False, True]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Toimen-<br/>pide", "Toimenpide"),
        ("Linja-<br/>auto", "Linja-auto"),
        ("Sosiaali-<br/>ja terveystoimi", "Sosiaali- ja terveystoimi"),
        ("EU-<br/>Rahoitus", "EU-Rahoitus"),
        ("Vastuu<br/>ja valvonta", "Vastuu ja valvonta"),
    ],
)
def test_a_heading_divided_at_the_end_of_a_line_is_whole(printed: str, read: str, tmp_path: Path) -> None:
    rows = [[f"<b>{printed}</b>", "<b>Tavoite</b>"], ["Avataan puisto", "Liikunta"]]
    assert rows_of(blocks_of(tmp_path, table(rows, GRID, widths=[120, 120])))[0] == [read, "Tavoite"]


def test_a_word_of_a_heading_that_is_wider_than_its_column_is_whole(tmp_path: Path) -> None:
    rows = [[words("<b>Vastuutaho</b>"), words("<b>Mittari</b>")], ["Liikunta", "Kävijät"]]
    rows[0][0].style = rows[0][0].style.clone("narrow", splitLongWords=1)
    blocks = blocks_of(tmp_path, table(rows, GRID, widths=[60, 120]))
    assert rows_of(blocks)[0] == ["Vastuutaho", "Mittari"]


def test_a_soft_hyphen_within_a_cell_is_mended(tmp_path: Path) -> None:
    cell = Lines([(0, "hyvinvointi\xad"), (0, "suunnitelma laaditaan")], font=with_soft_hyphen())
    read = _cells(blocks_of(tmp_path, table([["Tavoite", "Toimi"], [cell, "puisto"]], GRID)))[2, 1]
    assert read.text == "hyvinvointisuunnitelma\nlaaditaan"


def test_page_and_box_tell_where_a_cell_stands(tmp_path: Path) -> None:
    cell = _cells(blocks_of(tmp_path, table([["Tavoite", "Toimi"], ["a", "b"]], GRID)))[1, 1]
    assert cell.page == 1
    left, top, right, bottom = cell.box or (0, 0, 0, 0)
    assert 72 <= left < right <= 595 and 72 <= top < bottom < 110


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    frame = table([["Tiivistelmä: kunta voi hyvin."]], ("BOX", (0, 0), (-1, -1), 1, BLACK))
    assert [block.kind for block in blocks_of(tmp_path, frame)] == ["paragraph"]


_WORD = st.text("abcdefghijklmnoprstuvyäöåABCDEFGHIJKLMNO", min_size=2, max_size=9)
_CELL = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)


@st.composite
def _rows(draw: st.DrawFn) -> list[list[str]]:
    columns = draw(st.integers(2, 5))
    return draw(st.lists(st.lists(_CELL, min_size=columns, max_size=columns), min_size=2, max_size=12))


@settings(max_examples=25, deadline=None)
@given(rows=_rows())
def test_any_table_written_is_read_with_the_same_cells(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = table(
        [[small(cell) for cell in row] for row in rows], GRID, widths=[450 / len(rows[0])] * len(rows[0])
    )
    read = rows_of(blocks_of(tmp_path_factory.mktemp("any"), written))
    assert read == rows
