import hashlib
import re
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hytegraph.graph.query.examples import runnable
from hytegraph.graph.query.named import load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCAT, DCT, PREFIXES, RDF, RDFS, SH, VOID
from hytegraph.server.app import create_app
from hytegraph.server.catalogue.dcat import VCARD
from hytegraph.server.catalogue.dcat_releases import SPDX
from hytegraph.server.settings import Settings
from hytegraph.server.sparql.service_description import SD

pytestmark = pytest.mark.whole

ROOT = "http://localhost/"
SERVICE = NamedNode(f"{ROOT}sparql")
TURTLE = {"Accept": "text/turtle"}
MEASURE = "id/kemi/measure/toimenpiteet-2026/L12-1"


class Facts:
    """The triples of an answer, to be asked."""

    def __init__(self, client: FlaskClient, path: str) -> None:
        response = client.get(path, headers={"Accept": "application/n-triples"})
        assert response.status_code == 200, response.text
        self.all = {
            Triple(q.subject, q.predicate, q.object) for q in parse(response.data, RdfFormat.N_TRIPLES)
        }

    def objects(self, subject: object, predicate: NamedNode) -> set[object]:
        return {t.object for t in self.all if t.subject == subject and t.predicate == predicate}

    def one(self, subject: object, predicate: NamedNode) -> object:
        (found,) = self.objects(subject, predicate)
        return found

    def of_type(self, kind: NamedNode) -> list[NamedNode]:
        return [t.subject for t in self.all if t.predicate == RDF.type and t.object == kind]  # type: ignore[misc]


@pytest.fixture
def kemi_client(kemi: Dataset) -> FlaskClient:
    return create_app(Settings.of({}, {"contact": "hytegraph@example.org"}), kemi).test_client()


def test_the_service_description_names_every_graph_with_its_count(
    client: FlaskClient, dataset: Dataset
) -> None:
    facts = Facts(client, "/sparql")

    counts = {
        facts.one(named, SD.name): facts.one(facts.one(named, SD.graph), VOID.triples)
        for named in facts.of_type(SD.NamedGraph)
    }

    assert counts == {NamedNode(g.name): Literal(g.triples) for g in dataset.graphs()}
    default = facts.one(facts.one(SERVICE, SD.defaultDataset), SD.defaultGraph)
    assert facts.one(default, VOID.triples) == Literal(dataset.default_size)


def test_the_service_description_explains_the_default_graph_in_three_languages(client: FlaskClient) -> None:
    facts = Facts(client, "/sparql")

    told = facts.objects(NamedNode(f"{ROOT}sparql#default-graph"), DCT.description)

    assert {text.language for text in told if isinstance(text, Literal)} == {"fi", "sv", "en"}


def test_the_service_description_claims_no_more_than_is_true(
    client: FlaskClient, kemi_client: FlaskClient
) -> None:
    for each in (client, kemi_client):
        facts = Facts(each, "/sparql")
        assert SD.BasicFederatedQuery not in facts.objects(SERVICE, SD.feature)
        assert SD.DereferencesURIs not in facts.objects(SERVICE, SD.feature)
        assert len(facts.objects(SERVICE, SD.resultFormat)) == 10
    # Kemi's release has shapes, which are not in the default graph.
    assert SD.UnionDefaultGraph not in Facts(kemi_client, "/sparql").objects(SERVICE, SD.feature)


def test_the_service_description_leads_to_the_examples(client: FlaskClient) -> None:
    facts = Facts(client, "/sparql")

    links = facts.objects(SERVICE, RDFS.seeAlso)

    assert NamedNode(f"{ROOT}.well-known/sparql-examples") in links
    for link in links:
        assert client.get(link.value).status_code == 200  # type: ignore[attr-defined]
    assert 'rel="describedby"' in client.get("/sparql").headers["Link"]


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog", "/.well-known/sparql-examples", "/sparql"])
@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/trig"]
)
def test_descriptions_are_negotiated_and_without_blank_nodes(
    client: FlaskClient, path: str, accept: str
) -> None:
    response = client.get(path, headers={"Accept": accept})

    assert response.mimetype == accept
    assert "Accept" in response.headers["Vary"]
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert "_:" not in client.get(path, headers={"Accept": "application/n-triples"}).text


def test_every_example_runs_as_it_is(client: FlaskClient, dataset: Dataset) -> None:
    facts = Facts(client, "/.well-known/sparql-examples")
    examples = facts.of_type(SH.SPARQLExecutable)

    assert len(examples) == len(load_queries())
    for example in examples:
        text = facts.one(example, SH.select)
        assert isinstance(text, Literal)
        response = client.get("/sparql", query_string={"query": text.value, "format": "csv"})
        assert response.status_code == 200, response.text
        assert len(client.get("/sparql", query_string={"query": text.value}).get_json(force=True)) == 2
        comments = facts.objects(example, RDFS.comment)
        assert {each.language for each in comments if isinstance(each, Literal)} == {"fi", "sv", "en"}


def test_an_example_with_a_parameter_gives_the_rows_of_the_named_query(kemi: Dataset) -> None:
    rows = kemi.select(runnable(load_queries()["trace"]))

    assert len(rows) == 2
    assert "aamukahvit" in rows[0].text("measure")


def test_the_prefixes_are_declared(client: FlaskClient) -> None:
    facts = Facts(client, "/.well-known/sparql-examples")
    (prefixes,) = {t.object for t in facts.all if t.predicate == SH.prefixes}

    declared = {
        facts.one(each, SH.prefix).value: facts.one(each, SH.namespace).value  # type: ignore[attr-defined]
        for each in facts.objects(prefixes, SH.declare)
    }

    assert declared == PREFIXES


@pytest.mark.slow
def test_the_catalogue_has_a_distribution_per_dump_with_its_checksum_and_size(
    kemi_client: FlaskClient,
) -> None:
    facts = Facts(kemi_client, "/catalog")
    distributions = facts.of_type(DCAT.Distribution)

    assert len(distributions) == 6
    for distribution in distributions:
        address = facts.one(distribution, DCAT.downloadURL)
        body = kemi_client.get(address.value).data  # type: ignore[attr-defined]
        checksum = facts.one(distribution, SPDX.checksum)
        assert facts.one(distribution, DCAT.byteSize).value == str(len(body))  # type: ignore[attr-defined]
        assert facts.one(checksum, SPDX.checksumValue).value == hashlib.sha256(body).hexdigest()  # type: ignore[attr-defined]
        assert facts.one(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256


def test_the_catalogue_of_kemi_has_what_dcat_ap_asks_for(kemi_client: FlaskClient) -> None:
    facts = Facts(kemi_client, "/catalog")
    catalogue, dataset = NamedNode(f"{ROOT}catalog"), NamedNode("https://w3id.org/hytegraph/id/dataset")
    service = facts.one(catalogue, DCAT.service)
    period = facts.one(dataset, DCT.temporal)

    assert dataset in facts.objects(catalogue, DCAT.dataset)
    assert service in facts.of_type(DCAT.DataService)
    assert facts.one(service, DCAT.endpointURL) == SERVICE
    assert facts.one(service, DCAT.servesDataset) == dataset
    for thing in (catalogue, dataset, service):
        assert facts.one(thing, DCT.license) == NamedNode("https://creativecommons.org/licenses/by/4.0/")
        assert facts.objects(thing, DCT.title)
        assert facts.one(thing, DCT.publisher)
    assert facts.one(facts.one(dataset, DCAT.contactPoint), VCARD.hasEmail) == NamedNode(
        "mailto:hytegraph@example.org"
    )
    assert facts.one(period, DCAT.startDate).value == "2022-01-01"  # type: ignore[attr-defined]
    assert facts.one(period, DCAT.endDate).value == "2026-12-31"  # type: ignore[attr-defined]
    assert facts.one(dataset, DCT.spatial) == NamedNode("https://w3id.org/hytegraph/id/kemi/area")
    assert NamedNode("https://w3id.org/hytegraph/graph/shapes") in facts.objects(dataset, DCT.conformsTo)
    assert facts.objects(dataset, DCAT.theme)
    assert facts.objects(dataset, DCAT.keyword)


def test_the_void_description_counts_as_the_endpoint_does(client: FlaskClient, dataset: Dataset) -> None:
    facts = Facts(client, "/.well-known/void")
    described = next(t.subject for t in facts.all if t.predicate == VOID.sparqlEndpoint)
    parts = facts.objects(described, VOID.propertyPartition)

    assert facts.one(described, VOID.triples).value == str(dataset.default_size)  # type: ignore[attr-defined]
    assert sum(int(facts.one(part, VOID.triples).value) for part in parts) == dataset.default_size  # type: ignore[attr-defined, misc]
    assert facts.one(described, VOID.properties).value == str(len(parts))  # type: ignore[attr-defined]
    assert len(facts.objects(described, VOID.dataDump)) == 6
    assert facts.objects(described, VOID.exampleResource)


def test_any_rdf_file_has_descriptions(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("rdf") / "small.ttl"
    file.write_text("<https://a.example/s> <https://a.example/p> 1, [] .", "utf-8")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    for path in (
        "/sparql",
        "/catalog",
        "/.well-known/void",
        "/sitemap.xml",
        "/openapi.json",
        "/rdf-graph-store?default",
    ):
        assert client.get(path).status_code == 200
    assert "license" not in client.get("/catalog", headers=TURTLE).text


def test_a_thing_has_signposts(client: FlaskClient) -> None:
    for path in (f"/page/{MEASURE}", f"/data/{MEASURE}.ttl"):
        links = client.get(path).headers["Link"].split(", ")
        assert f'<https://w3id.org/hytegraph/{MEASURE}>; rel="cite-as"' in links
        assert f'</data/{MEASURE}.ttl>; rel="describedby"; type="text/turtle"' in links
        assert f'</data/{MEASURE}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert f'</page/{MEASURE}>; rel="alternate"; type="text/html"' in links
    page = client.get(f"/page/{MEASURE}?lang=sv&all=x").headers["Link"].split(", ")
    assert f'<{ROOT}page/{MEASURE}>; rel="canonical"' in page


def test_the_licence_is_linked(kemi_client: FlaskClient) -> None:
    links = kemi_client.get("/about").headers["Link"].split(", ")

    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links


def test_crawlers_are_told_what_to_leave_and_what_to_read(client: FlaskClient) -> None:
    assert f"Sitemap: {ROOT}sitemap.xml" in client.get("/robots.txt").text
    addresses = [
        each.text or "" for each in ET.fromstring(client.get("/sitemap.xml").data).iter() if each.text
    ]

    assert f"{ROOT}trace/{MEASURE}" in addresses
    for address in addresses:
        if address.strip():
            assert client.get(address).status_code == 200


def test_security_txt_has_a_contact_and_an_expiry(client: FlaskClient, kemi_client: FlaskClient) -> None:
    assert f"Contact: {ROOT}about" in client.get("/.well-known/security.txt").text
    text = kemi_client.get("/.well-known/security.txt").text
    assert "Contact: mailto:hytegraph@example.org" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)


def test_the_public_address_of_the_settings_is_used_everywhere(dataset: Dataset) -> None:
    client = create_app(Settings.of({}, {"public_url": "https://hyte.example"}), dataset).test_client()

    for path in (
        "/sparql",
        "/catalog",
        "/.well-known/void",
        "/robots.txt",
        "/sitemap.xml",
        "/openapi.json",
        "/sparql?query=S",
    ):
        text = client.get(path).text
        assert "https://hyte.example/" in text or '"https://hyte.example"' in text
        assert "localhost" not in text


@pytest.mark.parametrize("path", ["/sparql", "/catalog", "/robots.txt", "/about", "/nowhere"])
@pytest.mark.parametrize("host", ["a b", "<x>", "a{b}", ""])
def test_a_host_that_is_none_is_no_fault_of_the_server(client: FlaskClient, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code < 500
