"""Which element of one period is said to go on in which of a later one: claims, most of them suggestions."""

from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE

KINDS = (
    "sameText",
    "same",
    "broadened",
    "narrowed",
    "split",
    "merged",
    "overlapping",
    "transferred",
    "dropped",
    "new",
)
# Tables of earlier versions say it in a word that has been replaced since.
_REPLACED = {"reworded": "same"}
# Who only shares a subject with another does not continue it.
CONTINUING = frozenset(KINDS[:6])
REVIEWS = ("suggested", "accepted", "acceptedByRule", "rejected", "superseded")
DETAILS = stored_query(__name__, "claim-details")
_NO_MATCH = "https://w3id.org/sssom/NoTermFound"


@dataclass(frozen=True, slots=True)
class Claim:
    """That `later` goes on from `earlier`; "" for the one that was not found.

    `searched` are the documents (IRIs) in which none was found; such a claim has no confidence, and 0 stands for it.
    """

    iri: str
    earlier: str
    later: str
    kind: str
    confidence: float
    review: str
    cues: tuple[str, ...]
    searched: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether no reviewer has judged against it."""
        return self.review in ("suggested", "accepted", "acceptedByRule")

    @property
    def is_accepted(self) -> bool:
        """Whether it stands as a fact: a person or a rule has accepted it."""
        return self.review in ("accepted", "acceptedByRule")

    @property
    def strength(self) -> str:
        """The confidence as a word: strong, fair or weak."""
        return strength(self.confidence)

    @property
    def order(self) -> tuple[bool, bool, float, str, str]:
        """The rank among candidates: accepted, then suggested, then the more confident."""
        return not self.stands, not self.is_accepted, -self.confidence, self.earlier, self.later


@dataclass(frozen=True, slots=True)
class Continuity:
    """All claims, by their earlier and by their later end, best first."""

    claims: tuple[Claim, ...]
    onward: dict[str, tuple[Claim, ...]]
    back: dict[str, tuple[Claim, ...]]

    def found_nothing(self, iri: str, kind: str) -> Claim | None:
        """The record that no successor (dropped) or predecessor (new) of the element was found; None without one."""
        known = self.onward if kind == "dropped" else self.back
        return next(
            (each for each in known.get(iri, ()) if not each.earlier or not each.later),
            None,
        )


def strength(confidence: float) -> str:
    """A confidence from 0 to 1 as a word.

    >>> strength(0.72)
    'fair'
    """
    return "strong" if confidence >= 0.8 else "fair" if confidence >= 0.5 else "weak"


@lru_cache(maxsize=8)
def read_continuity(summaries: Summaries, town: str | None) -> Continuity:
    """The claims of a town (its slug) or of the only one, read once, because the data never change."""
    found: dict[str, Claim] = {}
    for row in summaries.rows("continuity-claims", town):
        iri, kind = row.text("claim"), row.text("kind").removeprefix(HYTE.iri)
        kind = _REPLACED.get(kind, kind)
        known = found.get(iri)
        cues = (*(known.cues if known else ()), *filter(None, (row.text("cue"),)))
        searched = (*(known.searched if known else ()), *filter(None, (row.text("searched"),)))
        later, earlier = row.text("later"), row.text("earlier")
        if earlier == _NO_MATCH:
            # Such a record is about its subject, whichever end that is.
            earlier, later = ("", later) if kind == "new" else (later, "")
        found[iri] = Claim(
            iri,
            earlier,
            later,
            kind,
            float(row.text("confidence") or 0),
            row.text("review").removeprefix(HYTE.iri),
            tuple(dict.fromkeys(cues)),
            tuple(dict.fromkeys(searched)),
        )
    claims = tuple(sorted(found.values(), key=lambda claim: claim.order))
    return Continuity(claims, _by(claims, "earlier"), _by(claims, "later"))


def _by(claims: tuple[Claim, ...], end: str) -> dict[str, tuple[Claim, ...]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if iri := getattr(claim, end):
            found.setdefault(iri, []).append(claim)
    return {iri: tuple(those) for iri, those in found.items()}
