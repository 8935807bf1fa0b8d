"""Action plan, realisation report, template and minutes are recognised and read into tables without loss."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds import KINDS, recognise
from hytegraph.loaders.kinds.kind import Extraction
from hytegraph.loaders.privacy.redaction import redact

DATA = Path(__file__).parents[2] / "data" / "loaders"
FILES = {
    "toimenpideohjelma": "action-plan",
    "toteumaraportti": "realisation-report",
    "lomake": "template",
    "poytakirjanote": "minutes-extract",
}


@cache
def document(name: str) -> SourceText:
    return redact(read_document(DATA / f"{name}.txt")).document


@cache
def extraction(name: str) -> Extraction:
    return KINDS[FILES[name]].extract(document(name), Cleaner(document(name)), ())


def column(name: str, table: str, *columns: str) -> Sequence[str | tuple[str, ...]]:
    rows = next((found.rows for found in extraction(name).tables if found.kind.name == table), ())
    return [row[columns[0]] if len(columns) == 1 else tuple(row[each] for each in columns) for row in rows]


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_a_document_is_recognised_by_its_content(name: str, kind: str) -> None:
    assert recognise(document(name)).name == kind


@pytest.mark.parametrize("name", FILES)
def test_every_line_and_word_is_explained_and_every_cell_is_in_its_lines(name: str) -> None:
    tables = extraction(name).tables
    locate_tables(document(name), tables)
    found = coverage(locate_tables(document(name), tables))
    assert (found.unexplained, found.unexplained_words) == ((), ())


@pytest.mark.parametrize(
    ("name", "title", "period", "date"),
    [
        ("toimenpideohjelma", "Hyvinvointisuunnitelman toimenpiteet vuodelle 2027", "2027", ""),
        (
            "toteumaraportti",
            "Hyvinvointisuunnitelman 2023–26 toimenpiteet vuodelta 2024, sivistystoimiala",
            "2024",
            "",
        ),
        ("lomake", "Hyvinvointisuunnitelman toimenpiteet 2023-26", "2023-2026", ""),
        ("poytakirjanote", "Mallilan strategian keskeiset projektit 2025", "2025", "2026-02-03"),
    ],
)
def test_title_period_and_date_are_the_documents_own(name: str, title: str, period: str, date: str) -> None:
    found = extraction(name)
    assert (found.title, found.period, found.date) == (title, period, date)


def test_the_action_plans_aim_stands_after_its_table() -> None:
    assert column("toimenpideohjelma", "goals", "aim", "goal") == [
        ("Lähellä luontoa", "Yhdessä tekeminen ja osallisuus"),
        ("Lähellä luontoa", "Lähiluonnon arvostus ja luontosuhde"),
        ("Lähellä luontoa", "Turvallinen arki kaikille asukkaille"),
    ]


def test_each_measure_of_the_action_plan_has_goal_and_units_of_its_row() -> None:
    assert column("toimenpideohjelma", "measures", "measure", "responsible", "certainty") == [
        ("Torikahvit kaksi kertaa vuodessa", "Kanslia | Sivistystoimiala", "sure"),
        ("Koulujen oppilaskunnat ja muut hyte-toimijat", "Kanslia | Sivistystoimiala", "sure"),
        ("Luontopolut.", "Koko organisaatio | Kestävän kehityksen päällikkö", "sure"),
        ("Laavut.", "Koko organisaatio | Kestävän kehityksen päällikkö", "sure"),
        (
            "Retkipäivien järjestäminen. Retkillä on mahdollista tutustua luontoon.",
            "Koko organisaatio | Kestävän kehityksen päällikkö",
            "ambiguous",
        ),
        ("Katuvalojen uusiminen", "Ympäristötoimiala", "sure"),
    ]


def test_an_instruction_to_the_sectors_is_a_passage() -> None:
    passages = column("toimenpideohjelma", "passages", "kind", "text")
    assert ("instruction", "Jokainen toimiala täyttää taulukon.") in passages


def test_the_report_has_goals_priorities_and_paragraphs_of_realisation_per_aim() -> None:
    assert column("toteumaraportti", "aims", "aim") == ["Iloiset asukkaat", "Vahva talous"]
    assert column("toteumaraportti", "goals", "goal") == [
        "Rakennamme vahvoja kumppanuuksia järjestöjen kanssa.",
        "Kuulemme asukkaita.",
    ]
    assert column("toteumaraportti", "priorities", "priority") == [
        "Yksinäisyyden ehkäisy",
        "Osallistaminen ja toiminnasta tiedottaminen",
    ]
    assert column("toteumaraportti", "realisations", "realisation", "certainty") == [
        ("Kylätalolla on järjestetty avoimia ovia. Kävijöitä oli paljon.", "ambiguous"),
        ("Nuorille avattiin tila.", "ambiguous"),
        ("Uimahalli oli auki.", "sure"),
        ("Kirjasto siirtyi uusiin tiloihin.", "sure"),
    ]


def test_the_reports_header_cites_the_councils_decision() -> None:
    assert column("toteumaraportti", "citations", "what", "body", "date", "section", "text") == [
        ("priorities", "Kaupunginvaltuusto", "2023-11-05", "12", "KV 5.11.2023 § 12")
    ]


def test_the_template_reports_nothing_and_says_what_its_reference_lacks() -> None:
    assert column("lomake", "priorities", "priority") == ["Yksinäisyyden ehkäisy", "Hankerahoitus"]
    assert not column("lomake", "realisations", "realisation") and not column("lomake", "citations", "text")
    assert "Valtuuston päätöksen päivä ja pykälä puuttuvat asiakirjasta." in column(
        "lomake", "passages", "note"
    )


def test_the_minutes_give_the_decision_with_posts_and_no_persons() -> None:
    cells = ("body", "date", "section", "caseNumber", "preparedBy", "presentedBy", "cites")
    assert column("poytakirjanote", "decisions", *cells) == [
        (
            "Sivistyslautakunta",
            "2026-02-03",
            "7",
            "12/00.01.02/2024",
            "Sivistysjohtaja",
            "Sivistysjohtaja",
            "04.12.2023 § 110 | 1.9.2024 § 85",
        )
    ]
    assert column("poytakirjanote", "decisions", "proposal", "decision") == [
        (
            "Sivistyslautakunta merkitsee tiedoksi projektien toteutuman.",
            "Sivistyslautakunta merkitsi tiedoksi projektien toteutuman.",
        )
    ]


def test_a_list_without_bullets_becomes_projects_with_their_years() -> None:
    assert column("poytakirjanote", "projects", "project", "period", "certainty") == [
        ("Kouluverkkoprojekti", "2025", "sure"),
        ("Yhteistyö naapurikuntien kanssa lukutaidon edistämiseksi", "2025", "sure"),
        ("Mallila2030 – kulttuurivuosi-hanke", "2025-2027", "ambiguous"),
    ]


def test_decisions_cited_in_prose_and_a_missing_attachment_are_rows() -> None:
    assert column("poytakirjanote", "citations", "what", "body", "date", "section") == [
        ("strategy", "Kaupunginvaltuusto", "2023-12-04", "110"),
        ("projects", "Sivistyslautakunta", "2024-09-01", "85"),
    ]
    assert column("poytakirjanote", "losses", "kind", "text") == [
        ("attachment", "Projektien toteutuma oheismateriaalina.")
    ]
