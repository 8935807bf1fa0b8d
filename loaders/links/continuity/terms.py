"""The words of a Finnish text in the form in which two wordings are compared: lemmas, parts of compounds, topics."""

import re
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.compounds import may_begin_compound
from hytegraph.graph.finnish.dictionary import guessed_base, is_form, is_known
from hytegraph.loaders.links.lexicon_files import read_lexicon

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u2013][^\W\d_]+)*")
_ORPHAN = re.compile(r"(?<!\w)[-\u2010\u2011\u2013](?=\w)|(?<=\w)[-\u2010\u2011\u2013](?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HYPHENS = re.compile(r"[-\u2010\u2011\u2013]")
_ROOT = 4
_COMPOUND = 9
_PART = 4
_ACRONYM = 5
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
    base = lower if is_acronym or any(letter.isdigit() for letter in lower) else lemma(lower)
    if base in _function_words() or lower in _function_words() or len(lower) < 2:
        return None
    return Word(token, base, root(base), tuple(root(part) for part in parts(base)), _topics_of(base, lower))


@cache
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word."""
    found = guessed_base(word, greedy=True)
    tail = word[len(found) :]
    # Of a compound it does not know, simplemma may keep the first part only: hyvinvointi of hyvinvointialueen.
    is_whole = is_known(word) or is_known(word.capitalize())
    if len(tail) >= _PART and word.startswith(found) and is_form(tail) and not is_whole:
        return found + guessed_base(tail, greedy=True)
    return found


@cache
def root(base: str) -> str:
    """The lemma without what derives it, so that turvallinen and turvallisuus are one."""
    for ending in _endings():
        if base.endswith(ending) and len(base) - len(ending) >= _ROOT:
            return base.removesuffix(ending)
    return base


@cache
def parts(base: str) -> tuple[str, ...]:
    """The parts of a compound lemma, compounds among them too; () for a simple word."""
    if "-" in base:
        return tuple(
            inner for piece in base.split("-") if len(piece) > 1 for inner in (parts(piece) or (piece,))
        )
    if len(base) < _COMPOUND or base.endswith(_PEOPLE):
        return ()
    for at in range(len(base) - _PART, _PART - 1, -1):
        first, last = base[:at], base[at:]
        if is_form(last) and may_begin_compound(first) and lemma(last) == last:
            inner = parts(first)
            return (*inner, first, last) if inner else (lemma(first), last)
    return ()


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
