"""Two reasoners over the same triples: owlrl (OWL 2 RL, in Python) and HermiT (OWL 2 DL, in Java, by owlready2).

Both see a projection: the axioms about classes and object properties, and of the data the triples of those properties
and the types. HermiT refuses data with xsd:date, and texts and numbers carry no conclusion here.
"""

import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from rdflib import Graph, URIRef

from hytegraph.graph.errors import ReasonerError
from hytegraph.graph.resources import ontology
from hytegraph.graph.vocab import HYTE, OWL, RDF, RDFS

# owlrl does not raise: it marks a contradiction with this class.
_CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
_TYPES = frozenset(
    OWL[name]
    for name in (
        "Class",
        "ObjectProperty",
        "TransitiveProperty",
        "IrreflexiveProperty",
        "AsymmetricProperty",
        "AllDisjointClasses",
    )
)
_AXIOMS = frozenset(
    (
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        RDF.first,
        RDF.rest,
        *(OWL[name] for name in ("inverseOf", "disjointWith", "members", "propertyChainAxiom")),
    )
)
# Its values are properties, which may not be individuals to owlready2.
_ABOUT_PROPERTIES = frozenset((HYTE.assertedPredicate,))


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What a reasoner makes of some triples: those it knows, its contradictions, the classes that stay empty."""

    triples: frozenset[Triple]
    contradictions: tuple[str, ...]
    empty_classes: tuple[str, ...] = ()

    @property
    def consistent(self) -> bool:
        """Whether the triples can all be true."""
        return not self.contradictions


@cache
def axioms() -> frozenset[Triple]:
    """The axioms of the ontology about classes and object properties."""
    data = {t.subject for t in ontology() if t.predicate == RDF.type and t.object == OWL.DatatypeProperty}
    kept = (t for t in ontology() if t.subject not in data)
    return frozenset(
        t for t in kept if t.predicate in _AXIOMS or (t.predicate == RDF.type and t.object in _TYPES)
    )


@cache
def classes() -> tuple[NamedNode, ...]:
    """The classes of the ontology, outside ones among them, by IRI."""
    return _declared(OWL.Class)


@cache
def object_properties() -> tuple[NamedNode, ...]:
    """The object properties of the ontology, outside ones among them, by IRI."""
    return _declared(OWL.ObjectProperty)


def _declared(kind: NamedNode) -> tuple[NamedNode, ...]:
    found = {t.subject for t in ontology() if t.predicate == RDF.type and t.object == kind}
    return tuple(sorted((node for node in found if isinstance(node, NamedNode)), key=str))


def project(triples: Iterable[Triple]) -> frozenset[Triple]:
    """The triples that can carry a conclusion: types, and object properties between named things."""
    properties = frozenset(object_properties()) - _ABOUT_PROPERTIES
    described = {t.subject for t in ontology()}
    known = frozenset(classes())
    return frozenset(
        t
        for t in triples
        if isinstance(t.object, NamedNode)
        and t.subject not in described
        and (t.predicate in properties or (t.predicate == RDF.type and t.object in known))
    )


def reason_with_owlrl(facts: Iterable[Triple]) -> Conclusions:
    """The OWL 2 RL closure of the facts and the axioms."""
    # Loaded late: only proofs need it.
    from owlrl import DeductiveClosure, OWLRL_Semantics

    graph = Graph().parse(data=_n_triples({*axioms(), *facts}), format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    errors = tuple(sorted(str(message) for message in graph.objects(None, _CONTRADICTION)))
    named = (triple for triple in graph if all(isinstance(node, URIRef) for node in triple))
    triples = frozenset(Triple(*(NamedNode(str(node)) for node in triple)) for triple in named)
    return Conclusions(triples, errors)


def reason_with_hermit(facts: Iterable[Triple], *, values: bool = True) -> Conclusions:
    """What HermiT concludes from the facts and the axioms; without `values` only whether they are consistent.

    Raises ReasonerError when owlready2 or Java is missing or HermiT fails.
    """
    owlready = _owlready()
    world = owlready.World()
    data = _n_triples({*axioms(), *facts})
    world.get_ontology(f"{HYTE.iri}proof").load(fileobj=io.BytesIO(data))
    try:
        owlready.sync_reasoner_hermit(world, infer_property_values=values, debug=0)
    except owlready.OwlReadyInconsistentOntologyError:
        return Conclusions(frozenset(), ("HermiT finds no model",))
    except owlready.OwlReadyJavaError as error:
        raise ReasonerError(f"HermiT stopped: {' '.join(str(error).split())[:200]}") from error
    empty = tuple(sorted(str(each.iri) for each in world.inconsistent_classes()))
    graph = world.as_rdflib_graph()
    triples = {Triple(*map(_node, triple)) for triple in graph if all(isinstance(n, URIRef) for n in triple)}
    return Conclusions(frozenset(triples), (), empty)


def _node(term: Any) -> NamedNode:
    return NamedNode(str(term))


def _n_triples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _owlready() -> Any:
    """owlready2, when it and Java are there."""
    try:
        import owlready2
    except ImportError as error:
        raise ReasonerError("the proofs need owlready2, which is not installed") from error
    if not shutil.which(owlready2.JAVA_EXE):
        raise ReasonerError("the proofs need Java for the reasoner HermiT, and no java is on the path")
    return owlready2
