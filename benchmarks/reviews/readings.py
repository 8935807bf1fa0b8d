"""What a reader has written down: successors, themes and SDG goals of the items of the plans, each clear or arguable."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hytegraph.loaders.documents.folder import read_manifest
from hytegraph.loaders.links.town_graph import TownGraph

FOLDER = "links/readings"
# How sure a label is: the reader would defend it, or thinks that a reasonable person may doubt.
FIRM = ("clear", "core")
_KINDS = ("aim", "goal", "priority", "measure", "project")


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of one pair: its kind ('' where there is but one), whether it is firm, and a comment."""

    kind: str
    is_firm: bool
    comment: str = ""


Labels = Mapping[tuple[str, str], Label]


@dataclass(frozen=True, slots=True)
class Items:
    """The items that were read: the CURIE of each by its name ('' for a cell without words), its kind by CURIE."""

    curies: Mapping[str, str]
    kinds: Mapping[str, str]


NEW = "new"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's labels by pair: an earlier and a later item, or an item and a theme or goal.

    The second is '' where nothing continues the first; the first is NEW where the second continues nothing.
    """

    reviewer: str
    successors: Labels
    themes: Labels
    goals: Labels

    def of(self, table: str) -> Labels:
        """The labels that speak of the links of a table."""
        return {"continuity": self.successors, "themes": self.themes, "sdg": self.goals}[table]


def read_items(folder: Path, graph: TownGraph) -> Items:
    """The items of a folder's readings; raises ValueError for one that is not one thing of the graph."""
    entries = {entry.name[:3]: entry for entry in read_manifest(folder)}
    known = {element.id: element for element in graph.elements(*_KINDS)}
    curies: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for row in _rows(folder / FOLDER / "items.csv"):
        document, _, name = row["id"].partition(":")
        if row["kind"] not in _KINDS or not row["text"]:
            curies[row["id"]] = ""
            continue
        if row["kind"] == "measure":
            # A row of measures, and the number of one of them in it.
            fitting = {
                f"{graph.town}:measure/{entries[document].slug}/{name.removeprefix('M').replace('/', '-')}"
            }
        else:
            place = f"{entries[document].name}:{row['lines'].split()[0]}"
            fitting = {
                element.id
                for element in known.values()
                if element.kind == row["kind"] and place in element.evidence.split()
            }
        if len(fitting & set(known)) != 1:
            raise ValueError(
                f"{row['id']} ({row['text']!r}) is {len(fitting & set(known))} things of the graph"
            )
        [curies[row["id"]]] = fitting
        kinds[curies[row["id"]]] = row["kind"]
    return Items(curies, kinds)


def read_reading(folder: Path, name: str, reviewer: str, items: Items) -> Reading:
    """What a reader (a folder of that name) has written; raises KeyError for an item that there is not."""
    own = folder / FOLDER / name

    def curie(item: str, otherwise: str) -> str:
        return items.curies[item] if item else otherwise

    successors = {
        (curie(row["subject"], NEW), curie(row["object"], "")): _label(row, row["kind"])
        for file in ("goals.csv", "measures.csv")
        for row in _rows(own / file)
        if not row["subject"] or curie(row["subject"], NEW)
    }
    themes = {
        (curie(row["item"], ""), f"theme:{row['code']}"): _label(row) for row in _rows(own / "themes.csv")
    }
    goals = {(curie(row["item"], ""), f"sdg:{row['goal']}"): _label(row) for row in _rows(own / "sdg.csv")}
    return Reading(reviewer, successors, themes, goals)


def _label(row: Mapping[str, str], kind: str = "") -> Label:
    return Label(kind, row["strength"] in FIRM, row.get("comment") or "")


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
