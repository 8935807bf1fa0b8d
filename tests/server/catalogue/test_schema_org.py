"""Pages tell search engines what they are about in JSON-LD that reads as RDF, and programs by Link headers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.publishing import Row
from tests.server.reading import BROWSER

# The JSON-LD reader of rdflib uses what rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
TOWNS = Path(__file__).parents[2] / "data" / "server" / "two-towns.trig"
SCHEMA = Namespace("https://schema.org/")
# What of the context of schema.org these descriptions use; tests read nothing from the network.
CONTEXT = {
    "@vocab": SCHEMA,
    **{name: {"@type": "@id"} for name in ("url", "license", "usageInfo", "contentUrl")},
}
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(client: FlaskClient, path: str) -> Graph:
    [text] = DATA.findall(client.get(path, headers=BROWSER).text)
    told: dict[str, Any] = json.loads(text)
    assert told["@context"] == "https://schema.org/"
    return Graph().parse(data=json.dumps(told | {"@context": CONTEXT}), format="json-ld")


@pytest.fixture(scope="module")
def published(row: Row) -> FlaskClient:
    settings = Settings.of({}, {"base": "https://data.mallila.example/hyte/", "access_log": "off"})
    return create_app(settings, Dataset.open(row.second)).test_client()


@pytest.fixture(scope="module")
def towns() -> FlaskClient:
    return create_app(Settings.of({}), Dataset.open(TOWNS)).test_client()


@pytest.mark.parametrize("path", ["/", "/downloads"])
def test_front_page_and_downloads_describe_the_dataset_with_files_that_are_there(
    published: FlaskClient, path: str
) -> None:
    graph = described(published, path)
    [dataset] = graph.subjects(RDF.type, SCHEMA.Dataset)

    assert {text.language for text in graph.objects(dataset, SCHEMA.name) if isinstance(text, Literal)} == {
        "fi",
        "sv",
        "en",
    }
    assert graph.value(dataset, SCHEMA.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(graph.value(dataset, SCHEMA.version)) == "2026.2"
    files = list(graph.objects(None, SCHEMA.contentUrl))
    assert len(files) == 6
    assert all(
        published.head(str(file).removeprefix("http://localhost")).status_code == 200 for file in files
    )


def test_a_town_is_described_as_a_part_of_the_dataset_as_in_the_catalogue(towns: FlaskClient) -> None:
    graph = described(towns, "/ehtoola")
    [part] = graph.subjects(SCHEMA.isPartOf, None)
    catalogue = Graph().parse(data=towns.get("/catalog.ttl").data, format="turtle")

    assert (part, None, None) in catalogue
    assert set(described(towns, "/").subjects(RDF.type, SCHEMA.Dataset)) == {
        graph.value(part, SCHEMA.isPartOf)
    }


def test_glossary_and_vocabulary_are_sets_of_terms_of_the_ontology(published: FlaskClient) -> None:
    glossary, vocabulary = (described(published, path) for path in ("/glossary?lang=sv", "/ns"))
    [terms] = glossary.subjects(RDF.type, SCHEMA.DefinedTermSet)
    ontology = Graph().parse(data=published.get("/ns.ttl").data, format="turtle")

    assert set(vocabulary.subjects(RDF.type, SCHEMA.DefinedTermSet)) == {terms}
    assert (terms, SCHEMA.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in vocabulary
    named = set(glossary.objects(terms, SCHEMA.hasDefinedTerm))
    assert len(named) > 15
    assert all((term, RDFS.label, None) in ontology or (term, None, None) in ontology for term in named)


def links(client: FlaskClient, path: str) -> set[tuple[str, str]]:
    header = ", ".join(client.get(path, headers=BROWSER).headers.getlist("Link"))
    return set(re.findall(r'<([^>]+)>; rel="([a-z-]+)"', header))


def test_links_lead_programs_from_the_dataset_to_its_files_and_back(published: FlaskClient) -> None:
    found = links(published, "/downloads")
    items = sorted(target for target, relation in found if relation == "item")

    assert ("https://data.mallila.example/hyte/id/dataset", "cite-as") in found
    assert ("https://schema.org/Dataset", "type") in found
    assert ("https://creativecommons.org/licenses/by/4.0/", "license") in found
    assert ("/catalog", "describedby") in found
    assert len(items) == 6
    assert all(("/downloads", "collection") in links(published, item) for item in items)


def test_links_lead_programs_from_the_page_of_a_thing_to_its_name_and_data(published: FlaskClient) -> None:
    found = links(published, "/page/id/mallila")

    assert ("https://data.mallila.example/hyte/id/mallila", "cite-as") in found
    assert ("/data/id/mallila.ttl", "describedby") in found
    assert ("https://schema.org/AboutPage", "type") in found
