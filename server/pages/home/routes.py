"""The front page."""

from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.plans.routes import PlanLine, read_plans
from hytegraph.server.pages.shared.view import page
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link, passage_name, path_under
from hytegraph.server.text.messages import Language

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
DOCUMENTS = stored_query(__name__, "documents")
EXAMPLE = stored_query(__name__, "example")
FRONT_LABELS = stored_query(__name__, "front-labels")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list of the front page."""

    link: Link
    kind: Link | None
    period: Link | None
    date: Link | None


@dataclass(frozen=True, slots=True)
class Example:
    """A measure with the way up to its plan and what came of it: kind of step and what stands there."""

    address: str
    steps: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page shows: counts by class, documents, plans, and one trace where the data hold a whole one."""

    counts: tuple[tuple[str, int], ...]
    documents: tuple[DocumentLine, ...]
    plans: tuple[PlanLine, ...]
    example: Example | None


@blueprint.get("/")
@in_towns
def home() -> Response:
    """The front page."""
    front = read_front_page(dataset(), summaries(), settings().base, reader_language(request))
    return page("home/home.html", front=front)


@lru_cache(maxsize=16)
def read_front_page(dataset: Dataset, summaries: Summaries, base: str, language: Language) -> FrontPage:
    """The counts, documents and plans of the dataset, read once: the data never change."""
    counts = {
        text_of(term).removeprefix(HYTE.iri): n
        for (term,), n in summaries.sums(CLASS_COUNTS, ("term",)).items()
    }
    labels = Labels(dataset.select(FRONT_LABELS), base, language)
    documents: dict[str, DocumentLine] = {}
    for row in dataset.select(DOCUMENTS):
        kind, period, date = (
            labels.link(row[name]) if row[name] else None for name in ("kind", "period", "date")
        )
        documents.setdefault(
            row.text("document"), DocumentLine(labels.link(row["document"]), kind, period, date)
        )
    plans = read_plans(dataset, base, language)
    return FrontPage(
        tuple((name, counts.get(name, 0)) for name in COUNTED),
        tuple(documents.values()),
        plans,
        _example(dataset, base, language),
    )


def _example(dataset: Dataset, base: str, language: Language) -> Example | None:
    rows = dataset.select(EXAMPLE)
    if not rows:
        return None
    row = rows[0]
    named = ("plan", "aim", "goal", "measure", "document")
    labels = labels_of(dataset, [row.text(name) for name in named], base, language)
    steps = [(name, labels.link(row[name])) for name in named[:-1]]
    steps += [(name, labels.link(row[name])) for name in ("responsible", "realisation")]
    lines = passage_name(int(row.text("start")), int(row.text("end")), language)
    document = labels.link(row["document"])
    steps.append(("source", replace(document, text=f"{document.text}, {lines}")))
    return Example(path_under("trace", row.text("measure"), base), tuple(steps))
