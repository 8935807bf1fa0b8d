"""A plan from its aims to its measures."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.dataset import Dataset
from hytegraph.server.context import dataset, settings
from hytegraph.server.i18n import Language
from hytegraph.server.languages import reader_language
from hytegraph.server.links import Labels, Link, path_under
from hytegraph.server.pages.answers import iri_under, page
from hytegraph.server.pages.resources import OWN_LABELS, PREFIXES
from hytegraph.server.problems import Problem, ProblemError

blueprint = Blueprint("plans", __name__)

TREE = (
    PREFIXES
    + """
SELECT DISTINCT ?plan ?aim ?goal ?measure ?aimOrder ?goalOrder ?row ?measureOrder WHERE {
  {
    ?measure hyte:inPlan ?plan ; a hyte:Measure .
    OPTIONAL {
      ?measure hyte:supportsGoal ?goal .
      OPTIONAL { ?goal hyte:order ?goalOrder }
      OPTIONAL { ?goal hyte:underAim ?aim . OPTIONAL { ?aim hyte:order ?aimOrder } }
    }
    OPTIONAL { ?measure hyte:order ?measureOrder }
    OPTIONAL { ?tableRow hyte:rowMeasure ?measure ; hyte:lineStart ?row }
  } UNION {
    ?goal hyte:inPlan ?plan ; a hyte:Goal .
    OPTIONAL { ?goal hyte:order ?goalOrder }
    OPTIONAL { ?goal hyte:underAim ?aim . OPTIONAL { ?aim hyte:order ?aimOrder } }
  } UNION {
    ?aim hyte:inPlan ?plan ; a hyte:StrategicAim .
    OPTIONAL { ?aim hyte:order ?aimOrder }
  }
}
ORDER BY ?aimOrder ?aim ?goalOrder ?goal ?row ?measureOrder ?measure"""
)
PRIORITIES = (
    PREFIXES
    + """
SELECT DISTINCT ?plan ?priority ?aim WHERE {
  ?priority hyte:inPlan ?plan ; a hyte:HytePriority .
  OPTIONAL { ?priority hyte:underAim ?aim }
}
ORDER BY ?aim ?priority"""
)
TREE_LABELS = (
    PREFIXES
    + """
SELECT DISTINCT ?plan ?node ?label WHERE {
  { ?node hyte:inPlan ?plan } UNION { ?x hyte:inPlan ?plan ; (hyte:supportsGoal|hyte:underAim)+ ?node }
  OPTIONAL {
    VALUES ?naming { skos:prefLabel rdfs:label }
    ?node ?naming ?label
  }
}"""
)


@dataclass(frozen=True, slots=True)
class GoalBranch:
    """A goal of a plan, None where the documents name none, and its measures with their trace pages."""

    goal: Link | None
    measures: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class AimBranch:
    """An aim of a plan, None where the documents name none, with its goals and priorities."""

    aim: Link | None
    goals: tuple[GoalBranch, ...]
    priorities: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PlanTree:
    """A plan from aims to measures."""

    plan: Link
    aims: tuple[AimBranch, ...]


@blueprint.get("/tree/<path:rest>")
def tree_page(rest: str) -> Response:
    """A plan from its aims to its measures."""
    found = read_tree(dataset(), iri_under(rest), settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{iri_under(rest)}> is not a plan in the data."))
    return page("tree.html", tree=found)


def read_tree(dataset: Dataset, iri: str, base: str, language: Language) -> PlanTree | None:
    """The plan with that IRI from aims to measures; None if it has no title."""
    node = NamedNode(iri)
    own = dataset.select(OWN_LABELS, node=node)
    if not own:
        return None
    labels = Labels((*own, *dataset.select(TREE_LABELS, plan=node)), base, language)
    priorities: dict[str, list[Link]] = {}
    for row in dataset.select(PRIORITIES, plan=node):
        priorities.setdefault(row.text("aim"), []).append(labels.link(row["priority"]))
    aims: dict[str, dict[str, dict[str, None]]] = {aim: {} for aim in priorities}
    for row in dataset.select(TREE, plan=node):
        goals = aims.setdefault(row.text("aim"), {})
        if row["goal"] is not None or row["measure"] is not None:
            measures = goals.setdefault(row.text("goal"), {})
            if row["measure"] is not None:
                measures[row.text("measure")] = None
    return PlanTree(labels.link(node), tuple(_branch(aims, priorities, labels, base)))


def _branch(
    aims: dict[str, dict[str, dict[str, None]]], priorities: dict[str, list[Link]], labels: Labels, base: str
) -> list[AimBranch]:
    return [
        AimBranch(
            labels.link(aim) if aim else None,
            tuple(
                GoalBranch(
                    labels.link(goal) if goal else None,
                    tuple((labels.link(measure), path_under("trace", measure, base)) for measure in measures),
                )
                for goal, measures in goals.items()
            ),
            tuple(priorities.get(aim, ())),
        )
        for aim, goals in sorted(aims.items(), key=lambda item: item[0] == "")
    ]
