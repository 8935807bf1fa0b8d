"""The way of a measure: goal, aim, plan, strategy and decision, its table rows, and the lines they rest on."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.results import Row
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset as served
from hytegraph.server.context import settings
from hytegraph.server.i18n import Language
from hytegraph.server.languages import reader_language
from hytegraph.server.links import Labels, Link
from hytegraph.server.pages.answers import iri_under, page
from hytegraph.server.pages.resources import (
    NEIGHBOUR_LABELS,
    OUTGOING,
    OWN_LABELS,
    PREFIXES,
    Evidence,
    Standing,
    evidence_of,
    standing_of,
)
from hytegraph.server.problems import Problem, ProblemError

blueprint = Blueprint("trace", __name__)

GOALS = (
    PREFIXES
    + """
SELECT DISTINCT ?measure ?goal ?aim WHERE {
  ?measure hyte:supportsGoal ?goal .
  OPTIONAL { ?goal hyte:underAim ?aim }
}
ORDER BY ?goal ?aim"""
)
PLANS = (
    PREFIXES
    + """
SELECT DISTINCT ?measure ?plan ?strategy ?decision ?body WHERE {
  {
    ?measure hyte:inPlan ?plan .
    OPTIONAL { ?plan hyte:implementsStrategy? ?strategy . ?strategy a hyte:CityStrategy }
    OPTIONAL { ?plan hyte:implementsStrategy?/hyte:adoptedBy ?decision . OPTIONAL { ?decision hyte:decidedBy ?body } }
  } UNION { ?measure hyte:setBy ?decision . OPTIONAL { ?decision hyte:decidedBy ?body } }
}
ORDER BY ?plan ?strategy ?decision"""
)
CHAIN_LABELS = (
    PREFIXES
    + """
SELECT DISTINCT ?measure ?node ?label WHERE {
  ?measure (hyte:supportsGoal|hyte:inPlan|hyte:underAim|hyte:implementsStrategy|hyte:adoptedBy|hyte:decidedBy|hyte:setBy|
    ^hyte:rowMeasure|hyte:rowResponsible|hyte:rowIndicator|hyte:rowRealisation|hyte:rowCitesDecision)+ ?node .
  OPTIONAL {
    VALUES ?naming { skos:prefLabel rdfs:label dct:title }
    ?node ?naming ?label
  }
}"""
)
ROWS = (
    PREFIXES
    + """
SELECT ?measure ?row ?property ?value WHERE { ?row hyte:rowMeasure ?measure ; ?property ?value } ORDER BY ?row"""
)
EVIDENCE = (
    PREFIXES
    + """
SELECT DISTINCT ?thing ?passage ?start ?end ?quote ?document ?title WHERE {
  { ?thing hyte:evidencedBy ?passage } UNION { ?row hyte:rowMeasure ?thing ; hyte:evidencedBy ?passage }
  UNION { ?row hyte:rowMeasure ?thing ; hyte:rowIndicator ?part . ?part hyte:evidencedBy ?passage }
  UNION { ?row hyte:rowMeasure ?thing ; hyte:rowRealisation ?part . ?part hyte:evidencedBy ?passage }
  OPTIONAL { ?passage hyte:lineStart ?start }
  OPTIONAL { ?passage hyte:lineEnd ?end }
  OPTIONAL { ?passage oa:hasSource ?document . OPTIONAL { ?document dct:title ?title } }
  OPTIONAL { ?passage hyte:quote ?quote }
  FILTER(BOUND(?start) && BOUND(?end) && BOUND(?document))
}
ORDER BY ?document ?start ?end ?passage"""
)

# Which cell of the row tells what, beside the nodes that were read from it.
CELLS = (
    ("responsible", "rowResponsible", "responsibleText"),
    ("schedule", "", "scheduleText"),
    ("indicator", "rowIndicator", "indicatorText"),
    ("realisation", "rowRealisation", "realisationText"),
    ("cites", "rowCitesDecision", "citesText"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain: what kind it is and what stands there; nothing where the chain breaks."""

    kind: str
    links: tuple[Link, ...]
    remarks: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the measure's table row: the items read from it, and its text."""

    kind: str
    links: tuple[Link, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A table row that holds the measure, and how many measures share it."""

    link: Link
    cells: tuple[Cell, ...]
    measures: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that the trace page shows."""

    iri: str
    title: Link
    steps: tuple[Step, ...]
    rows: tuple[PlanRow, ...]
    evidence: tuple[Evidence, ...]
    standing: Standing


@blueprint.get("/trace/<path:rest>")
def trace_page(rest: str) -> Response:
    """A measure from its strategy to its source lines."""
    iri = iri_under(rest)
    found = read_trace(served(), iri, settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{iri}> is not a measure in the data."))
    return page("trace.html", trace=found, rest=rest)


def read_trace(dataset: Dataset, iri: str, base: str, language: Language) -> Trace | None:
    """The trace of a measure or project; None if there is no such thing."""
    node = NamedNode(iri)
    facts = dataset.select(OUTGOING, thing=node)
    if not any(row["value"] in (HYTE.Measure, HYTE.StrategicProject) for row in facts):
        return None
    names = (
        *dataset.select(OWN_LABELS, node=node),
        *dataset.select(NEIGHBOUR_LABELS, thing=node),
        *dataset.select(CHAIN_LABELS, measure=node),
    )
    labels = Labels(names, base, language)
    goals = dataset.select(GOALS, measure=node)
    plans = dataset.select(PLANS, measure=node)
    return Trace(
        iri=iri,
        title=labels.link(node),
        steps=_steps(labels, goals, plans),
        rows=_rows(dataset.select(ROWS, measure=node), labels),
        evidence=evidence_of(dataset.select(EVIDENCE, thing=node), base, language),
        standing=standing_of(facts, labels),
    )


def _steps(labels: Labels, goals: tuple[Row, ...], plans: tuple[Row, ...]) -> tuple[Step, ...]:
    strategies = {row.iri("strategy") for row in plans}
    # A plan that is the strategy itself is one link of the chain, not two.
    own_plans = tuple(row for row in plans if row.iri("plan") not in strategies)
    decision = _links(labels, plans, "decision")
    steps = [Step("goal", _links(labels, goals, "goal")), Step("aim", _links(labels, goals, "aim"))]
    if own_plans or not plans:
        steps.append(Step("plan", _links(labels, own_plans, "plan")))
    steps.append(Step("strategy", _links(labels, plans, "strategy")))
    steps.append(Step("decision", decision, _links(labels, plans, "body")))
    return tuple(steps)


def _links(labels: Labels, rows: tuple[Row, ...], name: str) -> tuple[Link, ...]:
    iris = dict.fromkeys(iri for row in rows if (iri := row.iri(name)) is not None)
    return tuple(labels.link(iri) for iri in iris)


def _rows(facts: tuple[Row, ...], labels: Labels) -> tuple[PlanRow, ...]:
    by_row: dict[str, list[Row]] = {}
    for fact in facts:
        by_row.setdefault(fact.text("row"), []).append(fact)
    return tuple(_row(iri, rows, labels) for iri, rows in by_row.items())


def _row(iri: str, facts: list[Row], labels: Labels) -> PlanRow:
    cells = tuple(
        Cell(
            kind,
            tuple(sorted(_of(facts, node, labels), key=lambda link: link.text)) if node else (),
            " | ".join(link.text for link in _of(facts, text, labels)),
        )
        for kind, node, text in CELLS
    )
    return PlanRow(
        labels.link(iri), cells, len(_of(facts, "rowMeasure", labels)), standing_of(tuple(facts), labels)
    )


def _of(facts: list[Row], name: str, labels: Labels) -> list[Link]:
    return [labels.link(fact["value"]) for fact in facts if fact["property"] == HYTE[name]]
