"""Simplemma's Finnish dictionary: which forms it knows, and their basic forms.

As a table in memory it takes 3 s and 360 MB of every process. So it is read from tries on disk (`tries`), in 0.1 s and
35 MB.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hytegraph.graph.finnish.tries import dictionary, inflections

if TYPE_CHECKING:
    from simplemma import Lemmatizer

LISTS = tomllib.loads(files("hytegraph.graph.finnish").joinpath("lists.toml").read_text("utf-8"))
_READ: Mapping[str, str] = LISTS["read"]
_PARTICIPLE = re.compile(r"(.+t)([uy])t")


@cache
def is_known(form: str) -> bool:
    """Whether a form stands in the dictionary with the same case."""
    return form in _READ or form in dictionary()


@cache
def is_form(word: str) -> bool:
    """Whether a lower-case word is an inflected form, also of a name or of a participle: päivitetyt of päivitetty.

    >>> is_form("kouluissa"), is_form("päivitetyt"), is_form("kouluissamm")
    (True, True, False)
    """
    if any(form in dictionary() for form in (word, word.capitalize())):
        return True
    participle = _PARTICIPLE.fullmatch(word)
    return bool(participle and is_form(f"{participle[1]}t{participle[2]}"))


@cache
def listed_base(form: str) -> str:
    """The basic form of a known form; of the plurals that the dictionary lists as words of their own, the singular."""
    if form in _READ:
        return _READ[form]
    base = dictionary()[form].lower()
    for plural, singular in (("set", "nen"), ("t", "")):
        one = base.removesuffix(plural) + singular
        if base.endswith(plural) and len(one) > 3 and is_known(one) and dictionary()[one] == one:
            return one
    return base


@cache
def guessed_base(form: str, *, greedy: bool = False) -> str:
    """What simplemma's rules make of a form, known or not; greedy ones cut more."""
    return str(_lemmatizer(greedy).lemmatize(form, "fi")).lower()


def forms_of(bases: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The inflected forms in the dictionary of words in their basic form, as pairs of form and basic form."""
    for base in filter(str.isalpha, bases):
        for written in dict.fromkeys((base, base.capitalize())):
            yield from ((form.lower(), base) for form in inflections(written))


@cache
def _lemmatizer(greedy: bool) -> "Lemmatizer":
    # Few commands guess, and importing it takes a tenth of a second.
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    from hytegraph.graph.finnish.tries import OnDisk

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(greedy, OnDisk()))
