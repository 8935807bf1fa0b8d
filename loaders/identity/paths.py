"""The path of a thing in its IRI, after the town: `goal/2022-2025/sujuva-arki`."""

from typing import Protocol

from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.identity.parties import PartyKind, party_kind, party_name
from hytegraph.loaders.identity.references import Reference

ThingPath = tuple[str, ...]


class Slugs(Protocol):
    """Gives the slug of a wording; `type_` and `scope` say among which things it is unique."""

    def slug(self, type_: str, scope: str, wording: str) -> str:
        """The slug of a thing."""
        ...


def element_path(slugs: Slugs, type_: str, scope: str, wording: str) -> ThingPath:
    """An aim, goal or priority; `scope` is the period or version of its plan."""
    return type_, scope, slugs.slug(type_, scope, wording)


def unit_path(slugs: Slugs, sector: str, area: str = "") -> ThingPath:
    """The result area of a sector, or the sector itself where there is none."""
    path = ("unit", slugs.slug("unit", "", sector))
    return (*path, slugs.slug("unit", path[1], area)) if area else path


def named_path(slugs: Slugs, type_: str, name: str) -> ThingPath:
    """A body, post, role, scope or other party of the town."""
    return type_, slugs.slug(type_, "", name)


def party_path(slugs: Slugs, name: str) -> ThingPath:
    """A responsible party or project, of the kind its name tells; () for words that name nobody."""
    label, kind = party_name(name), party_kind(name)
    if kind is PartyKind.NONE:
        return ()
    return unit_path(slugs, label) if kind is PartyKind.SECTOR else named_path(slugs, kind.value, label)


def decision_path(slugs: Slugs, reference: Reference) -> ThingPath:
    """A decision, by its body, date and section."""
    _, body = named_path(slugs, "body", reference.body)
    return "decision", body, reference.date.isoformat(), reference.section or "x"


def group_path(slugs: Slugs, row: Row) -> ThingPath:
    """The group of figures that a row stands in."""
    place = _place(slugs, row)
    return "group", *place, slugs.slug("group", "/".join(place), row["group"])


def figure_path(slugs: Slugs, row: Row) -> ThingPath:
    """The figure of a row, under its area, its group and the figure it is a part of."""
    place = _place(slugs, row)
    if row["group"]:
        place = group_path(slugs, row)[1:]
    if row["parent"]:
        place = (*place, slugs.slug("figure", "/".join(place), row["parent"]))
    return "figure", *place, slugs.slug("figure", "/".join(place), row["indicator"])


def _place(slugs: Slugs, row: Row) -> ThingPath:
    return unit_path(slugs, row["sector"], row["serviceArea"])[1:]
