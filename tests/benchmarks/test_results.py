"""What is read of results agrees with two readers, in the rows the rules were tuned on and in those held out."""

import pytest

from benchmarks.results import done_score, measure_scores, status_score, target_scores
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.resources import example_folder
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.town_graph import RowItems, read_material

EVEN, ODD = 0, 1


@pytest.fixture(scope="module")
def rows() -> tuple[RowItems, ...]:
    return read_material(read_folder(example_folder()), DEFAULT_BASE).rows


@pytest.mark.parametrize("half", [EVEN, ODD])
def test_no_measure_is_done_of_which_neither_reader_says_so(rows: tuple[RowItems, ...], half: int) -> None:
    found = measure_scores(rows, half)["done that a reader supports"]
    assert found.all
    assert found.wrong == ()


@pytest.mark.parametrize("half", [EVEN, ODD])
def test_clear_statements_are_read_as_both_readers_do(half: int) -> None:
    clear, done = status_score(half), done_score(half)
    assert clear.all > 10
    assert clear.right / clear.all >= 0.97
    assert done.right / done.all >= 0.95


@pytest.mark.parametrize("half", [EVEN, ODD])
def test_what_both_call_a_step_has_seldom_a_status(rows: tuple[RowItems, ...], half: int) -> None:
    found = measure_scores(rows, half)["step of both readers given no status"]
    assert found.right / found.all >= 0.9


@pytest.mark.parametrize("half", [EVEN, ODD])
def test_a_target_is_seldom_said_to_be_met_or_missed_without_a_reader_who_agrees(
    rows: tuple[RowItems, ...], half: int
) -> None:
    scores = target_scores(rows, half)
    said, values = (
        scores["met, partly met, not met that a reader supports"],
        scores["values of both readers found"],
    )
    assert said.right / said.all >= 0.85
    assert values.right / values.all >= 0.85
