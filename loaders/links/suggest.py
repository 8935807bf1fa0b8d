"""Suggests the links of a document folder, and joins them with the tables that people have reviewed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.continuity.changes import CONTINUES
from hytegraph.loaders.links.continuity.successors import suggest_continuity
from hytegraph.loaders.links.cues import read_cues
from hytegraph.loaders.links.judging.settling import as_suggested
from hytegraph.loaders.links.link import ACCEPTED, MANUAL, NO_MATCH, REJECTED, LinkAssertion
from hytegraph.loaders.links.pairings import suggest_pairings
from hytegraph.loaders.links.quads import (
    CONTINUITY,
    PAIRINGS,
    REPORTS,
    RESULTS,
    ROLES,
    SDG,
    STATUS,
    TARGETS,
    THEMES,
)
from hytegraph.loaders.links.reports import suggest_reports
from hytegraph.loaders.links.results.measures import suggest_results
from hytegraph.loaders.links.results.targets import suggest_targets
from hytegraph.loaders.links.roles import read_organisations, suggest_roles
from hytegraph.loaders.links.sdg import suggest_sdg
from hytegraph.loaders.links.sssom import LinkTable, in_order, read_links, table_file, write_table
from hytegraph.loaders.links.status import suggest_status
from hytegraph.loaders.links.themes import KINDS as WITH_THEMES
from hytegraph.loaders.links.themes import suggest_themes
from hytegraph.loaders.links.town_graph import Material, read_material

TITLES = {
    CONTINUITY: "Tavoitteiden, painopisteiden, päämäärien ja toimenpiteiden jatkuvuus kaudelta toiselle",
    PAIRINGS: "Mikä rivin toimenpide kuuluu mihinkin mittariin, toteumaan, vastuutahoon ja aikatauluun",
    REPORTS: "Mistä painopisteistä, tavoitteista ja toimenpiteistä raportin kappaleet kertovat",
    RESULTS: "Mitä raportti kertoo tulleen kustakin toimenpiteestä",
    ROLES: "Roolien virat, virkojen yksiköt ja yhteistyötahot",
    SDG: "Tavoitteiden yhteydet YK:n kestävän kehityksen alatavoitteisiin",
    STATUS: "Toteumien tila tekstin sanoista",
    TARGETS: "Mittareiden tavoitteet, raportoidut arvot ja tavoitteiden täyttyminen tekstin sanoista",
    THEMES: "Tavoitteiden, toimenpiteiden, mittareiden ja toteumien teemat ja kohderyhmät",
}
Key = tuple[str, str, str, str, str]
ADDED, CHANGED, REMOVED, KEPT = "added", "changed", "removed", "kept"
_COMPARED = ("kind", "confidence", "method", "cue", "rationale", "predicate_modifier")


@dataclass(frozen=True, slots=True)
class LinkChange:
    """How a table differs from its last version: what became of a link, and why."""

    what: str
    link: LinkAssertion
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A table after new suggestions have been joined with it."""

    table: LinkTable
    changes: tuple[LinkChange, ...]


def suggest_folder(folder: Path) -> tuple[Joined, ...]:
    """The link tables of a document folder with new suggestions, not yet written; raises as reading does."""
    material = read_material(read_folder(folder), DEFAULT_BASE)
    return tuple(
        _join(folder, name, material, suggest(folder, material)) for name, suggest in _SUGGESTIONS.items()
    )


def write_folder(folder: Path, joined: Iterable[Joined]) -> None:
    """Write the tables, each in one step."""
    for each in joined:
        write_table(folder, each.table)


def _join(folder: Path, name: str, material: Material, suggested: Iterable[LinkAssertion]) -> Joined:
    file = table_file(folder, name)
    old = read_links(file).links if file.exists() else ()
    links, changes = join(old, suggested)
    return Joined(LinkTable(name, material.graph.town, TITLES[name], links), changes)


def join(
    old: Iterable[LinkAssertion], suggested: Iterable[LinkAssertion]
) -> tuple[tuple[LinkAssertion, ...], tuple[LinkChange, ...]]:
    """The links to keep and what changed: what a person has reviewed or written stays as it is."""
    before = {link.key: link for link in old}
    fresh = {link.key: link for link in suggested}
    kept = {key: link for key, link in before.items() if link.is_reviewed or link.justification == MANUAL}
    # The rule still makes of a link whose kind reviewers have corrected what it made of it before.
    corrected = {as_suggested(link).key for link in kept.values() if link.suggested_kind}
    fresh = {key: link for key, link in fresh.items() if key not in corrected}
    links = in_order((fresh | kept).values())
    return links, tuple(_changes(before, fresh, kept))


def _changes(
    before: dict[Key, LinkAssertion], fresh: dict[Key, LinkAssertion], kept: dict[Key, LinkAssertion]
) -> Iterator[LinkChange]:
    for link in in_order((before | fresh).values()):
        old, new = before.get(link.key), fresh.get(link.key)
        if old is None:
            yield LinkChange(ADDED, link, link.rationale)
        elif new is None:
            if link.key not in kept:
                yield LinkChange(REMOVED, old, "no rule suggests it any more")
            elif old.justification != MANUAL:
                yield LinkChange(KEPT, old, "reviewed; no rule suggests it any more")
        elif difference := _difference(old, new):
            yield LinkChange(KEPT if link.key in kept else CHANGED, new, difference)


def _difference(old: LinkAssertion, new: LinkAssertion) -> str:
    return "; ".join(
        f"{field} «{getattr(old, field)}» → «{getattr(new, field)}»"
        for field in _COMPARED
        if getattr(old, field) != getattr(new, field)
    )


def _status(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_status(material.graph.elements("realisation"))


def _pairings(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_pairings(material.rows)


def _results(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_results(material.rows)


def _targets(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_targets(material.rows)


def _roles(folder: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_roles(material, read_organisations(folder))


def _continuity(folder: Path, material: Material) -> tuple[LinkAssertion, ...]:
    file = table_file(folder, CONTINUITY)
    old = read_links(file).links if file.exists() else ()
    rejected = {(link.subject, link.object) for link in old if link.outcome == REJECTED}
    elements = material.graph.elements("aim", "goal", "priority", "measure", "project")
    return tuple(link for link in suggest_continuity(elements, rejected) if not _is_settled(link, old))


def _is_settled(link: LinkAssertion, old: Iterable[LinkAssertion]) -> bool:
    """Whether a reviewer has accepted another kind for the pair, or a successor where a search found none."""
    if link.object == NO_MATCH:
        side = "subject" if link.predicate != CONTINUES else "object"
        ends = {getattr(each, side) for each in old if each.outcome == ACCEPTED and each.object != NO_MATCH}
        return link.subject in ends
    pairs = {(each.subject, each.object): each.key for each in old if each.outcome == ACCEPTED}
    return pairs.get((link.subject, link.object), link.key) != link.key


def _reports(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_reports(material.graph.elements("aim", "goal", "priority", "measure", "realisation"))


def _sdg(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    elements = material.graph.elements("aim", "goal", "priority", "measure", "project")
    return suggest_sdg(elements, read_cues("sdg"))


def _themes(_: Path, material: Material) -> tuple[LinkAssertion, ...]:
    return suggest_themes(material.graph.elements(*WITH_THEMES))


_SUGGESTIONS: dict[str, Callable[[Path, Material], tuple[LinkAssertion, ...]]] = {
    CONTINUITY: _continuity,
    PAIRINGS: _pairings,
    REPORTS: _reports,
    RESULTS: _results,
    ROLES: _roles,
    SDG: _sdg,
    STATUS: _status,
    TARGETS: _targets,
    THEMES: _themes,
}
