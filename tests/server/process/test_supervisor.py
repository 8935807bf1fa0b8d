"""A real waitress server, asked over HTTP by the client that people use."""

import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

with warnings.catch_warnings():
    # SPARQLWrapper 2.0 compiles regular expressions from strings that Python 3.12 warns about.
    warnings.simplefilter("ignore")
    import SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
PROGRAM = (
    "import sys; from hytegraph.server.process.supervisor import serve; from hytegraph.server.settings import Settings;"
    "serve(Settings.of({}, {'release': sys.argv[1], 'port': sys.argv[2]}))"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(SAMPLE), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert str(port) in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def ask(address: str, query: str, format_name: str, method: str = "GET") -> Any:
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{address}/sparql")
    wrapper.setQuery(query)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format_name)
    return wrapper.queryAndConvert()


@pytest.mark.whole
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
    with pytest.raises(QueryBadFormed):
        ask(address, "SELECT nothing", SPARQLWrapper.JSON)


def test_many_readers_are_answered_at_once(address: str) -> None:
    def read(number: int) -> int:
        with urlopen(
            f"{address}/trace/id/kemi/measure/toimenpiteet-2026/L12-1?n={number}", timeout=20
        ) as page:
            return int(page.status)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(40))) == {200}
