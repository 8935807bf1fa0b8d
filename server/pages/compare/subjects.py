"""What towns are compared by, and what of a town's documents belongs to it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from hytegraph.server.pages.compare.items import WAYS, Claims, TableRow, TownItems
from hytegraph.server.pages.compare.wordings import Wordings

SDG, THEME, WORDS, GROUP, INDICATOR, WORDING = SUBJECTS = (
    *("sdg", "theme", "words", "group", "indicator", "wording"),
)
# The subjects to which things are linked by claims.
CLAIMED = (SDG, THEME)
# How an item that no claim links to the subject belongs to it: the words were found in it, it has the name, it
# stands in a row of the subject, or under an item that has the name.
FOUND, NAMED, ROW, UNDER = "words", "named", "row", "under"
_SDG_SPACE = "http://metadata.un.org/sdg/"
_THEME_SPACE = "https://w3id.org/hytegraph/themes#"
_NAMED_LEVELS = ("aim", "priority", "goal")


@dataclass(frozen=True, slots=True)
class Subject:
    """One of SUBJECTS with what it is about; everything where empty.

    That is the number of an SDG goal or target, the local name of a theme or target group, or words.
    """

    kind: str = ""
    value: str = ""


# The items of a subject by IRI, each with how it is known to belong to it.
Match = Mapping[str, str]


def match(
    subject: Subject, town: TownItems, wordings: Wordings, found: Collection[str] = frozenset()
) -> Match:
    """What of the town belongs to the subject; `found` are the things in which the search found its words."""
    if not subject.kind:
        return dict.fromkeys(town.items, "")
    if subject.kind == SDG:
        return _with_indicators(_linked(town.sdg, partial(is_sdg_within, number=subject.value), town), town)
    if subject.kind == THEME:
        theme = _THEME_SPACE + subject.value
        return _with_indicators(_linked(town.themes, theme.__eq__, town), town)
    if subject.kind == WORDS:
        return _with_indicators({iri: FOUND for iri in town.items if iri in found}, town)
    return _NAMES[subject.kind](subject.value, town, wordings)


def is_sdg_within(iri: str, number: str) -> bool:
    """Whether the IRI is that of the SDG goal or target with the number, or of a target of that goal.

    >>> is_sdg_within("http://metadata.un.org/sdg/3.4", "3"), is_sdg_within("http://metadata.un.org/sdg/3.4", "4")
    (True, False)
    """
    return f"{iri.removeprefix(_SDG_SPACE)}.".startswith(f"{number}.")


def _linked(claims: Claims, belongs: Callable[[str], bool], town: TownItems) -> dict[str, str]:
    """The items of which something is claimed that belongs to the subject, in its surest way."""
    linked = {}
    for iri in town.items:
        ways = [way for value, way in claims.get(iri, {}).items() if belongs(value)]
        if ways:
            linked[iri] = min(ways, key=WAYS.index)
    return linked


def _with_indicators(items: Match, town: TownItems) -> Match:
    """The items with the indicators that stand in the rows of their measures."""
    rows = [row for iri in items for row in town.rows_of.get(iri, ())]
    beside = (iri for row in rows for iri in row.things.get("rowIndicator", ()) if iri in town.items)
    return {**dict.fromkeys(beside, ROW), **items}


def _of_group(words: str, town: TownItems, wordings: Wordings) -> Match:
    rows = [row for row in town.rows if wordings.holds(row.cells.get("targetGroupText", ""), words)]
    return _in_rows(rows, town, ROW)


def _of_indicator(name: str, town: TownItems, wordings: Wordings) -> Match:
    named = _named(name, ("indicator",), town, wordings)
    beside = _in_rows((row for iri in named for row in town.rows_of.get(iri, ())), town, ROW)
    others = {iri: how for iri, how in beside.items() if town.items[iri].level != "indicator"}
    return {**others, **named}


def _of_wording(name: str, town: TownItems, wordings: Wordings) -> Match:
    named = _named(name, _NAMED_LEVELS, town, wordings)
    rows = [
        row
        for row in town.rows
        if not named.keys().isdisjoint(row.all_of("rowAim", "rowPriority", "rowGoal"))
    ]
    below = [item.iri for item in town.items.values() if not named.keys().isdisjoint(item.above)]
    further = [item.iri for item in town.items.values() if not set(below).isdisjoint(item.above)]
    items = {**dict.fromkeys((*below, *further), UNDER), **_in_rows(rows, town, UNDER), **named}
    return _with_indicators(items, town)


def _named(name: str, levels: Collection[str], town: TownItems, wordings: Wordings) -> dict[str, str]:
    """The items of these levels whose name consists of the same words."""
    key = wordings.key(name)
    return {
        item.iri: NAMED
        for item in town.items.values()
        if item.level in levels and wordings.key(item.link.text) == key
    }


def _in_rows(rows: Iterable[TableRow], town: TownItems, how: str) -> dict[str, str]:
    named = (iri for row in rows for iri in row.all_of("rowGoal", "rowMeasure", "rowIndicator"))
    return {iri: how for iri in named if iri in town.items}


_NAMES: Mapping[str, Callable[[str, TownItems, Wordings], Match]] = {
    GROUP: _of_group,
    INDICATOR: _of_indicator,
    WORDING: _of_wording,
}
