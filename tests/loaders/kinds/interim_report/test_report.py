"""An interim report of a made-up town in the layout of a real one."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report import interim_report
from hytegraph.loaders.kinds.kind import Extraction

DATA = Path(__file__).parents[3] / "data" / "loaders"
COLUMNS = ("TP 2022", "TA 2023", "TOTEUMA 1-8/2023", "ENNUSTE 2023")


@pytest.fixture(scope="module")
def document() -> SourceText:
    return read_document(DATA / "osavuosikatsaus.txt")


@pytest.fixture(scope="module")
def extraction(document: SourceText) -> Extraction:
    return interim_report.extract(document, Cleaner(document), ())


@pytest.fixture(scope="module")
def tables(extraction: Extraction) -> Mapping[str, tuple[Row, ...]]:
    return {table.kind.name: table.rows for table in extraction.tables}


@pytest.fixture(scope="module")
def figures(tables: Mapping[str, tuple[Row, ...]]) -> Mapping[str, Row]:
    return {row["indicator"]: row for row in tables["figures"]}


def values(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in COLUMNS)


def test_the_content_tells_an_interim_report(document: SourceText) -> None:
    assert interim_report.matches(document)


def test_prose_without_figure_tables_is_no_interim_report(document: SourceText) -> None:
    assert not interim_report.matches(document.with_lines(document.lines[:20]))


def test_the_period_is_that_of_the_actuals(extraction: Extraction) -> None:
    assert (extraction.period, extraction.title) == ("1-8/2023", "Osavuosikatsaus 1-8/2023")


def test_every_cell_stands_in_its_lines(document: SourceText, extraction: Extraction) -> None:
    locate_tables(document, extraction.tables)


def test_no_line_is_lost(document: SourceText, extraction: Extraction) -> None:
    assert coverage(locate_tables(document, extraction.tables)).unexplained == ()


def test_the_chart_before_the_first_sector_is_a_loss(tables: Mapping[str, tuple[Row, ...]]) -> None:
    assert [(row["kind"], row["lines"]) for row in tables["losses"]] == [("chartValues", "L1 L3")]


def test_result_areas_belong_to_the_sector_above(tables: Mapping[str, tuple[Row, ...]]) -> None:
    assert [(row["kind"], row["unit"], row["parent"]) for row in tables["units"]] == [
        ("sector", "Sivistystoimiala", ""),
        ("resultArea", "Vapaa-aika", "Sivistystoimiala"),
        ("sector", "Ympäristötoimiala", ""),
    ]


def test_the_question_above_a_narrative_is_a_heading(tables: Mapping[str, tuple[Row, ...]]) -> None:
    assert [row["text"].split()[0] for row in tables["narratives"]] == [
        "Sivistystoimialan",
        "Tulot",
        "Sivistystoimialan",
    ]
    assert "Talousarvion toteutuminen" in tables["passages"][1]["text"]


def test_lines_of_officials_keep_no_text(tables: Mapping[str, tuple[Row, ...]]) -> None:
    personal = [row["text"] for row in tables["passages"] if row["kind"] == "personalData"]
    assert personal == ["", "", ""]


def test_amendments_keep_their_signs_and_tell_the_convention(tables: Mapping[str, tuple[Row, ...]]) -> None:
    rows = [tuple(row[name] for name in ("item", "income", "expense", "net")) for row in tables["amendments"]]
    assert rows == [
        ("Hallintopalvelut", "-10 100", "-10 100", "0"),
        ("Varhaiskasvatus ja perusopetus", "+ 1 200 000", "+1 300 500", "-100 500"),
        ("Yhteensä", "+1 189 900", "+1 290 400", "-100 501"),
    ]
    assert {row["netConvention"] for row in tables["amendments"]} == {"incomeMinusExpenditure"}


def test_a_total_that_differs_from_its_lines_is_remarked(tables: Mapping[str, tuple[Row, ...]]) -> None:
    assert tables["amendments"][-1]["note"] == "Netto: rivit ovat yhteensä -100 500, lähteessä -100 501."


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("Lainat, kpl", ("714 192", "600 000", "400 777", "600 000")),
        ("Palaute", ("", "", "7 kpl", "10 kpl")),
        ("Kotihoito", ("", "18 830", "12 157", "18 316")),
        ("käynnit, alle 75 v", ("8 014", "7 000", "4 729", "7 160")),
        ("Kuntoutus asiakkaat", ("", "640", "", "")),
        ("Päivätoiminta Satamakatu 22", ("5 239", "", "0", "-")),
        ("Kesätyöntekijät", ("", "125", "134", "134")),
        ("Projektit yhteensä, htv", ("", "22", "Hanke 7,25 htv", "22")),
        ("Puistot (m2)", ("800 000", "800 000", "800 000", "800 000")),
    ],
)
def test_each_number_stands_in_its_column(
    figures: Mapping[str, Row], indicator: str, expected: tuple[str, ...]
) -> None:
    assert values(figures[indicator]) == expected


def test_numbers_printed_column_by_column_join_their_labels(figures: Mapping[str, Row]) -> None:
    assert values(figures["Uimahalli"]) == ("", "24 000", "15 100", "23 000")
    assert values(figures["Liikunnan ja hyvinvoinnin edistäminen"]) == ("", "8 000", "5 200", "8 100")
    assert figures["Uimahalli"]["parent"] == "Kävijöiden lukumäärä"


def test_a_heading_directly_under_a_heading_is_nested(figures: Mapping[str, Row]) -> None:
    assert figures["Kotihoito"]["group"] == "Hoiva palvelut / Kotihoito"


def test_parts_name_their_whole(figures: Mapping[str, Row]) -> None:
    assert figures["käynnit, yli 75 v."]["parent"] == "Kotihoito"
    assert figures["Fysioterapia"]["parent"] == "Kuntoutus asiakkaat"


def test_a_whole_that_differs_from_its_parts_is_kept_and_remarked(figures: Mapping[str, Row]) -> None:
    assert figures["Kotihoito"]["note"] == "ENNUSTE 2023: osat ovat yhteensä 18 260, lähteessä 18 316."
    assert figures["Kotihoito"]["certainty"] == "sure"


def test_parts_printed_in_the_label_become_figures(figures: Mapping[str, Row]) -> None:
    assert values(figures["Virastoihin"]) == ("", "", "73", "")
    assert (figures["Yrityksiin"]["parent"], figures["Yrityksiin"]["certainty"]) == (
        "Kesätyöntekijät",
        "ambiguous",
    )


def test_words_in_cells_make_a_row_ambiguous(figures: Mapping[str, Row]) -> None:
    row = figures["Projektit yhteensä, htv"]
    assert (row["certainty"], bool(row["note"])) == ("ambiguous", True)


def test_units_come_from_the_label_the_values_or_the_parts(figures: Mapping[str, Row]) -> None:
    labels = ("Puistot (m2)", "Palaute", "Kotihoito", "Kuntoutus asiakkaat")
    units = [figures[label]["unit"] for label in labels]
    assert units == ["m2", "kpl", "käynti", "asiakas"]
