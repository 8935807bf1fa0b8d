"""A link between two things that no document states, and the elements that links are suggested for."""

from dataclasses import dataclass, replace

SUGGESTED = "suggested"
ACCEPTED = "accepted"
# Both ends have the same wording, so the link needs no judgement; no person has seen it.
ACCEPTED_BY_RULE = "acceptedByRule"
REJECTED = "rejected"
SUPERSEDED = "superseded"
REVIEW_STATES = (SUGGESTED, ACCEPTED, ACCEPTED_BY_RULE, REJECTED, SUPERSEDED)
NOT = "Not"
# A link that stands as a fact.
STANDING = (ACCEPTED, ACCEPTED_BY_RULE)
# SSSOM's way to say that a search found no match.
NO_MATCH = "sssom:NoTermFound"
LEXICAL = "semapv:LexicalMatching"
STRUCTURAL = "semapv:StructuralMatching"
SIMILARITY = "semapv:LexicalSimilarityThresholdMatching"
COMPOSITE = "semapv:CompositeMatching"
MANUAL = "semapv:ManualMappingCuration"


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """Something a link may start from or end in.

    `id` is a CURIE (`kemi:goal/2022-2025/…`), `kind` aim, goal, priority, measure, project, indicator, realisation,
    responsible or schedule, `period` a notation such as `2022-2025` or an adoption date, `sector` the name of the
    sector it stands under, `aims` the CURIEs of its aims, `evidence` passages as `{document name}:L12-L14`, several
    separated by a space.
    """

    id: str
    kind: str
    text: str
    period: str = ""
    sector: str = ""
    aims: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LinkAssertion:
    """One assertion: subject, predicate and object as CURIEs, how it was found, and how far it is reviewed.

    `kind` is the continuity kind, the basis of a pairing (order, words, single) or the level of an SDG link. An object
    that is text and no thing has an empty `object` and its words in `object_label`. `method` names the rule and its
    version, `justification` is a SEMAPV term, `cue` holds the words that carry the link, joined with ` | `.
    `reviewer` holds the CURIEs of those whose judgement `review_status` is, joined with `|`; `opinions` is what each
    reviewer thinks, also where they do not agree (see `judging.opinions`). `suggested_kind` is what the rule called a
    link whose kind reviewers have corrected. `value` is an amount, such as `≥ 50 %; 2022`, where the link is about one.

    Where the object is NO_MATCH, `searched_in` names the documents that were searched, and `confidence` is 0 and means
    nothing.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    confidence: float
    method: str
    justification: str
    cue: str = ""
    rationale: str = ""
    subject_label: str = ""
    object_label: str = ""
    subject_evidence: str = ""
    object_evidence: str = ""
    searched_in: str = ""
    review_status: str = SUGGESTED
    reviewer: str = ""
    reviewer_label: str = ""
    review_date: str = ""
    predicate_modifier: str = ""
    opinions: str = ""
    suggested_kind: str = ""
    value: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes it the same link in the next run: not how sure it is or who has seen it."""
        text = self.value or ("" if self.object else self.object_label)
        return self.subject, self.predicate, self.object, text, self.subject_evidence if text else ""

    @property
    def has_confidence(self) -> bool:
        """Whether `confidence` says something: that a search found nothing has none."""
        return not self.searched_in

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has had it in hand, so that no new run may touch it."""
        return self.review_status not in (SUGGESTED, ACCEPTED_BY_RULE) or bool(self.reviewer or self.opinions)

    @property
    def is_waiting(self) -> bool:
        """Whether it is a suggestion that nobody has had in hand."""
        return self.review_status == SUGGESTED and not self.is_reviewed

    @property
    def outcome(self) -> str:
        """What the review says of the claim itself: who accepts that something is not so rejects that it is."""
        return (
            REJECTED
            if self.predicate_modifier == NOT and self.review_status in STANDING
            else self.review_status
        )

    def reviewed(self, status: str, reviewer: str, date: str) -> "LinkAssertion":
        """The same link after a review."""
        return replace(self, review_status=status, reviewer=reviewer, review_date=date)
