"""The strategies and plans with what each holds."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, settings, town
from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, path_under
from hytegraph.server.text.messages import Language

blueprint = Blueprint("plans", __name__)

# Measures that a plan states, and those that a report gives under its goals, are counted apart.
KINDS = ("StrategicAim", "Goal", "HytePriority", "Measure", "reportedUnder")
COLUMNS = ("plan", "period", "aims", "goals", "priorities", "measures", "reported", "iri")
PLANS = stored_query(__name__, "plans")
PERIODS = stored_query(__name__, "plan-periods")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan, the address of its tree, its period where the documents name one, and what it holds by class."""

    iri: str
    link: Link
    tree: str
    period: Link | None
    counts: tuple[tuple[str, int], ...]


@blueprint.get("/plans")
@blueprint.get("/plans.<suffix>")
@in_towns
def plans(suffix: str | None = None) -> Response:
    """The strategies and plans, what each holds, and the way to its tree."""
    base, about = settings().base, town()
    found = read_plans(dataset(), base, reader_language(request))
    if about is not None:
        found = tuple(plan for plan in found if slug_in(plan.iri, base) == about.slug)
    rows = tuple(
        (
            plan.link.text,
            plan.period.text if plan.period else None,
            *(dict(plan.counts).get(kind, 0) for kind in KINDS),
            plan.iri,
        )
        for plan in found
    )
    table = Table("plans", COLUMNS, rows)
    return respond(
        View("plans/plans.html", {"plans": found, "kinds": KINDS}, table, tuple(plan.iri for plan in found)),
        suffix,
    )


@lru_cache(maxsize=16)
def read_plans(dataset: Dataset, base: str, language: Language) -> tuple[PlanLine, ...]:
    """The plans in the order of their periods and names, read once: the data never change."""
    holds: dict[str, dict[str, int]] = {}
    for row in dataset.select(PLANS):
        found = holds.setdefault(row.text("plan"), {})
        if row["kind"] is not None:
            found[row.text("kind").removeprefix(HYTE.iri)] = int(row.text("n"))
    periods = {row.text("plan"): row.text("period") for row in dataset.select(PERIODS)}
    labels = labels_of(dataset, [*holds, *periods.values()], base, language)
    lines = [
        PlanLine(
            iri,
            labels.link(iri),
            path_under("tree", iri, base),
            labels.link(periods[iri]) if iri in periods else None,
            tuple((kind, counted[kind]) for kind in KINDS if kind in counted),
        )
        for iri, counted in holds.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.period.text if line.period else "", line.link.text)))
