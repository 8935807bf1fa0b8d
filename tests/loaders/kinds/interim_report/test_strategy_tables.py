"""The reader of strategy tables, on tables of an invented town flattened as PDF tables are."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hytegraph.graph.finnish.folding import squash, wording_key
from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.assembly import _known_aim, read_strategy_tables
from hytegraph.loaders.kinds.interim_report.strategy_tables.goals import LearntGoal, likeness
from hytegraph.loaders.kinds.interim_report.strategy_tables.pages import read_pages
from hytegraph.loaders.kinds.kind import tables_of
from hytegraph.loaders.row_writer import Rows

DATA = Path(__file__).parents[3] / "data" / "strategy_tables.txt"
FIRST_LINE = 10
CENTRE = "Kaupungin keskusta on viihtyisä ja turvallinen kaikenikäisille."
VILLAGES = "Kylien palvelut säilyvät ja yhdistykset ovat kumppaneitamme."


@pytest.fixture(scope="module")
def document() -> SourceText:
    return read_document(DATA)


@pytest.fixture(scope="module")
def rows(document: SourceText) -> Rows:
    return read_strategy_tables(document, Cleaner(document), FIRST_LINE)


def measure(rows: Rows, start: str) -> Mapping[str, str]:
    return next(row for row in rows["measures"] if row["measure"].startswith(start))


def test_every_cell_stands_in_its_lines(document: SourceText, rows: Rows) -> None:
    locate_tables(document, tables_of(rows))


def test_every_line_and_character_of_the_tables_is_explained(document: SourceText, rows: Rows) -> None:
    covered = coverage(locate_tables(document, tables_of(rows)))
    assert [number for number in covered.unexplained if number >= FIRST_LINE] == []
    assert covered.unexplained_words == ()


def test_there_is_one_line_per_table_row(rows: Rows) -> None:
    assert len(rows["measures"]) == 9
    assert all(row["row"] == row["id"] for row in rows["measures"])


def test_goals_are_learnt_from_what_repeats_over_the_tables(rows: Rows) -> None:
    goals = [row["goal"] for row in rows["goals"]]
    assert goals == [CENTRE, VILLAGES, "Palvelumme ovat nopeita ja helppokäyttöisiä asukkaille."]


def test_cells_that_share_a_line_are_told_apart(rows: Rows) -> None:
    row = measure(rows, "Puistojen")
    assert row["indicator"] == "Kunnostettujen puistojen määrä"
    assert row["realisation"] == "Kolmesta puistosta kaksi on kunnostettu."
    assert (row["indicator_lines"], row["realisation_lines"]) == ("L21", "L21-L22")


def test_three_cells_on_one_line_are_told_apart(rows: Rows) -> None:
    row = measure(rows, "Liikenneturvallisuus")
    cells = [row[name] for name in ("responsible", "schedule", "indicator", "realisation")]
    assert cells == [
        "Tekninen johtaja",
        "jatkuva",
        "Valmis suunnitelma.",
        "Suunnitelma tekeillä ja kysely tehty.",
    ]


def test_an_empty_goal_cell_continues_the_goal_above(rows: Rows) -> None:
    row = measure(rows, "Liikenneturvallisuus")
    assert (row["goal"], row["goal_lines"]) == (CENTRE, "L11-L13")
    assert "Tavoitesolu on tyhjä" in row["note"]


def test_a_table_goes_on_over_the_page(rows: Rows) -> None:
    row = measure(rows, "Kylien liikuntapaikkojen")
    assert (row["goal"], row["sector"]) == (VILLAGES, "Sivistystoimiala")


def test_one_cell_holds_two_goals(rows: Rows) -> None:
    row = measure(rows, "Kävelyryhmien")
    assert row["goal"] == f"{CENTRE} | {VILLAGES}"
    assert row["goal_lines"] == "L75-L79"


def test_a_loose_decision_is_cited_and_is_no_realisation(rows: Rows) -> None:
    row = measure(rows, "Kylätalojen")
    assert (row["cites"], row["realisation"]) == ("KV 12.6.23 § 14", "Avustuksia myönnetty 12")


def test_a_printed_heading_names_aim_and_sector(rows: Rows) -> None:
    row = measure(rows, "Sähköisen luvan")
    assert (row["aim"], row["sector"], row["certainty"]) == ("Toimiva arki", "Tekninen toimiala", "sure")
    assert [aim["aim"] for aim in rows["aims"]] == ["Toimiva arki"]


def test_an_aim_that_is_not_printed_is_left_empty_and_said_to_be_open(rows: Rows) -> None:
    row = measure(rows, "Puistojen")
    assert (row["aim"], row["certainty"]) == ("", "ambiguous")
    assert "Päämäärän nimeä" in row["note"]


def test_the_aim_of_a_goal_may_be_known_from_another_document(document: SourceText) -> None:
    known = {squash(CENTRE): "Viihtyisä kaupunki"}
    rows = read_strategy_tables(document, Cleaner(document), FIRST_LINE, known)
    assert measure(rows, "Kylätalojen")["aim"] == "Viihtyisä kaupunki"
    assert measure(rows, "Puistojen")["certainty"] == "sure"


def test_the_sector_is_told_from_the_posts(rows: Rows) -> None:
    assert measure(rows, "Puistojen")["sector"] == "Tekninen toimiala"
    assert measure(rows, "Koulujen pihojen")["sector"] == "Sivistystoimiala"
    assert measure(rows, "Kävelyryhmien")["sector"] == "Hyvinvointitoimiala"


def test_a_sector_that_cannot_be_told_is_left_empty_and_said_to_be_open(rows: Rows) -> None:
    row = measure(rows, "Päivähoitohakemuksen")
    assert (row["sector"], row["certainty"]) == ("", "ambiguous")


def test_each_table_header_records_the_lost_column(rows: Rows) -> None:
    headers = [row["id"] for row in rows["passages"] if row["kind"] == "tableHeader"]
    assert [row["id"] for row in rows["losses"]] == headers
    assert {row["kind"] for row in rows["losses"]} == {"sdgColumn"}


def test_a_page_number_is_furniture(rows: Rows) -> None:
    furniture = [row for row in rows["passages"] if row["kind"] == "furniture"]
    assert [(row["text"], row["lines"]) for row in furniture] == [("", "L91")]


def test_a_document_without_strategy_tables_gives_no_rows(document: SourceText) -> None:
    rows = read_strategy_tables(document.with_lines(["Vain yksi rivi."]), Cleaner(document), 1)
    assert rows["measures"] == []
    assert rows["goals"] == []


def test_an_aim_that_is_not_printed_is_that_of_most_goals_with_nearly_the_same_words() -> None:
    goals = [LearntGoal(text, (1,), 1) for text in (CENTRE, VILLAGES, "Kylät säilyvät.")]
    known = {
        wording_key(CENTRE.replace("viihtyisä", "viihtyisää")): "Elinvoima",
        wording_key(VILLAGES): "Yhteisö",
        wording_key("Kylät säilyvät."): "Yhteisö",
        wording_key("Talous on tasapainossa ja velka vähenee joka vuosi."): "Talous",
    }

    assert _known_aim(goals, known) == "Yhteisö"
    assert _known_aim(goals[:1], known) == "Elinvoima"
    assert _known_aim([LearntGoal("Aivan muuta kuin kukaan tuntee täällä.", (1,), 1)], known) == ""


@pytest.mark.parametrize(
    "end, lines", [(("", "7"), (2, 3)), (("", "kpl", "7"), (2, 3, 5, 6)), (("", "", "7"), (2, 3))]
)
def test_a_number_alone_after_a_blank_line_ends_a_page_and_one_below_words_does_not(
    end: tuple[str, ...], lines: tuple[int, ...]
) -> None:
    text = SourceText("taulu", ("Tavoite Toimenpiteet Vastuu", "Arki", "sujuu.", *end), "")

    assert read_pages(text, 1).pages[0].lines == lines


def test_long_texts_are_as_alike_as_short_ones() -> None:
    text = (
        "Kaupungin keskusta on viihtyisä ja turvallinen kaikenikäisille, kylien palvelut säilyvät ja yhdistykset ovat "
        "kumppaneitamme, lapset ja nuoret viihtyvät koulussa ja iäkkäät saavat apua kotiin, liikunta on kaikkien "
        "ulottuvilla ja luonto lähellä jokaista asuntoa."
    )
    found = likeness(text, text.replace("lapset", "lapset, perheet"))

    assert found == pytest.approx(2 * len(text) / (2 * len(text) + len(", perheet")))
    assert likeness(text, text[: len(text) // 3]) == 0
