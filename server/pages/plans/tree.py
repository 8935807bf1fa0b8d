"""A plan from its aims to its measures."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.parameters import Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.arrangement import WORDS
from hytegraph.server.pages.shared.data_table import sort_key, text_of
from hytegraph.server.pages.shared.evidence import OWN_LABELS
from hytegraph.server.pages.shared.measures import MeasureLine, MeasureReader
from hytegraph.server.pages.shared.outcomes.tallies import ResultTally, tallies_under
from hytegraph.server.pages.shared.paging import no_such_value
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import VIEW_OFFERS, View, cached, iri_under, respond, split_suffix
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link, human_path, path_under
from hytegraph.server.text.messages import Language

blueprint = Blueprint("tree", __name__)

COLUMNS = ("plan", "aim", "goal", "kind", "text", "party", "schedule", "indicator", "iri")
PARTY = Parameter(
    "party", "Measures for which this party is named as responsible.", example="Hyvinvointitoimiala"
)
_CELLS_OF_MEASURE = 3

TREE = stored_query(__name__, "tree")
PRIORITIES = stored_query(__name__, "plan-priorities")
TREE_LABELS = stored_query(__name__, "tree-labels")


@dataclass(frozen=True, slots=True)
class GoalBranch:
    """A goal of a plan, None where the documents name none, and its measures: what they are called, IRI, trace page."""

    goal: Link | None
    trace: str | None
    measures: tuple[tuple[Link, str, str], ...]


@dataclass(frozen=True, slots=True)
class AimBranch:
    """An aim of a plan, None where the documents name none, with its goals and priorities and their IRIs."""

    aim: Link | None
    trace: str | None
    goals: tuple[GoalBranch, ...]
    priorities: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class PlanTree:
    """A plan from aims to measures, and the IRIs of all that stands in it; `is_reported`: a report gives measures."""

    plan: Link
    aims: tuple[AimBranch, ...]
    things: tuple[str, ...]
    is_reported: bool


@blueprint.get("/tree/<path:rest>")
@offers(*VIEW_OFFERS)
@asks(PARTY, WORDS)
def tree_page(rest: str) -> Response:
    """A plan from its aims to its measures, with who is responsible and what they are measured by."""
    stem, suffix = split_suffix(rest)
    base, language = settings().base, reader_language(request)
    iri = iri_under(stem)
    if not summaries().count("plan-list", None, {"plan": [NamedNode(iri)]}):
        return _elsewhere(iri, base)
    found = read_tree(dataset(), iri, base, language)
    lines = MeasureReader(dataset(), summaries(), base, language).of(found.things)
    parties = Counter(link.text for line in lines.values() for link in line.parties)
    party, words = request.args.get(PARTY.name, ""), request.args.get(WORDS.name, "").strip()[:200]
    if party and party not in parties:
        raise no_such_value(PARTY.name, party)
    shown = narrowed(found, lines, party, words) if party or words else found
    values = {
        "tree": shown,
        "lines": lines,
        "parties": sorted(parties.items(), key=lambda entry: sort_key(entry[0])),
        "party": party,
        "words": words,
        "results": _results(found, base),
        "known": _measures_of(found),
        "count": _measures_of(shown),
    }
    table = Table("tree", COLUMNS, tuple(_table_rows(shown, lines)))
    return respond(View("plans/tree.html", values, table, found.things), suffix)


def _elsewhere(iri: str, base: str) -> Response:
    """The way to the page of a thing that is no plan; raises the 404 for what the data do not know."""
    path = human_path(iri, base)
    if path is None or path.startswith("/tree/") or not dataset().select(OWN_LABELS, node=NamedNode(iri)):
        raise ProblemError(Problem(404, "not-found", f"<{iri}> is not a plan in the data."))
    return cached(redirect(path, code=303))  # type: ignore[arg-type] # Flask's own class


def narrowed(tree: PlanTree, lines: Mapping[str, MeasureLine], party: str, words: str) -> PlanTree:
    """The tree with the measures of a party that have the words, and the goals and aims over these alone."""
    wanted = words.casefold().split()

    def is_wanted(branch: AimBranch, goal: GoalBranch, measure: Link, iri: str) -> bool:
        line = lines.get(iri)
        named = [link.text for link in line.parties] if line else []
        above = [link.text for link in (branch.aim, goal.goal) if link]
        text = " ".join((measure.text, *named, *above)).casefold()
        return (not party or party in named) and all(word in text for word in wanted)

    aims = []
    for branch in tree.aims:
        goals = tuple(
            replace(goal, measures=measures)
            for goal in branch.goals
            if (measures := tuple(each for each in goal.measures if is_wanted(branch, goal, *each[:2])))
        )
        if goals:
            aims.append(replace(branch, goals=goals, priorities=()))
    return replace(tree, aims=tuple(aims))


def _results(tree: PlanTree, base: str) -> Mapping[str, ResultTally]:
    """What came of the goals of which a report tells, by the address of their traces."""
    tallies = tallies_under(summaries(), tree.things, base, at("/results"))
    return {path_under("trace", iri, base): tally for iri, tally in tallies.items()}


def _measures_of(tree: PlanTree) -> int:
    return sum(len(goal.measures) for branch in tree.aims for goal in branch.goals)


def _table_rows(tree: PlanTree, lines: Mapping[str, MeasureLine]) -> Iterator[tuple[Cell, ...]]:
    nothing = (None,) * _CELLS_OF_MEASURE
    for branch in tree.aims:
        aim = branch.aim.text if branch.aim else None
        for link, iri in branch.priorities:
            yield tree.plan.text, aim, None, "priority", link.text, *nothing, iri
        for goal in branch.goals:
            text = goal.goal.text if goal.goal else None
            for link, iri, _ in goal.measures:
                yield tree.plan.text, aim, text, "measure", link.text, *_cells(lines.get(iri)), iri
            if not goal.measures:
                yield tree.plan.text, aim, text, None, None, *nothing, None
        if not branch.priorities and not branch.goals:
            yield tree.plan.text, aim, None, None, None, *nothing, None


def _cells(line: MeasureLine | None) -> tuple[str | None, ...]:
    """Who is responsible, when, and what it is measured by."""
    if line is None:
        return (None,) * _CELLS_OF_MEASURE
    return tuple(text_of(cell) or None for cell in (line.parties, line.schedule, line.indicators))


def read_tree(dataset: Dataset, iri: str, base: str, language: Language) -> PlanTree:
    """The plan with that IRI from aims to measures."""
    node = NamedNode(iri)
    own = dataset.select(OWN_LABELS, node=node)
    labels = Labels((*own, *dataset.select(TREE_LABELS, plan=node)), base, language)
    priorities: dict[str, list[str]] = {}
    for row in dataset.select(PRIORITIES, plan=node):
        priorities.setdefault(row.text("aim"), []).append(row.text("priority"))
    aims: dict[str, dict[str, dict[str, None]]] = {aim: {} for aim in priorities}
    rows = dataset.select(TREE, plan=node)
    for row in rows:
        goals = aims.setdefault(row.text("aim"), {})
        if row["goal"] is not None or row["measure"] is not None:
            measures = goals.setdefault(row.text("goal"), {})
            if row["measure"] is not None:
                measures[row.text("measure")] = None
    things = {iri, *aims, *(each for found in priorities.values() for each in found)}
    things |= {each for goals in aims.values() for goal, under in goals.items() for each in (goal, *under)}
    ordered = sorted(aims.items(), key=lambda item: item[0] == "")
    branches = tuple(_branch(aim, goals, priorities.get(aim, []), labels, base) for aim, goals in ordered)
    is_reported = any(row.text("isReported") == "true" for row in rows)
    return PlanTree(labels.link(node), branches, tuple(sorted(things - {""})), is_reported)


def _branch(
    aim: str, goals: dict[str, dict[str, None]], priorities: list[str], labels: Labels, base: str
) -> AimBranch:
    branches = tuple(
        GoalBranch(
            labels.link(goal) if goal else None,
            path_under("trace", goal, base) if goal else None,
            tuple((labels.link(each), each, path_under("trace", each, base)) for each in measures),
        )
        for goal, measures in goals.items()
    )
    return AimBranch(
        labels.link(aim) if aim else None,
        path_under("trace", aim, base) if aim else None,
        branches,
        tuple((labels.link(each), each) for each in priorities),
    )
