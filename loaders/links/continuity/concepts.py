"""What two wordings are about, whatever their words: topics, themes and global goals, the rarer the more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

from hytegraph.loaders.links.continuity.terms import words
from hytegraph.loaders.links.cues import match_concepts, read_cues

TOPICS, THEMES, SDG = "topics", "themes", "sdg"
_LISTS = (THEMES, SDG)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts have in common: how alike they are from 0 to 1, and the rarity of what is common.

    `rarest` is that of the rarest concept, from 0 to 1, `total` the sum of all.
    """

    likeness: float
    rarest: float
    total: float


class Concepts:
    """The concepts of the texts that are compared; how rare a concept is, is counted over these."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._known: dict[tuple[str, str], Mapping[str, float]] = {}

    def shared(self, kind: str, first: str, second: str) -> Shared:
        """What two texts share of a kind: TOPICS, THEMES or SDG."""
        one, other = self._of(kind, first), self._of(kind, second)
        common = one.keys() & other.keys()
        if not common:
            return Shared(0.0, 0.0, 0.0)
        rare = {concept: self._rarity(kind, concept) for concept in sorted(one.keys() | other.keys())}
        dot = sum(one[each] * other[each] * rare[each] for each in sorted(common))
        lengths = (sum(value * value * rare[each] for each, value in text.items()) for text in (one, other))
        length = sqrt(next(lengths) * next(lengths))
        found = [rare[each] for each in sorted(common)]
        return Shared(dot / length if length else 0.0, max(found), sum(found))

    def part(self, kind: str, text: str, of: str) -> float:
        """How much of what `of` is about the text is about too, from 0 to 1."""
        wanted = {
            concept: value * self._rarity(kind, concept) for concept, value in self._of(kind, of).items()
        }
        own, total = self._of(kind, text), sum(wanted.values())
        return sum(value for concept, value in wanted.items() if concept in own) / total if total else 0.0

    def _of(self, kind: str, text: str) -> Mapping[str, float]:
        key = kind, text
        if key not in self._known:
            self._known[key] = (
                dict.fromkeys(sorted({topic for word in words(text) for topic in word.topics}), 1.0)
                if kind == TOPICS
                else {match.concept: match.strength for match in match_concepts(text, read_cues(kind))}
            )
        return self._known[key]

    def _rarity(self, kind: str, concept: str) -> float:
        """From 0 (in every text) to 1 (in one text or none)."""
        total = len(self._texts) + 1
        return log(total / max(self._counts[kind][concept], 1)) / log(total)

    @cached_property
    def _counts(self) -> Mapping[str, Counter[str]]:
        return {
            kind: Counter(concept for text in self._texts for concept in self._of(kind, text))
            for kind in (TOPICS, *_LISTS)
        }
