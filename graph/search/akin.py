"""Words that mean the same as a reader's word, and narrower ones: `vanhukset` finds `ikäihmiset`, `nuoret` pupils."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Akin:
    """The basic forms that mean the same as a word, and those of concepts that lie within what it means."""

    same: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()


def akin_to(word: str) -> Akin:
    """What a lower-case word in any form is looked for as well; nothing for most words.

    >>> akin_to("nuorille").narrower
    ('koululainen', 'oppilas')
    """
    meant = [name for name, concept in concepts().items() if word.startswith(concept.begins)]
    same = dict.fromkeys(each for name in meant for each in concepts()[name].words)
    within = (concept for concept in concepts().values() if not set(meant).isdisjoint(concept.within))
    narrower = dict.fromkeys(each for concept in within for each in concept.words if each not in same)
    return Akin(tuple(same), tuple(narrower))


@dataclass(frozen=True, slots=True)
class Concept:
    """Beginnings of a reader's word in any form, the basic forms that are looked for, and the wider concepts."""

    begins: tuple[str, ...]
    words: tuple[str, ...]
    within: tuple[str, ...]


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by name."""
    text = files("hytegraph.graph.search").joinpath("akin.toml").read_text("utf-8")
    return {
        name: Concept(tuple(each["begins"]), tuple(each["words"]), tuple(each.get("within", ())))
        for name, each in tomllib.loads(text).items()
    }
