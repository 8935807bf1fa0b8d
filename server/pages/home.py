"""The front page, what the service is, and its downloads."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.formats import GRAPH_FORMATS
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, settings
from hytegraph.server.i18n import Language
from hytegraph.server.languages import reader_language
from hytegraph.server.links import Labels, Link, path_under
from hytegraph.server.pages.answers import page
from hytegraph.server.pages.resources import PREFIXES

blueprint = Blueprint("home", __name__)

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


@blueprint.get("/")
def home() -> Response:
    """The front page."""
    return page("home.html", front=read_front_page(dataset(), settings().base, reader_language(request)))


@blueprint.get("/about")
def about() -> Response:
    """What this is, whose data, which licence, which personal data."""
    return page("about.html")


@blueprint.get("/downloads")
def downloads() -> Response:
    """The dumps with the checksum of the release."""
    return page("downloads.html", formats=GRAPH_FORMATS, graphs=dataset().graphs(), release=dataset().release)


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
