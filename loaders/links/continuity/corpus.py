"""The wordings that are compared: how rare their words are among them, which are names, and each wording's profile."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.links.continuity.concepts import Concepts
from hytegraph.loaders.links.continuity.terms import Word, is_generic, words
from hytegraph.loaders.links.link import LinkEnd

# What a part of a compound counts for, beside the whole word, and a word of planning language beside another.
PART_SHARE = 0.5
_GENERIC_SHARE = 0.25
_NAME_RARITY = 0.6
_SENTENCE_START = frozenset('.:;|!?(→>"”-–')
# What a noun can be: kestävä, esteetön, turvallinen, viihtyisä; not what is done, as liikkuminen.
QUALITY = re.compile(r"(?:(?<!m)inen|t[oö]n|v[aä]|is[aä])$")


@dataclass(frozen=True, slots=True)
class WeighedWord:
    """A word with what it counts for, and what each part counts for that another wording may share."""

    word: Word
    weight: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A wording as it is compared."""

    words: tuple[WeighedWord, ...]
    total: float
    roots: frozenset[str]
    parts: frozenset[str]
    topics: frozenset[str]
    qualities: frozenset[str]


class Corpus:
    """The wordings of all periods."""

    def __init__(self, elements: Iterable[LinkEnd]) -> None:
        self._texts = tuple({wording_key(element.text): element.text for element in elements}.values())
        self.concepts = Concepts(self._texts)
        self._profiles: dict[str, Profile] = {}
        self._weights: dict[str, float] = {}
        self._counts: Counter[str] = Counter()
        for text in self._texts:
            self._counts.update({feature for word in words(text) for feature in _features(word)})

    def weight(self, root: str) -> float:
        """What a word counts for: much when it is rare, little when it is planning language."""
        if root not in self._weights:
            rare = self.rarity(f"w:{root}") ** 2
            is_common = is_generic(root) or root in self._everywhere
            self._weights[root] = rare * _GENERIC_SHARE if is_common else rare
        return self._weights[root]

    def rarity(self, feature: str) -> float:
        """From 0 (in every text) to 1 (in one text)."""
        total = len(self._texts) + 1
        return log(total / max(self._counts[feature], 1)) / log(total)

    def texts_with(self, feature: str) -> int:
        """How many texts have a word (`w:` and its root) or a part (`p:`)."""
        return self._counts[feature]

    def profile(self, text: str) -> Profile:
        """The profile of a wording."""
        if text not in self._profiles:
            self._profiles[text] = self._profile(text)
        return self._profiles[text]

    def _profile(self, text: str) -> Profile:
        found = words(text)
        weighed = tuple(WeighedWord(word, self.weight(word.root), self._parts(word)) for word in found)
        return Profile(
            words=weighed,
            total=sum(each.weight for each in weighed),
            roots=frozenset(word.root for word in found),
            parts=frozenset(part for each in weighed for part, _ in each.parts),
            topics=frozenset(topic for word in found for topic in word.topics),
            qualities=frozenset(
                topic for word in found if QUALITY.search(word.lemma) for topic in word.topics
            ),
        )

    def _parts(self, word: Word) -> tuple[tuple[str, float], ...]:
        own = dict.fromkeys((*word.parts, word.root))
        return tuple((part, PART_SHARE * self.rarity(f"p:{part}")) for part in own if not is_generic(part))

    @cached_property
    def names(self) -> frozenset[str]:
        """The roots of words that name one thing among many: Pointti, ISO, but not the town itself."""
        return self._written_as_names - self._everywhere

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        return frozenset(root for root in self._written_as_names if self.rarity(f"w:{root}") < _NAME_RARITY)

    @cached_property
    def _written_as_names(self) -> frozenset[str]:
        capital: Counter[str] = Counter()
        small: Counter[str] = Counter()
        for text in self._texts:
            for word in words(text):
                capital[word.root] += _is_written_as_name(word.surface, text)
                small[word.root] += word.surface.islower()
        return frozenset(root for root, count in capital.items() if count > small[root])


def _features(word: Word) -> set[str]:
    return {f"w:{word.root}", *(f"p:{part}" for part in (*word.parts, word.root))}


def _is_written_as_name(surface: str, text: str) -> bool:
    """Whether a word is written with a number, in capitals, or with a capital inside a sentence."""
    if any(letter.isdigit() for letter in surface):
        return True
    if len(surface) > 1 and surface.isupper():
        return not text.isupper()
    before = text[: text.find(surface)].rstrip()
    return surface[:1].isupper() and bool(before) and before[-1] not in _SENTENCE_START
