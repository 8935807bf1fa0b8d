"""Words that speak for a concept, such as a target of the SDGs or a theme: read from a word list and found in texts."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.forms import base_form
from hytegraph.loaders.links.continuity.terms import parts
from hytegraph.loaders.links.lexicon_files import read_lexicon

# However many words speak for a concept, a rule is never certain.
SUREST = 0.95
_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u2013][^\W_]*)*")
_JOINING = frozenset(("ja", "sekä", "on", "ovat", "och", "and"))


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a concept: beginnings of words that follow one another, and words that speak against."""

    concept: str
    language: str
    words: tuple[str, ...]
    weight: float
    excluding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A concept with the words of the text that speak for it and how strongly they do together."""

    concept: str
    strength: float
    words: tuple[str, ...]


@cache
def read_cues(name: str) -> tuple[Cue, ...]:
    """The cues of a word list in their order; raises ValueError for a weight that is no number."""
    return tuple(
        Cue(
            concept=row["concept"],
            language=row["language"],
            words=tuple(row["words"].split()),
            weight=float(row["weight"]),
            excluding=tuple(word for word in row["excluding"].split(" | ") if word),
        )
        for row in read_lexicon(name)
    )


def match_concepts(text: str, cues: Sequence[Cue]) -> tuple[Match, ...]:
    """All concepts with words in the text, in the language that has most to say, the strongest first."""
    forms = _forms(text)
    beginnings = _beginnings(forms)
    by_language: dict[str, list[Match]] = {
        language: _match_language(forms, grouped, beginnings)
        for language, grouped in _by_language(tuple(cues)).items()
    }
    best = max(
        sorted(by_language), key=lambda language: sum(match.strength for match in by_language[language])
    )
    return tuple(sorted(by_language[best], key=lambda match: -match.strength))


def _match_language(
    forms: Sequence[tuple[str, frozenset[str]]],
    grouped: Mapping[str, tuple[Cue, ...]],
    beginnings: frozenset[str],
) -> list[Match]:
    matches = []
    for concept, cues in grouped.items():
        hits: dict[tuple[str, ...], float] = {}
        for cue in cues:
            if cue.words[0] not in beginnings:
                continue
            found = _found(forms, cue.words)
            if found and not any(_found(forms, tuple(word.split())) for word in cue.excluding):
                hits[found] = max(cue.weight, hits.get(found, 0.0))
        counted = _largest(hits)
        if counted:
            against = 1.0
            for weight in counted.values():
                against *= 1 - weight
            words = tuple(dict.fromkeys(" ".join(found) for found in counted))
            matches.append(Match(concept, min(SUREST, round(1 - against, 2)), words))
    return matches


def _beginnings(forms: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """What the words of a text begin with: most cues begin with none of it and need no search."""
    words = {form for _, possible in forms for form in possible}
    return frozenset(word[:length] for word in words for length in range(1, len(word) + 1))


def _largest(hits: Mapping[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    """The hits without those whose words a stronger hit has counted already."""
    counted: dict[tuple[str, ...], float] = {}
    for found, weight in sorted(hits.items(), key=lambda hit: (-hit[1], hit[0])):
        if not any(set(found) & set(other) for other in counted):
            counted[found] = weight
    return counted


def _found(forms: Sequence[tuple[str, frozenset[str]]], stems: Sequence[str]) -> tuple[str, ...]:
    for at in range(len(forms) - len(stems) + 1):
        window = forms[at : at + len(stems)]
        if all(
            any(form.startswith(stem) for form in possible)
            for stem, (_, possible) in zip(stems, window, strict=True)
        ):
            return tuple(surface for surface, _ in window)
    return ()


@cache
def _forms(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((token, _forms_of(token)) for token in _TOKEN.findall(text) if token.lower() not in _JOINING)


@cache
def _forms_of(token: str) -> frozenset[str]:
    lower = token.lower()
    base = base_form(lower)
    return frozenset((lower, base, *parts(base)))


@cache
def _by_language(cues: tuple[Cue, ...]) -> dict[str, dict[str, tuple[Cue, ...]]]:
    grouped: dict[str, dict[str, list[Cue]]] = defaultdict(lambda: defaultdict(list))
    for cue in cues:
        grouped[cue.language][cue.concept].append(cue)
    return {
        language: {concept: tuple(group) for concept, group in concepts.items()}
        for language, concepts in grouped.items()
    }
