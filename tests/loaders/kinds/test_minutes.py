"""Minutes of any body are read: web and older forms, chains of bodies, abbreviations, Finnish and Swedish."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block, placed_lines
from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds import recognise
from hytegraph.loaders.kinds.kind import Extraction
from hytegraph.loaders.kinds.minutes.minutes import MINUTES as MINUTES_KIND
from hytegraph.loaders.privacy.redaction import redact

DATA = Path(__file__).parents[2] / "data" / "loaders" / "minutes"
MINUTES = sorted(path.stem for path in DATA.glob("*.txt") if not path.stem.startswith("no-minutes"))
ONE_TITLE = "Hyvinvointisuunnitelman toimenpiteet vuodelle 2024"


@cache
def document(name: str) -> SourceText:
    return redact(read_document(DATA / f"{name}.txt")).document


def laid_out(text: SourceText) -> SourceText:
    """The same words as a web page lays them out: labels in cells beside their text, other paragraphs as blocks."""
    blocks: list[Block] = []
    for at, paragraph in enumerate(text.text.strip().split("\n\n"), 1):
        first, _, rest = paragraph.replace("\u00a0", " ").partition("\n")
        if rest and first in ("Ehdotus", "Päätös", "Päätösehdotus", "Förslag", "Beslut"):
            blocks += [
                Block(CELL, first, table=at, row=1, column=1),
                Block(CELL, rest, table=at, row=1, column=2),
            ]
        elif paragraph.startswith("• "):
            blocks += [Block(ITEM, line.removeprefix("• "), level=1) for line in paragraph.split("\n")]
        else:
            kind = HEADING if first.startswith("§") else PARAGRAPH
            blocks += [Block(kind, line.replace(" § ", "\u00a0§\u00a0")) for line in paragraph.split("\n")]
    lines, placed = placed_lines(blocks)
    return SourceText(text.name, lines, "", placed=placed)


@cache
def extraction(name: str, *, as_blocks: bool = False) -> tuple[SourceText, Extraction]:
    text = laid_out(document(name)) if as_blocks else document(name)
    kind = recognise(text)
    assert kind.name == "minutes-extract"
    return text, kind.extract(text, Cleaner(text), ())


def rows(name: str, table: str, *columns: str, as_blocks: bool = False) -> list[tuple[str, ...]]:
    tables = extraction(name, as_blocks=as_blocks)[1].tables
    return [
        tuple(row[column] for column in columns)
        for found in tables
        if found.kind.name == table
        for row in found.rows
    ]


HANDLINGS = {
    "abbreviations": [
        ("Kunnanhallitus", "2024-03-11", "77", "Nuorten osallisuusohjelma"),
        ("Kunnanvaltuusto", "2024-03-25", "20", "Nuorten osallisuusohjelma"),
    ],
    "cloudnc-council": [
        ("Kaupunginvaltuusto", "2025-12-15", "88", "Mallilan hyvinvointisuunnitelma 2026–2029")
    ],
    "cloudnc-two-sections": [
        ("Hyvinvointilautakunta", "2023-11-21", "51", "Kokouksen laillisuus ja päätösvaltaisuus"),
        ("Hyvinvointilautakunta", "2023-11-21", "52", ONE_TITLE),
        ("Hyvinvointilautakunta", "2023-11-21", "53", "Tiedoksi merkittävät asiat"),
    ],
    "dynasty-chain": [
        ("Kaupunginhallitus", "2023-12-04", "304", ONE_TITLE),
        ("Hyvinvointilautakunta", "2023-11-21", "52", ONE_TITLE),
    ],
    "dynasty-three-bodies": [
        (
            "Kunnanvaltuusto",
            "2024-03-18",
            "12",
            "Laaja hyvinvointikertomus 2021–2024 ja hyvinvointisuunnitelma",
        ),
        (
            "Sivistyslautakunta",
            "2024-02-13",
            "9",
            "Laaja hyvinvointikertomus 2021–2024 ja hyvinvointisuunnitelma",
        ),
        (
            "Kunnanhallitus",
            "2024-03-04",
            "41",
            "Laaja hyvinvointikertomus 2021–2024 ja hyvinvointisuunnitelma",
        ),
    ],
    "older-unlabelled": [("Kaupunginhallitus", "2023-12-04", "305", "Nuorisotilan avaaminen")],
    "swedish-abbreviated": [("Stadsstyrelsen", "2023-12-04", "304", "Välfärdsberättelse 2021–2024")],
    "swedish-chain": [
        ("Bildningsnämnden", "2023-11-21", "52", "Åtgärder i välfärdsplanen år 2024"),
        ("Stadsstyrelsen", "2023-12-04", "304", "Åtgärder i välfärdsplanen år 2024"),
    ],
    "swedish-council": [("Stadsfullmäktige", "2025-12-15", "88", "Välfärdsplan för Modellstad 2026–2029")],
    "turku-older": [
        ("Kaupunginhallitus", "2023-12-04", "304", "Hyvinvointisuunnitelman hyväksyminen vuosille 2024–2025"),
        (
            "Hyvinvointilautakunta",
            "2023-11-21",
            "52",
            "Hyvinvointisuunnitelman hyväksyminen vuosille 2024–2025",
        ),
    ],
    "turku-summary": [("Kaupunginvaltuusto", "2025-07-03", "117", "Välituntiliikunnan ohjelma")],
}


@pytest.mark.parametrize("as_blocks", [False, True], ids=["text", "blocks"])
@pytest.mark.parametrize("name", MINUTES)
def test_every_handling_is_found_with_body_day_section_and_title(name: str, as_blocks: bool) -> None:
    found = rows(name, "decisions", "body", "date", "section", "title", as_blocks=as_blocks)
    assert found == HANDLINGS[name]


@pytest.mark.parametrize("as_blocks", [False, True], ids=["text", "blocks"])
@pytest.mark.parametrize("name", MINUTES)
def test_every_line_is_explained_and_every_cell_is_in_its_lines(name: str, as_blocks: bool) -> None:
    text, found = extraction(name, as_blocks=as_blocks)
    covered = coverage(locate_tables(text, found.tables))
    assert (covered.unexplained, covered.unexplained_words) == ((), ())


@pytest.mark.parametrize("name", MINUTES)
def test_every_handling_has_a_decision_in_both_forms(name: str) -> None:
    texts = rows(name, "decisions", "proposal", "decision")
    assert all(decision for _, decision in texts)
    assert texts == rows(name, "decisions", "proposal", "decision", as_blocks=True)


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("abbreviations", [("nuorisosihteeri", ""), ("", "")]),
        ("cloudnc-council", [("hyvinvointikoordinaattori | sivistysjohtaja", "kaupunginjohtaja")]),
        ("dynasty-chain", [("", "Kaupunginjohtaja"), ("hyvinvointikoordinaattori", "Sivistysjohtaja")]),
        ("dynasty-three-bodies", [("", ""), ("Rehtori", ""), ("", "Kunnanjohtaja")]),
        ("swedish-chain", [("välfärdskoordinator", "bildningsdirektör"), ("", "stadsdirektör")]),
        ("swedish-council", [("välfärdskoordinator", "Stadsdirektör")]),
        ("turku-summary", [("Liikuntapäällikkö", "Kaupunginjohtaja")]),
        ("turku-older", [("Apulaiskaupunginjohtaja", ""), ("suunnittelija", "Toimialajohtaja")]),
    ],
)
def test_who_prepared_and_presented_are_posts_without_persons(
    name: str, posts: list[tuple[str, str]]
) -> None:
    assert rows(name, "decisions", "preparedBy", "presentedBy") == posts


def test_proposal_and_decision_are_the_words_after_their_labels() -> None:
    assert rows("cloudnc-council", "decisions", "proposal", "decision") == [
        (
            (
                "Kaupunginhallitus ehdottaa kaupunginvaltuustolle, että se hyväksyy hyvinvointisuunnitelman "
                "2026–2029 liitteen mukaisesti."
            ),
            "Kaupunginvaltuusto hyväksyi ehdotuksen äänestyksen jälkeen.",
        )
    ]
    assert ("Ehdotus hyväksyttiin.",) in rows("turku-older", "decisions", "decision")
    assert rows("turku-summary", "decisions", "decision") == [("Ehdotus hyväksyttiin.",)]
    assert ("Enligt förslaget.",) in rows("swedish-chain", "decisions", "decision")
    assert rows("older-unlabelled", "decisions", "decision") == [
        ("Kaupunginhallitus merkitsi asian tiedoksi.",)
    ]


def test_a_vote_stays_as_words_with_their_lines_and_without_the_voter() -> None:
    assert ("Äänin 30–5, 2 tyhjää, asian käsittelyä päätettiin jatkaa.", "L39") in rows(
        "cloudnc-council", "narratives", "text", "lines"
    )
    assert ("Förslaget vann med rösterna 20–7.", "L27") in rows(
        "swedish-council", "narratives", "text", "lines"
    )
    assert ("Valtuutettu [nimi poistettu] ehdotti, että asia palautetaan valmisteltavaksi.",) in rows(
        "cloudnc-council", "narratives", "text"
    )


def test_cited_decisions_have_body_day_and_section() -> None:
    assert rows("cloudnc-council", "citations", "body", "date", "section") == [
        ("Kaupunginvaltuusto", "2021-12-13", "102"),
        ("Kaupunginhallitus", "2025-12-01", "304"),
    ]
    assert rows("abbreviations", "citations", "body", "date", "section") == [
        ("Kaupunginvaltuusto", "2022-12-12", "91")
    ]
    assert rows("cloudnc-two-sections", "citations", "body", "date", "section") == [
        ("Hyvinvointilautakunta", "2022-11-15", "47")
    ]
    assert rows("swedish-council", "citations", "body", "date") == [("Stadsstyrelsen", "2025-12-01")]
    assert rows("swedish-abbreviated", "decisions", "cites") == [("21.11.2023, § 52",)]


def test_attachments_are_named_as_losses() -> None:
    assert rows("cloudnc-council", "losses", "kind", "text") == [
        ("attachment", "• Liite 1 Hyvinvointisuunnitelma 2026–2029.pdf"),
        ("attachment", "• Liite 2 Lausunnot.pdf"),
    ]
    assert rows("swedish-council", "losses", "text") == [("Bilaga 1 Välfärdsplan 2026–2029",)]


def test_case_numbers_have_the_form_of_the_register_that_gave_them() -> None:
    assert rows("cloudnc-council", "decisions", "caseNumber") == [("MLIDno-2025-431",)]
    assert rows("turku-older", "decisions", "caseNumber") == [("8231-2023",), ("8231-2023",)]
    assert rows("dynasty-chain", "decisions", "caseNumber") == [("717/00.01.02/2023",)] * 2


def test_a_full_name_that_only_the_general_list_gives_makes_a_row_ambiguous() -> None:
    printed, listed = rows("abbreviations", "decisions", "certainty", "note")
    assert printed == ("sure", "")
    assert listed[0] == "ambiguous" and "lyhenteen KV" in listed[1]


def test_a_day_that_only_a_sentence_gives_makes_a_row_ambiguous() -> None:
    _, listed = rows("turku-older", "decisions", "certainty", "note")
    assert listed[0] == "ambiguous" and "Päivä on virkkeestä" in listed[1]


@pytest.mark.parametrize("name", ["no-minutes-plan", "no-minutes-rules"])
def test_a_plan_or_rules_that_name_a_section_are_no_minutes(name: str) -> None:
    assert not MINUTES_KIND.matches(document(name))


def plan_with_a_column_of_decisions() -> Iterable[Block]:
    yield Block(HEADING, "Hyvinvointisuunnitelma", level=1)
    yield Block(PARAGRAPH, "Kaupunginvaltuusto 15.12.2025 § 88")
    for row, words in enumerate(
        (("Tavoite", "Toimenpide", "Päätös"), ("Liikkuva arki", "Kerho", "Avataan.")), 1
    ):
        for column, word in enumerate(words, 1):
            yield Block(CELL, word, table=1, row=row, column=column)


def test_a_heading_of_a_column_is_no_label_of_minutes() -> None:
    lines, placed = placed_lines(plan_with_a_column_of_decisions())
    assert not MINUTES_KIND.matches(SourceText("suunnitelma", lines, "", placed=placed))


def test_lines_for_signatures_and_who_signs_are_no_part_of_a_decision() -> None:
    lines = [
        "Mallilan kaupunginhallitus 3.2.2025 § 12",
        "",
        "Hyvinvointisuunnitelma 2025–2028",
        "",
        "Päätösehdotus",
        "Kaupunginhallitus päättää hyväksyä suunnitelman.",
        "",
        "Päätös",
        "Ehdotus hyväksyttiin.",
        "____________________   ____________________",
        "[nimi poistettu]",
        "puheenjohtaja",
        "",
        "……………………………",
        "Zyxola Pyr",
        "",
        "Mallilan kaupunginvaltuusto 3.3.2025 § 7",
        "",
        "Hyvinvointisuunnitelma 2025–2028",
        "",
        "Päätös",
        "Hyväksyttiin.",
        "_______________",
    ]
    text = SourceText("pöytäkirja", tuple(lines), "")
    tables = {table.kind.name: table for table in MINUTES_KIND.extract(text, Cleaner(text), ()).tables}
    assert [row["decision"] for row in tables["decisions"].rows] == ["Ehdotus hyväksyttiin.", "Hyväksyttiin."]
    assert coverage(locate_tables(text, tables.values())).unexplained == ()
