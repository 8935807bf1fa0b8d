"""A release and a running service are asked alike from Python, and a refusal says why."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import QueryFailedError, ReleaseError
from hytegraph.server.asking.open_data import OpenData, open_data
from tests.engines import free_port
from tests.services import StartService

MEASURE = "https://w3id.org/hytegraph/id/kemi/measure/toimenpideohjelma-2026/L178-1"
GOALS = "PREFIX hyte: <https://w3id.org/hytegraph/ns#> SELECT ?g (1.5 AS ?n) (3 AS ?m) ?none WHERE { ?g a hyte:Goal }"


@pytest.fixture(scope="module", params=["release", "service"])
def data(request: pytest.FixtureRequest, kemi_release: Path) -> OpenData:
    """The same data by both ways."""
    if request.param == "release":
        return open_data(kemi_release)
    start: StartService = request.getfixturevalue("start_service")
    return open_data(f"http://127.0.0.1:{start(kemi_release).port}/")


def test_a_named_query_is_a_table_and_a_data_frame(data: OpenData) -> None:
    table = data.query("goals", period="2026")
    frame = table.frame()

    assert table.columns == ("document", "town", "period", "aim", "goal")
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table.rows) == 20
    assert set(frame.aim) == {"Viisas Kemi", "Vihreä Kemi", "Viettelevä Kemi", "Välittävä Kemi"}


def test_numbers_are_numbers_and_what_is_unbound_is_none(data: OpenData) -> None:
    table = data.sparql(GOALS)

    assert len(table.rows) == 36
    assert table.rows[0][1:] == (1.5, 3, None)


def test_a_search_leads_to_a_trace_that_tells_facts_from_suggestions(data: OpenData) -> None:
    found = data.search("ulkokuntosalit")
    things = [row[found.columns.index("thing")] for row in found.rows]
    trace = data.trace(MEASURE)

    assert MEASURE in things
    assert {each.kind for each in trace} >= {"stated", "inferred"}
    assert {each.step for each in trace} >= {"goal", "aim"}
    assert {each.text for each in trace if each.kind == "missing"} == {None}
    assert all(each.text for each in trace if each.kind == "stated")
    assert all(0 < each.confidence < 1 for each in trace if each.confidence is not None)
    goal = next(each for each in trace if each.step == "goal")
    assert (goal.lineStart, goal.quote) == (173, goal.text)


@pytest.mark.parametrize("kind", ["query", "sparql", "trace"])
def test_a_refusal_says_why(data: OpenData, kind: str) -> None:
    with pytest.raises(QueryFailedError, match=r"answers 4\d\d: [\w<]"):
        getattr(data, kind)("nothing-of-this-name")


def test_what_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        open_data(tmp_path / "none")
    with pytest.raises(QueryFailedError, match="does not answer"):
        open_data(f"http://127.0.0.1:{free_port()}").search("x")
