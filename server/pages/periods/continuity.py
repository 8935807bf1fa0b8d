"""Which element of one period is said to go on in which of a later one: claims, most of them suggestions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.things.reading import PREFIXES

KINDS = (
    "sameText",
    "reworded",
    "broadened",
    "narrowed",
    "split",
    "merged",
    "overlapping",
    "dropped",
    "new",
)
# Who only shares a subject with another does not continue it.
CONTINUING = frozenset(KINDS[:6])
REVIEWS = ("suggested", "accepted", "rejected", "superseded")
CLAIMS = (
    PREFIXES
    + """
PREFIX sssom: <https://w3id.org/sssom/>
SELECT ?claim ?later ?earlier ?kind ?confidence ?review ?reviewer ?cue WHERE {
  GRAPH ?graph {
    ?claim a hyte:Alignment ;
      hyte:assertedSubject ?later ;
      hyte:assertedObject ?earlier ;
      hyte:continuityKind ?kind ;
      hyte:confidence ?confidence ;
      hyte:reviewStatus ?review .
    OPTIONAL { ?claim hyte:reviewedByRole ?reviewer }
    OPTIONAL { ?claim hyte:cue ?cue }
  }
}
ORDER BY ?claim ?cue"""
)
# The words of a claim, asked for a few claims at a time.
DETAILS = """
SELECT DISTINCT ?claim ?rationale ?method ?methodLabel ?reviewer ?reviewerLabel ?date WHERE {{
  VALUES ?claim {{ {claims} }}
  GRAPH ?graph {{
    ?claim hyte:reviewStatus ?review .
    OPTIONAL {{ ?claim hyte:rationale ?rationale }}
    OPTIONAL {{ ?claim hyte:method ?method . OPTIONAL {{ ?method rdfs:label ?methodLabel }} }}
    OPTIONAL {{ ?claim hyte:reviewedByRole ?reviewer . OPTIONAL {{ ?reviewer rdfs:label ?reviewerLabel }} }}
    OPTIONAL {{ ?claim hyte:reviewDate ?date }}
  }}
}}
ORDER BY ?claim"""
EVIDENCE = """
SELECT DISTINCT ?claim ?passage ?start ?end ?quote ?document ?title WHERE {{
  VALUES ?claim {{ {claims} }}
  GRAPH ?graph {{ ?claim hyte:evidencedBy ?passage }}
  ?passage hyte:lineStart ?start ; hyte:lineEnd ?end ; oa:hasSource ?document .
  OPTIONAL {{ ?document dct:title ?title }}
  OPTIONAL {{ ?passage hyte:quote ?quote }}
}}
ORDER BY ?document ?start ?end ?passage"""
_NO_MATCH = "https://w3id.org/sssom/NoTermFound"
# A reviewer that is a rule is called one; its acceptance is no person's.
_RULE = "/reviewer/saanto-"


@dataclass(frozen=True, slots=True)
class Claim:
    """That `later` goes on from `earlier`; "" for the one that was not found. `by_rule`: no person has reviewed it."""

    iri: str
    earlier: str
    later: str
    kind: str
    confidence: float
    review: str
    by_rule: bool
    cues: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The mark for how it is known."""
        return "inferred" if self.by_rule and self.review == "accepted" else self.review

    @property
    def stands(self) -> bool:
        """Whether no reviewer has judged against it."""
        return self.review in ("suggested", "accepted")

    @property
    def strength(self) -> str:
        """The confidence as a word: strong, fair or weak."""
        return strength(self.confidence)

    @property
    def order(self) -> tuple[bool, bool, float, str, str]:
        """The rank among candidates: accepted, then suggested, then the more confident."""
        return not self.stands, self.review != "accepted", -self.confidence, self.earlier, self.later


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


@lru_cache(maxsize=4)
def read_continuity(dataset: Dataset) -> Continuity:
    """The claims of all named graphs, read once, because the data never change."""
    found: dict[str, Claim] = {}
    for row in dataset.select(CLAIMS):
        iri, kind = row.text("claim"), row.text("kind").removeprefix(HYTE.iri)
        known = found.get(iri)
        cues = (*(known.cues if known else ()), *filter(None, (row.text("cue"),)))
        later, earlier = row.text("later"), row.text("earlier")
        if earlier == _NO_MATCH:
            # Such a record is about its subject, whichever end that is.
            earlier, later = ("", later) if kind == "new" else (later, "")
        found[iri] = Claim(
            iri,
            earlier,
            later,
            kind,
            float(row.text("confidence")),
            row.text("review").removeprefix(HYTE.iri),
            _RULE in row.text("reviewer"),
            tuple(dict.fromkeys(cues)),
        )
    claims = tuple(sorted(found.values(), key=lambda claim: claim.order))
    return Continuity(claims, _by(claims, "earlier"), _by(claims, "later"))


def iris_of(claims: Iterable[Claim]) -> str:
    """The claims for the VALUES of a query."""
    return " ".join(str(NamedNode(claim.iri)) for claim in claims)


def _by(claims: tuple[Claim, ...], end: str) -> dict[str, tuple[Claim, ...]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if iri := getattr(claim, end):
            found.setdefault(iri, []).append(claim)
    return {iri: tuple(those) for iri, those in found.items()}
