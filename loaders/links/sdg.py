"""Suggests which target of the UN Sustainable Development Goals an element of a plan serves, by its own words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hytegraph.loaders.links.continuity.terms import lemma, parts
from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.link import LEXICAL, LinkAssertion, LinkEnd

METHOD = "sdg-lexicon/1"
PREDICATE = "hyte:alignedWithSdgTarget"
_KINDS = ("aim", "goal", "priority", "measure", "project")
# A measure traces to targets through its goal already: words of its own must say more.
_LOWEST = {"measure": 0.6, "project": 0.6}
_LOWEST_ELSE = 0.4
_MOST = {"measure": 1, "project": 1}
_MOST_ELSE = 2
_SECOND = 0.5
_NEAR_FIRST = 0.7
_SUREST = 0.95
_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u2013][^\W_]*)*")


@dataclass(frozen=True, slots=True)
class SdgCue:
    """Words that speak for a target: beginnings of words that follow one another, and words that speak against."""

    target: str
    language: str
    words: tuple[str, ...]
    weight: float
    excluding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A target with the words of the text that speak for it and how strongly they do together."""

    target: str
    strength: float
    words: tuple[str, ...]

    @property
    def goal(self) -> str:
        """The number of the goal the target belongs to."""
        return self.target.split(".")[0]


def read_sdg_lexicon() -> tuple[SdgCue, ...]:
    """The entries of the lexicon in their order; raises ValueError for a weight that is no number."""
    return tuple(
        SdgCue(
            target=row["target"],
            language=row["language"],
            words=tuple(row["words"].split()),
            weight=float(row["weight"]),
            excluding=tuple(word for word in row["excluding"].split(" | ") if word),
        )
        for row in read_lexicon("sdg")
    )


def suggest_sdg(elements: Iterable[LinkEnd], lexicon: Sequence[SdgCue]) -> tuple[LinkAssertion, ...]:
    """At most two targets of different goals for each aim, goal and priority, at most one for each measure."""
    links = [
        _link(element, match)
        for element in elements
        if element.kind in _KINDS
        for match in best_targets(element, lexicon)
    ]
    return tuple(sorted(links, key=lambda link: link.key))


def best_targets(element: LinkEnd, lexicon: Sequence[SdgCue]) -> tuple[Match, ...]:
    """The targets an element's text speaks of clearly enough to suggest, the strongest first."""
    found = match_targets(element.text, lexicon)
    lowest = _LOWEST.get(element.kind, _LOWEST_ELSE)
    if not found or found[0].strength < lowest:
        return ()
    chosen = [found[0]]
    for match in found[1:]:
        clear = match.strength >= max(_SECOND, lowest, _NEAR_FIRST * found[0].strength)
        if clear and all(match.goal != other.goal for other in chosen):
            chosen.append(match)
    return tuple(chosen[: _MOST.get(element.kind, _MOST_ELSE)])


def match_targets(text: str, lexicon: Sequence[SdgCue]) -> tuple[Match, ...]:
    """All targets with words in the text, in the language that has most to say, the strongest first."""
    forms = _forms(text)
    beginnings = _beginnings(forms)
    by_language: dict[str, list[Match]] = {
        language: _match_language(forms, entries, beginnings)
        for language, entries in _by_language(tuple(lexicon)).items()
    }
    best = max(sorted(by_language), key=lambda language: sum(each.strength for each in by_language[language]))
    return tuple(sorted(by_language[best], key=lambda match: (-match.strength, _number(match.target))))


def _match_language(
    forms: Sequence[tuple[str, frozenset[str]]],
    entries: Mapping[str, tuple[SdgCue, ...]],
    beginnings: frozenset[str],
) -> list[Match]:
    matches = []
    for target, of_target in entries.items():
        hits: dict[tuple[str, ...], float] = {}
        for entry in of_target:
            if entry.words[0] not in beginnings:
                continue
            found = _found(forms, entry.words)
            if found and not any(_found(forms, tuple(word.split())) for word in entry.excluding):
                hits[found] = max(entry.weight, hits.get(found, 0.0))
        counted = _largest(hits)
        if counted:
            against = 1.0
            for weight in counted.values():
                against *= 1 - weight
            words = tuple(dict.fromkeys(" ".join(found) for found in counted))
            matches.append(Match(target, min(_SUREST, round(1 - against, 2)), words))
    return matches


def _beginnings(forms: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """What the words of a text begin with: most cues of the lexicon begin with none of it and need no search."""
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


_JOINING = frozenset(("ja", "sekä", "on", "ovat", "och", "and"))


@cache
def _forms_of(token: str) -> frozenset[str]:
    lower = token.lower()
    base = lemma(lower)
    return frozenset((lower, base, *parts(base)))


@cache
def _by_language(lexicon: tuple[SdgCue, ...]) -> dict[str, dict[str, tuple[SdgCue, ...]]]:
    grouped: dict[str, dict[str, list[SdgCue]]] = defaultdict(lambda: defaultdict(list))
    for entry in lexicon:
        grouped[entry.language][entry.target].append(entry)
    return {
        language: {target: tuple(entries) for target, entries in targets.items()}
        for language, targets in grouped.items()
    }


def _number(target: str) -> tuple[int, int, str]:
    goal, _, part = target.partition(".")
    return int(goal), int(part) if part.isdigit() else 99, part


def _link(element: LinkEnd, match: Match) -> LinkAssertion:
    return LinkAssertion(
        subject=element.id,
        predicate=PREDICATE,
        object=f"sdg:{match.target}",
        kind=element.kind,
        confidence=match.strength,
        method=METHOD,
        justification=LEXICAL,
        cue=" | ".join(match.words),
        rationale=f"Tekstin omat sanat viittaavat alatavoitteeseen {match.target}: {', '.join(match.words)}.",
        subject_label=element.text,
        subject_evidence=element.evidence,
    )
