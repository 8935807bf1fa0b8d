"""What the front page, the search, the plan trees and the vocabulary page show."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.i18n import Language
from hytegraph.server.links import Labels, Link, path_under
from hytegraph.server.resources import OWN_LABELS, PREFIXES

COUNTED = (
    "SourceDocument",
    "StrategicAim",
    "Goal",
    "HytePriority",
    "Measure",
    "Figure",
    "FigureObservation",
    "Decision",
)
SEARCH_LIMIT = 100
COUNTS = PREFIXES + "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"
DOCUMENTS = (
    PREFIXES
    + """
SELECT ?document ?identifier ?kind ?period ?date WHERE {
  ?document a hyte:SourceDocument .
  OPTIONAL { ?document dct:identifier ?identifier }
  OPTIONAL { ?document hyte:documentKind ?kind }
  OPTIONAL { ?document dct:temporal ?period }
  OPTIONAL { ?document dct:issued ?date }
}
ORDER BY ?identifier ?document"""
)
PLANS = (
    PREFIXES
    + """
SELECT ?plan ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  VALUES ?class { hyte:CityStrategy hyte:WellbeingPlan hyte:AnnualActionPlan }
  ?plan a ?class .
  OPTIONAL {
    ?thing hyte:inPlan ?plan ; a ?kind
    FILTER(?kind IN (hyte:StrategicAim, hyte:Goal, hyte:HytePriority, hyte:Measure))
  }
}
GROUP BY ?plan ?kind
ORDER BY ?plan ?kind"""
)
FRONT_LABELS = (
    PREFIXES
    + """
SELECT DISTINCT ?node ?label WHERE {
  { ?node a hyte:SourceDocument } UNION { ?x hyte:documentKind ?node } UNION { ?x dct:temporal ?node }
  UNION { VALUES ?class { hyte:CityStrategy hyte:WellbeingPlan hyte:AnnualActionPlan } ?node a ?class }
  OPTIONAL {
    VALUES ?naming { skos:prefLabel rdfs:label dct:title }
    ?node ?naming ?label
  }
}"""
)
SEARCH = (
    PREFIXES
    + """
SELECT DISTINCT ?needle ?node ?label ?type WHERE {
  VALUES ?naming { skos:prefLabel rdfs:label dct:title }
  ?node ?naming ?label .
  FILTER(CONTAINS(LCASE(STR(?label)), ?needle))
  ?node a ?type .
  FILTER(?type != skos:Concept && ?type != skos:ConceptScheme)
}
ORDER BY ?label ?node
LIMIT 400"""
)
TYPE_LABELS = PREFIXES + "SELECT ?node ?label WHERE { ?node a owl:Class ; rdfs:label ?label }".replace(
    "owl:Class", "<http://www.w3.org/2002/07/owl#Class>"
)
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
class DocumentLine:
    """A document in the list of the front page."""

    link: Link
    kind: Link | None
    period: Link | None
    date: Link | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list of the front page, with what it holds by class."""

    link: Link
    tree: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page shows: counts by class, documents and plans."""

    counts: tuple[tuple[str, int], ...]
    documents: tuple[DocumentLine, ...]
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found."""

    link: Link
    types: tuple[Link, ...]


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


def read_front_page(dataset: Dataset, base: str, language: Language) -> FrontPage:
    """The counts, documents and plans of the dataset."""
    counts = {row.text("class").removeprefix(HYTE.iri): int(row.text("n")) for row in dataset.select(COUNTS)}
    labels = Labels(dataset.select(FRONT_LABELS), base, language)
    documents: dict[str, DocumentLine] = {}
    for row in dataset.select(DOCUMENTS):
        kind, period, date = (
            labels.link(row[name]) if row[name] else None for name in ("kind", "period", "date")
        )
        documents.setdefault(
            row.text("document"), DocumentLine(labels.link(row["document"]), kind, period, date)
        )
    holds: dict[str, list[tuple[str, int]]] = {}
    for row in dataset.select(PLANS):
        found = holds.setdefault(row.text("plan"), [])
        if row["kind"] is not None:
            found.append((row.text("kind").removeprefix(HYTE.iri), int(row.text("n"))))
    plans = tuple(
        PlanLine(labels.link(iri), path_under("tree", iri, base), tuple(counted))
        for iri, counted in holds.items()
    )
    return FrontPage(tuple((name, counts.get(name, 0)) for name in COUNTED), tuple(documents.values()), plans)


def search(dataset: Dataset, text: str, base: str, language: Language) -> tuple[tuple[Hit, ...], bool]:
    """The things whose label holds the text, and whether there were more than are given."""
    rows = dataset.select(SEARCH, needle=Literal(text.strip().lower()))
    labels = Labels((*dataset.select(TYPE_LABELS), *rows), base, language)
    types: dict[str, set[str]] = {}
    for row in rows:
        types.setdefault(row.text("node"), set()).add(row.text("type"))
    hits = [
        Hit(labels.link(iri), tuple(labels.link(each) for each in sorted(found)))
        for iri, found in types.items()
    ]
    return tuple(hits[:SEARCH_LIMIT]), len(hits) > SEARCH_LIMIT or len(rows) >= 400


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
