"""The reading part of the Graph Store Protocol."""

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset

ROOT = "http://localhost/"
TURTLE = {"Accept": "text/turtle"}
VOCABULARY = "https://w3id.org/hytegraph/graph/vocabulary"
WRITING = ("PUT", "POST", "DELETE", "PATCH")


def test_a_graph_is_read_by_its_name_or_under_its_own_address(client: FlaskClient) -> None:
    named = client.get("/rdf-graph-store", query_string={"graph": VOCABULARY}, headers=TURTLE)
    direct = client.get("/graph/vocabulary", headers=TURTLE)

    assert named.status_code == direct.status_code == 200
    assert named.data == direct.data == client.get("/graph/vocabulary.ttl").data
    assert b"hyte:" in named.data


def test_the_default_graph_is_read(client: FlaskClient, dataset: Dataset) -> None:
    response = client.get("/rdf-graph-store?default", headers={"Accept": "application/n-quads"})

    assert len(response.data.splitlines()) == dataset.default_size
    assert client.head("/rdf-graph-store?default").status_code == 200
    assert client.head("/rdf-graph-store?default").data == b""


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rdf-graph-store", 400),
        ("/rdf-graph-store?default&graph=https://a.example/", 400),
        ("/rdf-graph-store?graph=a:b&graph=a:c", 400),
        ("/rdf-graph-store?graph=relative", 400),
        ("/rdf-graph-store?graph=https://a.example/none", 404),
        ("/rdf-graph-store?graph=https://a.example/%3E%20{", 404),
        ("/graph/none", 404),
        ("/graph/none.ttl", 404),
    ],
)
def test_what_is_no_graph_is_told_so(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address, headers=TURTLE).status_code == status
    assert client.get(address).status_code == status


@pytest.mark.parametrize("method", WRITING)
@pytest.mark.parametrize("path", ["/rdf-graph-store?default", "/graph/vocabulary"])
def test_writing_to_a_graph_is_refused_with_the_allowed_methods(
    client: FlaskClient, path: str, method: str
) -> None:
    response = client.open(path, method=method, data="<a:s> <a:p> <a:o> .", content_type="text/turtle")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_person_is_led_from_a_graph_to_its_page(client: FlaskClient) -> None:
    response = client.get("/graph/vocabulary", headers={"Accept": "text/html"})

    assert (response.status_code, response.headers["Location"]) == (303, "/page/graph/vocabulary")
