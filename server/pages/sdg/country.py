"""The Sustainable Development Goals of all towns: how many elements are claimed to serve each, and in which towns."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.context import dataset, settings
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.sdg.reading import GOALS, SPACE, by_number, number_of, targets_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.town_lists import LINKED_STATES, asked_towns, sums_by_town, sums_of_all
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

COLUMNS = ("sdg", "label", "suggested", "suggestedTowns", "accepted", "acceptedTowns", "iri")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal, how many elements are linked to it in each state of review, and in how many towns."""

    iri: str
    number: str
    label: Link
    elements: Mapping[str, int]
    towns: Mapping[str, int]


def country_page(suffix: str | None) -> Response:
    """The goals with the numbers of elements and towns."""
    goals = read_country_goals(dataset(), settings().base, reader_language(request))
    rows = tuple(_row(each) for each in goals)
    values = {"goals": goals, "states": LINKED_STATES}
    table = Table("sdg", COLUMNS, rows)
    return respond(View("sdg/country.html", values, table, tuple(each.iri for each in goals)), suffix)


def _row(goal: GoalLine) -> tuple[Cell, ...]:
    numbers = (count.get(state, 0) for state in LINKED_STATES for count in (goal.elements, goal.towns))
    return (goal.number, goal.label.text, *numbers, goal.iri)


def country_goal_page(number: str, suffix: str | None) -> Response:
    """The towns with how many of their elements are linked to one goal; raises ProblemError for one that is none."""
    language = reader_language(request)
    goals = read_country_goals(dataset(), settings().base, language)
    goal = next((each for each in goals if each.number == number), None)
    if goal is None:
        raise no_such_goal(number)
    count = sums_by_town("sdg-counts", "review", {"goal": NamedNode(f"{SPACE}{number}")})
    found = asked_towns(LINKED_STATES, count, language)
    values = {"goal": goal, "list": found}
    view = View(
        "sdg/country_goal.html", values, lambda: found.table(f"sdg-{number}"), (goal.iri, *found.things)
    )
    return respond(view, suffix)


@lru_cache(maxsize=8)
def read_country_goals(dataset: Dataset, base: str, language: Language) -> tuple[GoalLine, ...]:
    """The goals in the order of their numbers, read once, because the data never change."""
    rows = dataset.select(GOALS)
    labels = Labels(rows, base, language)
    elements, towns = sums_of_all("sdg-counts", "goal")
    return tuple(
        GoalLine(iri, number_of(iri), labels.link(iri), elements.get(iri, {}), towns.get(iri, {}))
        for iri in by_number(targets_of(rows))
    )


def no_such_goal(number: str) -> ProblemError:
    """The 404 for a number that is no goal's."""
    return ProblemError(
        Problem(404, "not-found", f"There is no Sustainable Development Goal '{number}' in the data.")
    )
