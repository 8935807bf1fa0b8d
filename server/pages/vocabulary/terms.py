"""A term of the ontology as its documentation shows it, read from the statements of some graphs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from hytegraph.graph.languages import best_literal
from hytegraph.graph.results import Row, Term, text_of
from hytegraph.graph.vocab import DCT, HYTE, OWL, RDF, RDFS, SCHEMA, SKOS
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import LANGUAGES, Language

_NAMING = (RDFS.label, SKOS.prefLabel)
KINDS = (
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "AnnotationProperty",
    "TransitiveProperty",
    "SymmetricProperty",
    "AsymmetricProperty",
    "IrreflexiveProperty",
    "FunctionalProperty",
    "InverseFunctionalProperty",
)
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a term: the key of the text that names it, and the values."""

    key: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a chain: the property, from one letter to the next."""

    start: str
    property: Link
    end: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A rule in words: if all the steps hold, the last one does."""

    steps: tuple[Step, ...]
    conclusion: Step


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class, property, concept or other term; `kinds` are keys of texts, `labels` are (language, label)."""

    name: str
    iri: str
    kinds: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    definition: Link
    notation: str
    facts: tuple[Fact, ...]
    chains: tuple[Chain, ...]
    deprecated: bool


class Facts:
    """The statements of some graphs, looked up both ways, with labels in one language."""

    def __init__(self, rows: Sequence[Row], base: str, language: Language) -> None:
        self._language = language
        self._objects: dict[tuple[Term | None, Term | None], list[Term]] = {}
        self._subjects: dict[tuple[Term | None, Term | None], list[NamedNode]] = {}
        self.nodes: dict[NamedNode, None] = {}
        triples = [(row["s"], row["p"], row["o"]) for row in rows]
        self.labels = Labels(
            (Row(("node", "label"), (subject, term)) for subject, name, term in triples if name in _NAMING),
            base,
            language,
        )
        for subject, name, term in sorted(
            triples, key=lambda triple: (text_of(triple[0]), text_of(triple[1]), str(triple[2]))
        ):
            if term is not None:
                self._objects.setdefault((subject, name), []).append(term)
            if isinstance(subject, NamedNode):
                self._subjects.setdefault((name, term), []).append(subject)
                self.nodes.setdefault(subject)
        self._disjoint = [
            [each for each in self.members(head) if isinstance(each, NamedNode)]
            for _, name, head in triples
            if name == OWL.members and head is not None
        ]

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """What is said of a subject by a property."""
        return self._objects.get((subject, predicate), [])

    def named(self, subject: Term, predicate: NamedNode) -> list[NamedNode]:
        """The IRIs among the objects."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, NamedNode)]

    def subjects(self, predicate: NamedNode, term: Term) -> list[NamedNode]:
        """Of what a property says this."""
        return self._subjects.get((predicate, term), [])

    def first(self, subject: Term, predicate: NamedNode) -> str:
        """The first value as text; empty where there is none."""
        return next((text_of(term) for term in self.objects(subject, predicate)), "")

    def text(self, subject: Term, predicate: NamedNode) -> Link:
        """The text in the reader's language; empty where there is none."""
        literals = [term for term in self.objects(subject, predicate) if isinstance(term, Literal)]
        best = best_literal(literals, self._language)
        return self.labels.link(best) if best else Link("")

    def apart_from(self, node: NamedNode) -> tuple[NamedNode, ...]:
        """The classes that nothing of this class can be, by the axioms that name several."""
        together = [members for members in self._disjoint if node in members]
        return tuple(each for members in together for each in members if each != node)

    def members(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        seen = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            found += self.objects(head, RDF.first)[:1]
            head = next(iter(self.objects(head, RDF.rest)), RDF.nil)
        return found


def entry_of(facts: Facts, node: NamedNode) -> TermEntry:
    """The entry of a term."""
    naming = (*facts.objects(node, RDFS.label), *facts.objects(node, SKOS.prefLabel))
    labels = {term.language: term.value for term in naming if isinstance(term, Literal)}
    return TermEntry(
        name=node.value.removeprefix(HYTE.iri),
        iri=node.value,
        kinds=_kinds(facts, node),
        labels=tuple((each, labels[each]) for each in LANGUAGES if each in labels),
        definition=facts.text(node, SKOS.definition),
        notation=facts.first(node, SKOS.notation),
        facts=tuple(_said(facts, node)),
        chains=_chains(facts, node),
        deprecated=facts.first(node, OWL.deprecated) == "true",
    )


def _kinds(facts: Facts, node: NamedNode) -> tuple[str, ...]:
    types = facts.named(node, RDF.type)
    return tuple(name for name in KINDS if OWL[name] in types)


def _said(facts: Facts, node: NamedNode) -> Iterable[Fact]:
    users = {*facts.subjects(RDFS.domain, node), *facts.subjects(SCHEMA.domainIncludes, node)}
    inverses = {*facts.named(node, OWL.inverseOf), *facts.subjects(OWL.inverseOf, node)}
    said: tuple[tuple[str, Iterable[NamedNode]], ...] = (
        ("super", (*facts.named(node, RDFS.subClassOf), *facts.named(node, RDFS.subPropertyOf))),
        ("sub", (*facts.subjects(RDFS.subClassOf, node), *facts.subjects(RDFS.subPropertyOf, node))),
        ("domain", facts.named(node, RDFS.domain)),
        ("usedOn", facts.named(node, SCHEMA.domainIncludes)),
        ("range", facts.named(node, RDFS.range)),
        ("inverse", inverses),
        ("seeAlso", facts.named(node, RDFS.seeAlso)),
        ("replacedBy", facts.named(node, DCT.isReplacedBy)),
        ("disjoint", {*facts.named(node, OWL.disjointWith), *facts.apart_from(node)}),
        ("hasProperties", users),
    )
    for key, nodes in said:
        links = {each.value: facts.labels.link(each) for each in nodes}
        if links:
            yield Fact(key, tuple(sorted(links.values(), key=lambda link: (link.text, link.href or ""))))


def _chains(facts: Facts, node: NamedNode) -> tuple[Chain, ...]:
    chains = [facts.members(head) for head in facts.objects(node, OWL.propertyChainAxiom)]
    return tuple(
        _chain(facts, node, chain) for chain in sorted(chains, key=lambda chain: list(map(str, chain)))
    )


def _chain(facts: Facts, node: NamedNode, properties: Sequence[Term]) -> Chain:
    steps = tuple(
        Step(LETTERS[place], facts.labels.link(each), LETTERS[place + 1])
        for place, each in enumerate(properties)
    )
    return Chain(steps, Step("A", facts.labels.link(node), LETTERS[len(properties)]))
