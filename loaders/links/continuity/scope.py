"""Whether a later wording covers as much as an earlier one, more or less: by items of lists and what restricts them.

More items cover more; a word that qualifies an item covers less. The share of common words tells neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hytegraph.loaders.links.continuity.terms import Word, is_generic, words

SAME, BROADENED, NARROWED, OVERLAPPING = "same", "broadened", "narrowed", "overlapping"
_BETWEEN = re.compile(r"[,;:.()/→!?]+|-->|\s[-–]\s|\b(?:ja|sekä|eli)\b")
_SHORT_PART = 5
_EVERYTHING = frozenset(("kaikki", "koko", "jokainen"))


@dataclass(frozen=True, slots=True)
class _Extra:
    """What one wording has beyond the other: items of a list, and words that qualify a common item."""

    items: bool
    qualifiers: bool


def scope_of(earlier: str, later: str, names: frozenset[str]) -> str:
    """SAME, BROADENED, NARROWED, or OVERLAPPING where each covers something that the other does not."""
    if _is_name_of(later, earlier, names) or _is_name_of(earlier, later, names):
        return SAME
    if not any(_is_same(word, other) for word in words(earlier) for other in words(later)):
        return OVERLAPPING
    before, after = _extra(earlier, later, names), _extra(later, earlier, names)
    is_less = before.items or after.qualifiers
    is_more = after.items or before.qualifiers
    if not is_less and not is_more:
        return _by_everything(earlier, later)
    # The one that covers less must be told by its words: that both are of one topic does not put it inside the other.
    inner, outer = (later, earlier) if before.items or before.qualifiers else (earlier, later)
    if (is_less and is_more) or not _is_told(inner, outer, names):
        return OVERLAPPING
    return NARROWED if is_less else BROADENED


def _by_everything(earlier: str, later: str) -> str:
    before, after = (bool(_EVERYTHING & set(re.findall(r"\w+", text.lower()))) for text in (earlier, later))
    return SAME if before == after else NARROWED if before else BROADENED


def _is_name_of(name: str, text: str, names: frozenset[str]) -> bool:
    """Whether a wording is but a name, with which the other begins: Oulu2026."""
    found = [word.root for word in words(name)]
    first = next(_items(text), ())
    return bool(found) and set(found) <= names and [word.root for word in first] == found


def _is_told(inner: str, outer: str, names: frozenset[str]) -> bool:
    """Whether each word of a wording is in the other, or a name is in both."""
    own, other = ([word for word in words(text) if not is_generic(word.root)] for text in (inner, outer))
    if names & {word.root for word in own} & {word.root for word in other}:
        return True
    return all(word.root in names or any(_is_same(word, each) for each in other) for word in own)


def _extra(text: str, other: str, names: frozenset[str]) -> _Extra:
    """What a text has beyond another; the name of the town or of another thing qualifies nothing that is common."""
    against = words(other)
    items = [(item, [_is_matched(word, against) for word in item]) for item in _joined(text, against)]
    common = [pair for pair in items if any(pair[1])]
    left = [
        word
        for item, matched in common
        for word, is_matched in zip(item, matched, strict=True)
        if not is_matched and word.root not in names
    ]
    return _Extra(len(common) < len(items), bool(left))


def _joined(text: str, against: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The items, a genitive that only begins the next one put to it: varhaiskasvatuksen ja opetuksen palveluverkko."""
    waiting: tuple[Word, ...] = ()
    for item in _items(text):
        if waiting and _is_matched(item[0], against):
            yield waiting
            waiting = ()
        is_genitive = all(word.surface.endswith("n") for word in item)
        if is_genitive and not any(_is_matched(word, against) for word in item):
            waiting += item
            continue
        yield (*waiting, *item)
        waiting = ()
    if waiting:
        yield waiting


def _items(text: str) -> Iterator[tuple[Word, ...]]:
    for piece in _BETWEEN.split(text):
        found = tuple(word for word in words(piece) if not is_generic(word.root))
        if found:
            yield found


def _is_same(word: Word, other: Word) -> bool:
    """Whether one word is the other or a part of it, and no planning language."""
    return any(
        inner.root in (outer.root, *outer.parts) and not is_generic(inner.root)
        for inner, outer in ((word, other), (other, word))
    )


def _is_matched(word: Word, against: tuple[Word, ...]) -> bool:
    own = {word.root, *(part for part in word.parts if len(part) >= _SHORT_PART and not is_generic(part))}
    return any(
        not own.isdisjoint((other.root, *other.parts)) or not set(word.topics).isdisjoint(other.topics)
        for other in against
    )
