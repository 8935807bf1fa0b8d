"""The Sustainable Development Goals with what is suggested and accepted to serve them, by period."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.pages.periods.element_claims import (
    STATES,
    ElementClaim,
    by_state,
    cells_of,
    shader,
)
from hytegraph.server.pages.periods.elements import LEVELS, Column, columns_of
from hytegraph.server.pages.sdg.country import country_goal_page, country_page, no_such_goal
from hytegraph.server.pages.sdg.reading import Goal, Target, read_goals, read_losses
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.town_lists import TOWN_NAME
from hytegraph.server.pages.shared.view import View, respond, split_suffix
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("sdg", __name__)

COLUMNS = (
    "sdg",
    "label",
    "period",
    "aims",
    "goals",
    "priorities",
    "measures",
    "suggested",
    "accepted",
    "rejected",
    "iri",
)
GOAL_COLUMNS = (
    *("target", "targetLabel", "period", "level", "text", "confidence", "review", "cue", "sourceLines"),
    *("element", "claim"),
)
SIZE = 90


@blueprint.get("/sdg")
@blueprint.get("/sdg.<suffix>")
@in_towns
def overview(suffix: str | None = None) -> Response:
    """The goals, and how many elements of each period are linked to them."""
    base, language, slug = settings().base, reader_language(request), town_of_rows()
    if is_of_all_towns():
        return country_page(suffix)
    goals = read_goals(dataset(), summaries(), slug, base, language)
    columns = columns_of(claim.element.period for goal in goals for claim in goal.claims)
    most = max((goal.linked(column.start) for goal in goals for column in columns), default=0)
    values = {
        "goals": goals,
        "columns": columns,
        "unlinked": [goal for goal in goals if not goal.claims],
        "links": sum(len(goal.claims) for goal in goals),
        "accepted": sum(claim.review == "accepted" for goal in goals for claim in goal.claims),
        "losses": read_losses(summaries(), slug, base, language),
        "shade": shader(most),
    }
    table = Table("sdg", COLUMNS, tuple(_lines(goals, columns)))
    things = (*(goal.iri for goal in goals), *(claim.iri for goal in goals for claim in goal.claims))
    return respond(View("sdg/sdg.html", values, table, things), suffix)


@blueprint.get("/sdg/<name>")
@in_towns
@asks(PAGE, TOWN_NAME)
def goal_page(name: str) -> Response:
    """One goal: its targets, and the elements linked to each with the words that they are linked by."""
    number, suffix = split_suffix(name)
    if is_of_all_towns():
        return country_goal_page(number, suffix)
    base, language, slug = settings().base, reader_language(request), town_of_rows()
    goals = read_goals(dataset(), summaries(), slug, base, language)
    goal = next((each for each in goals if each.number == number), None)
    if goal is None:
        raise no_such_goal(number)
    place, part = goals.index(goal), part_of(goal.claims, SIZE)
    values = {
        "goal": goal,
        "before": goals[place - 1] if place else None,
        "after": goals[place + 1] if place + 1 < len(goals) else None,
        "parts": _parts(goal, part.items),
        "part": part,
        "linked": sum(bool(target.claims) for target in goal.targets),
        "unlinked": [target for target in goal.targets if not target.claims],
        "losses": read_losses(summaries(), slug, base, language),
    }
    rows = tuple(_line(goal, claim) for claim in goal.claims)
    things = (goal.iri, *(target.iri for target in goal.targets), *(claim.iri for claim in goal.claims))
    return respond(
        View("sdg/sdg_goal.html", values, Table(f"sdg-{number}", GOAL_COLUMNS, rows), things), suffix
    )


def _parts(goal: Goal, claims: Iterable[ElementClaim]) -> list[tuple[Target, tuple[ElementClaim, ...]]]:
    """The targets with those of the claims."""
    shown = frozenset(claim.iri for claim in claims)
    parts = [
        (target, tuple(claim for claim in target.claims if claim.iri in shown)) for target in goal.targets
    ]
    return [(target, claims) for target, claims in parts if claims]


def _lines(goals: Iterable[Goal], columns: Iterable[Column]) -> Iterator[tuple[Cell, ...]]:
    """A line for each goal and period in which something is linked to it, one without a period for the others."""
    for goal in goals:
        found = [
            column
            for column in columns
            if any(each.element.period.start == column.start for each in goal.claims)
        ]
        for column in found:
            claims = [each for each in goal.claims if each.element.period.start == column.start]
            counted = (goal.linked(column.start, level) for level in LEVELS)
            states = by_state(claims).values()
            yield goal.number, goal.label.text, column.name or None, *counted, *states, goal.iri
        if not found:
            yield goal.number, goal.label.text, None, *(0,) * (len(LEVELS) + len(STATES)), goal.iri


def _line(goal: Goal, claim: ElementClaim) -> tuple[Cell, ...]:
    target = next(each for each in goal.targets if each.iri == claim.object)
    return target.number, target.label.text, *cells_of(claim)
