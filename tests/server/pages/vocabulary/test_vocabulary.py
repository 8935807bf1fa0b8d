import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from hytegraph.graph.resources import data_folder
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, RDFS
from hytegraph.server.app import create_app
from hytegraph.server.pages.vocabulary.reading import read_ontology
from hytegraph.server.settings import Settings

BASE = "https://w3id.org/hytegraph/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DEPRECATED = """
@prefix hyte: <https://w3id.org/hytegraph/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://w3id.org/hytegraph/graph/ontology> {
  hyte:Old a owl:Class ; owl:deprecated true ; dct:isReplacedBy hyte:New ; rdfs:label "vanha"@fi .
  hyte:New a owl:Class ; rdfs:label "uusi"@fi .
}
"""


def own_terms() -> set[str]:
    """The names of the terms that the files define in the namespace."""
    return {
        quad.subject.value.removeprefix(HYTE.iri)
        for name in ("hyte", "codes")
        for quad in parse((data_folder("ontology") / f"{name}.ttl").read_bytes(), RdfFormat.TURTLE)
        if quad.predicate == RDFS.isDefinedBy
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(HYTE.iri)
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_term_stands_on_the_page_once_under_its_own_anchor(
    kemi_client: FlaskClient, language: str
) -> None:
    text = kemi_client.get(f"/ns?lang={language}", headers=BROWSER).text
    ids = re.findall(r'\bid="([^"]+)"', text)

    assert len(ids) == len(set(ids))
    assert own_terms() <= set(ids)


def test_a_link_within_the_page_has_its_target(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/ns", headers=BROWSER).text
    ids = set(re.findall(r'\bid="([^"]+)"', text))

    assert set(re.findall(r'href="(?:/ns)?#([^"]+)"', text)) <= ids


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Kuntastrategioiden ja hyvinvointisuunnitelmien sanasto", "Viittaa näin", "yläkäsite")),
        ("sv", ("Vokabulär för kommunstrategier och välfärdsplaner", "Hänvisa så här", "överordnad term")),
        ("en", ("Vocabulary of municipal strategies and wellbeing plans", "How to cite", "super-term")),
    ],
)
def test_the_header_is_in_the_readers_language(
    kemi_client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    text = kemi_client.get(f"/ns?lang={language}", headers=BROWSER).text

    assert all(word.casefold() in text.casefold() for word in words)
    assert "https://w3id.org/hytegraph/ns/0.2.0" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_a_term_has_its_labels_in_three_languages_and_its_definition_in_the_readers(kemi: Dataset) -> None:
    found = read_ontology(kemi, BASE, "sv")
    assert found
    entries = {e.name: e for layer in found.layers for _, group in layer.groups for e in group}
    measure = entries["Measure"]

    assert measure.labels == (("fi", "toimenpide"), ("sv", "åtgärd"), ("en", "measure"))
    assert measure.definition.text == "En avsedd handling så som planen anger den."
    assert {fact.key for fact in measure.facts} >= {"super", "sub", "disjoint", "hasProperties"}
    assert "Project" not in {link.text for fact in measure.facts for link in fact.values}


def test_a_property_stands_in_the_layer_of_the_class_it_is_used_on(kemi: Dataset) -> None:
    found = read_ontology(kemi, BASE, "fi")
    assert found
    place = {e.name: layer.key for layer in found.layers for _, group in layer.groups for e in group}

    assert (place["rowGoal"], place["supportsGoal"], place["sectionNumber"]) == (
        "document",
        "execution",
        "organisation",
    )
    assert (place["layer"], place["usedOn"]) == ("shared", "shared")


def test_a_chain_is_told_as_a_sentence(kemi_client: FlaskClient) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", kemi_client.get("/ns?lang=fi", headers=BROWSER).text)

    told = "Jos A tukee tavoitetta B ja B päämäärän alla C , niin A johtaa päämäärään C ."
    assert told in re.sub(r" +", " ", text)


def test_a_deprecated_term_is_marked_and_leads_to_its_successor(tmp_path: Path) -> None:
    file = tmp_path / "old.trig"
    file.write_text(DEPRECATED, encoding="utf-8")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    text = client.get("/ns", headers=BROWSER).text

    assert "Poistettu käytöstä" in text
    assert '<a href="/ns#New">uusi</a>' in text


def test_code_lists_and_alignments_are_tables(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/ns?lang=en", headers=BROWSER).text

    assert '<tr id="TOTEUMA">' in text
    assert "close match" in text
    assert "StratML (ISO 17469)" in text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/rdf+xml, text/html;q=0.1", "application/rdf+xml"),
        (BROWSER["Accept"], "text/html"),
    ],
)
def test_the_ontology_is_negotiated(kemi_client: FlaskClient, accept: str, media_type: str) -> None:
    response = kemi_client.get("/ns", headers={"Accept": accept})

    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("suffix", "syntax"),
    [("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD), ("rdf", RdfFormat.RDF_XML)],
)
def test_the_data_describe_every_term_of_the_namespace(
    kemi_client: FlaskClient, suffix: str, syntax: RdfFormat
) -> None:
    quads = parse(kemi_client.get(f"/ns.{suffix}").data, syntax)

    described = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    assert {HYTE.iri + name for name in own_terms()} <= described


def test_the_parts_and_the_version_have_addresses(kemi_client: FlaskClient) -> None:
    whole = kemi_client.get("/ns.ttl").data

    assert kemi_client.get("/ns/0.2.0", headers={"Accept": "text/turtle"}).data == whole
    assert kemi_client.get("/ns/0.2.0", headers=BROWSER).headers["Location"] == "/ns"
    assert b"hyte:TOTEUMA" in kemi_client.get("/ns/codes.ttl").data
    assert b"hyte:TOTEUMA skos" not in kemi_client.get("/ns/core.ttl").data
    assert b"http://metadata.un.org/sdg/3.4" in kemi_client.get("/ns/sdg.rdf").data
    alignments = kemi_client.get("/ns/alignments", headers=BROWSER)
    assert (alignments.status_code, alignments.headers["Location"]) == (303, "/ns#section-alignments")
    assert kemi_client.get("/ns/9.9.9").status_code == 404
    assert kemi_client.get("/ns.xlsx").status_code == 406


def test_the_diagram_is_a_picture_in_the_language_and_no_choice_of_one(kemi_client: FlaskClient) -> None:
    response = kemi_client.get("/ns/diagram.svg?lang=sv")

    assert response.mimetype == "image/svg+xml"
    assert "Vokabulärens klassdiagram" in response.text
    assert "Set-Cookie" not in response.headers
    page = kemi_client.get("/ns?lang=sv", headers=BROWSER).text
    assert re.search(r'<img src="/ns/diagram.svg\?lang=sv" alt="[^"]{20,}"', page)
    assert "Diagrammet som tabell" in page


def test_the_context_is_that_of_the_package(kemi_client: FlaskClient) -> None:
    response = kemi_client.get("/ns/context.jsonld")

    assert response.mimetype == "application/ld+json"
    assert response.get_json(force=True)["@context"]["hyte"] == HYTE.iri


def test_data_without_an_ontology_have_no_page_of_it(tmp_path: Path) -> None:
    file = tmp_path / "bare.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    assert client.get("/ns", headers=BROWSER).status_code == 404
    assert client.get("/ns.ttl").status_code == 404
