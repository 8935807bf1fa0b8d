"""All pairs that could be links of the labelled things: what the models weigh of each, and what the readers say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.links.labels import Labels, Verdict
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.matching import overlap_of
from hytegraph.loaders.links.continuity.successors import ACTIONS, CONCEPTS, pair_features
from hytegraph.loaders.links.link import LinkEnd
from hytegraph.loaders.links.reports import Reports

# An aim is compared by its goals, and the aims of the minutes of 2023 were not labelled.
_UNLABELLED = "2023-12-04"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things and what each reader says of them."""

    earlier: LinkEnd
    later: LinkEnd
    verdicts: Mapping[str, Verdict]

    @property
    def truth(self) -> float:
        """1 where a reader is clear or both see it, 0.5 where one does with doubt, else 0."""
        if any(verdict.is_clear for verdict in self.verdicts.values()):
            return 1.0
        return len(self.verdicts) / 2


def continuity_pairs(elements: Iterable[LinkEnd], labels: Labels, *, held_out: bool) -> list[Pair]:
    """The pairs of one half that continuity compares."""
    placed = [each for each in elements if each.kind in CONCEPTS | ACTIONS and each.period != _UNLABELLED]
    subjects = labels.subjects(held_out=held_out)
    return [
        Pair(earlier, later, labels.pairs.get((earlier.id, later.id), {}))
        for earlier in placed
        if earlier.id in subjects and earlier.kind != "aim"
        for later in placed
        if _is_later(earlier, later)
    ]


def _is_later(earlier: LinkEnd, later: LinkEnd) -> bool:
    if later.period <= earlier.period:
        return False
    if earlier.kind in CONCEPTS and later.kind in CONCEPTS:
        return True
    return later.kind in ACTIONS and (earlier.kind in ACTIONS or earlier.kind == "priority")


def continuity_rows(elements: Iterable[LinkEnd], pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """The features of the pairs."""
    corpus = Corpus(each for each in elements if each.kind in CONCEPTS | ACTIONS and each.period)
    return [
        pair_features(pair.earlier, pair.later, overlap_of(corpus, pair.earlier.text, pair.later.text))
        for pair in pairs
    ]


def report_pairs(reports: Reports, labels: Labels, *, held_out: bool) -> Iterator[Pair]:
    """The pairs of a paragraph and what it may report on, of one half."""
    subjects = labels.subjects(held_out=held_out)
    for paragraph in reports.paragraphs:
        if paragraph.id in subjects:
            for target in reports.targets_of(paragraph):
                yield Pair(paragraph, target, labels.pairs.get((paragraph.id, target.id), {}))
