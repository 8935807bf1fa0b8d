"""Items of a comparison as they are shown and as rows of data: how each is known, and what its table row says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hytegraph.graph.query.towns import Town
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.compare.items import LEVELS, WAYS, Item, TableRow
from hytegraph.server.pages.compare.reading import Column, Comparison
from hytegraph.server.pages.compare.subjects import CLAIMED, GROUP, INDICATOR, SDG, THEME, WORDS, Subject
from hytegraph.server.pages.shared.scope import at_town
from hytegraph.server.pages.shared.table import Cell
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

# The cells of a row that are compared as they are printed, by the name of their column.
_CELLS = {
    "responsible": "responsibleText",
    "indicator": "indicatorText",
    "target": "targetText",
    "targetGroup": "targetGroupText",
    "status": "statusText",
}
ITEM_COLUMNS = (
    *("town", "level", "text", "how", "period", *_CELLS, "reported", "suggestedStatus", "acceptedStatus"),
    *("document", "lineStart", "lineEnd", "iri"),
)
_SEPARATOR = " | "
# Between the towns in a parameter of the named queries.
TOWN_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it is shown: how it is known to belong to the subject, and the cells of its rows."""

    item: Item
    how: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """How many there are in each town of what is claimed in one way; `name` is what is claimed, where it differs."""

    name: Link | None
    way: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """The items of a level that are shown, and how many there are."""

    level: str
    total: int
    items: tuple[Shown, ...]


def shown_levels(column: Column, items: Iterable[Item], most: int | None = None) -> tuple[ShownLevel, ...]:
    """The items of a town by level, at most so many of each."""
    by_level = {level: [item for item in items if item.level == level] for level in LEVELS}
    return tuple(
        ShownLevel(level, len(own), tuple(_shown(column, item) for item in own[:most]))
        for level, own in by_level.items()
        if own
    )


def item_row(column: Column, item: Item) -> tuple[Cell, ...]:
    """An item as a row of ITEM_COLUMNS."""
    rows, place = column.held.rows_of.get(item.iri, ()), item.place
    cells = _cells(rows)
    reports = [iri for row in rows for iri in row.things.get("rowRealisation", ())]
    claimed = [claim for iri in reports for claim in column.held.statuses.get(iri, {}).items()]
    statuses = {
        way: _joined(sorted(status.rpartition("#")[2] for status, known in claimed if known == way))
        for way in ("suggested", "accepted")
    }
    return (
        *(column.town.name("fi"), item.level, item.link.text, column.matched[item.iri] or None),
        item.period or None,
        *(cells.get(name) for name in _CELLS),
        len(reports),
        *(statuses["suggested"], statuses["accepted"]),
        *((place.document, place.start, place.end) if place else (None, None, None)),
        item.iri,
    )


def further_address(town: Town, subject: Subject) -> str:
    """Where a reader goes on with the subject in one town: its page of the SDG goal, the search, or its plans."""
    if subject.kind == SDG:
        return at_town(f"/sdg/{subject.value.partition('.')[0]}", town)
    if subject.kind == WORDS:
        return at_town("/search", town) + "?" + urlencode({"q": subject.value})
    return at_town("/plans", town)


def sparql_address(towns: Iterable[Town], subject: Subject) -> str:
    """The address of the editor with the named query for the subject; words are looked for as they are written."""
    names = TOWN_SEPARATOR.join(town.name("fi") for town in towns)
    if subject.kind == SDG:
        values = {"named": "compare-sdg", "goal": subject.value.partition(".")[0], "towns": names}
    elif subject.kind == THEME:
        values = {"named": "themes", "theme": subject.value}
    else:
        columns = {GROUP: "targetGroup", INDICATOR: "indicator"}
        values = {"named": "compare-words", "words": subject.value, "towns": names}
        values |= {"level": columns[subject.kind]} if subject.kind in columns else {}
    return "/sparql?" + urlencode(values)


def link_lines(compared: Comparison) -> tuple[ClaimLine, ...]:
    """How many items are linked to the subject in each way; none for one that nothing is linked to by a claim."""
    if compared.subject.kind not in CLAIMED:
        return ()
    return tuple(
        ClaimLine(None, way, tuple(column.counts.ways[way] for column in compared.columns)) for way in WAYS
    )


def status_lines(
    dataset: Dataset, compared: Comparison, base: str, language: Language
) -> tuple[ClaimLine, ...]:
    """How many reports have each status, by how that is known."""
    known = {key for column in compared.columns for key in column.counts.statuses}
    labels = labels_of(dataset, (status for status, _ in known), base, language)
    return tuple(
        ClaimLine(
            replace(labels.link(status), href=None),
            way,
            tuple(column.counts.statuses.get((status, way), 0) for column in compared.columns),
        )
        for status, way in sorted(known)
    )


def _shown(column: Column, item: Item) -> Shown:
    return Shown(item, column.matched[item.iri], _cells(column.held.rows_of.get(item.iri, ())))


def _cells(rows: Sequence[TableRow]) -> dict[str, str]:
    texts = {name: _joined(row.cells.get(cell, "") for row in rows) for name, cell in _CELLS.items()}
    return {name: text for name, text in texts.items() if text}


def _joined(texts: Iterable[str]) -> str | None:
    return _SEPARATOR.join(dict.fromkeys(filter(None, texts))) or None
