"""The ontology, its code lists and its JSON-LD context say the same, in three languages."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics  # type: ignore[import-untyped]
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, QB, SKOS, VANN

from hytegraph.graph.vocab import PREFIXES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
HYTE = Namespace(PREFIXES["hyte"])
THIS = URIRef("https://w3id.org/hytegraph/ns")
LANGUAGES = ["en", "fi", "sv"]
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
# Super-terms come only from vocabularies that W3C or DCMI keep stable.
STABLE = {"dcat", "dct", "hyte", "oa", "org", "prov", "qb", "skos"}


@cache
def terms() -> Graph:
    """The classes and properties."""
    return Graph().parse(ONTOLOGY / "hyte.ttl")


@cache
def codes() -> Graph:
    """The code lists."""
    return Graph().parse(ONTOLOGY / "codes.ttl")


@cache
def context() -> dict[str, Any]:
    """The JSON-LD context."""
    loaded: dict[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded


def own(graph: Graph) -> set[URIRef]:
    """The terms of the namespace that a graph describes."""
    return {node for node in graph.subjects() if isinstance(node, URIRef) and node.startswith(str(HYTE))}


def name(term: URIRef) -> str:
    """A term without its namespace."""
    return str(term).removeprefix(str(HYTE))


def properties() -> set[URIRef]:
    """The properties of the ontology."""
    return {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in terms().subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    """The languages of a term's texts, sorted, "" for a text without language or words."""
    return sorted(
        (text.language or "") if isinstance(text, Literal) and str(text).strip() else ""
        for text in graph.objects(term, predicate)
    )


def test_the_header_names_version_licence_and_prefix() -> None:
    assert terms().value(THIS, OWL.versionInfo) == Literal("0.1.0")
    assert terms().value(THIS, OWL.versionIRI) == URIRef(f"{THIS}/0.1.0")
    assert terms().value(THIS, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert terms().value(THIS, VANN.preferredNamespacePrefix) == Literal("hyte")
    assert terms().value(THIS, VANN.preferredNamespaceUri) == Literal(str(HYTE))
    assert languages(terms(), THIS, DCTERMS.title) == LANGUAGES
    assert languages(terms(), THIS, DCTERMS.description) == LANGUAGES


def test_every_term_has_label_and_definition_in_three_languages() -> None:
    assert len(own(terms())) > 100
    for term in own(terms()):
        assert languages(terms(), term, RDFS.label) == LANGUAGES, term
        assert languages(terms(), term, SKOS.definition) == LANGUAGES, term
        assert list(terms().objects(term, RDFS.isDefinedBy)) == [THIS], term


def test_every_code_has_label_and_definition_in_three_languages() -> None:
    assert len(own(codes())) > 30
    for term in own(codes()):
        assert languages(codes(), term, SKOS.prefLabel) == LANGUAGES, term
        assert languages(codes(), term, SKOS.definition) == LANGUAGES, term
        assert list(codes().objects(term, RDFS.isDefinedBy)) == [THIS], term


def test_every_code_is_a_top_concept_of_one_list() -> None:
    schemes = set(codes().subjects(RDF.type, SKOS.ConceptScheme))
    concepts = set(codes().subjects(RDF.type, SKOS.Concept))
    assert schemes | concepts == own(codes())
    for concept in concepts:
        [scheme] = codes().objects(concept, SKOS.inScheme)
        assert scheme in schemes
        assert list(codes().objects(concept, SKOS.topConceptOf)) == [scheme]
        assert (scheme, SKOS.hasTopConcept, concept) in codes()


def test_no_name_is_both_a_term_and_a_code() -> None:
    assert own(terms()) & own(codes()) == set()


def test_no_term_is_mentioned_that_is_not_described() -> None:
    described = own(terms()) | own(codes())
    mentioned = {
        node
        for graph in (terms(), codes())
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and node.startswith(str(HYTE))
    }
    assert mentioned == described


def test_super_terms_come_from_stable_vocabularies() -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, above in terms().subject_objects(predicate):
            assert any(str(above).startswith(PREFIXES[prefix]) for prefix in STABLE), term


def test_evidence_is_a_quotation_in_the_sense_of_prov() -> None:
    assert (HYTE.evidencedBy, RDFS.subPropertyOf, URIRef(PREFIXES["prov"] + "wasQuotedFrom")) in terms()


def test_only_the_disjointness_axiom_has_blank_nodes() -> None:
    assert not any(isinstance(node, BNode) for triple in codes() for node in triple)
    [axiom] = terms().subjects(RDF.type, OWL.AllDisjointClasses)
    members = terms().value(axiom, OWL.members)
    assert members is not None
    cells = {axiom, *terms().transitive_objects(members, RDF.rest)} - {RDF.nil}
    assert {node for triple in terms() for node in triple if isinstance(node, BNode)} == cells


def test_the_data_structure_has_four_dimensions_and_a_measure() -> None:
    parts = list(terms().objects(HYTE.figureStructure, QB.component))
    assert set(parts) == set(terms().subjects(RDF.type, QB.ComponentSpecification))
    assert {name(URIRef(str(p))) for part in parts for p in terms().objects(part, QB.dimension)} == {
        "figure",
        "scenario",
        PREFIXES["sdmx-dimension"] + "refPeriod",
        PREFIXES["sdmx-dimension"] + "refArea",
    }
    assert [str(p) for part in parts for p in terms().objects(part, QB.measure)] == [
        PREFIXES["sdmx-measure"] + "obsValue"
    ]


def context_entry(term: URIRef) -> dict[str, str] | str:
    """What the context must say of a term: how JSON writes its values."""
    if term not in properties():
        return f"hyte:{name(term)}"
    entry = {"@id": f"hyte:{name(term)}"}
    values = terms().value(term, RDFS.range)
    if (term, RDF.type, OWL.ObjectProperty) in terms():
        coded = set(terms().objects(term, RDFS.seeAlso)) & set(codes().subjects(RDF.type, SKOS.ConceptScheme))
        return entry | {"@type": "@vocab" if coded else "@id"}
    if values == RDF.langString:
        return entry | {"@container": "@language"}
    if str(values).startswith(str(XSD)):
        return entry | {"@type": "xsd:" + str(values).removeprefix(str(XSD))}
    return entry


def test_the_context_says_what_the_ontology_says() -> None:
    named = {term for term in own(terms()) if (term, RDF.type, OWL.Class) in terms()} | own(codes())
    wanted = {name(term): context_entry(term) for term in named | properties()}
    given = {
        key: entry
        for key, entry in context().items()
        if (entry["@id"] if isinstance(entry, dict) else str(entry)).startswith("hyte:")
    }
    assert given == wanted


def test_the_context_has_the_prefixes_of_the_graph() -> None:
    assert {key: context().get(key) for key in PREFIXES} == PREFIXES


def test_json_with_the_context_becomes_the_graph() -> None:
    observation, figure = "https://w3id.org/hytegraph/id/kemi/o", "https://w3id.org/hytegraph/id/kemi/f"
    document = {
        "@context": context(),
        "id": observation,
        "type": "FigureObservation",
        "scenario": "TA",
        "order": "3",
        "figure": {"id": figure, "prefLabel": {"fi": "Käynnit"}},
    }
    quads = pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)
    assert {f"{quad.triple}" for quad in quads} == {
        f"<{observation}> <{RDF.type}> <{HYTE.FigureObservation}>",
        f"<{observation}> <{HYTE.scenario}> <{HYTE.TA}>",
        f'<{observation}> <{HYTE.order}> "3"^^<{XSD.integer}>',
        f"<{observation}> <{HYTE.figure}> <{figure}>",
        f'<{figure}> <{SKOS.prefLabel}> "Käynnit"@fi',
    }


def contradictions(turtle: str) -> list[str]:
    """What OWL RL finds contradictory when facts are added to the axioms."""
    graph = Graph()
    axioms = {RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.members}
    for triple in terms():
        if triple[1] in axioms:
            graph.add(triple)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph.parse(data=prefixes + "@prefix : <https://example.org/> .\n" + turtle)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def test_the_axioms_allow_a_small_town() -> None:
    town = (Path(__file__).parents[1] / "data" / "shapes" / "valid-town.ttl").read_text(encoding="utf-8")
    assert contradictions(re.sub(r"@prefix .*\n", "", town)) == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(":x a hyte:Goal , hyte:Measure .", id="goal-that-is-a-measure"),
        pytest.param(":x a hyte:Sector , org:Post .", id="unit-that-is-a-post"),
        pytest.param(":x a hyte:WellbeingPlan , hyte:Goal .", id="plan-that-is-a-goal"),
        pytest.param(
            ":x a hyte:StrategicAim . :m hyte:supportsGoal :x .", id="aim-that-is-supported-as-a-goal"
        ),
    ],
)
def test_the_axioms_refute_what_cannot_be(facts: str) -> None:
    assert contradictions(facts)
