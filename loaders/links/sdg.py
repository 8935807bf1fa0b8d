"""Suggests which target of the UN Sustainable Development Goals an element of a plan serves, by its own words."""

from collections.abc import Iterable, Sequence

from hytegraph.loaders.links.cues import Cue, Match, match_concepts
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


def suggest_sdg(elements: Iterable[LinkEnd], cues: Sequence[Cue]) -> tuple[LinkAssertion, ...]:
    """At most two targets of different goals for each aim, goal and priority, at most one for each measure."""
    links = [
        _link(element, match)
        for element in elements
        if element.kind in _KINDS
        for match in best_targets(element, cues)
    ]
    return tuple(sorted(links, key=lambda link: link.key))


def best_targets(element: LinkEnd, cues: Sequence[Cue]) -> tuple[Match, ...]:
    """The targets an element's text speaks of clearly enough to suggest, the strongest first."""
    found = sorted(
        match_concepts(element.text, cues), key=lambda match: (-match.strength, _number(match.concept))
    )
    lowest = _LOWEST.get(element.kind, _LOWEST_ELSE)
    if not found or found[0].strength < lowest:
        return ()
    chosen = [found[0]]
    for match in found[1:]:
        clear = match.strength >= max(_SECOND, lowest, _NEAR_FIRST * found[0].strength)
        if clear and all(_goal(match) != _goal(other) for other in chosen):
            chosen.append(match)
    return tuple(chosen[: _MOST.get(element.kind, _MOST_ELSE)])


def _goal(match: Match) -> str:
    return match.concept.split(".")[0]


def _number(target: str) -> tuple[int, int, str]:
    goal, _, part = target.partition(".")
    return int(goal), int(part) if part.isdigit() else 99, part


def _link(element: LinkEnd, match: Match) -> LinkAssertion:
    return LinkAssertion(
        subject=element.id,
        predicate=PREDICATE,
        object=f"sdg:{match.concept}",
        kind=element.kind,
        confidence=match.strength,
        method=METHOD,
        justification=LEXICAL,
        cue=" | ".join(match.words),
        rationale=f"Tekstin omat sanat viittaavat alatavoitteeseen {match.concept}: {', '.join(match.words)}.",
        subject_label=element.text,
        subject_evidence=element.evidence,
    )
