"""Where in its file a line stands: page and box of a PDF, sheet and row of a workbook, nothing of a text."""

from hytegraph.loaders.documents.blocks import CELL, PARAGRAPH, Block, Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.quads.places import FilePlaces

PLACES = FilePlaces(
    (
        Placed(Block(PARAGRAPH, "Suunnitelma", page=1, box=(72, 90, 372, 130)), Span(1, 2)),
        Placed(Block(CELL, "Kävely", page=2, table=1, row=3, column=2), Span(4, 4)),
        Placed(Block(CELL, "Uinti", sheet="Toimet", table=1, row=5, column=1), Span(6, 6)),
    )
)


def test_a_pdf_is_opened_at_the_page_and_box_of_a_line() -> None:
    assert [PLACES.fragment(line) for line in (1, 2, 4)] == ["page=1&viewrect=72,90,300,40"] * 2 + ["page=2"]


def test_what_has_no_page_has_no_fragment_and_what_has_no_place_none() -> None:
    assert [PLACES.fragment(line) for line in (3, 5, 6, 7)] == [""] * 4
    assert (PLACES.of_line(3), PLACES.of_line(7)) == (None, None)
    found = PLACES.of_line(6)
    assert found
    assert (found[0].words.fi, found[1]) == ("taulukko Toimet, rivi 5", 1)
