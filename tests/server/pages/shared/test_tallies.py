"""A tally counts measures by state; its parts fill the bar and lead on."""

import pytest

from hytegraph.server.pages.shared.outcomes.tallies import state_of, tally_of


def test_the_parts_fill_the_bar_in_one_order_and_each_leads_to_its_measures() -> None:
    tally = tally_of(["step", "done", "step", "notReported"], "/results?state=")

    assert tally.counts == (("done", 1), ("step", 2), ("notReported", 1))
    assert [(part.start, part.width) for part in tally.parts] == [(0, 25), (25, 50), (75, 25)]
    assert [part.href for part in tally.parts] == [f"/results?state={state}" for state, _ in tally.counts]


def test_no_measure_gives_no_part() -> None:
    assert tally_of([], "/").parts == ()


@pytest.mark.parametrize(
    ("results", "state"),
    [
        (["done"], "done"),
        (["done", "step"], "done"),
        (["done", "notDone"], "underWay"),
        (["ongoing"], "underWay"),
        (["notStarted"], "notDone"),
        (["step", "unknown"], "step"),
        (["unpaired"], "otherwise"),
        (["planned"], "otherwise"),
        (["missing"], "notReported"),
        ([], "notReported"),
    ],
)
def test_a_measure_has_the_state_of_what_is_said_of_it(results: list[str], state: str) -> None:
    assert state_of(results) == state
