"""The words of a cell in two languages are told apart where its lines are wrapped, too."""

import pytest

from hytegraph.loaders.documents.blocks import CELL, Block, Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.profile.reader import propose, read_plan
from hytegraph.loaders.profile.words.two_languages import languages_apart
from tests.loaders.profile.written_blocks import document_of


@pytest.mark.parametrize(
    ("text", "first", "second", "lines"),
    [
        ("Arki sujuu / Vardagen fungerar", "Arki sujuu", "Vardagen fungerar", (1, 1)),
        ("Arki sujuu\nVardagen fungerar", "Arki sujuu", "Vardagen fungerar", (1, 2)),
        # A bracket begins no language.
        (
            "Vanhustyötä viedään puistoissa\n(kesä–elokuu) ja toreilla / De äldre\nmöts i parker och på torg",
            "Vanhustyötä viedään puistoissa\n(kesä–elokuu) ja toreilla",
            "De äldre\nmöts i parker och på torg",
            (2, 2),
        ),
        # A name within a language does not begin one.
        (
            "Hanke on käynnissä ja\nMallilan kylillä\nProjektet pågår och är\nav stor vikt",
            "Hanke on käynnissä ja\nMallilan kylillä",
            "Projektet pågår och är\nav stor vikt",
            (2, 3),
        ),
    ],
)
def test_each_language_has_its_words_and_lines(
    text: str, first: str, second: str, lines: tuple[int, int]
) -> None:
    last = 1 + text.count("\n")
    cell = Placed(Block(CELL, text), Span(1, last))
    one, other = languages_apart(cell)
    assert other
    assert (one.block.text, other.block.text) == (first, second)
    assert (one.span, other.span) == (Span(1, lines[0]), Span(lines[1], last))


def test_a_cell_that_does_not_tell_its_languages_stays_whole() -> None:
    cell = Placed(Block(CELL, "2026"), Span(4, 4))
    assert languages_apart(cell) == (cell, None)


def test_a_column_of_another_role_repeats_nothing_though_its_heading_is_in_another_language() -> None:
    document = document_of(
        "| Tavoite | Åtgärd | Vastuutaho |\n| Arki sujuu | Avataan palvelupiste | Kunta |\n"
    )
    plan = read_plan(document, Cleaner(document), propose(document))

    assert "translations" not in plan.rows
    assert [(row["goal"], row["measure"], row["responsible"]) for row in plan.rows["measures"]] == [
        ("Arki sujuu", "Avataan palvelupiste", "Kunta")
    ]
