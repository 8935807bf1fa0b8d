"""What has changed of something that is followed, release by release, in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.releases.changes import (
    FACT_ADDED,
    FACT_REMOVED,
    MOVED,
    REVIEWED,
    REWORDED,
    WHATS,
    Change,
)
from hytegraph.graph.releases.row import Published
from hytegraph.graph.releases.summary import Summary
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, RDFS, SKOS
from hytegraph.server.pages.releases.followed import Followed
from hytegraph.server.pages.releases.wording import Wording
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

_ROWS = stored_query(__name__, "measures-of-rows")
# Of what people read of; the others are counted.
_KINDS = frozenset(
    (
        *("SourceDocument", "CityStrategy", "WellbeingPlan", "AnnualActionPlan", "Decision", "Case"),
        *("StrategicAim", "Goal", "HytePriority", "Measure", "StrategicProject", "Indicator", "Realisation"),
        *("Sector", "ResultArea", "Post", "Role", "ResponsibilityScope", "ResponsibleParty", "GoverningBody"),
        *("Figure", "BudgetAmendmentProposal"),
    )
)
_FACTS = (REWORDED, FACT_ADDED, FACT_REMOVED)
_NAMES = frozenset(name.value for name in (RDFS.label, SKOS.prefLabel, DCT.title))
# The words of a measure, goal or aim in a row are those of the thing itself.
_OF_THINGS = frozenset(HYTE[name].value for name in ("measureText", "goalText", "aimText"))


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: what it is about, and the sentence."""

    thing: Link
    sentence: str


@dataclass(frozen=True, slots=True)
class Update:
    """What a release has changed: sentences, and how many changes beside them are not told.

    `listed` says whether all changes of the release are listed, so that none of what is followed can lack.
    """

    release: Published
    told: tuple[Told, ...]
    others: int
    listed: bool


def read_updates(
    dataset: Dataset,
    row: Iterable[tuple[Published, Summary]],
    followed: Followed,
    base: str,
    language: Language,
) -> tuple[Update, ...]:
    """What each of the releases has changed of it; those that have changed nothing of it are left out."""
    found = [(one, summary, *_chosen(summary, followed)) for one, summary in row]
    all_told = [change for _, _, told, _ in found for change in told]
    wording = Wording.of(dataset, all_told, base, language)
    measures = _measures(dataset, all_told, base, language)
    updates = (
        Update(one, _in_words(told, wording, measures), others, _is_whole(summary))
        for one, summary, told, others in found
    )
    return tuple(update for update in updates if update.told or update.others)


def _chosen(summary: Summary, followed: Followed) -> tuple[Sequence[Change], int]:
    """The changes to tell of, in the order in which people want to know of them, and how many others there are."""
    own = [change for change in summary.listed if followed.holds(change) and change.what != MOVED]
    told = sorted(filter(_is_told, own), key=lambda change: WHATS.index(change.what))
    if followed.things is None:
        counts = (c for c in summary.counts if not followed.town or c.town == followed.town)
        return told, sum(count.changes for count in counts if count.what != MOVED) - len(told)
    return told, len(own) - len(told)


def _is_told(change: Change) -> bool:
    """Whether people want to know of a change; what has only a name of its own, such as a passage, they do not."""
    if change.what in _FACTS:
        if change.kind.endswith("Row"):
            return change.property.endswith("Text") and change.property not in _OF_THINGS
        is_words = change.property in _NAMES or change.property.startswith(HYTE.iri)
        has_words = not (change.before or change.after).startswith("<")
        return change.kind in _KINDS - {"SourceDocument"} and is_words and has_words
    return change.kind in _KINDS or (change.what == REVIEWED and bool(change.label))


def _is_whole(summary: Summary) -> bool:
    return all(len(summary.of(what)) == summary.total(what) for what in WHATS if what != MOVED)


def _in_words(told: Iterable[Change], wording: Wording, measures: dict[str, Link]) -> tuple[Told, ...]:
    lines = ((change, measures.get(change.thing) or wording.line(change).thing) for change in told)
    return tuple(dict.fromkeys(Told(thing, wording.sentence(change)) for change, thing in lines))


def _measures(dataset: Dataset, told: Iterable[Change], base: str, language: Language) -> dict[str, Link]:
    """The measures of the rows among what has changed, by row."""
    rows = {change.thing for change in told if change.kind.endswith("Row")}
    found = {row.text("row"): row.text("measure") for row in select_values(dataset, _ROWS, "row", rows)}
    labels = labels_of(dataset, found.values(), base, language)
    return {row: labels.link(measure) for row, measure in found.items()}
