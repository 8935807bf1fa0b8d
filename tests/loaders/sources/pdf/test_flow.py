"""Text of a PDF outside tables: headings, paragraphs, items, text columns, running heads."""

from pathlib import Path
from typing import Any

import pytest
from reportlab.platypus import BalancedColumns, PageBreak

from tests.loaders.sources.pdf.structures import ROWS
from tests.loaders.sources.pdf.written import GRID, Lines, blocks_of, table, words

LONG = "Kuusijärven kunta edistää asukkaiden hyvinvointia yhdessä järjestöjen kanssa. "


def test_headings_have_levels_by_size_and_weight(tmp_path: Path) -> None:
    story = [words("Hyvinvointisuunnitelma", "Title"), words("Lähtökohdat", "Heading2"), words(LONG * 6)]
    story += [words("<b>Väestö</b>"), words(LONG * 5), words("Tavoitteet", "Heading2"), words(LONG * 4)]
    headings = [(block.text, block.level) for block in blocks_of(tmp_path, *story) if block.kind == "heading"]
    assert headings == [("Hyvinvointisuunnitelma", 1), ("Lähtökohdat", 2), ("Väestö", 3), ("Tavoitteet", 2)]


def test_a_paragraph_keeps_its_lines_and_the_next_is_another(tmp_path: Path) -> None:
    blocks = blocks_of(tmp_path, words(LONG * 6), words(LONG * 3))
    assert [block.kind for block in blocks] == ["paragraph", "paragraph"]
    assert " ".join(blocks[0].text.split()) == (LONG * 6).strip()
    assert "\n" in blocks[0].text


@pytest.mark.parametrize("sign", ["•", "-", "–", "o"])
def test_a_line_with_a_sign_is_an_item_without_it(sign: str, tmp_path: Path) -> None:
    blocks = blocks_of(
        tmp_path, words(LONG * 5), words(f"{sign} avataan puisto"), words(f"{sign} kunnostetaan ladut")
    )
    assert [(block.kind, block.text) for block in blocks[1:]] == [
        ("item", "avataan puisto"),
        ("item", "kunnostetaan ladut"),
    ]


def test_a_numbered_line_is_an_item_with_its_number(tmp_path: Path) -> None:
    blocks = blocks_of(tmp_path, words(LONG * 5), words("1. avataan puisto"), words("b) kunnostetaan ladut"))
    assert [block.text for block in blocks if block.kind == "item"] == [
        "1. avataan puisto",
        "b) kunnostetaan ladut",
    ]


def test_an_indented_line_goes_on_with_its_item(tmp_path: Path) -> None:
    lines = Lines(
        [
            (0, "Toimet ovat seuraavat asiat kunnassa"),
            (10, "• avataan puisto"),
            (20, "keskustaan"),
            (10, "• ladut"),
            (30, "o reitit"),
        ]
    )
    items = [(block.text, block.level) for block in blocks_of(tmp_path, lines) if block.kind == "item"]
    assert [text for text, _ in items] == ["avataan puisto\nkeskustaan", "ladut", "reitit"]
    assert items[2][1] > items[1][1]


def test_the_text_around_tables_keeps_its_order(tmp_path: Path) -> None:
    story = [
        words("Ennen", "Heading2"),
        table(ROWS, GRID),
        words("Välissä", "Heading2"),
        table(ROWS, GRID),
        words("Jälkeen"),
    ]
    kinds: list[Any] = []
    for block in blocks_of(tmp_path, *story):
        name = block.table or block.text
        if not kinds or kinds[-1] != name:
            kinds.append(name)
    assert kinds == ["Ennen", 1, "Välissä", 2, "Jälkeen"]


def test_two_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        words(f"Vasen {number} kertoo kunnan asukkaista ja järjestöistä, joiden kanssa toimitaan.")
        for number in range(6)
    ]
    right = [
        words(f"Oikea {number} kertoo kunnan palveluista ja tiloista, joita kaikki voivat käyttää.")
        for number in range(6)
    ]
    text = " ".join(
        block.text
        for block in blocks_of(tmp_path, BalancedColumns([*left, *right], nCols=2, innerPadding=30))
    )
    places = [text.index(f"{side} {number}") for side in ("Vasen", "Oikea") for number in range(6)]
    assert places == sorted(places)


def _running(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(60, 815, "Kuusijärven kaupunki")
    canvas.drawString(480, 815, f"{document.page} (3)")
    canvas.drawString(60, 25, f"Hyvinvointisuunnitelma 2025–2028, sivu {document.page}")


def test_running_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    story = [words(LONG * 3), PageBreak(), words(LONG * 4), PageBreak(), words(LONG * 5)]
    text = "\n".join(block.text for block in blocks_of(tmp_path, *story, draw=_running))
    assert "kaupunki" not in text
    assert "sivu" not in text
    assert "(3)" not in text


def test_headings_at_the_head_of_pages_that_differ_in_a_number_stay(tmp_path: Path) -> None:
    def heading(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, 785, f"Painopiste {document.page}")

    story = [words(LONG * 3), PageBreak(), words(LONG * 4), PageBreak(), words(LONG * 5)]
    headings = [block.text for block in blocks_of(tmp_path, *story, draw=heading) if block.kind == "heading"]
    assert headings == ["Painopiste 1", "Painopiste 2", "Painopiste 3"]


def test_a_paragraph_divided_by_a_table_does_not_end_up_in_it(tmp_path: Path) -> None:
    blocks = blocks_of(tmp_path, words(LONG * 2), table(ROWS, GRID), words(LONG * 2))
    assert all(LONG.strip() not in " ".join(block.text.split()) for block in blocks if block.kind == "cell")


def test_bullets_that_are_drawn_are_read_as_signs(tmp_path: Path) -> None:
    def dot(canvas: Any, _document: Any) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(90, 500, "avataan puisto keskustaan")
        canvas.circle(80, 503.5, 1.6, fill=1)

    blocks = blocks_of(tmp_path, words(LONG * 5), draw=dot)
    assert [(block.kind, block.text) for block in blocks[1:]] == [("item", "avataan puisto keskustaan")]
