"""A real waitress server, asked over HTTP by the client that people use."""

import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import urlopen

import pytest
import waitress

from hytegraph.graph.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

with warnings.catch_warnings():
    # SPARQLWrapper 2.0 compiles regular expressions from strings that Python 3.12 warns about.
    warnings.simplefilter("ignore")
    import SPARQLWrapper


@pytest.fixture(scope="module")
def address(dataset: Dataset) -> Iterator[str]:
    server = waitress.create_server(create_app(Settings.of({}), dataset), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # The workers first: one that still answers would write to the closed trigger.
    server.task_dispatcher.shutdown()
    server.close()
    thread.join(timeout=10)


def ask(address: str, query: str, format_name: str, method: str = "GET") -> Any:
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{address}/sparql")
    wrapper.setQuery(query)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format_name)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_selects(address: str, method: str) -> None:
    answer = ask(
        address, "SELECT ?s { ?s a <https://w3id.org/hytegraph/ns#Sector> }", SPARQLWrapper.JSON, method
    )

    assert [row["s"]["value"] for row in answer["results"]["bindings"]] == [
        "https://w3id.org/hytegraph/id/kemi/unit/kanslia"
    ]


def test_sparqlwrapper_asks(address: str) -> None:
    assert ask(address, "ASK { ?s ?p ?o }", SPARQLWrapper.JSON)["boolean"] is True


# SPARQLWrapper 2.0 reads RDF/XML into rdflib's old class.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_sparqlwrapper_constructs(address: str) -> None:
    query = "CONSTRUCT WHERE { ?s a <https://w3id.org/hytegraph/ns#Sector> }"

    assert len(ask(address, query, SPARQLWrapper.RDFXML)) == 1
    assert b"hyte:Sector" in ask(address, query, SPARQLWrapper.TURTLE)


def test_sparqlwrapper_hears_of_a_malformed_query(address: str) -> None:
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        ask(address, "SELECT nothing", SPARQLWrapper.JSON)


def test_many_readers_are_answered_at_once(address: str) -> None:
    def read(number: int) -> int:
        with urlopen(
            f"{address}/trace/id/kemi/measure/toimenpiteet-2026/L12-1?n={number}", timeout=20
        ) as page:
            return int(page.status)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(40))) == {200}
