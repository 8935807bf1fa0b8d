"""Compounds: the strict split that search and links rest on, and the lenient test by which broken words are mended."""

from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.dictionary import LISTS, is_form, is_known, listed_base

SHORTEST_PART = 4
LONGEST = 60
_PREFIXES, _SHORT, _WORN = (frozenset(LISTS[name]) for name in ("first", "short", "worn"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: as it is written in it, and its basic form."""

    surface: str
    base: str


@cache
def splits(word: str, *, is_inflected: bool) -> tuple[tuple[Part, ...], ...]:
    """The ways to split a word into the fewest parts, the longest last part first; none where it is no compound.

    >>> [[part.base for part in parts] for parts in splits("ihmisoikeuden", is_inflected=True)]
    [['ihminen', 'oikeus']]
    """
    ways = [
        (*heads, tail)
        for at in range(3, min(len(word), LONGEST) - 2)
        if (tail := _tail(word[at:], is_inflected=is_inflected)) and (heads := _heads(word[:at]))
    ]
    fewest = min(map(len, ways), default=0)
    return tuple(parts for parts in ways if len(parts) == fewest)


def beginning(word: str) -> Part | None:
    """The longest word that an unknown one begins with, where what follows is long enough to be a word too."""
    if not word.isalpha() or is_known(word):
        return None
    at = next((at for at in range(len(word) - 1, SHORTEST_PART, -1) if is_known(word[:at])), len(word))
    return _head(word[:at]) if len(word) - at >= SHORTEST_PART else None


@cache
def may_be_compound(word: str) -> bool:
    """Whether a lower-case word can be made of dictionary words of four letters or more, the last in any form.

    More lenient than `splits`: the words of a document are to be left whole where they may be words.
    """
    return any(
        is_form(word[at:]) and may_begin_compound(word[:at])
        for at in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1)
    )


@cache
def may_begin_compound(word: str) -> bool:
    """Whether a lower-case word can begin a compound: `koulu`, `vertais` of `vertainen`, `kouluverkko`."""
    if len(word) < SHORTEST_PART:
        return False
    return is_form(word) or (word.endswith("s") and is_form(f"{word[:-1]}nen")) or may_be_compound(word)


@cache
def _heads(word: str) -> tuple[Part, ...]:
    """The first parts of a compound in the fewest pieces."""
    whole = _head(word)
    if whole:
        return (whole,)
    ways = [
        (*_heads(word[:at]), last)
        for at in range(3, len(word) - 2)
        if (last := _head(word[at:])) and _heads(word[:at])
    ]
    return min(ways, key=len, default=())


@cache
def _head(word: str) -> Part | None:
    if word in _PREFIXES or word in _SHORT:
        return Part(word, word)
    if len(word) < SHORTEST_PART:
        return None
    if is_known(word) and ((base := listed_base(word)) == word or word.endswith("n")):
        return Part(word, base)
    # Before another word -nen becomes -s: ihmisoikeus.
    return Part(word, f"{word[:-1]}nen") if word.endswith("s") and is_known(f"{word[:-1]}nen") else None


@cache
def _tail(word: str, *, is_inflected: bool) -> Part | None:
    if not is_known(word):
        return None
    base = listed_base(word)
    if base in _WORN or (base != word and not is_inflected):
        return None
    return Part(word, base) if base in _SHORT or len(base) >= SHORTEST_PART else None
