"""Claims that link elements to something that they serve or are about: an SDG target, a theme, a target group."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hytegraph.graph.results import Row
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.periods.continuity import strength
from hytegraph.server.pages.periods.elements import ALL_LEVELS, Element, begins
from hytegraph.server.pages.shared.table import Cell

LINKED = ("suggested", "accepted")
STATES = (*LINKED, "rejected")
_SHADES = 4

# How many elements are linked, by the first day of their period and their level.
LinkedCounts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class ElementClaim:
    """That an element is linked to the object with this IRI, by which of its words, and who has judged."""

    iri: str
    element: Element
    object: str
    confidence: float
    review: str
    cues: tuple[str, ...]

    @property
    def strength(self) -> str:
        """The confidence as a word: strong, fair or weak."""
        return strength(self.confidence)


def claims_by_object(
    rows: Iterable[Row], elements: Mapping[str, Element], element_column: str, object_column: str
) -> dict[str, list[ElementClaim]]:
    """The claims by what they are about, in the order of periods and levels, the more confident first."""
    found: dict[str, ElementClaim] = {}
    for row in rows:
        iri, element = row.text("claim"), elements.get(row.text(element_column))
        if element is None:
            continue
        cues = (*(found[iri].cues if iri in found else ()), *filter(None, (row.text("cue"),)))
        found[iri] = ElementClaim(
            iri,
            element,
            row.text(object_column),
            float(row.text("confidence")),
            row.text("review").removeprefix(HYTE.iri),
            tuple(dict.fromkeys(cues)),
        )
    grouped: dict[str, list[ElementClaim]] = {}
    for claim in sorted(found.values(), key=_rank):
        grouped.setdefault(claim.object, []).append(claim)
    return grouped


def by_state(claims: Iterable[ElementClaim]) -> dict[str, int]:
    """How many claims are in each of STATES, in their order."""
    counts = Counter(claim.review for claim in claims)
    return {state: counts[state] for state in STATES}


def cells_of(claim: ElementClaim) -> tuple[Cell, ...]:
    """The cells of a claim in a table: period, level, text, confidence, review, cue, sourceLines, element, claim."""
    element = claim.element
    return (
        *(element.period.name or None, element.level, element.link.text, claim.confidence, claim.review),
        *(" | ".join(claim.cues) or None, element.cited, element.iri, claim.iri),
    )


def linked_counts(claims: Iterable[ElementClaim]) -> LinkedCounts:
    """How many elements the claims that are not rejected link."""
    places = {
        claim.element.iri: (claim.element.period.start, claim.element.level)
        for claim in claims
        if claim.review in LINKED
    }
    return Counter(places.values())


def linked(counts: LinkedCounts, start: str, level: str | None = None) -> int:
    """How many elements of a period, or of a level of it, are linked."""
    return sum(count for (begin, kind), count in counts.items() if begin == start and level in (None, kind))


def shader(most: int) -> Callable[[int], int]:
    """Gives a count its shade: 0 for none, the darkest for the largest count."""
    return lambda count: -(-count * _SHADES // most) if most else 0


def _rank(claim: ElementClaim) -> tuple[object, ...]:
    levels = tuple(ALL_LEVELS)
    return begins(claim.element.period.start), levels.index(claim.element.level), -claim.confidence, claim.iri
