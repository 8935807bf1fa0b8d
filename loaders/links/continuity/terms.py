"""The words of a Finnish text in the form in which two wordings are compared: lemmas, parts of compounds, topics."""

import re
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.forms import base_form, part_terms
from hytegraph.loaders.links.lexicon_files import read_lexicon

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u2013][^\W\d_]+)*")
_ORPHAN = re.compile(r"(?<!\w)[-\u2010\u2011\u2013](?=\w)|(?<=\w)[-\u2010\u2011\u2013](?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HYPHENS = re.compile(r"[-\u2010\u2011\u2013]")
_ROOT = 4
_ACRONYM = 5
# A palveluverkkoprojekti is about the palveluverkko, but yhteistyö is no work of a kind: the least letters before each.
_OF_SOMETHING = {"projekti": 4, "hanke": 4, "työ": 9, "toiminta": 9, "palvelu": 9}
# kuntalainen is of kunta, but no compound.
_PEOPLE = ("lainen", "läinen")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it stands, its lemma and root, the roots of its parts, and the topics it belongs to."""

    surface: str
    lemma: str
    root: str
    parts: tuple[str, ...]
    topics: tuple[str, ...]


@cache
def words(text: str) -> tuple[Word, ...]:
    """The content words of a text, each root once, in their order."""
    found: dict[str, Word] = {}
    for token in _WORD.findall(_ORPHAN.sub(" ", text)):
        word = _word(token)
        if word and word.root not in found:
            found[word.root] = word
    return tuple(found.values())


@cache
def _word(token: str) -> Word | None:
    lower = _HYPHENS.sub("-", token.lower())
    if lower.isdigit():
        # A year says when, not what; a long number names a standard or a law.
        return Word(token, lower, lower, (), ()) if len(lower) >= 4 and not _YEAR.fullmatch(lower) else None
    # An acronym, or a name with a number in it, has no dictionary form.
    is_acronym = token.isupper() and len(token) <= _ACRONYM
    base = lower if is_acronym or any(letter.isdigit() for letter in lower) else _matter(base_form(lower))
    if base in _function_words() or lower in _function_words() or len(lower) < 2:
        return None
    return Word(token, base, root(base), tuple(root(part) for part in parts(base)), _topics_of(base, lower))


def _matter(base: str) -> str:
    """What a compound is the project or work of; another word as it is."""
    for ending, shortest in _OF_SOMETHING.items():
        head = base.removesuffix(ending).rstrip("-")
        if head != base and len(head) >= shortest and part_terms(base):
            return base_form(head)
    return base


@cache
def root(base: str) -> str:
    """The lemma without what derives it, so that turvallinen and turvallisuus are one."""
    for ending in _endings():
        if base.endswith(ending) and len(base) - len(ending) >= _ROOT:
            return base.removesuffix(ending)
    return base


@cache
def parts(base: str) -> tuple[str, ...]:
    """The parts of a compound in its basic form, and several of them together, sorted; () for a simple word."""
    return () if base.endswith(_PEOPLE) else tuple(sorted(part_terms(base)))


@cache
def _topics_of(base: str, lower: str) -> tuple[str, ...]:
    starts = {base, lower, *parts(base)}
    return tuple(
        sorted({topic for topic, stem in _topic_stems() for start in starts if start.startswith(stem)})
    )


@cache
def is_generic(root_: str) -> bool:
    """Whether the root belongs to a word of planning language that says little by itself: to develop, to support."""
    return root_ in _generic_roots()


@cache
def _generic_roots() -> frozenset[str]:
    return frozenset(root(row["word"]) for row in read_lexicon("generic-words"))


@cache
def _endings() -> tuple[str, ...]:
    """What Finnish makes of one root, the longest first: turvallinen, turvallisuus; sujuva, sujuvoittaa."""
    return tuple(row["ending"] for row in read_lexicon("endings"))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("function-words"))


@cache
def _topic_stems() -> tuple[tuple[str, str], ...]:
    return tuple((row["topic"], row["stem"]) for row in read_lexicon("topics"))
