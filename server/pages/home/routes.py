"""The front page: of a town a board of its plans and what is known of them, of a country its towns."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, Response, request
from pyoxigraph import Literal

from hytegraph.graph.query.gaps import Gap, load_gaps
from hytegraph.graph.results import text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.catalogue.routes import about
from hytegraph.server.catalogue.schema_org import schema_of_dataset, schema_of_town
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.context import (
    dataset,
    has_several_towns,
    is_of_all_towns,
    settings,
    summaries,
    town,
    town_of_rows,
)
from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.home.country import read_country
from hytegraph.server.pages.home.timeline import Timeline, timeline
from hytegraph.server.pages.plans.routes import PlanLine, read_plans
from hytegraph.server.pages.shared.decisions import DecisionLine, latest_decisions
from hytegraph.server.pages.shared.outcomes.tallies import ResultTally, tallies_under, tally_of_town
from hytegraph.server.pages.shared.scope import at
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
_MOST_PLANS, _MOST_LATEST, _MOST_GAPS = 24, 6, 6


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
    """What the front page of a town shows: plans, the latest documents and decisions, what the documents do not say.

    Of very many plans and documents some are shown; `all_plans` and `all_documents` count them. `example` is one trace
    where there is a whole one, `period` and `party` are the latest period of measures and who it names most.
    """

    counts: tuple[tuple[str, int], ...]
    documents: tuple[DocumentLine, ...]
    all_documents: int
    plans: tuple[PlanLine, ...]
    all_plans: int
    timeline: Timeline | None
    decisions: tuple[DecisionLine, ...]
    gaps: tuple[tuple[Gap, int], ...]
    results: tuple[tuple[Link, ResultTally], ...]
    example: Example | None
    period: str
    party: str


@blueprint.get("/")
@in_towns
def home() -> Response:
    """The front page: of a town, or of the country where the data are of several towns."""
    base, language = settings().base, reader_language(request)
    if is_of_all_towns():
        country = read_country(dataset(), summaries(), base, language)
        return page("home/country.html", country=country, json_ld=schema_of_dataset(about()))
    front = read_front_page(dataset(), summaries(), town_of_rows(), base, language)
    results = tally_of_town(summaries(), town_of_rows(), at("/results"))
    of_town = town() if has_several_towns() else None
    schema = schema_of_town(about(), of_town) if of_town else schema_of_dataset(about())
    return page("home/home.html", front=front, results=results, json_ld=schema)


@lru_cache(maxsize=64)
def read_front_page(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> FrontPage:
    """The board of a town (its slug) or of the only one, read once: the data never change."""
    counts = summaries.sums(CLASS_COUNTS, ("term",), town)
    listed = summaries.rows("plan-list", town, order=("start", "label"), limit=_MOST_PLANS)
    documents = _documents(summaries, town, base, language)
    plans = read_plans(summaries, tuple(row.text("plan") for row in listed), base, language)
    return FrontPage(
        tuple((name, counts.get((HYTE[name],), 0)) for name in COUNTED),
        documents[:_MOST_LATEST],
        len(documents),
        plans,
        summaries.count("plan-list", town),
        timeline(plans),
        latest_decisions(summaries, town, base, language, _MOST_LATEST),
        _gaps(summaries, town),
        _results(dataset, summaries, town, base, language),
        _example(dataset, summaries, town, base, language),
        *_most_named(dataset, summaries, town, base, language),
    )


def _results(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[tuple[Link, ResultTally], ...]:
    """What came of the measures under each aim of the documents that report."""
    aims = [iri for row in summaries.rows("result-states", town) if (iri := row.iri("aim"))]
    tallies = tallies_under(summaries, aims, base, at("/results"))
    labels = labels_of(dataset, tallies, base, language)
    return tuple((labels.link(aim), tallies[aim]) for aim in dict.fromkeys(aims))


def _gaps(summaries: Summaries, town: str | None) -> tuple[tuple[Gap, int], ...]:
    """What the documents leave open most often."""
    counts = summaries.sums("gap-counts", ("gap",), town)
    known = ((gap, counts.get((Literal(name),), 0)) for name, gap in load_gaps().items())
    return tuple(sorted((entry for entry in known if entry[1]), key=lambda entry: -entry[1])[:_MOST_GAPS])


def _most_named(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[str, str]:
    """The latest period of measures in tables, and the party that their rows name most; empty where there is none."""
    by_period = summaries.counts("measure-rows", ("period",), town)
    period = max((text_of(term) for (term,) in by_period if term is not None), default="")
    if not period:
        return "", ""
    measures = summaries.rows("measure-rows", town, {"period": Literal(period)})
    wanted = {"measure": [row["measure"] for row in measures if row["measure"] is not None]}
    named = Counter(row.text("party") for row in summaries.rows("measure-parties", town, wanted))
    if not named:
        return period, ""
    party = min(named, key=lambda iri: (-named[iri], iri))
    return period, labels_of(dataset, [party], base, language).link(party).text


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
    # The year is that of the document's date, or of its period; the latest come first.
    years = {row.text("document"): row.text("year") for row in rows}
    return tuple(line for _, line in sorted(lines.items(), key=lambda entry: years[entry[0]], reverse=True))


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
