"""Proofs of the ontology: small worlds in `ontology/proofs/`, each with what must follow, must not follow, or cannot
be.

A proof holds when owlrl and HermiT both find every entailed triple and neither finds one that must not follow; a
refutation holds when both find its facts contradictory. Each file is TriG: its description in the default graph, and
the graphs `proof:facts`, `proof:entailed` and `proof:notEntailed`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from hytegraph.graph.languages import Text
from hytegraph.graph.reasoning.reasoners import (
    Conclusions,
    classes,
    project,
    reason_with_hermit,
    reason_with_owlrl,
)
from hytegraph.graph.reasoning.rules import INFERRED, is_asserted
from hytegraph.graph.resources import data_files
from hytegraph.graph.vocab import HYTE, OWL, RDF, RDFS, SKOS

NAMESPACE = "https://w3id.org/hytegraph/proofs#"
CONSISTENT = Text(
    fi="Aineiston {} väitettä ovat ristiriidattomia",
    sv="Materialets {} påståenden är fria från motsägelser",
    en="The {} triples of the data are consistent",
)
CLOSURE = Text(
    fi="Päätelty graafi ({} väitettä) on täsmälleen se, minkä owlrl päättelee",
    sv="Den härledda grafen ({} påståenden) är exakt det som owlrl härleder",
    en="The inferred graph ({} triples) is exactly what owlrl derives",
)
# These come by rules that OWL cannot state; owlrl is given them as facts.
BY_RULE = frozenset(
    (
        HYTE.reportsOnMeasure,
        HYTE.measuredBy,
        HYTE.standing,
        HYTE.netEffect,
        HYTE.responsibleAgent,
        SKOS.topConceptOf,
    )
)


class Kind(StrEnum):
    """What a world shows."""

    PROOF = "Proof"
    REFUTATION = "Refutation"
    SATISFIABILITY = "Satisfiability"


@dataclass(frozen=True, slots=True)
class World:
    """A small world of facts, and what must and must not follow from them."""

    name: str
    kind: Kind
    label: Mapping[str, str]
    facts: frozenset[Triple]
    entailed: frozenset[Triple]
    not_entailed: frozenset[Triple]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a world or a release shows what it should; `failures` says what it does not."""

    name: str
    label: str
    failures: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def worlds() -> tuple[World, ...]:
    """The worlds of the package, by name."""
    return tuple(read_world(file.stem, file.read_bytes()) for file in data_files("ontology", "proofs/*.trig"))


def read_world(name: str, data: bytes) -> World:
    """The world of a TriG file."""
    quads = list(parse(data, RdfFormat.TRIG))
    head = [quad for quad in quads if quad.graph_name == DefaultGraph()]
    [kind] = (quad.object for quad in head if quad.predicate == RDF.type)
    label = {
        quad.object.language or "": quad.object.value
        for quad in head
        if quad.predicate == RDFS.label and isinstance(quad.object, Literal)
    }
    assert isinstance(kind, NamedNode)

    def graph(part: str) -> frozenset[Triple]:
        node = NamedNode(NAMESPACE + part)
        return frozenset(quad.triple for quad in quads if quad.graph_name == node)

    return World(
        name,
        Kind(kind.value.removeprefix(NAMESPACE)),
        label,
        graph("facts"),
        graph("entailed"),
        graph("notEntailed"),
    )


@dataclass(frozen=True, slots=True)
class _Together:
    """What the reasoners make of the facts of all proofs at once, which is sound as their worlds share no name."""

    owlrl: Conclusions
    hermit: Conclusions
    # Whether all that must not follow can be denied at the same time.
    is_deniable: bool


def check_worlds(language: str = "en", known: Sequence[World] = ()) -> Iterator[Verdict]:
    """The verdict on each world, by default of the package, as it is reached.

    Raises ReasonerError when HermiT cannot run.
    """
    known = known or worlds()
    proofs = [world for world in known if world.kind is Kind.PROOF]
    facts = frozenset(fact for world in proofs for fact in world.facts)
    denials = {axiom for world in proofs for triple in world.not_entailed for axiom in denial(triple)}
    together = _Together(reason_with_owlrl(facts), reason_with_hermit(facts), possible(facts | denials))
    for world in known:
        yield Verdict(world.name, world.label.get(language, world.name), tuple(_failures(world, together)))


def _failures(world: World, together: _Together) -> Iterator[str]:
    if world.kind is Kind.PROOF:
        return _proof(world, together)
    if world.kind is Kind.REFUTATION:
        return _refutation(world)
    return _satisfiability(together.hermit.empty_classes)


def _proof(world: World, together: _Together) -> Iterator[str]:
    yield from (f"owlrl: {message}" for message in together.owlrl.contradictions)
    for triple in _ordered(world.entailed):
        if triple not in together.owlrl.triples:
            yield f"owlrl does not find {triple}"
        # HermiT lists no value that a super-property alone gives; that its denial is impossible proves it too.
        if triple not in together.hermit.triples and possible({*world.facts, *denial(triple)}):
            yield f"HermiT does not find {triple}"
    for triple in _ordered(world.not_entailed):
        if triple in together.owlrl.triples:
            yield f"owlrl finds {triple}, which must not follow"
        if not together.is_deniable and not possible({*world.facts, *denial(triple)}):
            yield f"HermiT finds {triple}, which must not follow"


def _refutation(world: World) -> Iterator[str]:
    if reason_with_owlrl(world.facts).consistent:
        yield "owlrl finds no contradiction"
    if possible(world.facts):
        yield "HermiT finds no contradiction"


def _satisfiability(empty: Iterable[str]) -> Iterator[str]:
    yield from (f"HermiT: nothing can be a {name}" for name in empty)
    members = {
        Triple(NamedNode(f"{NAMESPACE}member-{number}"), RDF.type, each)
        for number, each in enumerate(classes())
    }
    yield from (f"owlrl: {message}" for message in reason_with_owlrl(members).contradictions)


def possible(facts: Iterable[Triple]) -> bool:
    """Whether HermiT finds a model of the facts."""
    return reason_with_hermit(facts, values=False).consistent


def denial(triple: Triple) -> set[Triple]:
    """The axiom that the triple is false."""
    node = BlankNode()
    if triple.predicate == RDF.type:
        return {
            Triple(triple.subject, RDF.type, node),
            Triple(node, RDF.type, OWL.Class),
            Triple(node, OWL.complementOf, triple.object),
        }
    return {
        Triple(node, RDF.type, OWL.NegativePropertyAssertion),
        Triple(node, OWL.sourceIndividual, triple.subject),
        Triple(node, OWL.assertionProperty, triple.predicate),
        Triple(node, OWL.targetIndividual, triple.object),
    }


def check_release(quads: Iterable[Quad], language: str = "en") -> Iterator[Verdict]:
    """Whether a release's projection is consistent, and whether its inferred graph is the closure that owlrl finds."""
    held = list(quads)
    inferred = {quad.triple for quad in held if str(quad.graph_name).endswith(f"/graph/{INFERRED}>")}
    by_rule = {triple for triple in inferred if triple.predicate in BY_RULE}
    asserted = project({quad.triple for quad in held if is_asserted(quad)} | by_rule)
    rl = reason_with_owlrl(asserted)
    contradictions = [f"owlrl: {message}" for message in rl.contradictions]
    if not possible(asserted):
        contradictions.append("HermiT finds a contradiction")
    yield Verdict("consistent", CONSISTENT[language].format(len(asserted)), tuple(contradictions))
    written = project(inferred) - by_rule
    derived = derived_by(rl, asserted, written)
    failures = [f"not in the release: {triple}" for triple in _ordered(derived - written)]
    failures += [f"not derived by owlrl: {triple}" for triple in _ordered(written - derived)]
    yield Verdict("closure", CLOSURE[language].format(len(written)), tuple(failures))


def derived_by(
    conclusions: Conclusions, asserted: Collection[Triple], inferred: Iterable[Triple]
) -> set[Triple]:
    """What a reasoner concludes in the terms that a release infers: all of our own, and those of the standards."""
    held = tuple(inferred)
    properties = {triple.predicate for triple in held} - {RDF.type}
    types = {triple.object for triple in held if triple.predicate == RDF.type}
    return {
        triple
        for triple in project(conclusions.triples - frozenset(asserted))
        if (triple.predicate.value.startswith(HYTE.iri) or triple.predicate in properties)
        or (triple.predicate == RDF.type and triple.object in types)
    }


def _ordered(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=str)
