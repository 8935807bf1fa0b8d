"""A table on two pages: what its columns and its head are when the parts are put together."""

from hytegraph.loaders.sources.pdf.content import PageContent
from hytegraph.loaders.sources.pdf.grid import Cell, Grid
from hytegraph.loaders.sources.pdf.over_pages import TextCell, is_header_row, tables_over_pages
from hytegraph.loaders.sources.pdf.page import Box, Glyph

HEIGHT = 20.0


def cell(row: int, column: int, columns: int, sides: list[float], text: str) -> Cell:
    box = Box(sides[column], row * HEIGHT, sides[column + columns], (row + 1) * HEIGHT)
    places = (Box(box.x0 + 6 * at, box.top + 5, box.x0 + 6 * at + 5, box.top + 15) for at in range(len(text)))
    glyphs = [Glyph(letter, place, 10.0, False, 0) for letter, place in zip(text, places, strict=True)]
    return Cell(row, column, 1, columns, box, glyphs)


def page(number: int, sides: list[float], *rows: list[tuple[int, int, str]]) -> PageContent:
    """A page that holds a table alone: for each row the first column of a cell, how many it covers, and its words."""
    cells = [
        cell(row, column, columns, sides, text)
        for row, written in enumerate(rows)
        for column, columns, text in written
    ]
    table = Grid(Box(sides[0], 0, sides[-1], len(rows) * HEIGHT), list(sides), cells)
    return PageContent(number, 800.0, [table], [])


def places(cells: list[TextCell]) -> list[tuple[int, int, int, str]]:
    return [(each.row, each.column, each.columns, each.text) for each in cells]


def test_a_cell_spans_the_columns_that_only_the_next_page_divides() -> None:
    first = page(1, [0, 100, 300], [(0, 1, "Tavoite"), (1, 1, "Toimi")], [(0, 2, "Kaikki")])
    second = page(2, [0, 100, 200, 300], [(0, 1, "Arki"), (1, 1, "Raati"), (2, 1, "Kunta")])

    [table] = tables_over_pages([first, second])

    assert table.sides == [0, 100, 200, 300]
    assert places(table.cells) == [
        (0, 0, 1, "Tavoite"),
        (0, 1, 2, "Toimi"),
        (1, 0, 3, "Kaikki"),
        (2, 0, 1, "Arki"),
        (2, 1, 1, "Raati"),
        (2, 2, 1, "Kunta"),
    ]


def test_a_first_row_is_a_head_where_the_next_page_repeats_it_and_not_where_it_only_goes_on() -> None:
    sides = [0.0, 100.0, 200.0]
    head, row, other = ([(0, 1, one), (1, 1, two)] for one, two in (("A", "B"), ("C", "D"), ("E", "F")))

    [repeated] = tables_over_pages([page(1, sides, head, row), page(2, sides, head, other)])
    [goes_on] = tables_over_pages([page(1, sides, head, row), page(2, sides, other)])

    assert is_header_row(repeated, 0)
    assert not is_header_row(goes_on, 0)
    assert places(repeated.cells) == places(goes_on.cells)


def rows_of_two_pages(above: list[str], below: list[str]) -> list[list[str]]:
    """The words by row of a table of which one row stands at the end of a page and the other at the next one's head."""
    sides = [100.0 * at for at in range(len(above) + 1)]
    parts = [
        page(at, sides, [(n, 1, text) for n, text in enumerate(row)]) for at, row in enumerate((above, below))
    ]
    [table] = tables_over_pages(parts)
    return [
        [" ".join(each.text.split()) for each in table.cells if each.row == row]
        for row in range(table.row_count)
    ]


def test_a_row_goes_on_over_the_page_where_less_than_half_of_its_cells_begin_anew() -> None:
    broken = rows_of_two_pages(["Arki", "Raati", "Kunta ja"], ["", "Toimi", "Kylä"])
    whole = rows_of_two_pages(["Arki", "Raati", "Kunta ja", "Yksi"], ["", "Toimi", "kylä", "Kaksi"])

    assert broken == [["Arki", "Raati Toimi", "Kunta ja Kylä"]]
    assert whole == [["Arki", "Raati", "Kunta ja", "Yksi"], ["", "Toimi", "kylä", "Kaksi"]]
