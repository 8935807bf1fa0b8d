"""SERVICE goes to the endpoints that the operator has named, written out, and to nobody else."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from hytegraph.graph.errors import QueryRefusedError
from hytegraph.graph.sparql.guard import check_query
from hytegraph.server.settings import SettingError, Settings

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
ALLOWED = "http://allowed.example/sparql"
ANY = "{ ?s ?p ?o }"


@contextmanager
def listening(answer: bytes) -> Iterator[tuple[str, list[str]]]:
    """An HTTP server that gives the same answer to all: its address, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.wfile.write(answer)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql", asked
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def other(start_service: Callable[..., Any]) -> Any:
    """The endpoint that may be called."""
    return start_service(SAMPLE, access_log="off")


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A listener that nobody may call."""
    with listening(b"HTTP/1.0 200 OK\r\n\r\n") as started:
        yield started


@pytest.fixture(scope="module")
def redirecting(elsewhere: tuple[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """An endpoint that may be called, and sends on to one that may not."""
    with listening(f"HTTP/1.0 307 On\r\nLocation: {elsewhere[0]}\r\n\r\n".encode()) as started:
        yield started


@pytest.fixture(scope="module")
def silent() -> Iterator[str]:
    """An endpoint that may be called and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"


@pytest.fixture(scope="module")
def service(
    start_service: Callable[..., Any], other: Any, redirecting: tuple[str, list[str]], silent: str
) -> Any:
    allowed = f"http://127.0.0.1:{other.port}/sparql {redirecting[0]} {silent}"
    return start_service(SAMPLE, service_allow=allowed, timeout=2)


def ask(service: Any, text: str) -> Any:
    return service.get(f"/sparql?query={quote(text)}")


def test_an_allowed_endpoint_is_asked_and_its_answer_is_not_kept(service: Any, other: Any) -> None:
    there = f"http://127.0.0.1:{other.port}/sparql"
    reply = ask(service, f"SELECT (COUNT(*) AS ?n) {{ SERVICE <{there}> {ANY} }}")
    own = ask(service, f"SELECT (COUNT(*) AS ?n) {ANY}")

    assert (reply.status, reply.headers["Cache-Control"]) == (200, "no-store")
    assert json.loads(reply.body)["results"] == json.loads(own.body)["results"]


def test_nobody_else_is_asked(service: Any, elsewhere: tuple[str, list[str]]) -> None:
    address, asked = elsewhere
    for text in (
        f"SELECT * {{ SERVICE <{address}> {ANY} }}",
        f"SELECT * {{ SERVICE SILENT <{address}> {ANY} }}",
        f"SELECT * {{ VALUES ?w {{ <{address}> }} SERVICE ?w {ANY} }}",
        f"PREFIX x: <{address}> SELECT * {{ SERVICE x: {ANY} }}",
        f"BASE <{address}> SELECT * {{ SERVICE <sparql> {ANY} }}",
    ):
        assert ask(service, text).status == 403
    assert ask(service, f"SELECT * FROM <{address}> {ANY}").status == 200
    assert asked == []


def test_an_allowed_endpoint_cannot_send_on(
    service: Any, redirecting: tuple[str, list[str]], elsewhere: tuple[str, list[str]]
) -> None:
    reply = ask(service, f"SELECT * {{ SERVICE <{redirecting[0]}> {ANY} }}")

    assert reply.status == 500
    assert (redirecting[1] != [], elsewhere[1]) == (True, [])


def test_an_endpoint_that_does_not_answer_is_left_at_the_limit(service: Any, silent: str) -> None:
    assert ask(service, f"SELECT * {{ SERVICE <{silent}> {ANY} }}").status == 503
    assert ask(service, "ASK {}").status == 200


def test_federation_is_described_only_where_it_is_allowed(service: Any, other: Any) -> None:
    feature = b"BasicFederatedQuery"
    described, plain = (each.get("/sparql", {"Accept": "application/n-triples"}) for each in (service, other))

    assert (feature in described.body, feature in plain.body) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <{ALLOWED}> {ANY} SERVICE <http://other.example/> {ANY} }}",
        f"SELECT * {{ SERVICE <{ALLOWED}/> {ANY} }}",
        f"SELECT * {{ SERVICE <{ALLOWED}?x> {ANY} }}",
        f"SELECT * {{ SERVICE ?x {ANY} }}",
        f"PREFIX a: <{ALLOWED}> SELECT * {{ SERVICE a: {ANY} }}",
        f"BASE <{ALLOWED}> SELECT * {{ SERVICE <> {ANY} }}",
    ],
)
def test_only_the_very_iri_is_allowed(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        check_query(text, services=frozenset({ALLOWED}))


def test_an_allowed_service_is_allowed_wherever_it_stands() -> None:
    text = f"SELECT * {{ ?s ?p ?o OPTIONAL {{ SERVICE SILENT <{ALLOWED}> {ANY} }} }}"

    assert check_query(text, services=frozenset({ALLOWED})).form == "SELECT"
    with pytest.raises(QueryRefusedError):
        check_query(text)


@pytest.mark.parametrize("value", ["example.org", "file:///etc/passwd", "http://a.example/ ftp://b.example/"])
def test_only_addresses_of_endpoints_can_be_allowed(value: str) -> None:
    with pytest.raises(SettingError):
        Settings.of({}, {"service_allow": value})
