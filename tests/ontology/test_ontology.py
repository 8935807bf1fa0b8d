"""The ontology, its code lists and its JSON-LD context say the same, in three languages."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, QB, SKOS, VANN

from hytegraph.graph.vocab import PREFIXES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
HYTE = Namespace(PREFIXES["hyte"])
SCHEMA = Namespace(PREFIXES["schema"])
THIS = URIRef("https://w3id.org/hytegraph/ns")
LANGUAGES = ["en", "fi", "sv"]
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
        if isinstance(term, URIRef) and term.startswith(str(HYTE))
    }


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    """The languages of a term's texts, sorted, "" for a text without language or words."""
    return sorted(
        (text.language or "") if isinstance(text, Literal) and str(text).strip() else ""
        for text in graph.objects(term, predicate)
    )


def test_the_header_names_version_licence_and_prefix() -> None:
    assert terms().value(THIS, OWL.versionInfo) == Literal("0.2.0")
    assert terms().value(THIS, OWL.versionIRI) == URIRef(f"{THIS}/0.2.0")
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


def test_only_disjointness_and_chains_have_blank_nodes() -> None:
    assert not any(isinstance(node, BNode) for triple in codes() for node in triple)
    axioms = set(terms().subjects(RDF.type, OWL.AllDisjointClasses))
    lists = {*terms().objects(None, OWL.members), *terms().objects(None, OWL.propertyChainAxiom)}
    cells = axioms | {cell for each in lists for cell in terms().transitive_objects(each, RDF.rest)}
    cells -= {RDF.nil}
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


AVOIDED = (
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.Restriction,
    OWL.hasKey,
    OWL.sameAs,
    OWL.imports,
    OWL.cardinality,
    OWL.minCardinality,
    OWL.maxCardinality,
    OWL.unionOf,
)


@pytest.mark.parametrize("term", AVOIDED)
def test_nothing_is_used_that_would_merge_things_or_leave_the_profile(term: URIRef) -> None:
    """RL has no unique names: a functional property would silently make two units one."""
    assert not any(term in triple for graph in (terms(), codes()) for triple in graph)


def chains() -> dict[URIRef, list[list[URIRef]]]:
    """The property chains by the property they entail."""
    found: dict[URIRef, list[list[URIRef]]] = {}
    for term, cells in terms().subject_objects(OWL.propertyChainAxiom):
        steps = [step for step in Collection(terms(), cells) if isinstance(step, URIRef)]
        found.setdefault(URIRef(str(term)), []).append(steps)
    return found


def needs(term: URIRef) -> set[URIRef]:
    """The properties from which a property may be concluded in one step."""
    steps = {step for chain in chains().get(term, []) for step in chain}
    below = {each for each in terms().subjects(RDFS.subPropertyOf, term) if isinstance(each, URIRef)}
    return steps | below


def test_no_chain_leads_back_to_itself() -> None:
    assert len(chains()) > 8
    for term in chains():
        reached: set[URIRef] = set()
        frontier = needs(term)
        while frontier:
            reached |= frontier
            frontier = {each for near in frontier for each in needs(near)} - reached
        assert term not in reached


def test_every_step_of_a_chain_is_an_object_property() -> None:
    for steps in chains().values():
        for chain in steps:
            assert all((step, RDF.type, OWL.ObjectProperty) in terms() for step in chain)


def test_only_simple_properties_are_asymmetric_or_irreflexive() -> None:
    for kind in (OWL.AsymmetricProperty, OWL.IrreflexiveProperty):
        for term in terms().subjects(RDF.type, kind):
            assert isinstance(term, URIRef)
            assert term not in chains()
            assert (term, RDF.type, OWL.TransitiveProperty) not in terms()
            assert needs(term) == set()


def test_every_term_of_the_axioms_is_declared() -> None:
    """OWL 2 DL reads an undeclared outside property as an annotation."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {term for kind in kinds for term in terms().subjects(RDF.type, kind)}
    builtin = (str(RDF), str(RDFS), str(OWL), str(XSD))
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    used = {node for p in axioms for pair in terms().subject_objects(p) for node in pair}
    used |= {step for steps in chains().values() for chain in steps for step in chain}
    used |= {*terms().predicates()} | set(terms().objects(None, SCHEMA.domainIncludes))
    assert {node for node in used if not str(node).startswith(builtin)} <= declared


def test_no_term_is_two_kinds_of_property() -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = [term for kind in kinds for term in terms().subjects(RDF.type, kind)]
    assert len(declared) == len(set(declared))


def test_an_inverse_turns_domain_and_range_round() -> None:
    for inverse, term in terms().subject_objects(OWL.inverseOf):
        for one, other in ((inverse, term), (term, inverse)):
            ends = terms().value(one, RDFS.domain), terms().value(other, RDFS.range)
            assert None in ends or ends[0] == ends[1], one


def test_a_deprecated_term_names_its_replacement() -> None:
    for term in terms().subjects(OWL.deprecated, Literal(True)):
        assert terms().value(term, DCTERMS.isReplacedBy) is not None, term


def test_no_two_terms_in_use_differ_by_case_alone() -> None:
    """But a class and what points to its members (Figure, figure), and a code that bears the word of its table."""
    known = {"figure", "narrative", "municipality"}
    deprecated = set((terms() + codes()).subjects(OWL.deprecated, Literal(True)))
    names = Counter(name(term).casefold() for term in (own(terms()) | own(codes())) - deprecated)
    assert {each for each, n in names.items() if n > 1} == known


def test_terms_have_none_of_the_usual_pitfalls() -> None:
    """As OOPS! lists them: no cycle, nothing inverse of itself, no class above itself, one inverse each, no orphan."""
    for p in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in set(terms().subjects(p)):
            assert term not in {
                above for each in terms().objects(term, p) for above in terms().transitive_objects(each, p)
            }
    inverses = list(terms().subject_objects(OWL.inverseOf))
    assert all(one != other for one, other in inverses)
    assert len({node for pair in inverses for node in pair}) == 2 * len(inverses)
    for term in own(terms()) & properties():
        placed = [*terms().objects(term, RDFS.domain), *terms().objects(term, SCHEMA.domainIncludes)]
        of_other = [*terms().objects(term, OWL.inverseOf), *terms().objects(term, RDFS.subPropertyOf)]
        everywhere = {HYTE.basis, HYTE.certainty, HYTE.evidencedBy}
        assert placed or of_other or term in everywhere or (term, OWL.deprecated, None) in terms(), term


def test_every_class_stands_in_a_layer() -> None:
    layers = set(codes().subjects(SKOS.inScheme, HYTE.LayerScheme))
    for term in own(terms()) & set(terms().subjects(RDF.type, OWL.Class)):
        [layer] = terms().objects(term, HYTE.layer)
        assert layer in layers


def test_the_core_names_no_term_of_an_aligned_vocabulary() -> None:
    text = (ONTOLOGY / "hyte.ttl").read_text(encoding="utf-8")
    assert not any(name in text for name in ("commonapproach", "besluit", "iso21972", "stratml"))


def test_alignments_start_from_terms_of_the_core_and_only_map() -> None:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    about = URIRef(f"{THIS}/alignments")
    pairs = [triple for triple in alignments if triple[0] != about]
    assert len(pairs) > 25
    assert {predicate for _, predicate, _ in pairs} == {SKOS.closeMatch, SKOS.relatedMatch}
    assert {subject for subject, _, _ in pairs} <= own(terms())
    assert len({(subject, value) for subject, _, value in pairs}) == len(pairs)
    assert alignments.value(about, DCTERMS.license) is not None
    assert not list(alignments.objects(None, OWL.imports))
