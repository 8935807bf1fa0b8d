"""The UN goals and targets stand in the file whole, in order and named in three languages."""

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, SKOS

FILE = Path(__file__).parents[2] / "ontology" / "sdg.ttl"
SDG = "http://metadata.un.org/sdg/"
SCHEME = URIRef("http://metadata.un.org/sdg")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
DATASET = URIRef("https://w3id.org/hytegraph/ns/sdg")
LANGUAGES = ["en", "fi", "sv"]
# Numbered and lettered targets of each goal, as General Assembly resolution 70/1 has them.
TARGETS = {
    1: (5, "ab"),
    2: (5, "abc"),
    3: (9, "abcd"),
    4: (7, "abc"),
    5: (6, "abc"),
    6: (6, "ab"),
    7: (3, "ab"),
    8: (10, "ab"),
    9: (5, "abc"),
    10: (7, "abc"),
    11: (7, "abc"),
    12: (8, "abc"),
    13: (3, "ab"),
    14: (7, "abc"),
    15: (9, "abc"),
    16: (10, "ab"),
    17: (19, ""),
}
# The targets that resolution 70/1 wants reached, in whole or in part, before 2030.
DEADLINES = {
    "2017": "17.8",
    "2020": "2.5 3.6 4.b 6.6 8.6 8.b 9.c 11.b 12.4 13.a 14.2 14.4 14.5 14.6 "
    "15.1 15.2 15.5 15.8 15.9 17.11 17.18",
    "2025": "2.2 8.7 14.1",
}


@cache
def vocabulary() -> Graph:
    """The file as a graph."""
    return Graph().parse(FILE)


def goals() -> list[str]:
    """The codes of the goals, in order."""
    return [str(goal) for goal in TARGETS]


def targets_of(goal: int) -> list[str]:
    """The codes of a goal's targets, in order."""
    numbered, letters = TARGETS[goal]
    return [f"{goal}.{part}" for part in (*range(1, numbered + 1), *letters)]


def targets() -> list[str]:
    """The codes of all targets, in order."""
    return [target for goal in TARGETS for target in targets_of(goal)]


def iri(code: str) -> URIRef:
    """The IRI that the UN has published for a code."""
    return URIRef(SDG + code)


def texts(term: URIRef, predicate: URIRef) -> dict[str, str]:
    """A term's texts by language; two texts of one language are an error."""
    found = [text for text in vocabulary().objects(term, predicate) if isinstance(text, Literal)]
    by_language = {text.language or "": str(text) for text in found}
    assert len(by_language) == len(found), term
    return by_language


def test_there_are_17_goals_and_169_targets() -> None:
    assert (len(goals()), len(targets())) == (17, 169)
    assert set(vocabulary().subjects(RDF.type, SDGO.Goal)) == {iri(code) for code in goals()}
    assert set(vocabulary().subjects(RDF.type, SDGO.Target)) == {iri(code) for code in targets()}


@pytest.mark.parametrize("goal", TARGETS)
def test_a_goal_has_its_targets_and_each_target_its_goal(goal: int) -> None:
    expected = {iri(code) for code in targets_of(goal)}
    this = iri(str(goal))
    assert set(vocabulary().objects(this, SDGO.hasTarget)) == expected
    for target in expected:
        assert list(vocabulary().objects(target, SDGO.isTargetOf)) == [this]
        assert list(vocabulary().objects(target, SKOS.broader)) == [this]


def test_every_concept_is_in_the_scheme_of_the_un() -> None:
    concepts = {iri(code) for code in goals() + targets()}
    assert set(vocabulary().subjects(RDF.type, SKOS.Concept)) == concepts
    assert set(vocabulary().subjects(SKOS.inScheme, SCHEME)) == concepts
    tops = {iri(code) for code in goals()}
    assert set(vocabulary().subjects(SKOS.topConceptOf, SCHEME)) == tops
    assert set(vocabulary().objects(SCHEME, SKOS.hasTopConcept)) == tops


def test_the_notation_is_the_plain_code() -> None:
    for code in goals() + targets():
        assert list(vocabulary().objects(iri(code), SKOS.notation)) == [Literal(code)]


def test_the_iris_of_the_un_are_as_published() -> None:
    nodes = {str(node) for triple in vocabulary() for node in triple if isinstance(node, URIRef)}
    used = {node for node in nodes if "metadata.un.org" in node}
    concepts = {SDG + code for code in goals() + targets()}
    terms = {str(SDGO[name]) for name in ("Goal", "Target", "hasTarget", "isTargetOf")}
    assert used == {str(SCHEME)} | concepts | terms


def test_every_concept_has_one_short_label_in_each_language() -> None:
    for code in goals() + targets():
        labels = texts(iri(code), SKOS.prefLabel)
        assert sorted(labels) == LANGUAGES, code
        for label in labels.values():
            assert 2 <= len(label.split()) <= 8, label
            assert label == " ".join(label.split())
            assert label[0].isupper() and label[-1].isalpha(), label


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_concepts_have_the_same_label(language: str) -> None:
    labels = [texts(iri(code), SKOS.prefLabel)[language].casefold() for code in goals() + targets()]
    assert len(labels) == 186
    assert sorted(set(labels)) == sorted(labels)


def test_a_deadline_before_2030_is_noted_in_each_language() -> None:
    for year, codes in DEADLINES.items():
        for code in codes.split():
            notes = texts(iri(code), RDFS.comment)
            assert sorted(notes) == LANGUAGES, code
            assert all(year in note for note in notes.values()), code


def test_only_a_target_that_needs_a_warning_has_a_comment() -> None:
    warned = {iri(code) for codes in DEADLINES.values() for code in codes.split()}
    assert set(vocabulary().subjects(RDFS.comment)) == warned


def test_the_road_target_says_that_it_is_about_roads() -> None:
    notes = texts(iri("3.6"), RDFS.comment)
    assert "tieliikenteessä" in notes["fi"]
    assert "vägtrafiken" in notes["sv"]
    assert "road deaths" in notes["en"]


def test_the_header_says_what_is_taken_and_what_is_ours() -> None:
    assert (DATASET, RDF.type, DCAT.Dataset) in vocabulary()
    assert sorted(texts(DATASET, DCTERMS.title)) == LANGUAGES
    assert sorted(texts(DATASET, DCTERMS.description)) == LANGUAGES
    assert vocabulary().value(DATASET, DCTERMS.source) == SCHEME
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert vocabulary().value(DATASET, DCTERMS.license) == licence
    citation = str(vocabulary().value(DATASET, DCTERMS.bibliographicCitation))
    assert "A Knowledge Organization System for the United Nations Sustainable Development Goals" in citation


def test_goals_and_then_targets_stand_in_order_in_the_file() -> None:
    written = re.findall(r"^sdg:(\S+) a sdgo:", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == goals() + targets()


def test_both_parsers_read_the_same_and_find_no_blank_node() -> None:
    read = {str(triple) for triple in pyoxigraph.parse(path=FILE)}
    again = pyoxigraph.parse(vocabulary().serialize(format="nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert read == {str(triple) for triple in again}
    assert not any(isinstance(node, BNode) for triple in vocabulary() for node in triple)
