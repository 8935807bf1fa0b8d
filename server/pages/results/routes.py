"""The page of results: what became of each goal, what was reached, and how it is known."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.results.cells import COLUMNS, cells_of
from hytegraph.server.pages.results.reading import GoalResult, Reader
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.outcomes.reported import AimReport, read_reports
from hytegraph.server.pages.shared.outcomes.tallies import STATES, results_address, tally_of_town
from hytegraph.server.pages.shared.paging import PAGE, Part, no_such_value, part_of, with_next
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, page_size, respond
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("results", __name__)

# A page with all goals of a large town would be too heavy.
GOALS = 20
STATE = Parameter("state", "Only the measures in this state.", values=STATES)
GOAL = Parameter("goal", "Only this goal or aim, by its address after `/id/`.")


@blueprint.get("/results")
@blueprint.get("/results.<suffix>")
@in_towns
@asks(STATE, GOAL, PAGE)
def results(suffix: str | None = None) -> Response:
    """What came of each goal: its measures by state with the words of the report, its targets, and its paragraphs."""
    if is_of_all_towns():
        return by_town("results", ("measures",), suffix)
    base, language, page = settings().base, reader_language(request), at("/results")
    reports = read_reports(dataset(), summaries(), town_of_rows(), base, language)
    reader = Reader(dataset(), summaries(), reports, town_of_rows(), base, language)
    rows = reader.states()
    state, goal = _asked(rows, [aim.iri for aim in reports.aims], base)
    chosen = [row for row in rows if _is_wanted(row, state, goal)]
    part = part_of(_goals_of(chosen), page_size(suffix, GOALS))
    shown = [row for row in chosen if row.text("goal") in part.items]
    found = reader.goals(shown, {iri: results_address(page, iri, base) for iri in part.items})
    aims = () if state else _aims_of(part, chosen, [aim for aim in reports.aims if goal in ("", aim.iri)])
    values = {
        "goals": found,
        "part": part,
        "whole": tally_of_town(summaries(), town_of_rows(), page),
        "reports": reports,
        "aims": {aim.iri: aim for aim in aims},
        "state": state,
        "goal": goal,
        "every": page,
    }
    table = Table("results", COLUMNS, tuple(cells_of(found, aims, measures_only=bool(state))))
    return with_next(respond(View("results/results.html", values, table, _things(found, aims)), suffix), part)


def _things(goals: Sequence[GoalResult], aims: Iterable[AimReport]) -> tuple[str, ...]:
    """The measures and paragraphs that are shown, each once."""
    measures = (measure for goal in goals for measure in goal.measures)
    said = (paragraph.iri for aim in aims for paragraph in aim.paragraphs)
    mentioned = (mention.paragraph.iri for goal in goals for mention in goal.all_mentions)
    return tuple(dict.fromkeys((*(measure.iri for measure in measures), *said, *mentioned)))


def _aims_of(part: Part[str], rows: Sequence[Row], aims: Iterable[AimReport]) -> tuple[AimReport, ...]:
    """The aims whose first goal stands on this part of the page; on the last one those that have no goal too."""
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row.text("aim"), row.text("goal"))
    is_last = part.number == part.parts
    return tuple(aim for aim in aims if (first[aim.iri] in part.items if aim.iri in first else is_last))


def _asked(rows: Iterable[Row], aims: Sequence[str], base: str) -> tuple[str, str]:
    """The state and the goal or aim (an IRI) that the address asks for, empty for all; raises the 400 for others."""
    state, goal = request.args.get("state", ""), request.args.get("goal", "")
    if state and state not in STATES:
        raise no_such_value("state", state)
    iri = f"{base}id/{goal}" if goal else ""
    if iri and iri not in aims and not any(iri in (row.text("goal"), row.text("aim")) for row in rows):
        raise no_such_value("goal", goal)
    return state, iri


def _is_wanted(row: Row, state: str, goal: str) -> bool:
    """Whether a measure is in the state, and under the goal or aim; any where they are empty."""
    return state in ("", row.text("state")) and goal in ("", row.text("goal"), row.text("aim"))


def _goals_of(rows: Iterable[Row]) -> Sequence[str]:
    return tuple(dict.fromkeys(row.text("goal") for row in rows))
