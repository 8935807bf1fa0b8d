"""Which words outside the outermost rules of a table make a row of it."""

import pytest

from hytegraph.loaders.sources.pdf.beyond import Sides, rows_beyond
from hytegraph.loaders.sources.pdf.lines import Line
from hytegraph.loaders.sources.pdf.page import Box


def row_below(table: Sides, *words: tuple[float, float]) -> bool:
    """Whether words below a table, each from one x to another, make a row of it."""
    pieces = [Line("sana", Box(x0, 203, x1, 213), 10, is_bold=False) for x0, x1 in words]
    return bool(rows_beyond(table, 100, 200, pieces, [100, 200]))


@pytest.mark.parametrize(
    "columns, filled, makes_a_row", [(2, 1, False), (2, 2, True), (3, 2, True), (5, 2, False), (5, 3, True)]
)
def test_words_in_most_columns_and_in_more_than_one_make_a_row(
    columns: int, filled: int, makes_a_row: bool
) -> None:
    table = Sides(0, 100.0 * columns, [100.0 * at for at in range(1, columns)])
    words = [(100.0 * at + 5, 100.0 * at + 80) for at in range(filled)]

    assert row_below(table, *words) == makes_a_row


def test_a_line_over_the_side_of_a_column_makes_no_row() -> None:
    table = Sides(0, 200, [100])

    assert row_below(table, (5, 80), (105, 180))
    assert not row_below(table, (5, 80), (105, 180), (20, 150))
