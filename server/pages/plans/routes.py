"""The strategies and plans with what each holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.shared.paging import PAGE, no_such_value, part_of_rows, with_next
from hytegraph.server.pages.shared.scope import town_link_of, town_name_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, page_size, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link, naming, path_under
from hytegraph.server.text.messages import Language

blueprint = Blueprint("plans", __name__)

# Measures that a plan states, and those that a report gives under its goals, are counted apart.
KINDS = ("StrategicAim", "Goal", "HytePriority", "Measure", "reportedUnder")
CLASSES = ("CityStrategy", "WellbeingPlan", "AnnualActionPlan", "PlanDocument")
COLUMNS = ("plan", "period", "aims", "goals", "priorities", "measures", "reported", "iri")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan, its town, the address of its tree, its period where a document names one, and what it holds by class.

    `start` and `end` are the first and last day of the period as they are written; empty where they are not known.
    """

    iri: str
    town: str
    link: Link
    tree: str
    period: Link | None
    counts: tuple[tuple[str, int], ...]
    start: str = ""
    end: str = ""


@blueprint.get("/plans")
@blueprint.get("/plans.<suffix>")
@in_towns
@asks(Parameter("kind", "Plans of this class alone.", values=CLASSES), PAGE)
def plans(suffix: str | None = None) -> Response:
    """The strategies and plans, what each holds, and the way to its tree."""
    base, language, slug = settings().base, reader_language(request), town_of_rows()
    kind = request.args.get("kind", "")
    if kind and kind not in CLASSES:
        raise no_such_value("kind", kind)
    where = {"class": HYTE[kind]} if kind else None
    order = ("-start", "label") if is_of_all_towns() else ("start", "label")

    def read(offset: int, limit: int) -> Sequence[PlanLine]:
        rows = summaries().rows("plan-list", slug, where, order=order, offset=offset, limit=limit)
        return read_plans(summaries(), tuple(row.text("plan") for row in rows), base, language)

    part = part_of_rows(summaries().count("plan-list", slug, where), read, page_size(suffix))
    kinds = summaries().counts("plan-list", ("class",), slug)
    rows = tuple(_row(plan) for plan in part.items)
    table = Table("plans", COLUMNS, rows)
    if is_of_all_towns():
        table = table.of_towns([town_name_of(plan.town) for plan in part.items])
    values = {
        "part": part,
        "kinds": KINDS,
        "classes": [name for name in CLASSES if (HYTE[name],) in kinds],
        "kind": kind,
        "town_of": lambda plan: town_link_of(plan.town, language),
    }
    view = View("plans/plans.html", values, table, tuple(plan.iri for plan in part.items))
    return with_next(respond(view, suffix), part)


def read_plans(
    summaries: Summaries, iris: Sequence[str], base: str, language: Language
) -> tuple[PlanLine, ...]:
    """What is known of these plans, in their order."""
    chosen = {"plan": [NamedNode(iri) for iri in iris]}
    rows = summaries.rows("plans", None, chosen)
    labels = Labels((*naming(rows, "plan", "label"), *naming(rows, "period", "name")), base, language)
    periods = {row.text("plan"): row["period"] for row in rows}
    days = {row.text("plan"): (row.text("start"), row.text("end")) for row in rows}
    owners = {row.text("plan"): row.text("town") for row in rows}
    holds: dict[str, dict[str, int]] = {}
    for row in summaries.rows("plan-counts", None, chosen):
        holds.setdefault(row.text("plan"), {})[row.text("kind").removeprefix(HYTE.iri)] = int(row.text("n"))
    return tuple(
        PlanLine(
            iri,
            owners[iri],
            labels.link(iri),
            path_under("tree", iri, base),
            labels.link(periods[iri]) if periods[iri] else None,
            tuple((kind, holds[iri][kind]) for kind in KINDS if kind in holds.get(iri, {})),
            *days[iri],
        )
        for iri in iris
    )


def _row(plan: PlanLine) -> tuple[Cell, ...]:
    return (
        plan.link.text,
        plan.period.text if plan.period else None,
        *(dict(plan.counts).get(kind, 0) for kind in KINDS),
        plan.iri,
    )
