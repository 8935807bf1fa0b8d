"""What a table is taken for, by its cells."""

from itertools import count

import pytest

from hytegraph.loaders.documents.blocks import CELL, Block, Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.profile.grids import Grid, grid_of
from hytegraph.loaders.profile.model import CARD, HEADER_ROWS
from hytegraph.loaders.profile.shapes import propose_table

HEADINGS = ("Tavoite", "Toimenpide")
MORE = ("Mitä", "Miten")
ROW = ("Nuoret liikkuvat", "Hankitaan välineitä lainattavaksi")


def grid(*rows: tuple[str, ...], headers: int) -> Grid:
    """A table of these rows, of which the first are marked as headings."""
    lines = count(1)
    cells = []
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            line = next(lines)
            block = Block(CELL, text, table=1, row=row, column=column, is_header=row <= headers)
            cells.append(Placed(block, Span(line, line)))
    return grid_of("", 1, cells)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_table_may_hold_nothing_but_headings(rows: int) -> None:
    table = propose_table(grid(*(HEADINGS, MORE, MORE)[:rows], headers=rows))

    assert (table.shape, table.header_rows) == (HEADER_ROWS, rows)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_headings_end_where_no_row_below_is_marked_as_one(rows: int) -> None:
    table = propose_table(grid(*(HEADINGS, MORE, MORE)[:rows], ROW, ROW, headers=rows))

    assert (table.shape, table.header_rows) == (HEADER_ROWS, rows)


def test_words_of_one_role_in_two_columns_are_no_headings() -> None:
    assert propose_table(grid(("Toimenpide", "Toimenpiteet"), ROW, ROW, headers=0)).shape != HEADER_ROWS
    assert propose_table(grid(HEADINGS, ROW, ROW, headers=0)).shape == HEADER_ROWS


def test_a_card_has_labels_in_one_column_and_words_that_are_none_in_the_next() -> None:
    labels = ("Tavoite", "Toimenpide", "Vastuutaho")
    words = ("Nuoret liikkuvat", "Hankitaan välineitä", "Liikuntapalvelut")

    assert propose_table(grid(*zip(labels, words, strict=True), headers=0)).shape == CARD
    assert propose_table(grid(*zip(labels, labels, strict=True), headers=0)).shape != CARD
