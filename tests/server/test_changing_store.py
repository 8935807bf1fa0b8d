"""Before a store that others write to, the service shows what the store holds now, and says that nothing may be
kept.
"""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store import remote
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.engines import EngineAddress
from tests.server.reading import BROWSER

BASE = "https://w3id.org/hytegraph/"
MEASURE = f"{BASE}id/mallila/measure/ohjelma/L1-1"
GRAPH = f"{BASE}graph/mallila/document/ohjelma"
LABEL = f"SELECT ?label {{ <{MEASURE}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
WRITE = """DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ;
INSERT DATA {{ GRAPH <{graph}> {{
  <{measure}> a <{base}ns#Measure> ; <http://www.w3.org/2000/01/rdf-schema#label> "{label}"@fi .
}} }}"""


@pytest.fixture
def store(own_oxigraph_store: EngineAddress) -> Iterator[StoreClient]:
    """A real Oxigraph server that holds one measure of an invented town."""
    client = StoreClient(own_oxigraph_store.query, own_oxigraph_store.update)
    write(client, "Vanha sana")
    yield client
    client.update(f"DROP SILENT GRAPH <{GRAPH}>")


@pytest.fixture
def client(store: StoreClient, own_oxigraph_store: EngineAddress) -> FlaskClient:
    settings = Settings.of({}, {"store": own_oxigraph_store.query})
    return create_app(settings, remote.RemoteDataset.connect(store, BASE)).test_client()


def write(client: StoreClient, label: str) -> None:
    client.update(WRITE.format(graph=GRAPH, measure=MEASURE, base=BASE, label=label))


def test_an_answer_is_that_of_the_store_now_and_may_not_be_kept(
    client: FlaskClient, store: StoreClient
) -> None:
    for label in ("Vanha sana", "Uusi sana"):
        write(store, label)
        for _ in range(2):
            response = client.get("/sparql", query_string={"query": LABEL}, headers={"Accept": "text/csv"})
            assert response.text.split("\r\n")[1] == label
            assert response.headers["Cache-Control"] == "no-cache"
            assert "ETag" not in response.headers
            assert "Last-Modified" not in response.headers
            assert "hit" not in response.headers["Server-Timing"]


@pytest.mark.parametrize("address", ["/page/id/mallila/measure/ohjelma/L1-1", "/search?q=sana"])
def test_a_page_shows_the_store_as_it_is_now(client: FlaskClient, store: StoreClient, address: str) -> None:
    for label in ("Vanha sana", "Uusi sana"):
        write(store, label)
        response = client.get(address, headers=BROWSER)
        assert response.status_code == 200
        assert label in response.text
        assert response.headers["Cache-Control"] == "no-cache"


def test_new_graphs_of_the_store_are_found(
    client: FlaskClient, store: StoreClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "RECOUNT_SECONDS", 0.0)
    added = f"{GRAPH}-2"
    assert client.get("/rdf-graph-store", query_string={"graph": added}).status_code == 404

    store.update(f"INSERT DATA {{ GRAPH <{added}> {{ <{MEASURE}> <{BASE}ns#order> 1 }} }}")

    try:
        assert client.get("/rdf-graph-store", query_string={"graph": added}).status_code == 200
    finally:
        store.update(f"DROP SILENT GRAPH <{added}>")


def test_data_that_never_change_are_one_object_for_all_requests(dataset: Dataset) -> None:
    assert dataset.is_immutable
    assert dataset.fresh() is dataset


def test_a_store_is_another_object_for_each_request(store: StoreClient) -> None:
    served = remote.RemoteDataset.connect(store, BASE)

    assert not served.is_immutable
    assert served.fresh() is not served
    assert served.fresh() != served.fresh()
