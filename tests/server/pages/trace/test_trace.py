"""A trace shows the way up, sideways, across periods and down, and says of every statement how it is known."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.trace.reading import Trace, read_trace
from hytegraph.server.pages.trace.statements import Statement
from hytegraph.server.pages.trace.wording import line_of
from hytegraph.server.settings import Settings
from tests.queries.test_rewritten import plain

BASE = "https://w3id.org/hytegraph/"
KEMI = f"{BASE}id/kemi/"
COFFEE = "measure/toimenpideohjelma-2026/L12-1"
BUDGETING = "measure/osavuosiraportti-2022-m01-m06/L1920-1"
PROJECT = "project/poytakirjanote-2025-02-20/L30"
WISE = "aim/2026/viisas-kemi"
WELL = "aim/2022-2025/hyvinvoivat-kuntalaiset"
HEARING = "goal/2022-2025/vahvistamme-yhteisollisyytta-yhteenkuuluvuutta-kuulemalla-os"
DIGITAL = "priority/2022-2025/kuntalaisten-digitaitojen-edistaminen"
PRIORITY = "priority/2022-2025/yhteistyo-hyvinvointialueen-yhdyspinnoilla"
EVERY = (COFFEE, BUDGETING, PROJECT, WISE, WELL, HEARING, PRIORITY)
MEASURES_AND_PROJECTS = "SELECT ?s { ?s a <https://w3id.org/hytegraph/ns#Measure> } ORDER BY ?s"


@pytest.fixture
def pages(kemi: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), kemi).test_client()


def trace(dataset: Dataset, name: str) -> Trace:
    found = read_trace(dataset, KEMI + name, BASE, "fi")
    assert found
    return found


def step(found: Trace, name: str) -> tuple[Statement, ...]:
    return dict(found.steps)[name]


def cell(found: Trace, kind: str) -> tuple[Statement, ...]:
    return next(cell.statements for row in found.rows for cell in row.cells if cell.kind == kind)


def test_a_measure_leads_up_to_its_goal_aim_and_plan_and_breaks_where_nothing_is_stated(
    kemi: Dataset,
) -> None:
    found = trace(kemi, COFFEE)

    assert [name for name, _ in found.steps] == ["goal", "aim", "plan", "strategy", "decision"]
    assert step(found, "goal")[0].how.basis == "derivedFromLayout"
    assert step(found, "aim")[0].link.text == "Viisas Kemi"
    assert [each.how.basis for each in (*step(found, "strategy"), *step(found, "decision"))] == [
        "missing"
    ] * 2


def test_a_rule_says_that_an_aim_stands_in_a_strategy_and_in_which(
    kemi: Dataset,
) -> None:
    said = step(trace(kemi, COFFEE), "aim")[0].also

    assert [(each.step, each.how.basis or each.how.review) for each in said] == [
        ("standing", "inferred"),
        ("earlier", "acceptedByRule"),
        ("strategy", "statedInSource"),
        ("decision", "statedInSource"),
    ]
    assert said[-1].link.text == "Kaupunginvaltuusto 4.12.2023 § 110"
    assert trace(kemi, WISE).said == said


def test_a_plan_that_is_the_strategy_itself_is_one_step(kemi: Dataset) -> None:
    assert [name for name, _ in trace(kemi, BUDGETING).steps] == ["goal", "aim", "strategy", "decision"]


def test_a_priority_leads_to_the_plan_the_strategy_and_the_adopting_decision(kemi: Dataset) -> None:
    found = trace(kemi, PRIORITY)

    assert len(step(found, "aim")) == 3
    assert step(found, "decision")[0].link.text == "Kaupunginvaltuusto 3.10.2022 § 77"
    assert step(found, "decision")[0].also[0].link.text == "Kaupunginvaltuusto"


def test_items_of_a_row_say_whether_they_belong_to_the_measure(kemi: Dataset) -> None:
    alone, shared = trace(kemi, BUDGETING), trace(kemi, COFFEE)

    assert [each.also[0].how.basis for each in cell(alone, "indicator")] == ["inferred"]
    assert cell(alone, "responsible")[0].also[0].how.review == "suggested"
    assert {each.also[0].how.basis for each in cell(shared, "responsible")} == {"missing"}
    assert shared.rows[0].measures == 4


def test_the_status_of_a_realisation_is_a_suggestion_with_its_words(kemi: Dataset) -> None:
    statuses = [each for each in cell(trace(kemi, BUDGETING), "realisation")[0].also if each.step == "status"]

    assert {each.link.text: each.how.words for each in statuses} == {
        "käynnissä": ("käynnissä",),
        "toteutunut": ("päätetty",),
        "ei toteutunut": ("Ei kuntalaistilaisuuksia",),
    }
    assert {each.how.review for each in statuses} == {"suggested"}
    assert all(each.how.evidence for each in statuses)


def rows_about(kemi: Dataset, query: str, column: str, text: str) -> list[Row]:
    return [row for row in kemi.select(named_query(query).text) if row.text(column) == text]


@pytest.mark.parametrize("name", EVERY)
def test_continuity_is_that_of_the_named_query(kemi: Dataset, name: str) -> None:
    found = trace(kemi, name)
    title = found.title.text

    later = {(row.text("kind"), row.text("to")) for row in rows_about(kemi, "continuity", "from", title)}
    earlier = {(row.text("kind"), row.text("from")) for row in rows_about(kemi, "continuity", "to", title)}
    # Texts are shared between plans, so that the query has the rows of their namesakes too.
    assert {(each.relation, each.link.text) for each in found.later} <= later
    assert {(each.relation, each.link.text) for each in found.earlier} <= earlier
    if name in (COFFEE, BUDGETING, PROJECT, HEARING, PRIORITY):
        assert len(found.later) == len(rows_about(kemi, "continuity", "from", title))


def test_what_became_of_a_measure_and_where_it_came_from_are_two_sides_of_one_link(kemi: Dataset) -> None:
    later = trace(kemi, BUDGETING).later
    [earlier] = trace(kemi, COFFEE).earlier

    assert earlier.iri == KEMI + BUDGETING
    assert KEMI + COFFEE in {each.iri for each in later}
    documents = {each.document.text for each in earlier.how.evidence}
    assert documents == {"Osavuosikatsaus 1-6/2022", "Hyvinvointisuunnitelman toimenpiteet vuodelle 2026"}


def test_no_successor_found_is_never_told_as_an_end(kemi: Dataset, pages: FlaskClient) -> None:
    [dropped] = rows_about(kemi, "continuity", "from", "Kiusaamisen ehkäiseminen")
    assert dropped.text("kind") == "dropped"

    text = pages.get("/trace/id/kemi/priority/2022-2025/kiusaamisen-ehkaiseminen").text
    assert (
        "Vastinetta ei löydy myöhemmän kauden asiakirjoista. Se ei tarkoita, että asia olisi päättynyt."
        in text
    )


@pytest.mark.parametrize("name", [BUDGETING, HEARING, PRIORITY, WELL])
def test_targets_are_those_of_the_named_query_and_suggestions(kemi: Dataset, name: str) -> None:
    found = trace(kemi, name)
    stated = {row.text("target") for row in rows_about(kemi, "sdg", "text", found.title.text)}

    assert stated
    assert {each.iri.rpartition("/")[2] for each in found.sdg} == stated
    # A reader who sees a link names no words that carry it.
    assert all(each.how.words for each in found.sdg if each.how.review == "suggested")
    assert {each.how.review for each in found.sdg} <= {"suggested", "accepted", "rejected"}


@pytest.mark.parametrize("name", [WISE, WELL])
def test_the_tree_below_an_aim_holds_the_measures_of_its_goals(kemi: Dataset, name: str) -> None:
    found = trace(kemi, name)
    rows = kemi.select(
        "PREFIX hyte: <https://w3id.org/hytegraph/ns#> SELECT ?aim ?goal ?measure "
        "{ ?goal hyte:underAim ?aim . ?measure hyte:supportsGoal ?goal }",
        aim=NamedNode(KEMI + name),
    )

    below = {(goal.statement.iri, each.statement.iri) for goal in found.below for each in goal.measures}
    assert below == {(row.text("goal"), row.text("measure")) for row in rows}
    assert below


def test_the_state_of_a_measure_below_is_that_of_its_own_trace(kemi: Dataset) -> None:
    [goal] = trace(kemi, HEARING).below
    told = {each.statement.iri: {key for key, _ in each.states} for each in goal.measures}

    for iri, states in told.items():
        items = cell(trace(kemi, iri.removeprefix(KEMI)), "realisation")
        results = {
            each.iri.rpartition("#")[2] for item in items for each in item.also if each.step == "result"
        } - {"unknown"}
        assert states == ((results - {"step"} or results) or states & {"missing", "unpaired"})
    assert sum(count for _, count in goal.counts) == sum(map(len, told.values()))


def test_a_paragraph_of_a_report_is_told_as_a_suggestion_with_its_own_lines(
    kemi: Dataset, pages: FlaskClient
) -> None:
    found = trace(kemi, DIGITAL)

    (report,) = found.reports
    assert report.iri == f"{KEMI}realisation/toteumaraportti-2023/L106"
    assert (report.relation, report.how.review) == ("reportsOnPriority", "suggested")
    assert report.how.words == ("digitaitojen ~ digitaitoja",)
    assert [(each.start, each.end) for each in report.how.evidence] == [(106, 108)]
    text = pages.get(f"/trace/id/kemi/{DIGITAL}").text
    assert "Mitä raportti näyttää kertovan tästä" in text
    assert "kappale ei kerro, että asia olisi kokonaan toteutunut" in text


def test_what_left_the_town_by_law_says_so_and_that_a_rule_infers_it(pages: FlaskClient) -> None:
    text = pages.get("/trace/id/kemi/measure/osavuosiraportti-2022-m01-m06/L2722-1").text
    assert "siirtyivät lailla hyvinvointialueelle 1.1.2023; sääntö päättelee sen toimialan nimestä" in text
    assert "Etsitty 2 asiakirjasta." in text


def test_what_has_no_report_is_not_found_and_not_undone(pages: FlaskClient) -> None:
    text = pages.get(f"/trace/id/kemi/{WISE}").text

    assert "toteumaa ei löydy asiakirjoista" in text
    assert "ei tarkoita, että toimenpide olisi tekemättä" in text


def test_the_source_lines_are_those_of_the_measure_and_its_row(kemi: Dataset) -> None:
    for name in (COFFEE, BUDGETING, PROJECT):
        rows = kemi.select(plain("trace.EVIDENCE"), thing=NamedNode(KEMI + name))
        lines = {(int(row.text("start")), int(row.text("end")), row.text("quote")) for row in rows}
        assert lines
        assert {(each.start, each.end, each.quote) for each in trace(kemi, name).evidence} == lines


@pytest.mark.parametrize("name", EVERY)
def test_each_lines_link_leads_to_marked_words(pages: FlaskClient, name: str) -> None:
    addresses = set(
        re.findall(r'href="(/source/[^"#]*\?lines=[^"#]*)', pages.get(f"/trace/id/kemi/{name}").text)
    )

    assert addresses
    for address in sorted(addresses)[:12]:
        assert "<mark>" in pages.get(address).text


@pytest.mark.parametrize("name", EVERY)
def test_the_data_hold_what_the_page_says(kemi: Dataset, pages: FlaskClient, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(pages.get(f"/trace/id/kemi/{name}.csv").text)))
    text = pages.get(f"/trace/id/kemi/{name}").text

    assert {row["step"] for row in rows if row["basis"] == "missing"} <= {
        *("plan", "strategy", "decision", "responsible", "schedule", "indicator", "realisation"),
        *("pairing", "measure", "goal", "aim"),
    }
    for each in (*trace(kemi, name).later, *trace(kemi, name).sdg):
        assert any(row["text"] == each.link.text and row["review"] == each.how.review for row in rows)
    assert text.count('class="break"') >= len(
        {row["step"] for row in rows if row["basis"] == "missing"} - {"pairing"}
    )
    assert pages.get(f"/trace/id/kemi/{name}.ttl").mimetype == "text/turtle"


def test_marks_are_words_in_the_readers_language(pages: FlaskClient) -> None:
    text = pages.get(f"/trace/id/kemi/{COFFEE}", headers={"Accept-Language": "sv"}).text

    assert "härlett med en regel" in text
    assert "granskat och godkänt" not in text, "a rule accepted it, no person"
    assert "godkänt av en språkmodell, inte av en människa eller kommunen" in text
    assert "läst ur platsen i tabellen" in text


def test_a_trace_asks_the_store_as_often_for_an_aim_of_many_measures_as_for_one(
    kemi: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    select = Dataset.select

    def counting(self: Dataset, text: str, **substitutions: NamedNode) -> tuple[Row, ...]:
        asked.append(text)
        return select(self, text, **substitutions)

    monkeypatch.setattr(Dataset, "select", counting)
    counts = []
    for name in (WISE, WELL):
        asked.clear()
        trace(kemi, name)
        counts.append(len(asked))
    assert max(counts) <= 20


def test_without_data_there_is_no_trace() -> None:
    empty = create_app(Settings.of({}), Dataset(Store())).test_client()

    assert empty.get(f"/trace/id/kemi/{COFFEE}").status_code == 404


def test_page_command_and_named_query_say_the_same_of_decisions(kemi: Dataset) -> None:
    """The decision of a trace, what it concerns and how that is known, for every fifth measure and all projects."""
    measures = [row.text("s") for row in kemi.select(MEASURES_AND_PROJECTS)]
    assert len(measures) > 100
    projects = [iri for iri in measures if "/project/" in iri]
    seen: set[str] = set()
    for iri in (*measures[::5], *projects):
        rows = run(kemi, named_query("trace"), {"measure": iri})
        place = [rows.variables.index(name) for name in ("decision", "decided", "known")]
        named = {tuple(row[at] for at in place) for row in rows.rows if row[place[0]]}
        found = read_trace(kemi, iri, BASE, "fi")
        assert found
        assert named == decisions_of(found), iri
        printed = [line_of(each, "fi") for step in found.steps for each in (*step[1], *inner(step[1]))]
        for decision, _, known in named:
            assert any(str(decision) in line for line in printed)
            seen.add(str(known))
    assert seen == {"stated", "inferred"}


def inner(statements: tuple[Statement, ...]) -> list[Statement]:
    return [below for each in statements for below in each.also]


def decisions_of(found: Trace) -> set[tuple[str | None, ...]]:
    """The decisions of a trace with what they concern, as the named query calls how they are known."""
    named: set[tuple[str | None, ...]] = set()
    for each in step(found, "decision"):
        named |= {(each.link.text, of.link.text, "stated") for of in each.also if of.step == "adopted"}
    for aim in dict(found.steps).get("aim", ()):
        strategies = [each.link.text for each in aim.also if each.step == "strategy"]
        accepted = [each.how.mark for each in aim.also if each.step == "earlier"]
        known = {"mark.acceptedByRule": "inferred", "mark.accepted": "reviewed"}
        for each in aim.also:
            if each.step == "decision":
                named.add((each.link.text, strategies[0], known[accepted[0]]))
    return named


def test_a_project_is_told_with_each_decision_and_what_it_concerns(kemi: Dataset) -> None:
    found = trace(kemi, "project/poytakirjanote-2025-02-20/L26")
    strategy = "Kaupunkistrategia, hyväksytty 4.12.2023"
    board = "Hyvinvointilautakunta 21.9.2023 § 85"
    assert decisions_of(found) == {
        (board, f"Projektit 2024, {board}", "stated"),
        (board, "Palveluverkkoprojekti", "stated"),
        ("Kaupunginvaltuusto 4.12.2023 § 110", strategy, "stated"),
    }


def test_a_project_that_another_decision_added_is_told_without_the_boards(kemi: Dataset) -> None:
    """Oulu2026 was added by the council, in a decision that the document does not identify."""
    found = trace(kemi, "project/poytakirjanote-2025-02-20/L37")
    assert decisions_of(found) == set()
    assert [each.how.basis for each in step(found, "decision")] == ["missing"]
