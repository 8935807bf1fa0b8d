"""Links as quads: each an assertion of its own, and a direct triple only once it is accepted."""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.errors import TableError
from hytegraph.graph.iris import common_graph, slug_of
from hytegraph.graph.vocab import HYTE, ORG, PROV, RDF, RDFS, XSD
from hytegraph.loaders.links.judging.opinions import Opinion, parse_opinions
from hytegraph.loaders.links.link import (
    ACCEPTED_BY_RULE,
    COMPOSITE,
    LEXICAL,
    MANUAL,
    NO_MATCH,
    SIMILARITY,
    STANDING,
    STRUCTURAL,
    LinkAssertion,
)
from hytegraph.loaders.links.results.observations import CLASSES as OBSERVED
from hytegraph.loaders.links.results.observations import is_observation, name_of, target_facts
from hytegraph.loaders.links.results.targets import TARGET_VALUE
from hytegraph.loaders.links.roles import COLLABORATOR
from hytegraph.loaders.links.sssom import CURIE_MAP, LinkTable
from hytegraph.loaders.links.town_graph import TownGraph

SUGGESTED_GRAPH, ACCEPTED_GRAPH, STATUS_GRAPH = "links/suggested", "links/accepted", "status"
STATUS, PAIRINGS, CONTINUITY, SDG, ROLES = "status", "pairings", "continuity", "sdg", "roles"
THEMES, RESULTS, TARGETS, REPORTS = "themes", "results", "targets", "reports"
CLASSES = {
    STATUS: HYTE.StatusAssessment,
    PAIRINGS: HYTE.RowPairing,
    ROLES: HYTE.LinkAssertion,
    CONTINUITY: HYTE.Alignment,
    SDG: HYTE.SdgLinkAssertion,
    THEMES: HYTE.ThemeAssertion,
    RESULTS: HYTE.ResultAssertion,
    REPORTS: HYTE.ReportAssertion,
}
# A table of continuity reads forward, from the earlier to the later; the graph states it backward, as `continues` does.
_BACKWARD = {
    "dct:relation": "dct:relation",
    "hyte:continuedBy": "hyte:continues",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:exactMatch": "skos:exactMatch",
    "skos:narrowMatch": "skos:broadMatch",
    "skos:relatedMatch": "skos:relatedMatch",
}
_BASES = {
    LEXICAL: HYTE.lexicalMatch,
    SIMILARITY: HYTE.lexicalMatch,
    STRUCTURAL: HYTE.derivedFromLayout,
    COMPOSITE: HYTE.ruleBased,
    MANUAL: HYTE.curatorJudgement,
}


def link_quads(tables: Iterable[LinkTable], graph: TownGraph) -> Iterator[Quad]:
    """The quads of link tables; raises TableError for a link whose ends are not known."""
    for table in tables:
        for link in table.links:
            yield from _AssertionQuads(table, link, graph).quads()


class _AssertionQuads:
    """One link on its way to quads."""

    def __init__(self, table: LinkTable, link: LinkAssertion, graph: TownGraph) -> None:
        self._table, self._link, self._town = table, link, graph
        self._node = self._node_of(link)
        stands = link.outcome in STANDING
        name = STATUS_GRAPH if table.name == STATUS else ACCEPTED_GRAPH if stands else SUGGESTED_GRAPH
        self._graph = common_graph(graph.base, name)

    def quads(self) -> Iterator[Quad]:
        """The assertion, what it needs to be understood, and the triple it stands for once accepted."""
        start, relation, end = self._ends()
        subject, predicate = self._iri(start), self._iri(relation)
        # Only an amount has no other end.
        target = self._iri(end) if end else subject
        yield self._quad(RDF.type, CLASSES.get(self._table.name) or OBSERVED[name_of(self._link)])
        yield self._quad(HYTE.assertedSubject, subject)
        if self._table.name == STATUS:
            yield self._quad(HYTE.status, target)
        elif self._joins:
            yield self._quad(HYTE.assertedPredicate, predicate)
            yield self._quad(HYTE.assertedObject, target)
        yield from self._kind()
        yield from self._grounds()
        yield from self._method()
        yield from self._review()
        if self._link.kind == COLLABORATOR:
            yield from self._organisation(target)
        for number, opinion in enumerate(parse_opinions(self._link.opinions), 1):
            yield from self._opinion(number, opinion)
        # That a search found nothing is a claim about the search, and joins no two things.
        if self._link.outcome in STANDING and self._link.object != NO_MATCH and self._joins:
            yield Quad(subject, predicate, target, self._graph)

    @property
    def _joins(self) -> bool:
        """Whether the link joins two things: a status is of one, and so is an amount."""
        if self._table.name == TARGETS:
            return not is_observation(self._link)
        return self._table.name != STATUS

    def _node_of(self, link: LinkAssertion) -> NamedNode:
        digest = hashlib.sha256("\x1f".join(link.key).encode()).hexdigest()[:12]
        return NamedNode(f"{self._town.base}id/{self._table.town}/link/{self._table.name}/{digest}")

    def _ends(self) -> tuple[str, str, str]:
        link = self._link
        if self._table.name == CONTINUITY and link.object != NO_MATCH and link.predicate in _BACKWARD:
            return link.object, _BACKWARD[link.predicate], link.subject
        return link.subject, link.predicate, link.object

    def _kind(self) -> Iterator[Quad]:
        if self._table.name == CONTINUITY:
            yield self._quad(HYTE.continuityKind, HYTE[self._link.kind])
        if self._link.suggested_kind:
            yield self._quad(HYTE.suggestedKind, HYTE[self._link.suggested_kind])
        if self._table.name == PAIRINGS:
            yield self._quad(HYTE.pairingBasis, Literal(self._link.kind))
        if self._table.name == RESULTS:
            yield self._quad(HYTE.result, HYTE[self._link.kind])
        if self._table.name == TARGETS:
            yield from self._target()

    def _target(self) -> Iterator[Quad]:
        link = self._link
        indicator = link.subject if name_of(link) == TARGET_VALUE else link.object
        for predicate, value in target_facts(link, self._iri(indicator) if indicator else None):
            yield self._quad(predicate, value)
        for other in self._table.links:
            if not is_observation(link) and (other.subject, other.value) == (link.object, link.value):
                yield self._quad(HYTE.assesses, self._node_of(other))

    def _grounds(self) -> Iterator[Quad]:
        link = self._link
        yield self._quad(HYTE.linkBasis, _BASES.get(link.justification, HYTE.ruleBased))
        if link.has_confidence:
            number = str(Decimal(str(link.confidence)))
            yield self._quad(HYTE.confidence, Literal(number, datatype=XSD.decimal))
        for document in link.searched_in.split():
            yield self._quad(HYTE.searchedIn, self._document(document))
        for cue in filter(None, (part.strip() for part in link.cue.split("|"))):
            yield self._quad(HYTE.cue, Literal(cue, language="fi"))
        if link.rationale:
            yield self._quad(HYTE.rationale, Literal(link.rationale, language="fi"))
        for curie, evidence in ((link.subject, link.subject_evidence), (link.object, link.object_evidence)):
            for passage in self._passages(curie, evidence):
                yield self._quad(HYTE.evidencedBy, NamedNode(passage))

    def _document(self, name: str) -> NamedNode:
        iri = self._town.document(name)
        if not iri:
            table = f"links/{self._table.name}.tsv"
            raise TableError(table, self._link.subject, f"searched_in names no document: '{name}'")
        return NamedNode(iri)

    def _passages(self, curie: str, evidence: str) -> list[str]:
        """The passages of an end that stand on the lines that the table cites."""
        if not curie.startswith(f"{self._table.town}:"):
            return []
        node, cited = self._town.iri(curie), set(evidence.split())
        # The schedule of a row is a passage itself.
        own = [node] if "/passage/" in node else self._town.passages(node)
        return [passage for passage in own if self._town.lines(passage) in cited]

    def _method(self) -> Iterator[Quad]:
        name, _, number = self._link.method.partition("/")
        if name:
            node = NamedNode(f"{self._town.base}id/method/{slug_of(name)}/{slug_of(number)}")
            yield self._quad(HYTE.method, node)
            yield Quad(node, RDF.type, PROV.Plan, self._graph)
            if self._link.review_status == ACCEPTED_BY_RULE:
                yield Quad(node, HYTE.reviewerSort, HYTE.rule, self._graph)
            said = (("fi", "Sääntö", "versio"), ("sv", "Regel", "version"), ("en", "Rule", "version"))
            for language, rule, version in said:
                label = f"{rule} {name}, {version} {number}"
                yield Quad(node, RDFS.label, Literal(label, language=language), self._graph)

    def _review(self) -> Iterator[Quad]:
        link = self._link
        yield self._quad(HYTE.reviewStatus, HYTE[link.outcome])
        if link.review_date:
            yield self._quad(HYTE.reviewDate, Literal(link.review_date, datatype=XSD.date))
        for reviewer in filter(None, link.reviewer.split("|")):
            yield self._quad(HYTE.reviewedByRole, self._iri(reviewer.strip()))

    def _opinion(self, number: int, opinion: Opinion) -> Iterator[Quad]:
        node = NamedNode(f"{self._node.value}/opinion/{number}")
        for predicate, value in (
            (RDF.type, HYTE.ReviewOpinion),
            (HYTE.opinionOn, self._node),
            (HYTE.opinionOf, self._iri(opinion.reviewer)),
            (HYTE.verdict, HYTE[opinion.verdict]),
            (HYTE.opinionDate, Literal(opinion.day, datatype=XSD.date)),
        ):
            yield Quad(node, predicate, value, self._graph)
        if opinion.kind:
            yield Quad(node, HYTE.opinionKind, HYTE[opinion.kind], self._graph)
        if opinion.comment:
            yield Quad(node, HYTE.opinionComment, Literal(opinion.comment), self._graph)

    def _organisation(self, node: NamedNode) -> Iterator[Quad]:
        yield Quad(node, RDF.type, ORG.Organization, self._graph)
        yield Quad(node, RDFS.label, Literal(self._link.object_label, language="fi"), self._graph)

    def _quad(self, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(self._node, predicate, value, self._graph)

    def _iri(self, curie: str) -> NamedNode:
        prefix, _, name = curie.partition(":")
        if prefix == self._table.town:
            return NamedNode(self._town.iri(curie))
        if prefix not in CURIE_MAP:
            raise TableError(
                f"links/{self._table.name}.tsv", self._link.subject, f"'{curie}' has an unknown prefix"
            )
        return NamedNode(CURIE_MAP[prefix] + name)
