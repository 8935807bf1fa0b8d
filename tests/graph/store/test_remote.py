"""A dataset in another SPARQL store answers like the embedded one; two real servers are started for it."""

import contextlib
import gzip
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions

from hytegraph.graph.errors import (
    QueryRefusedError,
    QuerySyntaxError,
    StoreError,
    StoreTimeoutError,
)
from hytegraph.graph.formats import CSV, N_QUADS, N_TRIPLES, XML
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.named import NamedQuery, load_queries, run
from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.push.pieces import PushSource
from hytegraph.graph.store.push.push import push
from hytegraph.graph.store.remote import RemoteDataset

ENGINES = ("oxigraph_store", "virtuoso_store")
SHAPES = f"{DEFAULT_BASE}graph/shapes"


# To push the release to one and read it back takes half a minute.
@pytest.fixture(scope="module", params=[pytest.param(engine, marks=pytest.mark.slow) for engine in ENGINES])
def remote(request: pytest.FixtureRequest, kemi: Dataset) -> RemoteDataset:
    """The Kemi release in a server of each kind."""
    address = request.getfixturevalue(request.param)
    client = StoreClient(address.query, address.update)
    assert push(
        client, PushSource.of_quads(kemi.quads(), DEFAULT_BASE), DEFAULT_BASE, lambda *_: None
    ).verified
    return RemoteDataset.connect(StoreClient(address.query), DEFAULT_BASE)


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
def test_a_named_query_gives_the_same_rows(kemi: Dataset, remote: RemoteDataset, query: NamedQuery) -> None:
    values = {parameter.name: parameter.example for parameter in query.parameters}

    assert run(remote, query, values) == run(kemi, query, values)


def test_the_graphs_and_their_sizes_are_the_same(kemi: Dataset, remote: RemoteDataset) -> None:
    assert (remote.graphs(), remote.default_size) == (kemi.graphs(), kemi.default_size)


def test_the_default_graph_holds_no_shapes_and_no_triple_twice(remote: RemoteDataset) -> None:
    shapes = "ASK { ?s a <http://www.w3.org/ns/shacl#NodeShape> }"
    assert not remote.ask(shapes)
    assert remote.ask(f"ASK {{ GRAPH <{SHAPES}> {{ ?s a <http://www.w3.org/ns/shacl#NodeShape> }} }}")
    [row] = remote.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(row.text("n")) == remote.default_size


def test_a_value_is_one_term_and_never_sparql(remote: RemoteDataset) -> None:
    query = load_queries()["trace"]
    for value in ('") || true || CONTAINS("', "\\", '"""', "\\u0022) || true", "'}#", "\n"):
        assert run(remote, query, {"measure": value}).rows == ()


def test_a_thing_is_described_alike(kemi: Dataset, remote: RemoteDataset) -> None:
    iri = f"{DEFAULT_BASE}id/kemi/measure/toimenpideohjelma-2026/L12-1"
    assert remote.describe(iri) == kemi.describe(iri)
    assert remote.describe(iri).outgoing


def test_whole_graphs_are_read_in_pages(kemi: Dataset, remote: RemoteDataset) -> None:
    largest = max(kemi.graphs(), key=lambda size: size.triples)
    assert largest.triples > 10_000
    assert remote.dump(N_TRIPLES, largest.name) == kemi.dump(N_TRIPLES, largest.name)
    assert len(remote.dump(N_QUADS).splitlines()) == sum(size.triples for size in kemi.graphs())


def test_results_are_written_as_the_embedded_engine_writes_them(kemi: Dataset, remote: RemoteDataset) -> None:
    text = "SELECT ?row ?itemised WHERE { ?row <https://w3id.org/hytegraph/ns#itemised> ?itemised } ORDER BY ?row"
    for syntax in (CSV, XML):
        assert remote.answer(text, syntax) == kemi.answer(text, syntax)
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/hytegraph/ns#Measure> ; ?p ?o }"
    assert remote.answer(construct, N_TRIPLES) == kemi.answer(construct, N_TRIPLES)


def test_the_graphs_of_a_query_are_those_of_the_protocol(remote: RemoteDataset) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    first = remote.graphs()[0]
    result = next(iter(cast(QuerySolutions, remote.query(text, default_graphs=[first.name]))))
    assert int(result["n"].value) == first.triples
    with pytest.raises(QueryRefusedError):
        remote.query(text, default_graphs=["http://example.org/elsewhere"])
    with pytest.raises(QueryRefusedError):
        remote.query("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("text", ["DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"])
def test_the_guard_stands_before_another_store_too(remote: RemoteDataset, text: str) -> None:
    with pytest.raises(QueryRefusedError):
        remote.query(text)


def test_a_malformed_query_is_a_syntax_error(remote: RemoteDataset) -> None:
    with pytest.raises(QuerySyntaxError):
        remote.query("SELECT nothing")


Answering = Callable[[int, str, bytes], StoreClient]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """A client of a server that gives every request the same answer."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, header: str, body: bytes) -> StoreClient:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                name, _, value = header.partition(": ")
                self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return StoreClient(f"http://127.0.0.1:{server.server_port}/", limits=StoreLimits(2.0, 100_000))

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


WHOLE = b'{"head":{"vars":["g","n"]},"results":{"bindings":[]}}'


@pytest.mark.parametrize(
    ("status", "header", "body"),
    [
        (200, "Content-Type: application/sparql-results+json", b"g,n\r\nThe operation has been cancelled"),
        (200, "Content-Type: application/sparql-results+json", WHOLE[:-3]),
        (200, "X-SQL-State: S1TAT", WHOLE),
        (206, "Content-Type: application/sparql-results+json", WHOLE),
        (500, "Content-Type: text/plain", b"out of memory"),
        (302, "Location: http://127.0.0.1:9/", b""),
        (200, "Content-Type: text/plain", b" " * 200_000),
    ],
)
def test_a_store_that_cuts_or_fails_is_not_taken_for_an_answer(
    answering: Answering, status: int, header: str, body: bytes
) -> None:
    with pytest.raises(StoreError):
        RemoteDataset.connect(answering(status, header, body), DEFAULT_BASE)


def test_a_store_that_does_not_answer_is_left_after_the_time_limit() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = StoreClient(f"http://127.0.0.1:{silent.getsockname()[1]}/", limits=StoreLimits(0.5))
        with pytest.raises(StoreTimeoutError):
            RemoteDataset.connect(client, DEFAULT_BASE)


@pytest.fixture
def sending() -> Iterator[Callable[[Iterable[bytes]], StoreClient]]:
    """A client of a server that sends these bytes one after the other, a tenth of a second apart, and hangs up."""
    with contextlib.ExitStack() as stack:

        def start(parts: Iterable[bytes]) -> StoreClient:
            listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

            def serve() -> None:
                with contextlib.suppress(OSError), listening.accept()[0] as connection:
                    connection.recv(65_536)
                    for part in parts:
                        connection.sendall(part)
                        time.sleep(0.1)

            Thread(target=serve, daemon=True).start()
            return StoreClient(f"http://127.0.0.1:{listening.getsockname()[1]}/", limits=StoreLimits(1.0))

        yield start


def test_a_store_that_drips_is_left_after_the_time_limit(
    sending: Callable[[Iterable[bytes]], StoreClient],
) -> None:
    begin = time.monotonic()

    with pytest.raises(StoreTimeoutError):
        sending([b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", *[b" "] * 200]).query("ASK {}")

    assert time.monotonic() - begin < 10


@pytest.mark.parametrize(
    "parts",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", WHOLE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"35\r\n" + WHOLE + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"ff\r\n" + WHOLE),
    ],
    ids=["too short", "no last chunk", "half a chunk"],
)
def test_a_store_that_hangs_up_within_an_answer_is_not_taken_for_an_answer(
    sending: Callable[[Iterable[bytes]], StoreClient], parts: tuple[bytes, ...]
) -> None:
    with pytest.raises(StoreError):
        sending(parts).query("ASK {}")


def test_a_chunked_and_compressed_answer_is_read_whole(
    sending: Callable[[Iterable[bytes]], StoreClient],
) -> None:
    body = gzip.compress(WHOLE)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    chunks = [b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:20], body[20:])]

    assert sending([head, *chunks, b"0\r\n\r\n"]).query("ASK {}") == WHOLE


def test_a_password_in_the_address_is_sent_and_never_shown() -> None:
    client = StoreClient("http://reader:secret@127.0.0.1:9/query", limits=StoreLimits(1.0))
    with pytest.raises(StoreError) as error:
        client.query("ASK {}")
    assert "secret" not in str(error.value)
    with pytest.raises(StoreError) as bad:
        StoreClient("ftp://reader:secret@example.org/")
    assert "secret" not in str(bad.value)


def test_terms_stand_in_results_as_in_the_embedded_engine(kemi: Dataset, remote: RemoteDataset) -> None:
    text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    iri = NamedNode(f"{DEFAULT_BASE}id/kemi/measure/toimenpideohjelma-2026/L12-1")
    assert {row.terms for row in remote.select(text, s=iri)} == {
        row.terms for row in kemi.select(text, s=iri)
    }
    found = remote.select("SELECT ?s ?o WHERE { ?s ?p ?o }", o=Literal("Kemi", language="fi"))
    assert {row["o"] for row in found} == {Literal("Kemi", language="fi")}
