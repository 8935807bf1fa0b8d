"""Everything that may precede or follow one element, each link with its grounds and the words on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal

from hytegraph.graph.query.stored import select_values
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.periods.continuity import DETAILS, Claim, read_continuity
from hytegraph.server.pages.periods.elements import Element, read_elements
from hytegraph.server.pages.periods.threads import Candidate, candidate
from hytegraph.server.pages.shared.evidence import Evidence, read_evidence
from hytegraph.server.pages.shared.reviewers import Judges, judges_of
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Grounds:
    """A claim with why and how it was made, who judged it when, and the passages of its earlier and later end.

    `candidate` is the element at its other end, None where the claim is that none was found.
    """

    claim: Claim
    candidate: Candidate | None
    rationale: Link | None
    method: Link | None
    judges: Judges | None
    date: Link | None
    earlier: tuple[Evidence, ...]
    later: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The claims about an element, best first: those to later elements and those to earlier ones.

    Of each side no more than SHOWN have their grounds; `claims` are all.
    """

    onward: tuple[Grounds, ...]
    back: tuple[Grounds, ...]
    claims: tuple[Claim, ...]


def read_history(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language, element: Element
) -> History:
    """The history of an element, in two queries beside what is known of all."""
    elements, continuity = read_elements(summaries, town, base, language), read_continuity(summaries, town)
    every = (continuity.onward.get(element.iri, ()), continuity.back.get(element.iri, ()))
    onward, back = (side[:SHOWN] for side in every)
    claims = {claim.iri for claim in (*onward, *back)}
    details: dict[str, list[Row]] = {}
    for row in select_values(dataset, DETAILS, "claim", claims):
        details.setdefault(row.text("claim"), []).append(row)
    evidence = read_evidence(dataset, claims, base, language)
    labels = Labels(_named(row for rows in details.values() for row in rows), base, language)

    def grounds(claim: Claim, *, forward: bool) -> Grounds:
        told, passages = details.get(claim.iri, []), evidence.get(claim.iri, ())
        return Grounds(
            claim,
            candidate(claim, elements, forward=forward),
            _first(told, "rationale", labels),
            _first(told, "method", labels),
            judges_of(told, base, language),
            _first(told, "date", labels),
            _side(passages, elements.get(claim.earlier)),
            _side(passages, elements.get(claim.later)),
        )

    return History(
        tuple(grounds(claim, forward=True) for claim in onward),
        tuple(grounds(claim, forward=False) for claim in back),
        (*every[0], *every[1]),
    )


def _first(rows: Iterable[Row], name: str, labels: Labels) -> Link | None:
    return next((labels.link(row[name]) for row in rows if row[name] is not None), None)


def _side(passages: Iterable[Evidence], element: Element | None) -> tuple[Evidence, ...]:
    """The passages that say the words of one end."""
    own = {lines.passage for lines in element.lines} if element else set()
    return tuple(each for each in passages if each.passage in own)


def _named(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        if isinstance(row["methodLabel"], Literal):
            yield Row(("node", "label"), (row["method"], row["methodLabel"]))
