"""Lines that pages repeat at their edges are left out, and what stands there once is not."""

import pytest

from hytegraph.loaders.sources.pdf.content import PageContent
from hytegraph.loaders.sources.pdf.lines import Line
from hytegraph.loaders.sources.pdf.page import Box
from hytegraph.loaders.sources.pdf.running import leave_out_running

HEIGHT, SIZE = 800.0, 10.0


def left(pages: list[list[tuple[str, float]]]) -> list[list[str]]:
    """The words of each page that are not running; lines by words and top (points)."""
    contents = [
        PageContent(
            number,
            HEIGHT,
            [],
            [Line(text, Box(50, top, 200, top + SIZE), SIZE, is_bold=False) for text, top in lines],
        )
        for number, lines in enumerate(pages, 1)
    ]
    leave_out_running(contents, SIZE)
    return [[line.text for line in page.lines] for page in contents]


@pytest.mark.parametrize(
    "times, of, is_running", [(1, 1, False), (2, 2, True), (2, 3, True), (2, 4, False), (3, 4, True)]
)
def test_words_at_one_place_of_more_than_half_of_the_pages_are_running(
    times: int, of: int, is_running: bool
) -> None:
    pages = [[("Mallilan kunta", 20.0)] if number < times else [] for number in range(of)]

    assert any(left(pages)) != is_running


def test_words_at_another_place_or_within_the_page_are_text() -> None:
    places = [[("Mallilan kunta", 20.0)], [("Mallilan kunta", 60.0)], [("Mallilan kunta", 400.0)]]

    assert left(places) == [["Mallilan kunta"]] * 3


def test_the_number_of_a_page_is_no_text_and_another_number_is() -> None:
    assert left([[("1", 780.0)], [("Sivu 2", 780.0)], [("2026", 780.0)]]) == [[], [], ["2026"]]
