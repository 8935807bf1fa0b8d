"""Which words are names of persons: lists of given names and surnames, endings, and the words of the language."""

import re
from functools import cache
from importlib.resources import files

from hytegraph.graph.finnish.compounds import may_be_compound
from hytegraph.graph.finnish.dictionary import is_form

CAPITAL = "A-ZÀ-ÖØ-ÞŠŽ"
NAME_PART = rf"[{CAPITAL}](?:[\w'’]|-(?=\w))*\.?"
PARTICLE = r"(?:von|af|de|av)"
# Case endings of a surname in -nen ("Nurmisen") and of any other ("Ahon", "Laineelle").
NEN = re.compile(
    r"(\w{2,}?)(?:nen|s(?:en|ta|tä|ena|enä|eksi|essa|essä|esta|estä|een|ella|ellä|elta|eltä|elle|et))"
)
_CASES = (
    "",
    *["n", "a", "ä", "ta", "tä", "lla", "llä", "lta", "ltä", "lle", "ssa", "ssä", "sta", "stä", "ksi", "s"],
)


@cache
def listed(file: str) -> frozenset[str]:
    """The words of a list beside this module, in small letters."""
    text = files("hytegraph.loaders.privacy").joinpath(file).read_text("utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))


def is_given(word: str) -> bool:
    """Whether a word is a listed given name, or two of them with a hyphen."""
    return word.casefold() in listed("given-names.txt") or (
        "-" in word and all(part.casefold() in listed("given-names.txt") for part in word.split("-"))
    )


def is_ordinary(word: str) -> bool:
    """Whether a word is a given name and an ordinary word too, which a sentence may begin with."""
    return word.casefold() in listed("ordinary-words.txt")


def is_surname(word: str) -> bool:
    """Whether a word is a listed surname or ends in -nen, in any case."""
    lower = word.casefold()
    return bool(NEN.fullmatch(lower)) or any(
        lower.endswith(ending) and lower.removesuffix(ending) in listed("surnames.txt") for ending in _CASES
    )


def is_only_surname(word: str) -> bool:
    """Whether a word can hardly be anything but a surname: a common one in -nen, or no word of the language."""
    lower = word.casefold()
    match = NEN.fullmatch(lower)
    if not match:
        return not is_form(lower)
    return is_common_surname(word) or not is_form(f"{match[1]}nen")


def is_common_surname(word: str) -> bool:
    """Whether a word is a form of a listed surname in -nen that is no inhabitant (`Lappalainen`)."""
    match = NEN.fullmatch(word.casefold())
    base = f"{match[1]}nen" if match else ""
    return base in listed("surnames.txt") and not base.endswith(("lainen", "läinen"))


def is_word(word: str) -> bool:
    """Whether a word is of the language and is no listed surname."""
    lower = word.casefold().rstrip(".")
    known = all(is_form(part) or may_be_compound(part) for part in lower.split("-") if part)
    return (known or is_heading(word)) and not is_surname(lower)


def is_heading(word: str) -> bool:
    """Whether a word is one of headings, or a compound, which no name is."""
    lower = word.casefold().strip(".:,")
    return lower in listed("heading-words.txt") or (may_be_compound(lower) and not may_name(word))


def may_name(word: str) -> bool:
    """Whether a word is a name that the lists or the language know as one."""
    return is_given(word) or is_surname(word)
