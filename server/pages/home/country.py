"""The front page of a country: its towns with what the data hold of each, and all documents by kind and year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.results import Term, text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.pages.shared.town_lists import TownList, asked_towns, sums_by_town
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

# What the data hold of a town, as lists of towns count it; and of all towns.
TOWN_COUNTED = ("SourceDocument", "Goal", "Measure", "Decision")
COUNTED = (*TOWN_COUNTED, "StrategicAim", "HytePriority", "Figure", "FigureObservation")
# Older documents are counted together.
_YEARS = 12


@dataclass(frozen=True, slots=True)
class YearLine:
    """How many documents of each kind are of one year; of all earlier years together, or of none that is stated."""

    year: str
    is_earlier: bool
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """What the front page of a country shows."""

    counts: tuple[tuple[str, int], ...]
    towns: TownList
    kinds: tuple[Link, ...]
    years: tuple[YearLine, ...]


def read_country(dataset: Dataset, summaries: Summaries, base: str, language: Language) -> Country:
    """What the data hold of all towns, with the part of the towns that the address asks for."""
    counts = _class_counts(summaries)
    kinds, years = _documents_by_year(dataset, summaries, base, language)
    return Country(
        tuple((name, counts.get(HYTE[name].value, 0)) for name in COUNTED),
        town_list(language),
        kinds,
        years,
    )


def town_list(language: Language) -> TownList:
    """The towns that the address asks for, with what the data hold of each."""
    classes = [HYTE[name] for name in TOWN_COUNTED]
    columns = {name: f"class.{name}" for name in TOWN_COUNTED}
    return asked_towns(columns, sums_by_town(CLASS_COUNTS, "term", {"term": classes}), language)


@lru_cache(maxsize=4)
def _class_counts(summaries: Summaries) -> Mapping[str, int]:
    return {text_of(term): n for (term,), n in summaries.sums(CLASS_COUNTS, ("term",)).items()}


@lru_cache(maxsize=12)
def _documents_by_year(
    dataset: Dataset, summaries: Summaries, base: str, language: Language
) -> tuple[tuple[Link, ...], tuple[YearLine, ...]]:
    """The kinds of documents, and a line for each of the last years; read once: the data never change."""
    counted = summaries.sums("document-counts", ("code", "year"))
    codes = tuple(dict.fromkeys(code for code, _ in counted if isinstance(code, NamedNode)))
    years = sorted({int(text_of(year)) for _, year in counted if year is not None}, reverse=True)
    labels = labels_of(dataset, (code.value for code in codes), base, language)

    def line(name: str, of: Collection[Term | None], *, is_earlier: bool = False) -> YearLine:
        numbers = (sum(counted.get((code, year), 0) for year in of) for code in codes)
        return YearLine(name, is_earlier, tuple(numbers))

    recent, earlier = years[:_YEARS], years[_YEARS:]
    lines = [line(str(year), [Literal(year)]) for year in recent]
    if earlier:
        lines.append(line(str(earlier[0]), [Literal(year) for year in earlier], is_earlier=True))
    lines.append(line("", [None]))
    return tuple(labels.link(code) for code in codes), tuple(each for each in lines if any(each.counts))
