"""The answers of the public queries over the Kemi documents are the ones that were read and believed."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from hytegraph.graph.formats import CSV
from hytegraph.graph.query.named import answer_in, load_queries, named_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.documents.tables import read_table

EXPECTED = Path(__file__).parents[1] / "data" / "expected"
PLACE = ["lineStart", "lineEnd"]
COLUMNS = {
    "documents": ["document", "town", "title", "kind", "municipality", "published", "lines"],
    "goals": ["document", "town", "period", "aim", "goal"],
    "priorities": ["document", "town", "period", "aim", "priority"],
    "measures": [
        *(
            "document",
            "town",
            "period",
            "aim",
            "priority",
            "goal",
            "number",
            "sector",
            "measure",
            "responsible",
        ),
        *("partner", "schedule", "resource", "indicator", "baseline", "target", "realisation", "status"),
        *("certainty", "place", *PLACE, "party", "targetGroup"),
    ],
    "realisations": ["document", "town", "period", "aim", "realisation", *PLACE],
    "narratives": ["document", "town", "sector", "text", *PLACE],
    "figures": [
        *("document", "town", "sector", "serviceArea", "group", "parent", "indicator", "unit", "scenario"),
        *("period", "value", "sourceText", *PLACE),
    ],
    "amendments": ["document", "town", "sector", "item", "income", "expense", "net"],
    "projects": ["document", "town", "project", "period"],
    "decisions": [
        *("document", "town", "title", "body", "date", "section", "caseNumber", "preparedBy", "presentedBy"),
        *("proposal", "decision", "cites"),
    ],
    "trace": [
        *("measure", "goal", "aim", "plan", "period", "responsible", "indicator", "realisation"),
        *("decision", "decided", "known", "cited", "document", "town", *PLACE),
    ],
    "statuses": ["document", "town", "measure", "realisation", "status", "cue", "confidence", *PLACE],
    "results": [
        *("document", "town", "aim", "goal", "measure", "result"),
        *("realisation", "words", "confidence", "review", *PLACE),
    ],
    "targets": [
        *("document", "town", "indicator", "comparison", "number", "unit", "time", "completeness", "met"),
        *("realisation", "words", "confidence", "review", *PLACE),
    ],
    "pairings": [
        *(
            "document",
            "town",
            "measure",
            "relation",
            "item",
            "basis",
            "confidence",
            "review",
            "words",
            *PLACE,
        ),
    ],
    "continuity": [
        "fromPeriod",
        "from",
        "kind",
        "toPeriod",
        "to",
        "confidence",
        "review",
        "evidence",
        "town",
        "searched",
    ],
    "sdg": ["period", "level", "text", "target", "confidence", "review", "words", "town"],
    "themes": [
        *("document", "town", "period", "level", "text", "theme", "group", "label", "confidence", "review"),
        *("words", *PLACE),
    ],
    "compare-sdg": ["goal", "town", "documents", "level", "stated", "accepted", "suggested"],
    "compare-words": ["level", "town", "documents", "count"],
}
VALUES = {"trace": {"measure": "aamukahvit"}}
# Rows per document, counted by reading the documents.
COUNTS = {
    "documents": {"000": 1, "001": 1, "002": 1, "003": 1, "004": 1},
    "goals": {"000": 20, "001": 15, "002": 15, "004": 16},
    "priorities": {"001": 24, "002": 24},
    "measures": {"000": 57, "004": 89},
    "realisations": {"001": 26, "004": 125},
    "narratives": {"003": 3, "004": 22},
    "figures": {"004": 567},
    "amendments": {"004": 7},
    "projects": {"003": 9},
    "decisions": {"003": 1},
    "trace": {"000": 1, "004": 1},
}
# A status or pairing is a suggestion and has no count of its own in a document.
SUGGESTED = {"statuses", "results", "targets", "pairings", "continuity", "sdg", "themes"}
# Whose rows are of towns.
COMPARED = {"compare-sdg", "compare-words"}


def answer(kemi: Dataset, name: str) -> str:
    return answer_in(kemi, named_query(name), VALUES.get(name, {}), CSV).decode()


def rows(kemi: Dataset, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(answer(kemi, name).splitlines()))


def test_every_public_query_has_a_golden_table() -> None:
    assert sorted(COLUMNS) == sorted(load_queries())
    assert sorted(file.stem for file in EXPECTED.glob("*.csv")) == sorted(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_those_of_the_public_interface(kemi: Dataset, name: str) -> None:
    assert next(csv.reader(answer(kemi, name).splitlines())) == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_answer_is_the_golden_table(kemi: Dataset, name: str, request: pytest.FixtureRequest) -> None:
    file, text = EXPECTED / f"{name}.csv", answer(kemi, name).replace("\r\n", "\n")
    if request.config.getoption("--update-golden"):
        file.write_text(text, encoding="utf-8", newline="")
    assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", sorted(set(COLUMNS) - SUGGESTED - COMPARED))
def test_each_document_gives_as_many_rows_as_were_counted_in_it(kemi: Dataset, name: str) -> None:
    assert Counter(row["document"][:3] for row in rows(kemi, name)) == COUNTS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_no_row_is_given_twice(kemi: Dataset, name: str) -> None:
    assert [row for row, count in Counter(answer(kemi, name).splitlines()).items() if count > 1] == []


def test_every_filled_cell_of_the_figures_is_an_observation(kemi: Dataset, kemi_folder: Path) -> None:
    [file] = kemi_folder.glob("004_*/figures.csv")
    table = read_table(file)
    cells = Counter(row[column] for row in table.rows for column in table.extra if row[column])
    assert Counter(row["sourceText"] for row in rows(kemi, "figures")) == cells


@pytest.mark.parametrize(
    ("indicator", "scenario", "value", "line"),
    [
        ("Kirjanpitoviennit, kpl", "TP", "714192", "72"),
        ("Kirjanpitoviennit, kpl", "TOTEUMA", "326777", "72"),
        ("Koko Soten tehty työ henkilötyövuosina", "TOTEUMA", "272.4", "629"),
        ("Keroputaan sairaala", "ENNUSTE", "1254", "867"),
        ("Museotoimi", "ENNUSTE", "19000", "450"),
    ],
)
def test_a_figure_is_the_number_that_its_line_prints(
    kemi: Dataset, indicator: str, scenario: str, value: str, line: str
) -> None:
    [found] = [
        row for row in rows(kemi, "figures") if (row["indicator"], row["scenario"]) == (indicator, scenario)
    ]
    assert (found["value"], found["lineStart"], found["lineEnd"]) == (value, line, line)


def test_a_blank_or_dashed_cell_has_no_value_but_its_words(kemi: Dataset) -> None:
    found = rows(kemi, "figures")
    assert {row["sourceText"] for row in found if not row["value"]} >= {"-"}
    assert all(row["sourceText"] for row in found)


def test_the_forecast_of_home_care_keeps_the_printed_sum_that_does_not_add_up(kemi: Dataset) -> None:
    found = [row for row in rows(kemi, "figures") if row["scenario"] == "ENNUSTE"]
    [whole] = [row for row in found if row["sourceText"] == "214 316"]
    parts = [
        int(row["value"])
        for row in found
        if row["parent"] == whole["indicator"] and row["group"] == whole["group"]
    ]
    assert sum(parts) == 214360


def test_amendments_keep_the_signs_and_spaces_of_the_page(kemi: Dataset) -> None:
    assert {(row["item"], row["net"]) for row in rows(kemi, "amendments") if row["item"] == "Yhteensä"} == {
        ("Yhteensä", "264 777"),
        ("Yhteensä", "+ 419 000"),
    }


def test_a_measure_in_a_table_of_2026_has_no_invented_schedule_or_result(kemi: Dataset) -> None:
    plan = [row for row in rows(kemi, "measures") if row["period"] == "2026"]
    assert {(row["schedule"], row["indicator"], row["realisation"]) for row in plan} == {("", "", "")}
    assert all(row["aim"] and row["goal"] and row["responsible"] for row in plan)


def test_every_reported_realisation_has_a_status_and_no_project_of_2024_has_one(kemi: Dataset) -> None:
    found = rows(kemi, "statuses")
    reported = {(row["document"], row["realisation"], row["lineStart"]) for row in rows(kemi, "realisations")}
    assert reported <= {(row["document"], row["realisation"], row["lineStart"]) for row in found}
    projects = [row for row in found if row["document"].startswith("003")]
    assert {(row["status"], row["confidence"]) for row in projects} == {("unknown", "")}
    assert len(projects) == len(rows(kemi, "projects"))
    assert all("oheismateriaalina" in row["cue"] for row in projects)


def test_a_row_with_different_statuses_is_mixed_as_a_whole(kemi: Dataset) -> None:
    found = [
        row for row in rows(kemi, "statuses") if row["realisation"].startswith("Inventointia ei aloitettu")
    ]
    assert {row["status"] for row in found} == {"notStarted", "ongoing", "mixed"}


def test_a_suggestion_is_no_fact_in_the_default_graph(kemi: Dataset) -> None:
    assert not kemi.ask("ASK { ?claim a <https://w3id.org/hytegraph/ns#RowPairing> }")
    assert not kemi.ask("ASK { ?goal <https://w3id.org/hytegraph/ns#alignedWithSdgTarget> ?target }")
