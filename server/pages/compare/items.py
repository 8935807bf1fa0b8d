"""What the documents of one town hold that can be compared: aims, priorities, goals, measures, indicators, rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.text.links import Labels, Link, page_path, path_under
from hytegraph.server.text.messages import Language

_LEVEL_OF = {
    HYTE.StrategicAim: "aim",
    HYTE.HytePriority: "priority",
    HYTE.Goal: "goal",
    HYTE.Measure: "measure",
}
INDICATOR = "indicator"
LEVELS = (*_LEVEL_OF.values(), INDICATOR)
# How a claim is known, the surest first; what a reviewer has rejected or a later claim has replaced is none.
WAYS = STATED, ACCEPTED, SUGGESTED = "stated", "accepted", "suggested"
_WAY_OF = {HYTE.accepted: ACCEPTED, HYTE.acceptedByRule: ACCEPTED, HYTE.suggested: SUGGESTED}
_KEPT_TOWNS = 32

Claims = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a document: its name, the first and the last line, and the way to them."""

    document: str
    start: int
    end: int
    link: Link


@dataclass(frozen=True, slots=True)
class Item:
    """An aim, priority, goal, measure or indicator: its level, words, period, first place and what it stands under.

    The period is empty and the place None where the data do not give them.
    """

    iri: str
    level: str
    link: Link
    period: str
    place: Place | None
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the things in it by the name of their property, and its cells as they are printed."""

    things: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, str]

    def all_of(self, *names: str) -> tuple[str, ...]:
        """The things of several properties."""
        return tuple(iri for name in names for iri in self.things.get(name, ()))


@dataclass(frozen=True, slots=True)
class Documents:
    """How many documents of a town were read, and the periods they are about."""

    number: int
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TownItems:
    """All that is compared of a town.

    `sdg`, `themes` and `statuses` give for a thing what is claimed of it, each with the surest way in which that is
    known; `rows_of` the rows that a measure or indicator stands in.
    """

    documents: Documents
    items: Mapping[str, Item]
    rows: tuple[TableRow, ...]
    rows_of: Mapping[str, tuple[TableRow, ...]]
    sdg: Claims
    themes: Claims
    statuses: Claims


@lru_cache(maxsize=_KEPT_TOWNS)
def read_town(dataset: Dataset, summaries: Summaries, town: str, base: str, language: Language) -> TownItems:
    """What can be compared of the town with that slug; read once, because the data never change."""
    contents = _contents(summaries.rows("row-contents", town))
    rows = tuple(row for row in contents.values() if row.cells or row.all_of("rowMeasure", "rowIndicator"))
    rows_of: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        for iri in row.all_of("rowMeasure", "rowIndicator"):
            rows_of[iri].append(row)
    items = (
        *_elements(dataset, summaries, contents, town, base, language),
        *_indicators(dataset, summaries, town, base, language),
    )
    return TownItems(
        documents=_documents(summaries, town),
        items={item.iri: item for item in sorted(items, key=_reading_order)},
        rows=rows,
        rows_of={iri: tuple(own) for iri, own in rows_of.items()},
        sdg=_claims(summaries.rows("sdg-claims", town), "element", "object"),
        themes=_claims(summaries.rows("theme-claims", town), "node", "concept"),
        statuses=_claims(summaries.rows("status-claims", town), "node", "status"),
    )


def _documents(summaries: Summaries, town: str) -> Documents:
    rows = summaries.rows("documents", town)
    periods = {row.text("period").replace("-", "–") for row in rows}
    return Documents(len({row.text("document") for row in rows}), tuple(sorted(filter(None, periods))))


def _contents(rows: Iterable[Row]) -> dict[str, TableRow]:
    """What is in the rows, and what other things stand under, by IRI."""
    things: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        name, iri = row.text("property").removeprefix(HYTE.iri), row.text("node")
        if row.iri("value"):
            things[iri][name].append(row.text("value"))
        elif row.text("value"):
            cells[iri][name] = row.text("value")
    return {
        iri: TableRow({name: tuple(held) for name, held in things[iri].items()}, cells[iri])
        for iri in dict.fromkeys((*things, *cells))
    }


def _elements(
    dataset: Dataset,
    summaries: Summaries,
    contents: Mapping[str, TableRow],
    town: str,
    base: str,
    language: Language,
) -> Iterator[Item]:
    rows = summaries.rows("elements", town)
    labels = Labels(rows, base, language)
    periods = {row.text("holder"): row.text("label") for row in summaries.rows("holder-periods", town)}
    places: dict[str, Row] = {}
    for row in summaries.rows("element-passages", town):
        places.setdefault(row.text("node"), row)
    for row in {row.text("node"): row for row in rows}.values():
        iri, label = row.text("node"), labels.link(row["node"])
        above, place = contents.get(iri), places.get(iri)
        yield Item(
            iri=iri,
            level=next(level for kind, level in _LEVEL_OF.items() if row["class"] == kind),
            link=Link(label.text, label.language, path_under("trace", iri, base)),
            period=(periods.get(iri) or periods.get(row.text("plan"), "")).replace("-", "–"),
            place=_place(dataset, place, base, language) if place else None,
            above=above.all_of("supportsGoal", "underAim") if above else (),
        )


def _indicators(
    dataset: Dataset, summaries: Summaries, town: str, base: str, language: Language
) -> Iterator[Item]:
    rows = summaries.rows("indicator-rows", town)
    named = (Row(("node", "label"), (row["indicator"], row["label"])) for row in rows)
    labels = Labels(named, base, language)
    for iri, row in {row.text("indicator"): row for row in reversed(rows)}.items():
        label = labels.link(iri)
        link = Link(label.text, label.language, page_path(iri, base))
        yield Item(iri, INDICATOR, link, "", _place(dataset, row, base, language), ())


def _place(dataset: Dataset, row: Row, base: str, language: Language) -> Place | None:
    """The lines that a row of a summary gives; None where it gives none."""
    document = row.iri("document")
    if document is None or not row.text("start") or not row.text("end"):
        return None
    start, end = int(row.text("start")), int(row.text("end"))
    passage = row.text("passage") if "passage" in row.variables else ""
    link = place_link(dataset, (document, start, end), base, language, passage)
    return Place(row.text("name"), start, end, link)


def _reading_order(item: Item) -> tuple[str, int, str]:
    return (item.place.document, item.place.start, item.iri) if item.place else ("", 0, item.iri)


def _claims(rows: Iterable[Row], subject: str, value: str) -> Claims:
    """What is claimed of each thing, in its surest way."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        way = next((way for review, way in _WAY_OF.items() if row["review"] == review), None)
        if way is None:
            continue
        way = STATED if row["basis"] == HYTE.statedInSource else way
        own, claimed = found[row.text(subject)], row.text(value)
        own[claimed] = min(own.get(claimed, way), way, key=WAYS.index)
    return dict(found)
