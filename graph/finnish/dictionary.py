"""Simplemma's Finnish dictionary: which forms it knows, and their basic forms. Loading it takes seconds and 400 MB."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

LISTS = tomllib.loads(files("hytegraph.graph.finnish").joinpath("lists.toml").read_text("utf-8"))
_READ: Mapping[str, str] = LISTS["read"]
_PARTICIPLE = re.compile(r"(.+t)([uy])t")


@cache
def is_known(form: str) -> bool:
    """Whether a form stands in the dictionary with the same case."""
    return form in _READ or form in _dictionary()


@cache
def is_form(word: str) -> bool:
    """Whether a lower-case word is an inflected form, also of a name or of a participle: päivitetyt of päivitetty.

    >>> is_form("kouluissa"), is_form("päivitetyt"), is_form("kouluissamm")
    (True, True, False)
    """
    if any(form in _dictionary() for form in (word, word.capitalize())):
        return True
    participle = _PARTICIPLE.fullmatch(word)
    return bool(participle and is_form(f"{participle[1]}t{participle[2]}"))


@cache
def listed_base(form: str) -> str:
    """The basic form of a known form; of the plurals that the dictionary lists as words of their own, the singular."""
    if form in _READ:
        return _READ[form]
    base = _dictionary()[form].lower()
    for plural, singular in (("set", "nen"), ("t", "")):
        one = base.removesuffix(plural) + singular
        if base.endswith(plural) and len(one) > 3 and is_known(one) and _dictionary()[one] == one:
            return one
    return base


@cache
def guessed_base(form: str, *, greedy: bool = False) -> str:
    """What simplemma's rules make of a form, known or not; greedy ones cut more."""
    import simplemma

    return str(simplemma.lemmatize(form, lang="fi", greedy=greedy)).lower()


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
def _dictionary() -> Mapping[str, str]:
    # The library keeps this one, so that it is not loaded twice; few commands need it, so it is loaded late.
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("fi")
