"""Towns side by side: the documents that were read of each, and what they hold of a subject."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import Town
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.compare.counts import Counts, count
from hytegraph.server.pages.compare.items import LEVELS, Item, TownItems, read_town
from hytegraph.server.pages.compare.subjects import (
    CLAIMED,
    GROUP,
    INDICATOR,
    WORDING,
    WORDS,
    Match,
    Subject,
    match,
)
from hytegraph.server.pages.compare.wordings import Wordings
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

_SDG_NAMES = stored_query(__name__, "sdg-names")
_THEMES = stored_query(__name__, "themes")
# The kinds of the search that are compared; a project counts as a measure.
_KINDS = (*LEVELS, "project")


@dataclass(frozen=True, slots=True)
class Column:
    """A town of a comparison: what it holds, what of that belongs to the subject, and the numbers of the latter."""

    town: Town
    held: TownItems
    matched: Match
    counts: Counts

    def items(self, level: str = "") -> list[Item]:
        """The items of the subject, or those of a level, in the order of levels, documents and lines."""
        of_level = [self.held.items[iri] for iri in self.held.items if iri in self.matched]
        return [item for each in LEVELS for item in of_level if item.level == each and level in ("", each)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Towns side by side; `is_plain` says that words were looked for as they are written, for want of an index."""

    subject: Subject
    columns: tuple[Column, ...]
    is_plain: bool = False

    @property
    def are_uneven(self) -> bool:
        """Whether different numbers of documents were read of the towns."""
        return len({column.held.documents.number for column in self.columns}) > 1


def compare(
    dataset: Dataset,
    summaries: Summaries,
    towns: Sequence[Town],
    subject: Subject,
    index: SearchIndex | None,
    base: str,
    language: Language,
) -> Comparison:
    """The towns side by side; raises as reading the dataset does."""
    held = {town: read_town(dataset, summaries, town.slug, base, language) for town in towns}
    wordings = Wordings(index, (subject.value, *_texts(subject, held.values())))
    is_plain = index is None and subject.kind not in ("", *CLAIMED)
    columns = []
    for town in towns:
        found = _found(subject, town, held[town], index)
        matched = match(subject, held[town], wordings, found)
        columns.append(Column(town, held[town], matched, count(held[town], matched)))
    return Comparison(subject, tuple(columns), is_plain)


@lru_cache(maxsize=8)
def read_sdg_names(dataset: Dataset, base: str, language: Language) -> Mapping[str, Link]:
    """The names of the Sustainable Development Goals and their targets by number, the goals in order."""
    rows = dataset.select(_SDG_NAMES)
    labels = Labels(rows, base, language)
    names = {row.text("node").rpartition("/")[2]: labels.link(row["node"]) for row in rows}
    return dict(sorted(names.items(), key=lambda named: named[0].zfill(5)))


@lru_cache(maxsize=8)
def read_theme_names(dataset: Dataset, base: str, language: Language) -> Mapping[str, Link]:
    """The names of the themes and target groups of the scheme by local name, the themes first."""
    rows = dataset.select(_THEMES)
    labels = Labels(rows, base, language)
    return {row.text("node").rpartition("#")[2]: labels.link(row["node"]) for row in rows}


def names_of(subject: str, town: TownItems) -> Iterable[str]:
    """The texts of a town among which those of a subject are looked for: each as often as it stands there."""
    if subject == GROUP:
        return (text for row in town.rows if (text := row.cells.get("targetGroupText")))
    levels = {INDICATOR: ("indicator",), WORDING: ("aim", "priority", "goal")}.get(subject, ())
    return (item.link.text for item in town.items.values() if item.level in levels)


def _texts(subject: Subject, towns: Iterable[TownItems]) -> Iterable[str]:
    return (text for town in towns for text in names_of(subject.kind, town))


def _found(subject: Subject, town: Town, held: TownItems, index: SearchIndex | None) -> Collection[str]:
    """The things of a town that hold all the words; those that hold some of them are not found."""
    if subject.kind != WORDS:
        return ()
    if index is None:
        words = subject.value.casefold().split()
        texts = ((iri, item.link.text.casefold()) for iri, item in held.items.items())
        return {iri for iri, text in texts if all(word in text for word in words)}
    chosen = {"kind": _KINDS, "town": (town.slug,)}
    # Numbers of all things that are found: a town has no more than its items.
    found = index.find(subject.value, chosen, max(1, len(held.items)), is_by_score=False, facets=())
    if found.is_loose:
        return ()
    return index.iris(number for numbers in found.by_kind.values() for number in numbers)
