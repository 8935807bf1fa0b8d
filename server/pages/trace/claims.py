"""What was suggested of a thing, and what people made of it: SDG targets, continuity, reports, partners,
pairings, statuses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, RDF, XSD
from hytegraph.server.pages.trace.statements import How, Sources, Statement, local, traced
from hytegraph.server.text.links import Labels, Link

CLAIMS = stored_query(__name__, "claims")
ROW_CLAIMS = stored_query(__name__, "row-claims")
CLAIMED = stored_query(__name__, "claim-facts")
ENDS = stored_query(__name__, "claim-ends")
NO_MATCH = "https://w3id.org/sssom/NoTermFound"
# What people have accepted comes first, what they rejected last.
_REVIEWS = ("accepted", "acceptedByRule", "suggested", "rejected")


@dataclass(frozen=True, slots=True)
class Claim:
    """A link that was suggested; IRIs where nothing is said to the contrary, empty where the claim has none.

    `confidence` is a lexical decimal; `pairing` is a key of texts; `searched` are the documents that were searched for
    the other end where none was found.
    """

    iri: str
    type: str
    subject: str
    predicate: str
    object: str
    kind: str
    pairing: str
    status: str
    result: str
    basis: str
    confidence: str
    review: str
    reason: str
    words: tuple[str, ...]
    searched: tuple[str, ...] = ()

    def how(self, labels: Labels, sources: Sources) -> How:
        """How it is known."""
        number = Literal(self.confidence, datatype=XSD.decimal)
        confidence = labels.link(number).text if self.confidence else ""
        evidence = sources.get(self.iri, ())
        return How(local(self.basis), "", local(self.review), confidence, self.words, self.reason, evidence)


def read_claims(dataset: Dataset, node: NamedNode) -> tuple[Claim, ...]:
    """All that was suggested of the thing, its table rows and their realisations; the surest first."""
    claims = {row.text("claim") for query in (CLAIMS, ROW_CLAIMS) for row in dataset.select(query, node=node)}
    found: dict[str, dict[str, list[str]]] = {}
    for row in select_values(dataset, CLAIMED, "claim", claims):
        told = found.setdefault(row.text("claim"), {})
        told.setdefault(local(row.text("property")), []).append(row.text("value"))
    return tuple(sorted((_claim(iri, told) for iri, told in found.items()), key=_rank))


def _claim(iri: str, told: dict[str, list[str]]) -> Claim:
    def only(name: str) -> str:
        return next(iter(told.get(name, ())), "")

    return Claim(
        iri=iri,
        # Rules give an accepted claim types of standards too, in no order.
        type=next((each for each in told.get(RDF.type.value, ()) if each.startswith(HYTE.iri)), ""),
        subject=only("assertedSubject"),
        predicate=only("assertedPredicate"),
        object=only("assertedObject"),
        kind=only("continuityKind"),
        pairing=only("pairingBasis"),
        status=only("status"),
        result=only("result"),
        basis=only("linkBasis"),
        confidence=only("confidence"),
        review=only("reviewStatus"),
        reason=only("rationale"),
        words=tuple(sorted(told.get("cue", ()))),
        searched=tuple(sorted(told.get("searchedIn", ()))),
    )


def _rank(claim: Claim) -> tuple[int, float, str]:
    review = local(claim.review)
    place = _REVIEWS.index(review) if review in _REVIEWS else len(_REVIEWS)
    return place, -float(claim.confidence or 0), claim.iri


def iris_of(claims: Iterable[Claim]) -> set[str]:
    """All that has to be named."""
    ends = ("subject", "object", "kind", "status", "result")
    return {getattr(claim, end) for claim in claims for end in ends} - {"", NO_MATCH}


def resting_claims(claims: Iterable[Claim]) -> set[str]:
    """The claims, and the paragraphs of reports among them: what is shown with the lines that it rests on."""
    known = tuple(claims)
    paragraphs = {claim.subject for claim in known if claim.type == HYTE.ReportAssertion.value}
    return paragraphs | {claim.iri for claim in known}


def read_ends(dataset: Dataset, iris: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The plans (IRIs) under `inPlan` and the numbers under `notation` of each thing."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in select_values(dataset, ENDS, "thing", iris):
        name = "inPlan" if row["property"] in (HYTE.inPlan, HYTE.reportedUnder) else "notation"
        found.setdefault(row.text("thing"), {}).setdefault(name, []).append(row.text("value"))
    return found


@dataclass(frozen=True, slots=True)
class Links:
    """The claims about one thing with all that is needed to put them into words."""

    node: str
    claims: tuple[Claim, ...]
    ends: dict[str, dict[str, list[str]]]
    labels: Labels
    sources: Sources
    base: str

    def sdg(self) -> tuple[Statement, ...]:
        """The targets of the Sustainable Development Goals."""
        return self._of(
            HYTE.SdgLinkAssertion.value,
            lambda claim: self._statement("sdg", local(claim.predicate), claim, self._target(claim)),
        )

    def partners(self) -> tuple[Statement, ...]:
        """Partners and resolved posts that the words of the row or the realisation name."""
        return self._of(
            HYTE.LinkAssertion.value,
            lambda claim: self._statement(
                "partner", local(claim.predicate), claim, self.labels.link(claim.object)
            ),
        )

    def statuses(self, realisation: str) -> tuple[Statement, ...]:
        """What the words of a realisation say of its status."""
        return tuple(
            Statement(
                "status",
                "status",
                claim.status,
                self._word(claim.status),
                claim.how(self.labels, self.sources),
            )
            for claim in self.claims
            if claim.type == HYTE.StatusAssessment.value and claim.subject == realisation
        )

    def results(self, realisation: str) -> tuple[Statement, ...]:
        """What the words of a realisation say came of this measure."""
        return tuple(
            Statement(
                "result",
                "result",
                claim.result,
                self._word(claim.result),
                claim.how(self.labels, self.sources),
            )
            for claim in self.claims
            if claim.type == HYTE.ResultAssertion.value
            and (claim.subject, claim.object) == (self.node, realisation)
        )

    def pairings(self) -> tuple[Claim, ...]:
        """What of its row was suggested to belong to this measure."""
        return tuple(c for c in self.claims if c.type == HYTE.RowPairing.value and c.subject == self.node)

    def reports(self) -> tuple[Statement, ...]:
        """The paragraphs of reports that seem to be about it."""
        return self._of(
            HYTE.ReportAssertion.value,
            lambda claim: Statement(
                "report",
                local(claim.predicate),
                claim.subject,
                self.labels.link(claim.subject),
                # The reader wants the lines of the paragraph; those of the thing itself are on the page already.
                replace(claim.how(self.labels, self.sources), evidence=self.sources.get(claim.subject, ())),
            ),
        )

    def later(self) -> tuple[Statement, ...]:
        """What became of it in a later plan."""
        return self._continuity("later")

    def earlier(self) -> tuple[Statement, ...]:
        """What it comes from in an earlier plan."""
        return self._continuity("earlier")

    def _continuity(self, step: str) -> tuple[Statement, ...]:
        found = []
        for claim in self.claims:
            if claim.type != HYTE.Alignment.value:
                continue
            # A claim says of the later thing what it continues; where the other end is missing, its kind tells which.
            nothing = claim.object == NO_MATCH
            backward = claim.subject == self.node if not nothing else claim.kind == HYTE.new.value
            if backward == (step == "earlier"):
                found.append(
                    self._end(step, claim, claim.object if claim.subject == self.node else claim.subject)
                )
        return tuple(found)

    def _end(self, step: str, claim: Claim, other: str) -> Statement:
        how = claim.how(self.labels, self.sources)
        relation = local(claim.kind)
        if other == NO_MATCH:
            count = Statement("searched", "searchedIn", "", Link(str(len(claim.searched))), How())
            return Statement(step, relation, "", Link(""), how, (count,) if claim.searched else ())
        plans = tuple(
            Statement("plan", "inPlan", plan, traced(self.labels, plan, self.base, "tree"), How())
            for plan in self.ends.get(other, {}).get("inPlan", ())
        )
        kind = Statement("kind", "continuityKind", claim.kind, self._word(claim.kind), How())
        return Statement(step, relation, other, traced(self.labels, other, self.base), how, (kind, *plans))

    def _of(self, type_: str, put: Callable[[Claim], Statement]) -> tuple[Statement, ...]:
        return tuple(put(claim) for claim in self.claims if claim.type == type_)

    def _statement(self, step: str, relation: str, claim: Claim, link: Link) -> Statement:
        return Statement(step, relation, claim.object, link, claim.how(self.labels, self.sources))

    def _target(self, claim: Claim) -> Link:
        link = self.labels.link(claim.object)
        number = " ".join(self.ends.get(claim.object, {}).get("notation", ()))
        if not number:
            return link
        anchor = f"/sdg/{number.partition('.')[0]}#t{number.replace('.', '-')}"
        return Link(f"{number} {link.text}", link.language, anchor)

    def _word(self, iri: str) -> Link:
        """A code of ours by its name, without a link."""
        link = self.labels.link(iri)
        return Link(link.text, link.language)
