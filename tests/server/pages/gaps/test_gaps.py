"""The gaps: every count is that of its rows and of a plain reading of the tables, and nothing is told as not done."""

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.gaps import GROUPS, gap_rows, load_gaps
from hytegraph.graph.query.named import Solutions, answer, load_competency_questions
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

BROWSER = {"Accept": "text/html"}
GAPS = load_gaps()
PLAN, REPORT, FORM, MINUTES, INTERIM = (
    "000_595f7a428687dee9",
    "001_fb6bcd1bb478527e",
    "002_ba3639160da2ce8d",
    "003_6755deedcaf87d36",
    "004_6f9012e3c57d872b",
)
Rows = list[dict[str, str]]
ReadTable = Callable[[str, str], Rows]


@pytest.fixture
def table(kemi_folder: Path) -> ReadTable:
    """A table of a document, or no rows where the document has none of that name."""

    def read(document: str, name: str) -> Rows:
        file = kemi_folder / document / f"{name}.csv"
        return list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else []

    return read


def counts(client: FlaskClient) -> dict[str, dict[str, int]]:
    """The counts of the overview by kind: of each document, and in total."""
    rows = json.loads(client.get("/gaps.json").data)["rows"]
    return {row["gap"]: {key: n for key, n in row.items() if isinstance(n, int) and n} for row in rows}


def values(cell: str) -> list[str]:
    return [each for each in cell.split(" | ") if each]


def test_every_count_is_that_of_its_rows(kemi_client: FlaskClient) -> None:
    for name, counted in counts(kemi_client).items():
        for document, n in counted.items():
            narrowed = "" if document == "total" else f"?document={document}"
            rows = list(csv.DictReader(io.StringIO(kemi_client.get(f"/gaps/{name}.csv{narrowed}").text)))
            assert len(rows) == n, (name, document)
            page = kemi_client.get(f"/gaps/{name}{narrowed}", headers=BROWSER).text
            assert f"({n})</h2>" in page


def test_the_measures_with_a_gap_are_those_of_the_tables(kemi_client: FlaskClient, table: ReadTable) -> None:
    def measures(document: str, column: str) -> int:
        return sum(len(values(row["measure"])) for row in table(document, "measures") if not row[column])

    projects = len(table(MINUTES, "projects"))
    found = counts(kemi_client)
    assert found["measures-without-goal"] == {"total": projects, MINUTES: projects}
    for gap, column in (
        ("measures-without-responsible", "responsible"),
        ("measures-without-indicator", "indicator"),
    ):
        by_document = {PLAN: measures(PLAN, column), INTERIM: measures(INTERIM, column), MINUTES: projects}
        expected = {document: n for document, n in by_document.items() if n}
        assert found[gap] == {"total": sum(expected.values()), **expected}


def test_a_missing_report_is_told_apart_from_a_row_left_empty(
    kemi_client: FlaskClient, table: ReadTable
) -> None:
    found = counts(kemi_client)
    planned, projects = len(table(PLAN, "measures")), len(table(MINUTES, "projects"))
    empty = {row["row"] for row in table(INTERIM, "measures") if not row["realisation"] and not row["cites"]}

    assert found["report-missing"] == {"total": planned + projects, PLAN: planned, MINUTES: projects}
    assert found["realisation-left-empty"] == {"total": len(empty), INTERIM: len(empty)}
    told = Counter(
        row["detail"] for row in json.loads(kemi_client.get("/gaps/report-missing.json").data)["rows"]
    )
    assert sorted(told.values()) == sorted((planned, projects))


def test_lost_ambiguous_and_empty_are_those_of_the_tables(kemi_client: FlaskClient, table: ReadTable) -> None:
    found = counts(kemi_client)
    losses = Counter(row["kind"] for row in table(INTERIM, "losses") + table(MINUTES, "losses"))
    assert found["sdg-column-lost"]["total"] == losses["sdgColumn"]
    assert found["content-lost"]["total"] == losses.total() - losses["sdgColumn"]

    ambiguous = {
        document: len(
            {
                (name, row.get("row") or row["id"])
                for name in ("measures", "figures", "projects", "realisations", "amendments")
                for row in table(document, name)
                if row["certainty"] == "ambiguous"
            }
        )
        for document in (PLAN, REPORT, MINUTES, INTERIM)
    }
    assert found["ambiguous-readings"] == {"total": sum(ambiguous.values()), **ambiguous}

    figures = table(INTERIM, "figures")
    columns = [name for name in figures[0] if re.search(r" \S*\d{4}$", name)]
    told = Counter(
        row["detail"] for row in json.loads(kemi_client.get("/gaps/figures-without-value.json").data)["rows"]
    )
    blank = Counter({name: sum(not row[name] for row in figures) for name in columns})
    # A cell that is not one number has no value either.
    worded = csv.DictReader(io.StringIO(kemi_client.get("/query/figures.csv").text))
    assert told == blank + Counter(f"{row['scenario']} {row['period']}" for row in worded if not row["value"])


def test_goals_aims_and_decisions_are_those_of_the_tables(kemi_client: FlaskClient, table: ReadTable) -> None:
    found = counts(kemi_client)
    # The interim report ends some goals otherwise, so only how a goal begins is compared.
    goals = {row["goal"][:20] for document in (PLAN, REPORT, FORM) for row in table(document, "goals")}
    served = {row["goal"][:20] for document in (PLAN, INTERIM) for row in table(document, "measures")}
    priorities = {row["priority"] for row in table(REPORT, "priorities")}

    assert goals <= served and not found["goals-without-measures"]
    assert found["aims-without-goals"] == {"total": 3, MINUTES: 3}
    assert found["priorities-without-realisation"] == {"total": len(priorities), REPORT: len(priorities)}
    labels = [
        row["label"] for row in json.loads(kemi_client.get("/gaps/decision-not-found.json").data)["rows"]
    ]
    assert sorted(labels) == [
        "Hyvinvointilautakunta 21.9.2023 § 85",
        "Kaupunginvaltuusto 3.10.2022 § 77",
        "Kaupunginvaltuusto 31.1.2022 § 3",
        "Kaupunginvaltuusto 4.12.2023 § 110",
    ]
    adopted = kemi_client.get("/gaps/aims-without-adoption.csv").text
    assert "Viettelevä Kemi" in adopted and "Viisas Kemi" not in adopted


def rows_of(kemi: Dataset, number: int) -> tuple[tuple[str | None, ...], ...]:
    question = next(each for each in load_competency_questions().values() if each.number == number)
    given = answer(kemi, question.query, {})
    assert isinstance(given, Solutions)
    return given.rows


def test_the_gaps_agree_with_the_competency_questions(kemi: Dataset) -> None:
    found = {name: gap_rows(kemi.select(gap.query.text)) for name, gap in GAPS.items()}

    assert len(rows_of(kemi, 24)) == len(found["sdg-column-lost"]) + len(found["content-lost"])
    assert len({row[0] for row in rows_of(kemi, 36)}) == len(found["priorities-without-realisation"])
    of_reports = [row for row in rows_of(kemi, 35) if row[2] not in ("blankCell", "onlyDecisionCited")]
    assert len(of_reports) == len(found["report-missing"])
    assert rows_of(kemi, 7)[0][0] == str(len(found["indicators-without-value"]))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_says_what_it_means_and_what_it_does_not(kemi_client: FlaskClient, language: str) -> None:
    overview = html.unescape(kemi_client.get(f"/gaps?lang={language}", headers=BROWSER).text)
    for name, gap in GAPS.items():
        assert gap.group in GROUPS
        assert gap.question is None or gap.question in load_competency_questions()
        page = html.unescape(kemi_client.get(f"/gaps/{name}?lang={language}", headers=BROWSER).text)
        for told in (gap.title, gap.means, gap.means_not, gap.closes):
            assert told[language] in page
        assert gap.means[language] in overview


def test_the_links_of_the_rows_lead_somewhere(kemi_client: FlaskClient) -> None:
    for name in GAPS:
        page = kemi_client.get(f"/gaps/{name}", headers=BROWSER).text
        content = page[page.index("<main") : page.index("</main>")]
        for address in re.findall(r'href="(/(?:page|trace)/[^"]+)"', content)[:3]:
            assert kemi_client.get(address, headers=BROWSER).status_code == 200, address


def test_a_document_or_kind_that_is_not_there_is_refused(kemi_client: FlaskClient) -> None:
    for address in ("/gaps?document=none", "/gaps/none", "/gaps/report-missing?page=99", "/gaps/x.csv"):
        assert kemi_client.get(address).status_code == 404


def test_data_without_documents_say_so(tmp_path: Path) -> None:
    file = tmp_path / "bare.nt"
    file.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n", "utf-8")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    assert "ei ole asiakirjoja" in client.get("/gaps", headers=BROWSER).text
    assert client.get("/gaps/report-missing", headers=BROWSER).status_code == 200


def test_a_thing_without_lines_is_told_to_have_none(client: FlaskClient) -> None:
    page = client.get("/gaps/measures-without-responsible", headers=BROWSER).text

    assert "Irrallinen toimenpide" in page
    assert "ei lähderivejä" in page


def test_a_kind_of_gap_leads_to_its_rows_in_each_document(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/gaps/report-missing", headers=BROWSER).text

    for document in (PLAN, MINUTES):
        assert f'href="/gaps/report-missing?document={document}"' in page
