"""Who answers for what: every party of the data, where it belongs, and how many measures name it, by period."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, ORG
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.text.links import Labels, Link, path_under
from hytegraph.server.text.messages import Language

SECTOR, RESULT_AREA, POST, ROLE, SCOPE, PARTY, ORGANISATION = KINDS = (
    *(HYTE.Sector.value, HYTE.ResultArea.value, ORG.Post.value, ORG.Role.value),
    *(HYTE.ResponsibilityScope.value, HYTE.ResponsibleParty.value, ORG.Organization.value),
)
# The surest first.
WAYS = ("stated", "accepted", "suggested")


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit that a party belongs to, and how that is known: `stated`, `suggested` or `accepted`."""

    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may answer for measures: `named` and `table` count them by period.

    `named` are the measures whose responsibility cell names it, `table` those in the tables of a sector.
    """

    iri: str
    kind: str
    link: Link
    memberships: tuple[Membership, ...]
    named: Mapping[str, int]
    table: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A measure without a responsible party; `row` are its lines, None where it stands in no table."""

    iri: str
    link: Link
    period: str
    row: Link | None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """All parties by name, the periods that any measure has and those that any party has, and the measures without.

    `sectors` has the sector of each unit: itself, or the one that it is stated to be a unit of.
    """

    parties: tuple[Party, ...]
    periods: tuple[str, ...]
    answered: tuple[str, ...]
    unassigned: tuple[Unassigned, ...]
    sectors: Mapping[str, str]

    def of_kind(self, kind: str) -> tuple[Party, ...]:
        """The parties of a kind."""
        return tuple(each for each in self.parties if each.kind == kind)

    def ways_in(self, party: Party) -> dict[str, str]:
        """The sectors that a party belongs to, each with the surest way in which that is known."""
        found: dict[str, str] = {}
        for each in party.memberships:
            sector = self.sectors.get(each.unit)
            if sector and (sector not in found or WAYS.index(each.how) < WAYS.index(found[sector])):
                found[sector] = each.how
        return found


@lru_cache(maxsize=6)
def read_responsibility(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> Responsibility:
    """Who answers for what in a town (its slug) or the whole data; kept, as the data never change within a dataset."""
    rows = summaries.rows("parties", town)
    labels = Labels((Row(("node", "label"), (row["party"], row["label"])) for row in rows), base, language)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in summaries.rows("party-counts", town):
        counts.setdefault((row.text("party"), row.text("how")), {})[row.text("period")] = int(
            row.text("measures")
        )
    memberships: dict[str, dict[str, str]] = {}
    for row in summaries.rows("suggested-units", town):
        memberships.setdefault(row.text("post"), {})[row.text("unit")] = row.text("review").removeprefix(
            HYTE.iri
        )
    for row in rows:
        if row["unit"] is not None:
            memberships.setdefault(row.text("party"), {})[row.text("unit")] = "stated"
    kinds = {row.text("party"): row.text("kind") for row in rows}
    parties = tuple(
        Party(
            iri,
            kind,
            _linked(labels.link(iri), iri, base),
            tuple(Membership(unit, how) for unit, how in sorted(memberships.get(iri, {}).items())),
            counts.get((iri, "named"), {}),
            counts.get((iri, "table"), {}),
        )
        for iri, kind in kinds.items()
    )
    unassigned = _unassigned(dataset, summaries, town, base, language)
    answered = {period for found in counts.values() for period in found} - {""}
    periods = (answered | {each.period for each in unassigned}) - {""}
    ordered = tuple(sorted(parties, key=lambda each: (each.link.text.casefold(), each.iri)))
    return Responsibility(
        ordered, tuple(sorted(periods)), tuple(sorted(answered)), unassigned, _sectors(parties)
    )


def _sectors(parties: tuple[Party, ...]) -> dict[str, str]:
    found = {each.iri: each.iri for each in parties if each.kind == SECTOR}
    areas = (
        (each.iri, above.unit) for each in parties for above in each.memberships if above.how == "stated"
    )
    return found | {area: unit for area, unit in areas if unit in found}


def _unassigned(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[Unassigned, ...]:
    found: dict[str, Unassigned] = {}
    for row in summaries.rows("without-party", town):
        iri = row.text("measure")
        label = Link(row.text("label"), row.language("label"), path_under("trace", iri, base))
        lines = None
        if row["start"] is not None:
            place = row.text("document"), int(row.text("start")), int(row.text("end"))
            lines = place_link(dataset, place, base, language)
        found.setdefault(iri, Unassigned(iri, label, row.text("period"), lines))
    return tuple(found.values())


def _linked(link: Link, iri: str, base: str) -> Link:
    return Link(link.text, link.language, path_under("responsibility", iri, base))
