"""Basic forms of Finnish words, known to the dictionary or not, and the terms of the parts of compounds."""

import re
from functools import cache

from hytegraph.graph.finnish.compounds import LONGEST, Part, beginning, splits
from hytegraph.graph.finnish.dictionary import LISTS, guessed_base, is_known, listed_base

_FADED = frozenset(LISTS["faded"])
# The noun of a deed is made of any verb, so that no dictionary has them all.
_DEED = re.compile(
    r"(.{3,}mi)(?:nen|s(?:en|ta|tä|een|ia|iä|et|ten|iin|i?(?:e)?(?:ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|ksi|na|nä)))"
)
_FINITE = re.compile(r"(?:aan|ään|vat|vät|[aeiouyäö]{2})$")
_INFINITIVE = re.compile(r"(?:aa|ää|[eiouyö][aä]|[dt][aä]|[lnrs][lnrst][aä])$")


@cache
def base_form(form: str) -> str:
    """The basic form of a lower-case form; the form itself where it is unknown.

    >>> base_form("hyvinvointialueella"), base_form("kotoutumisen"), base_form("xyzzy")
    ('hyvinvointialue', 'kotoutuminen', 'xyzzy')
    """
    if "-" in form:
        head, _, tail = form.rpartition("-")
        return f"{head}-{base_form(tail)}"
    if not form.isalpha() or len(form) > LONGEST:
        return form
    if is_known(form):
        return listed_base(form)
    if is_known(form.capitalize()):
        return listed_base(form.capitalize())
    if form.endswith("s") and is_known(f"{form[:-1]}nen"):
        return f"{form[:-1]}nen"
    parts = next(iter(splits(form, is_inflected=True)), ())
    return "".join(part.surface for part in parts[:-1]) + parts[-1].base if parts else _guess(form)


@cache
def part_terms(base: str) -> frozenset[str]:
    """The terms of the parts of a compound in its basic form, and of several parts together; empty for other words.

    >>> sorted(part_terms("hyvinvointisuunnitelmatyö"))
    ['hyvinvointi', 'hyvinvointisuunnitelma', 'suunnitelma', 'suunnitelmatyö', 'työ']
    """
    terms: set[str] = set()
    for parts in _cuts(base):
        terms.update(
            "".join(part.surface for part in parts[first:last]) + parts[last].base
            for first in range(len(parts))
            for last in range(first, len(parts))
            if not 0 < first == len(parts) - 1 or parts[last].base not in _FADED
        )
        terms = terms.union(*(part_terms(part.base) for part in parts if part.base != base))
    return frozenset(terms - {base})


def is_base_form(word: str) -> bool:
    """Whether a word is the basic form of itself, as the first part of a Finnish compound mostly is."""
    return guessed_base(word.lower(), greedy=True) == word.lower()


def is_finite_verb(word: str) -> bool:
    """Whether a word makes a clause.

    >>> [is_finite_verb(word) for word in ("on", "kokoaa", "tarjotaan", "taloa", "kokous")]
    [True, True, True, False, False]
    """
    lower = word.strip(".,;:()").lower()
    if lower in ("on", "ovat"):
        return True
    if not _FINITE.search(lower):
        return False
    lemma = guessed_base(lower, greedy=True)
    # A noun's partitive only adds its vowel: taloa, kalaa.
    return bool(_INFINITIVE.search(lemma)) and lemma != lower[:-1]


def _cuts(base: str) -> tuple[tuple[Part, ...], ...]:
    """The ways to cut a basic form: at its hyphens, and where there are compounds."""
    head, hyphen, tail = base.rpartition("-")
    if not hyphen:
        first = beginning(base)
        return splits(base, is_inflected=False) or (((first,),) if first else ())
    heads = tuple(Part(f"{piece}-", base_form(piece)) for piece in head.split("-") if len(piece) > 1)
    return tuple((*heads, *parts) for parts in splits(tail, is_inflected=False) or ((Part(tail, tail),),))


def _guess(form: str) -> str:
    """What rules make of an unknown form; they may cut a compound, and what is cut too short is refused."""
    if deed := _DEED.fullmatch(form):
        return f"{deed[1]}nen"
    guessed = guessed_base(form)
    return guessed if len(guessed) >= len(form) - 5 and guessed[:-2] == form[: len(guessed) - 2] else form
