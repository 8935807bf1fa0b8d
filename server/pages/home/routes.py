"""The front page."""

from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.home.country import read_country
from hytegraph.server.pages.plans.routes import PlanLine, read_plans
from hytegraph.server.pages.shared.view import page
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link, naming, passage_name, path_under
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
_MOST_PLANS, _MOST_DOCUMENTS = 24, 50


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
    """What the front page of a town shows: counts by class, documents, plans, and one trace where there is a whole one.

    Of very many plans and documents the first are shown; `all_plans` and `all_documents` count them.
    """

    counts: tuple[tuple[str, int], ...]
    documents: tuple[DocumentLine, ...]
    all_documents: int
    plans: tuple[PlanLine, ...]
    all_plans: int
    example: Example | None


@blueprint.get("/")
@in_towns
def home() -> Response:
    """The front page: of a town, or of the country where the data are of several towns."""
    base, language = settings().base, reader_language(request)
    if is_of_all_towns():
        country = read_country(dataset(), summaries(), base, language)
        return page("home/country.html", country=country)
    front = read_front_page(dataset(), summaries(), town_of_rows(), base, language)
    return page("home/home.html", front=front)


@lru_cache(maxsize=64)
def read_front_page(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> FrontPage:
    """The counts, documents and plans of a town (its slug) or of the only one, read once: the data never change."""
    counts = summaries.sums(CLASS_COUNTS, ("term",), town)
    listed = summaries.rows("plan-list", town, order=("start", "label"), limit=_MOST_PLANS)
    documents = _documents(summaries, town, base, language)
    return FrontPage(
        tuple((name, counts.get((HYTE[name],), 0)) for name in COUNTED),
        documents[:_MOST_DOCUMENTS],
        len(documents),
        read_plans(summaries, tuple(row.text("plan") for row in listed), base, language),
        summaries.count("plan-list", town),
        _example(dataset, summaries, town, base, language),
    )


def _documents(
    summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[DocumentLine, ...]:
    rows = summaries.rows("documents", town)
    names = (("document", "title"), ("code", "kind"), ("time", "period"))
    labels = Labels((row for node, name in names for row in naming(rows, node, name)), base, language)
    lines: dict[str, DocumentLine] = {}
    for row in rows:
        kind, period, date = (
            labels.link(row[name]) if row[name] else None for name in ("code", "time", "date")
        )
        lines.setdefault(row.text("document"), DocumentLine(labels.link(row["document"]), kind, period, date))
    return tuple(lines.values())


def _example(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> Example | None:
    rows = summaries.rows("whole-chains", town, order=("length", "measure"), limit=1)
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
