"""Paragraphs of a budget narrative."""

from hytegraph.loaders.kinds.interim_report.narratives import paragraphs
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine


def numbers(*texts: str) -> list[list[int]]:
    found = paragraphs([ReportLine(at, text) for at, text in enumerate(texts, 1)])
    return [[line.number for line in paragraph] for paragraph in found]


def test_an_empty_line_between_wrapped_lines_ends_no_paragraph() -> None:
    assert numbers("Menojen ylitys on palveluissa ja johtuu ", "", "kustannuksista. ") == [[1, 3]]


def test_a_line_of_blanks_ends_a_paragraph() -> None:
    assert numbers("Menot ylittyvät tänä vuonna ", " ", "Tulot alittuvat tänä vuonna ") == [[1], [3]]


def test_a_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    assert numbers("Tulot ylittyvät. ", "", "Menojen ylitys on palveluissa ja johtuu kuluista. ") == [
        [1],
        [3],
    ]


def test_a_long_line_that_ends_a_sentence_goes_on() -> None:
    assert numbers(
        "Menojen ylitys johtuu kuluista ja hinnoista. ", "Tulot ylittyvät arvioidusta vähän. "
    ) == [[1, 2]]
