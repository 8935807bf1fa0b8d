"""What a measure is about and what it does, and how far other words speak of the same thing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.forms import base_form
from hytegraph.loaders.links.continuity.terms import Word, is_generic, root, words
from hytegraph.loaders.links.lexicon_files import read_lexicon

FINISHED, OPEN_ENDED = "finished", "openEnded"
_SUFFIX = 5
# A measure may list several things, of which a report may name one.
_PARTS = re.compile(r"[.;:](?=\s|$)|,|\s(?:ja|sekä)\s")


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a text that tell what it is about, and those that tell what is done with it."""

    words: tuple[Word, ...]
    core: tuple[Word, ...]
    actions: tuple[str, ...]
    roots: frozenset[str]
    has_parts: bool

    @property
    def can_be_finished(self) -> bool:
        """Whether it comes to an end, as a plan that is drawn up does and a thing that is improved does not."""
        sorts = {_actions()[action] for action in self.actions if action in _actions()}
        return sorts == {FINISHED}

    def holds(self, word: Word) -> bool:
        """Whether a word names the same thing or the head of it: `selvitys` of `kokonaisselvitys`."""
        if word.root in self.roots:
            return True
        if len(word.lemma) >= _SUFFIX and any(own.lemma.endswith(word.lemma) for own in self.words):
            return True
        return (
            bool(word.parts)
            and word.parts[-1] in self.roots
            and any(part in self.roots for part in word.parts[:-1])
        )

    def touches(self, word: Word) -> bool:
        """Whether a word shares a part with what it is about: `esteettömyyskohde` with `esteettömyys`."""
        shared = self.roots & {word.root, *word.parts}
        return any(not is_generic(part) for part in shared)

    def covered_by(self, told: Iterable[Word]) -> float:
        """The share of its core that the words name, from 0 to 1."""
        other = tuple(told)
        hits = sum(any(_same(own, word) for word in other) for own in self.core)
        return hits / len(self.core) if self.core else 0.0


@cache
def subject_of(text: str) -> Subject:
    """What a text is about: its core are the words that are neither an action nor planning language."""
    found = words(text)
    actions = tuple(action for word in found if (action := _action(word)))
    core = tuple(word for word in found if _is_core(word))
    roots = frozenset(each for word in found for each in (word.root, *word.parts))
    # `kartoitus ja päivitys` are two actions on one thing.
    has_parts = sum(any(map(_is_core, words(part))) for part in _PARTS.split(text)) > 1
    return Subject(found, core or found, actions, roots, has_parts)


def _action(word: Word) -> str:
    """The action a word names by itself or as the head of a compound, '' for none."""
    known = _actions()
    if word.lemma in known:
        return word.lemma
    return next((action for action in known if len(action) > _SUFFIX and word.lemma.endswith(action)), "")


def _is_core(word: Word) -> bool:
    return word.lemma not in _actions() and not is_generic(word.root) and not is_filler(word)


def is_filler(word: Word) -> bool:
    """Whether a word says when, how or how many, and not what."""
    return word.lemma in _fillers() or word.lemma[0].isdigit()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(row["word"] for row in read_lexicon("report-fillers"))


def _same(one: Word, other: Word) -> bool:
    if one.root == other.root:
        return True
    if one.lemma.endswith(other.lemma) or other.lemma.endswith(one.lemma):
        return min(len(one.lemma), len(other.lemma)) >= _SUFFIX
    shared = {one.root, *one.parts} & {other.root, *other.parts}
    return any(not is_generic(part) for part in shared)


def same_action(action: str, cue: str) -> bool:
    """Whether the words that tell a status are a form of the action: `lisätty` of `lisääminen`."""
    roots = {root(base_form(word.lower())) for word in cue.split()}
    return root(action) in roots or any(root(action)[:5] == each[:5] for each in roots)


@cache
def _actions() -> dict[str, str]:
    return {row["word"]: row["sort"] for row in read_lexicon("measure-actions")}
