"""What waits for a reviewer, what is wrong with the link tables, and how often reviewers agreed with the rules."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.judging.reviewers import FILE as REVIEWERS_FILE
from hytegraph.loaders.links.judging.reviewers import read_reviewers
from hytegraph.loaders.links.judging.settling import opinions_of
from hytegraph.loaders.links.link import (
    ACCEPTED,
    ACCEPTED_BY_RULE,
    NO_MATCH,
    NOT,
    REJECTED,
    STANDING,
    SUGGESTED,
    LinkAssertion,
)
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
from hytegraph.loaders.links.results.met import NOT_TOLD
from hytegraph.loaders.links.roles import COLLABORATOR
from hytegraph.loaders.links.sssom import CURIE_MAP, LinkTable, natural, read_link_tables
from hytegraph.loaders.links.status import UNKNOWN
from hytegraph.loaders.links.town_graph import TownGraph, read_material

_MAPPINGS = frozenset(
    (
        *("hyte:continues", "hyte:continuedBy", "dct:relation"),
        *(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    )
)
PREDICATES = {
    CONTINUITY: _MAPPINGS,
    PAIRINGS: frozenset(
        ("hyte:measuredBy", "hyte:reportedBy", "hyte:responsibleAgent", "hyte:scheduleStatedIn")
    ),
    RESULTS: frozenset(("hyte:resultReportedBy",)),
    ROLES: frozenset(("hyte:responsibleAgent", "hyte:collaborator", "org:postIn")),
    SDG: frozenset(("hyte:alignedWithSdgTarget", "hyte:alignedWithSdgGoal")),
    STATUS: frozenset(("hyte:status",)),
    TARGETS: frozenset(("hyte:targetValue", "hyte:reportedValue", "hyte:reportsOnTarget")),
    THEMES: frozenset(("dct:subject", "hyte:targetGroup")),
    REPORTS: frozenset(("hyte:reportsOnGoal", "hyte:reportsOnMeasure", "hyte:reportsOnPriority")),
}
_SILENT = frozenset((UNKNOWN, NOT_TOLD))
_EXACT = "skos:exactMatch"
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01))


@dataclass(frozen=True, slots=True)
class LinkFault:
    """What is wrong with a link of a table."""

    table: str
    link: LinkAssertion
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion that nobody has reviewed; `uses` counts the links that touch its subject."""

    table: str
    link: LinkAssertion
    uses: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """In one table and confidence band, how many links wait, how many the rule or reviewers accepted or rejected."""

    table: str
    low: float
    high: float
    waiting: int
    by_rule: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Review:
    """The state of a folder's link tables."""

    waiting: tuple[Waiting, ...]
    faults: tuple[LinkFault, ...]
    agreements: tuple[Agreement, ...]


def review_folder(folder: Path) -> Review:
    """The state of the link tables of a document folder; raises as reading does."""
    tables = read_link_tables(folder)
    graph = read_material(read_folder(folder), DEFAULT_BASE).graph
    reviewers = read_reviewers(folder)
    faults = tuple(fault for table in tables for fault in check_links(table, graph, reviewers))
    return Review(waiting(tables), faults, tuple(each for table in tables for each in agreements(table)))


def waiting(tables: Iterable[LinkTable]) -> tuple[Waiting, ...]:
    """What nobody has reviewed: the least trusted first, among those the most used, then in the tables' order."""
    found = [(table.name, link) for table in tables for link in table.links]
    uses = Counter(end for _, link in found for end in {link.subject, link.object})
    open_ = [Waiting(name, link, uses[link.subject]) for name, link in found if link.is_waiting]
    return tuple(sorted(open_, key=lambda each: urgency(each.table, each.link, each.uses)))


def urgency(table: str, link: LinkAssertion, uses: int) -> tuple[bool, float, int, str, tuple[object, ...]]:
    """A sort key by which the links that deserve least trust come first, and among them the most used.

    What tells nothing, such as that words give no status or that a search found nothing, can hardly mislead.
    """
    tells_nothing = not link.has_confidence or link.kind in _SILENT
    return tells_nothing, round(link.confidence, 2), -uses, table, tuple(map(natural, link.key))


def check_links(table: LinkTable, graph: TownGraph, reviewers: Container[str] = ()) -> Iterator[LinkFault]:
    """What is wrong with the links of a table, in its order."""
    seen: dict[tuple[str, ...], LinkAssertion] = {}
    for link in table.links:
        for reason in _faults_alone(table, link, graph, reviewers):
            yield LinkFault(table.name, link, reason)
        if link.key in seen:
            yield LinkFault(
                table.name,
                link,
                f"it stands twice, as {seen[link.key].review_status} and {link.review_status}",
            )
        seen.setdefault(link.key, link)
    yield from _contradictions(table)


def _faults_alone(
    table: LinkTable, link: LinkAssertion, graph: TownGraph, reviewers: Container[str]
) -> Iterator[str]:
    if link.predicate not in PREDICATES[table.name]:
        yield f"'{link.predicate}' is no predicate of this table"
    for curie in filter(None, (link.subject, link.object)):
        if not _exists(curie, link, graph):
            yield f"'{curie}' does not exist"
    if link.review_status in (ACCEPTED, REJECTED) and not (link.reviewer and link.review_date):
        yield f"{link.review_status} without reviewer_id and review_date"
    if link.review_status == SUGGESTED and link.reviewer:
        yield "it has a reviewer and is still a suggestion"
    named = {*link.reviewer.split("|"), *(opinion.reviewer for opinion in opinions_of(link))} - {""}
    for reviewer in sorted(each for each in named if each not in reviewers):
        yield f"the reviewer '{reviewer}' is not in {REVIEWERS_FILE}"
    if link.review_status == ACCEPTED_BY_RULE and (link.reviewer or link.review_date):
        yield "a rule has accepted it; a reviewer who agrees writes accepted"
    if link.predicate_modifier not in ("", NOT):
        yield f"predicate_modifier is '{link.predicate_modifier}', not '{NOT}' or empty"
    if not link.justification.startswith("semapv:"):
        yield f"'{link.justification}' is no justification of SEMAPV"


def _exists(curie: str, link: LinkAssertion, graph: TownGraph) -> bool:
    prefix, _, _ = curie.partition(":")
    if prefix == graph.town:
        # An outside organisation is introduced by the link itself.
        return graph.knows(graph.iri(curie)) or (link.kind == COLLABORATOR and curie == link.object)
    return curie == NO_MATCH or prefix in CURIE_MAP


def _contradictions(table: LinkTable) -> Iterator[LinkFault]:
    pairs: dict[tuple[str, str], list[LinkAssertion]] = defaultdict(list)
    for link in table.links:
        if link.outcome in (SUGGESTED, *STANDING):
            pairs[link.subject, link.object].append(link)
    for links in pairs.values():
        others = [link for link in links if link.predicate != _EXACT and link.predicate in _MAPPINGS]
        if others and len(others) < len(links):
            yield LinkFault(table.name, others[0], "the same pair is also said to be an exact match")
    rejected = {(link.subject, link.object) for link in table.links if link.outcome == REJECTED}
    for pair, links in pairs.items():
        for link in links:
            if pair in rejected and link.outcome == SUGGESTED and table.name == CONTINUITY:
                yield LinkFault(
                    table.name,
                    link,
                    "a reviewer has rejected this pair; it must not come back as a suggestion",
                )


def agreements(table: LinkTable) -> Iterator[Agreement]:
    """Per band of confidence, what waits and what reviewers decided; bands without links are left out."""
    for low, high in BANDS:
        links = [link for link in table.links if low <= link.confidence < high]
        states = Counter(link.outcome for link in links if link.is_reviewed)
        waits = sum(link.is_waiting for link in links)
        by_rule = sum(link.outcome == ACCEPTED_BY_RULE for link in links)
        if links:
            yield Agreement(
                table.name, low, min(high, 1.0), waits, by_rule, states[ACCEPTED], states[REJECTED]
            )
