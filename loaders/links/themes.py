"""Suggests the themes and target groups of an element of a plan or of what is reported of it, by its own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from hytegraph.loaders.links.cues import Match, match_concepts, read_cues
from hytegraph.loaders.links.link import LEXICAL, LinkAssertion, LinkEnd

KINDS = ("aim", "goal", "priority", "measure", "project", "indicator", "realisation")
# Fewer and surer themes serve a reader better than all that a word could mean.
_LOWEST = 0.5
_NEAR_FIRST = 0.6


@dataclass(frozen=True, slots=True)
class Facet:
    """A way in which elements are classed: its predicate, word list, rule and the most concepts a thing has."""

    kind: str
    predicate: str
    words: str
    method: str
    most: int
    rationale: str


THEME = Facet("theme", "dct:subject", "themes", "theme-lexicon/1", 3, "Tekstin omat sanat viittaavat teemaan")
TARGET_GROUP = Facet(
    "targetGroup",
    "hyte:targetGroup",
    "target-groups",
    "target-group-lexicon/1",
    4,
    "Tekstin omat sanat nimeävät kohderyhmän",
)


def suggest_themes(elements: Iterable[LinkEnd]) -> tuple[LinkAssertion, ...]:
    """The themes and target groups that the words of the elements speak of."""
    links = [
        _link(element, facet, match)
        for element in elements
        if element.kind in KINDS
        for facet in (THEME, TARGET_GROUP)
        for match in best_concepts(element.text, facet)
    ]
    return tuple(sorted(links, key=lambda link: link.key))


def best_concepts(text: str, facet: Facet) -> tuple[Match, ...]:
    """The concepts a text speaks of clearly enough to suggest, the strongest first."""
    found = match_concepts(text, read_cues(facet.words))
    if not found:
        return ()
    lowest = max(_LOWEST, _NEAR_FIRST * found[0].strength)
    return tuple(match for match in found if match.strength >= lowest)[: facet.most]


def _link(element: LinkEnd, facet: Facet, match: Match) -> LinkAssertion:
    return LinkAssertion(
        subject=element.id,
        predicate=facet.predicate,
        object=f"theme:{match.concept}",
        kind=facet.kind,
        confidence=match.strength,
        method=facet.method,
        justification=LEXICAL,
        cue=" | ".join(match.words),
        rationale=f"{facet.rationale}: {', '.join(match.words)}.",
        subject_label=element.text,
        subject_evidence=element.evidence,
    )
