"""Finnish words and the terms they are found by: the basic form, and the parts of a compound.

Made once with the index, because the dictionary takes seconds and hundreds of megabytes to load. What a reader's query
needs of it is written into the index.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.search.words import LISTS

_PREFIXES, _SHORT, _FADED, _WORN = (frozenset(LISTS[name]) for name in ("first", "short", "faded", "worn"))
_READ: Mapping[str, str] = LISTS["read"]
# The noun of a deed is made of any verb, so that no dictionary has them all.
_DEED = re.compile(
    r"(.{3,}mi)(?:nen|s(?:en|ta|tä|een|ia|iä|et|ten|iin|i?(?:e)?(?:ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|ksi|na|nä)))"
)
_SHORTEST_PART = 4
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: as it is written in it, and its basic form."""

    surface: str
    base: str


def base_form(form: str) -> str:
    """The basic form of a lower-case Finnish form; the form itself where it is unknown."""
    if "-" in form:
        head, _, tail = form.rpartition("-")
        return f"{head}-{base_form(tail)}"
    if not form.isalpha() or len(form) > _LONGEST:
        return form
    if _is_known(form):
        return _lemma(form)
    if _is_known(form.capitalize()):
        return _lemma(form.capitalize())
    if form.endswith("s") and _is_known(f"{form[:-1]}nen"):
        return f"{form[:-1]}nen"
    parts = next(iter(_splits(form, is_inflected=True)), ())
    return "".join(part.surface for part in parts[:-1]) + parts[-1].base if parts else _guess(form)


def part_terms(base: str) -> frozenset[str]:
    """The terms of the parts of a compound in its basic form, and of several parts together; empty for other words.

    >>> sorted(part_terms("hyvinvointisuunnitelmatyö"))
    ['hyvinvointi', 'hyvinvointisuunnitelma', 'suunnitelma', 'suunnitelmatyö', 'työ']
    """
    return _parts_of(base)


def forms_of(bases: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The inflected forms in the dictionary of words in their basic form, as pairs of form and basic form."""
    wanted = {
        written.encode(): base for base in bases for written in (base, base.capitalize()) if base.isalpha()
    }
    # Through its decoding view going over the dictionary takes ten times as long.
    stored: Mapping[bytes, bytes] = _dictionary()._dict  # type: ignore[attr-defined]
    for form, base in stored.items():
        if base in wanted and form != base:
            yield form.decode().lower(), wanted[base]


@cache
def _parts_of(base: str) -> frozenset[str]:
    found: set[str] = set()
    for parts in _cuts(base):
        found.update(
            "".join(part.surface for part in parts[first:last]) + parts[last].base
            for first in range(len(parts))
            for last in range(first, len(parts))
            if not 0 < first == len(parts) - 1 or parts[last].base not in _FADED
        )
        found = found.union(*(_parts_of(part.base) for part in parts if part.base != base))
    return frozenset(found - {base})


def _cuts(base: str) -> tuple[tuple[Part, ...], ...]:
    """The ways to cut a basic form: at its hyphens, and where there are compounds."""
    head, hyphen, tail = base.rpartition("-")
    if not hyphen:
        return _splits(base, is_inflected=False) or _begun(base)
    heads = tuple(Part(f"{piece}-", base_form(piece)) for piece in head.split("-") if len(piece) > 1)
    return tuple((*heads, *parts) for parts in _splits(tail, is_inflected=False) or ((Part(tail, tail),),))


@cache
def _splits(word: str, *, is_inflected: bool) -> tuple[tuple[Part, ...], ...]:
    """The ways to split the word into the fewest parts, the longest last part first; none where it is no compound."""
    found = [
        (*heads, tail)
        for at in range(3, min(len(word), _LONGEST) - 2)
        if (tail := _tail(word[at:], is_inflected=is_inflected)) and (heads := _heads(word[:at]))
    ]
    fewest = min(map(len, found), default=0)
    return tuple(parts for parts in found if len(parts) == fewest)


def _begun(base: str) -> tuple[tuple[Part, ...], ...]:
    """The longest word that an unknown one begins with, where what follows is long enough to be a word too."""
    if not base.isalpha() or _is_known(base):
        return ()
    at = next((at for at in range(len(base) - 1, _SHORTEST_PART, -1) if _is_known(base[:at])), len(base))
    head = _head(base[:at]) if len(base) - at >= _SHORTEST_PART else None
    return ((head,),) if head else ()


@cache
def _heads(word: str) -> tuple[Part, ...]:
    """The first parts of a compound in the fewest pieces."""
    whole = _head(word)
    if whole:
        return (whole,)
    found = [
        (*_heads(word[:at]), last)
        for at in range(3, len(word) - 2)
        if (last := _head(word[at:])) and _heads(word[:at])
    ]
    return min(found, key=len, default=())


@cache
def _head(word: str) -> Part | None:
    if word in _PREFIXES or word in _SHORT:
        return Part(word, word)
    if len(word) < _SHORTEST_PART:
        return None
    if _is_known(word) and ((base := _lemma(word)) == word or word.endswith("n")):
        return Part(word, base)
    # Before another word -nen becomes -s: ihmisoikeus.
    return Part(word, f"{word[:-1]}nen") if word.endswith("s") and _is_known(f"{word[:-1]}nen") else None


@cache
def _tail(word: str, *, is_inflected: bool) -> Part | None:
    if not _is_known(word):
        return None
    base = _lemma(word)
    if base in _WORN or (base != word and not is_inflected):
        return None
    return Part(word, base) if base in _SHORT or len(base) >= _SHORTEST_PART else None


@cache
def _guess(form: str) -> str:
    """What rules make of an unknown form; they may cut a compound, and what is cut too short is refused."""
    import simplemma

    if deed := _DEED.fullmatch(form):
        return f"{deed[1]}nen"
    guessed = str(simplemma.lemmatize(form, lang="fi")).lower()
    return guessed if len(guessed) >= len(form) - 5 and guessed[:-2] == form[: len(guessed) - 2] else form


@cache
def _is_known(form: str) -> bool:
    return form in _READ or form in _dictionary()


@cache
def _lemma(form: str) -> str:
    """The dictionary's basic form; of the plurals that it has by themselves, the singular."""
    if form in _READ:
        return _READ[form]
    base = _dictionary()[form].lower()
    for plural, singular in (("set", "nen"), ("t", "")):
        one = base.removesuffix(plural) + singular
        if base.endswith(plural) and len(one) > 3 and _is_known(one) and _dictionary()[one] == one:
            return one
    return base


@cache
def _dictionary() -> Mapping[str, str]:
    # The library keeps this one, so that it is not loaded twice.
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("fi")
