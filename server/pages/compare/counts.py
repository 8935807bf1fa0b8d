"""What is counted of each town, so that towns with different documents can be set side by side."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hytegraph.server.pages.compare.items import LEVELS, WAYS, TableRow, TownItems
from hytegraph.server.pages.compare.subjects import Match

# Facts of the rows of measures: the cell or the things that a row must have.
_CELLS = {
    "responsible": "responsibleText",
    "measured": "indicatorText",
    "target": "targetText",
    "status": "statusText",
}
OF_MEASURES = ("responsible", "unassigned", "measured", "target", "status", "reported")
MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, `of` how many measures; None where that is no part of the measures."""

    number: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a town.

    `levels` and `measures` count items and facts of the measures' rows; `ways` count the items by how they are known
    to belong to the subject; `statuses` the reports of the rows by the status that is claimed of them and how.
    """

    levels: Mapping[str, Count]
    measures: Mapping[str, Count]
    ways: Mapping[str, int]
    statuses: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        """How many items belong to the subject."""
        return sum(count.number for count in self.levels.values())


def count(town: TownItems, matched: Match) -> Counts:
    """The numbers of what of a town belongs to a subject; a fact of a row counts for each of its measures."""
    by_level = Counter(town.items[iri].level for iri in matched)
    rows = {iri: town.rows_of.get(iri, ()) for iri in matched if town.items[iri].level == MEASURE}
    facts = Counter(name for own in rows.values() for name in _facts(own))
    facts["unassigned"] = len(rows) - facts["responsible"]
    reports = {iri for own in rows.values() for row in own for iri in row.things.get("rowRealisation", ())}
    statuses = Counter((status, way) for iri in reports for status, way in town.statuses.get(iri, {}).items())
    ways = Counter(matched.values())
    return Counts(
        levels={level: Count(by_level[level]) for level in LEVELS},
        measures={name: Count(facts[name], len(rows)) for name in OF_MEASURES},
        ways={way: ways[way] for way in WAYS},
        statuses=dict(sorted(statuses.items())),
    )


def _facts(rows: tuple[TableRow, ...]) -> set[str]:
    held = {name for name, cell in _CELLS.items() if any(row.cells.get(cell) for row in rows)}
    return held | ({"reported"} if any(row.things.get("rowRealisation") for row in rows) else set())
