"""The page of results: what became of each goal, what was reached, and how it is known."""

from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.results.reading import GoalResult, MeasureResult, Reader
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.paging import PAGE, no_such_value, part_of, with_next
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.tallies import STATES, results_address, tally_of_town
from hytegraph.server.pages.shared.view import View, page_size, respond
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("results", __name__)

COLUMNS = (
    *("aim", "goal", "measure", "state", "result", "words", "realisation"),
    *("document", "lineStart", "lineEnd", "iri"),
)
# A page with all goals of a large town would be too heavy.
GOALS = 20
STATE = Parameter("state", "Only the measures in this state.", values=STATES)
GOAL = Parameter("goal", "Only this goal or aim, by its address after `/id/`.")


@blueprint.get("/results")
@blueprint.get("/results.<suffix>")
@in_towns
@asks(STATE, GOAL, PAGE)
def results(suffix: str | None = None) -> Response:
    """What came of each goal: its measures by state with the words of the report, and its targets."""
    if is_of_all_towns():
        return by_town("results", ("measures",), suffix)
    base, language, page = settings().base, reader_language(request), at("/results")
    reader = Reader(dataset(), summaries(), town_of_rows(), base, language)
    rows = reader.states()
    state, goal = _asked(rows, base)
    chosen = [row for row in rows if _is_wanted(row, state, goal)]
    part = part_of(_goals_of(chosen), page_size(suffix, GOALS))
    shown = [row for row in chosen if row.text("goal") in part.items]
    found = reader.goals(shown, {iri: results_address(page, iri, base) for iri in part.items})
    values = {
        "goals": found,
        "part": part,
        "whole": tally_of_town(summaries(), town_of_rows(), page),
        "state": state,
        "goal": goal,
        "every": page,
    }
    table = Table("results", COLUMNS, tuple(cells for goal in found for cells in _cells(goal)))
    things = tuple(dict.fromkeys(measure.iri for goal in found for measure in goal.measures))
    return with_next(respond(View("results/results.html", values, table, things), suffix), part)


def _asked(rows: Iterable[Row], base: str) -> tuple[str, str]:
    """The state and the goal or aim (an IRI) that the address asks for, empty for all; raises the 400 for others."""
    state, goal = request.args.get("state", ""), request.args.get("goal", "")
    if state and state not in STATES:
        raise no_such_value("state", state)
    iri = f"{base}id/{goal}" if goal else ""
    if iri and not any(iri in (row.text("goal"), row.text("aim")) for row in rows):
        raise no_such_value("goal", goal)
    return state, iri


def _is_wanted(row: Row, state: str, goal: str) -> bool:
    """Whether a measure is in the state, and under the goal or aim; any where they are empty."""
    return state in ("", row.text("state")) and goal in ("", row.text("goal"), row.text("aim"))


def _goals_of(rows: Iterable[Row]) -> Sequence[str]:
    return tuple(dict.fromkeys(row.text("goal") for row in rows))


def _cells(goal: GoalResult) -> Iterator[tuple[Cell, ...]]:
    for measure in goal.measures:
        yield from _of_measure(goal, measure)


def _of_measure(goal: GoalResult, measure: MeasureResult) -> Iterator[tuple[Cell, ...]]:
    own = (goal.aim.text or None, goal.link.text or None, measure.link.text, measure.state)
    for words in measure.words:
        said = (words.result, " | ".join(words.cues) or None, words.text)
        yield (*own, *said, *words.lines, measure.iri)
    if not measure.words:
        yield (*own, *(None,) * 6, measure.iri)
