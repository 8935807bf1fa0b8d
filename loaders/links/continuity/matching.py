"""How much two wordings have in common: rare words above all, parts of compounds, topics and names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from hytegraph.loaders.links.continuity.concepts import SDG, THEMES, TOPICS, Shared
from hytegraph.loaders.links.continuity.corpus import QUALITY, Corpus, Profile
from hytegraph.loaders.links.continuity.terms import Word, is_generic, words

# What a shared topic counts for, beside the same word.
_TOPIC_SHARE = 0.35
# A long part of a compound says nearly as much as a word, a short one less.
_LONG_PART, _OF_LONG_PART, _OF_PART = 9, 0.85, 0.6
_MOST_TOPICS = 2.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two wordings share: how much of each, and what speaks for or against."""

    earlier_share: float
    later_share: float
    rarest: float
    name: float
    same_words: int
    unique: float
    topics: Shared
    themes: float
    sdg: float
    contrast: bool

    def features(self) -> dict[str, float]:
        """The numbers the confidence is computed from."""
        return {
            "constant": 1.0,
            "similarity": sqrt(self.earlier_share * self.later_share),
            "containment": max(self.earlier_share, self.later_share),
            "rarest": self.rarest,
            "name": self.name,
            "sameWords": min(self.same_words, 3) / 3,
            "unique": self.unique,
            "topicRarity": self.topics.rarest,
            "topicLikeness": self.topics.likeness,
            "topicTotal": min(self.topics.total, _MOST_TOPICS) / _MOST_TOPICS,
            "themes": self.themes,
            "sdg": self.sdg,
        }


def overlap_of(corpus: Corpus, earlier: str, later: str) -> Overlap:
    """What two wordings of a corpus share."""
    first, second = corpus.profile(earlier), corpus.profile(later)
    roots = first.roots & second.roots
    return Overlap(
        earlier_share=_share(first, second),
        later_share=_share(second, first),
        rarest=max((*map(corpus.weight, roots), _rarest_part(first, second)), default=0.0),
        name=max(map(corpus.weight, roots & corpus.names), default=0.0),
        same_words=sum(not is_generic(root) for root in roots),
        unique=_unique(corpus, first, second),
        topics=corpus.concepts.shared(TOPICS, earlier, later),
        themes=corpus.concepts.shared(THEMES, earlier, later).likeness,
        sdg=corpus.concepts.shared(SDG, earlier, later).likeness,
        contrast=_is_contrast(first, second, roots - corpus.names),
    )


def _share(these: Profile, those: Profile) -> float:
    shared = 0.0
    for each in these.words:
        if each.word.root in those.roots:
            shared += each.weight
            continue
        best = _TOPIC_SHARE if not those.topics.isdisjoint(each.word.topics) else 0.0
        for part, value in each.parts:
            if value > best and part in those.parts:
                best = value
        shared += each.weight * best
    return shared / these.total if these.total else 0.0


def _rarest_part(first: Profile, second: Profile) -> float:
    """What the rarest shared part of a compound counts for: palveluverkko in palveluverkkoprojekti."""
    return max(
        (value for each in first.words for part, value in each.parts if part in second.parts), default=0.0
    )


def _unique(corpus: Corpus, first: Profile, second: Profile) -> float:
    """1 where a word stands in these two texts only, less where others have it too or it is but part of a word."""
    one, other = _specific(first), _specific(second)
    return max(
        (
            min(one[root], other[root]) / sqrt(max(corpus.texts_with(f"p:{root}") - 1, 1))
            for root in one.keys() & other.keys()
        ),
        default=0.0,
    )


def _specific(profile: Profile) -> dict[str, float]:
    """The words and parts of words that are no planning language, and how much of a word each is."""
    found = {
        part: _OF_LONG_PART if len(part) >= _LONG_PART else _OF_PART
        for each in profile.words
        for part in each.word.parts
        if not is_generic(part)
    }
    return found | {each.word.root: 1.0 for each in profile.words if not is_generic(each.word.root)}


def _is_contrast(first: Profile, second: Profile, shared: frozenset[str]) -> bool:
    """Whether the texts share one plain noun and give it different qualities: a false friend."""
    if len(shared) != 1 or not first.qualities or not second.qualities or first.qualities & second.qualities:
        return False
    return any(
        each.word.root in shared and not each.word.parts and not QUALITY.search(each.word.lemma)
        for each in first.words
    )


def cue_of(earlier: str, later: str) -> tuple[str, ...]:
    """The words of the earlier wording with those of the later one that they were matched to."""
    first, second = words(earlier), words(later)
    same = _pairs(first, second, lambda word, other: word.root == other.root)
    return same or _pairs(first, second, _is_akin)


def _pairs(
    first: Sequence[Word], second: Sequence[Word], matches: Callable[[Word, Word], bool]
) -> tuple[str, ...]:
    pairs = (_pair(word, other) for word in first for other in second if matches(word, other))
    return tuple(dict.fromkeys(pairs))


def _is_akin(word: Word, other: Word) -> bool:
    common = {word.root, *word.parts} & {other.root, *other.parts}
    return any(not is_generic(part) for part in common) or bool(set(word.topics) & set(other.topics))


def _pair(word: Word, other: Word) -> str:
    same = word.surface.lower() == other.surface.lower()
    return word.surface if same else f"{word.surface} ~ {other.surface}"
