"""What is claimed to serve which Sustainable Development Goal and target: claims by words, and what was lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.periods.element_claims import (
    ElementClaim,
    claims_by_object,
    linked,
    linked_counts,
)
from hytegraph.server.pages.periods.elements import read_elements
from hytegraph.server.text.links import Labels, Link, naming, path_under
from hytegraph.server.text.messages import Language

SPACE = "http://metadata.un.org/sdg/"
GOALS = stored_query(__name__, "sdg-goals")
NOTES = stored_query(__name__, "target-notes")


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a goal with our own words for it, or the goal as a whole, and the claims about it by period."""

    iri: str
    number: str
    label: Link
    note: Link | None
    claims: tuple[ElementClaim, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the goals with its targets; what is claimed of the goal as a whole stands first, under its own number.

    `counts` says how many elements are linked to it, by the first day of their period and their level.
    """

    iri: str
    number: str
    label: Link
    targets: tuple[Target, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def claims(self) -> tuple[ElementClaim, ...]:
        """All claims about the goal and its targets."""
        return tuple(claim for target in self.targets for claim in target.claims)

    def linked(self, start: str, level: str | None = None) -> int:
        """How many elements of a period, or of a level of it, are linked to the goal and not rejected."""
        return linked(self.counts, start, level)


@dataclass(frozen=True, slots=True)
class Loss:
    """A document whose SDG icons were lost, and in how many tables."""

    document: Link
    tables: int


@lru_cache(maxsize=8)
def read_goals(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[Goal, ...]:
    """The goals in the order of their numbers with what a town (its slug) or the only one is claimed to do for them.

    They are read once, because the data never change.
    """
    rows = dataset.select(GOALS)
    labels, notes = Labels(rows, base, language), Labels(dataset.select(NOTES), base, language)
    elements = read_elements(summaries, town, base, language)
    claims = claims_by_object(summaries.rows("sdg-claims", town), elements, "element", "object")
    targets = targets_of(rows)

    def target(iri: str) -> Target:
        note = notes.link(iri)
        told = note if note.language else None
        return Target(iri, number_of(iri), labels.link(iri), told, tuple(claims.get(iri, ())))

    def goal(iri: str) -> Goal:
        whole = (iri,) if iri in claims else ()
        held = tuple(target(each) for each in (*whole, *by_number(targets[iri])))
        counts = linked_counts(claim for each in held for claim in each.claims)
        return Goal(iri, number_of(iri), labels.link(iri), held, counts)

    return tuple(goal(iri) for iri in by_number(targets))


def targets_of(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The targets of each goal."""
    targets: dict[str, set[str]] = {}
    for row in rows:
        targets.setdefault(row.text("goal"), set()).update(filter(None, (row.text("target"),)))
    return targets


@lru_cache(maxsize=8)
def read_losses(summaries: Summaries, town: str | None, base: str, language: Language) -> tuple[Loss, ...]:
    """The documents of a town (its slug) or of the only one whose SDG columns came without their icons."""
    rows = summaries.rows("losses", town, {"kind": HYTE.sdgColumn})
    titles = Labels(naming(rows, "document", "title"), base, language)
    lost: dict[str, set[str]] = {}
    for row in rows:
        lost.setdefault(row.text("document"), set()).add(row.text("loss"))
    return tuple(
        Loss(replace(titles.link(document), href=path_under("source", document, base)), len(those))
        for document, those in lost.items()
    )


def number_of(iri: str) -> str:
    """The number of a goal or target: `3`, `3.4`, `17.a`."""
    return iri.removeprefix(SPACE)


def by_number(iris: Iterable[str]) -> list[str]:
    """Goals or targets by number, letters after numbers."""
    return sorted(
        iris, key=lambda iri: [(not part.isdigit(), part.zfill(3)) for part in number_of(iri).split(".")]
    )
