"""A release is pushed to a store whole, goes on after a break, and is verified there."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from hytegraph.graph.errors import StoreError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.answers import sizes_of
from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.push import sending
from hytegraph.graph.store.push.pieces import PIECE_QUADS, PushSource
from hytegraph.graph.store.push.push import PushError, push
from hytegraph.graph.store.push.state import PushState, ReleaseGuard, read_state
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.services import for_people

pytestmark = pytest.mark.whole

ENGINES = ("oxigraph_store", "virtuoso_store")
BASE = "https://push.example/"
G, H = NamedNode(f"{BASE}graph/g"), NamedNode(f"{BASE}graph/h")
P = NamedNode("https://example.org/p")
NASTY = ('"', "\\", "\\u0041", "line\nline", "ä€😀", "} ; DROP ALL #", "", "å" * 5000)
SHOWN = (
    "/",
    "/page/id/kemi",
    "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1",
    "/query/goals?format=csv",
)


def nothing(what: str, done: int, total: int) -> None:
    """Shows no progress."""


def quads(number: int = 5000) -> list[Quad]:
    many = [Quad(NamedNode(f"{BASE}id/{n}"), P, Literal(n), G) for n in range(number)]
    words = [
        Quad(NamedNode(f"{BASE}id/w{n}"), P, Literal(word, language="fi"), H) for n, word in enumerate(NASTY)
    ]
    return [
        *many,
        *words,
        Quad(BlankNode("b"), P, BlankNode("c"), H),
        Quad(NamedNode(f"{BASE}id/1"), P, Literal(1), H),
    ]


def source(number: int = 5000, base: str = BASE) -> PushSource:
    return PushSource.of_quads(quads(number), base)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("way", [pytest.param("update", marks=pytest.mark.slow), "graphs"])
def test_what_is_pushed_is_verified_and_pushed_again_without_work(engine: Any, way: str) -> None:
    base = f"https://{way}.example/"
    data = [
        Quad(q.subject, q.predicate, q.object, NamedNode(str(q.graph_name)[1:-1].replace(BASE, base)))
        for q in quads()
    ]
    client = StoreClient(engine.query, **{way: getattr(engine, way)})
    pushed = PushSource.of_quads(data, base)

    first = push(client, pushed, base, nothing)
    again = push(client, pushed, base, nothing)

    assert first.verified
    assert [check.found for check in first.checks] == [5000, 10, 5009]
    assert (again.verified, again.triples, again.skipped) == (True, 0, again.pieces)
    state = read_state(client, base)
    assert state is not None
    assert (state.release, state.merged) == (pushed.digest, 5009)


@pytest.mark.slow
def test_a_push_goes_on_where_it_was_broken_off(oxigraph_store: Any) -> None:
    broken = BrokenAfter(oxigraph_store.update, 5)
    with broken as address, pytest.raises(PushError) as error:
        push(StoreClient(oxigraph_store.query, address), source(), BASE, nothing)
    whole = push(StoreClient(oxigraph_store.query, oxigraph_store.update), source(), BASE, nothing)

    assert 0 < error.value.sent < 10_000
    assert 0 < whole.skipped < whole.pieces
    assert whole.verified


@pytest.mark.slow
def test_what_the_store_has_lost_since_is_written_again(oxigraph_store: Any) -> None:
    client = StoreClient(oxigraph_store.query, oxigraph_store.update)
    push(client, source(), BASE, nothing)
    client.update(f"DELETE WHERE {{ GRAPH {G} {{ <{BASE}id/7> ?p ?o }} }}")

    assert push(client, source(), BASE, nothing).verified


@pytest.mark.slow
def test_graphs_of_the_release_before_are_removed_and_those_of_others_kept(oxigraph_store: Any) -> None:
    client = StoreClient(oxigraph_store.query, oxigraph_store.update)
    client.update("INSERT DATA { GRAPH <https://other.example/g> { <a:a> <a:b> 1 } }")
    push(client, source(), BASE, nothing)
    push(client, PushSource.of_quads(quads(10)[:10], BASE), BASE, nothing)

    sizes = sizes_of(client)
    assert (sizes[G.value], H.value in sizes, sizes["https://other.example/g"]) == (10, False, 1)


@pytest.mark.parametrize("status", [503, 413])
@pytest.mark.slow
def test_a_batch_is_sent_again_or_halved(
    oxigraph_store: Any, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FIRST_PAUSE", 0.01)
    with BrokenAfter(oxigraph_store.update, 2, status, times=1) as address:
        done = push(StoreClient(oxigraph_store.query, address), source(), BASE, nothing)

    assert done.verified
    assert done.repeated == (1 if status == 503 else 0)


def test_pieces_are_bounded_by_whole_subjects_and_always_the_same() -> None:
    pieces = list(source().pieces(BASE))

    assert len(pieces) == 3
    assert max(len(triples) for piece in pieces for triples in piece.values()) <= PIECE_QUADS + 1
    assert pieces == list(PushSource.of_quads(reversed(quads()), BASE).pieces(BASE))
    subjects = [{triple.subject for triples in piece.values() for triple in triples} for piece in pieces]
    assert not subjects[0] & subjects[1]


@pytest.mark.slow
def test_a_release_is_read_from_its_file_piece_by_piece(kemi_release: Path, kemi: Dataset) -> None:
    released = PushSource.of(kemi_release, DEFAULT_BASE)
    merged = f"{DEFAULT_BASE}store/merged"

    assert (released.digest, released.size) == (kemi.origin.checksum, len(kemi.quads()))  # type: ignore[union-attr]  # a release has one
    assert sum(len(piece.get(merged, ())) for piece in released.pieces(DEFAULT_BASE)) == kemi.default_size


@pytest.mark.slow
def test_the_command_pushes_a_release_and_says_what_it_verified(
    oxigraph_store: Any, kemi_release: Path
) -> None:
    command = [sys.executable, "-m", "hytegraph.server.cli", "push", oxigraph_store.query]
    done = subprocess.run(
        [*command, "--release", str(kemi_release)], capture_output=True, text=True, timeout=120, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "verified" in done.stdout
    assert "BAD" not in done.stdout


@pytest.mark.slow
def test_pages_are_the_same_before_another_store(engine: Any, kemi: Dataset, kemi_release: Path) -> None:
    client = StoreClient(engine.query, engine.update)
    assert push(client, PushSource.of(kemi_release, DEFAULT_BASE), DEFAULT_BASE, nothing).verified
    here = create_app(Settings.of({}), kemi).test_client()
    there = create_app(
        Settings.of({}), RemoteDataset.connect(StoreClient(engine.query), DEFAULT_BASE)
    ).test_client()

    for path in SHOWN:
        assert for_people(there.get(path).data) == for_people(here.get(path).data), path


@pytest.mark.slow
def test_the_service_runs_before_another_store(
    oxigraph_store: Any, kemi: Dataset, kemi_release: Path, unused_port: int
) -> None:
    client = StoreClient(oxigraph_store.query, oxigraph_store.update)
    push(client, PushSource.of(kemi_release, DEFAULT_BASE), DEFAULT_BASE, nothing)
    command = [sys.executable, "-m", "hytegraph.server.cli", "serve", "--store", oxigraph_store.query]
    with subprocess.Popen(
        [*command, "--port", str(unused_port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert str(unused_port) in server.stdout.readline()
        asked = Request(f"http://127.0.0.1:{unused_port}/sparql", b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        asked.add_header("Content-Type", "application/sparql-query")
        asked.add_header("Accept", "text/csv")
        with urlopen(asked, timeout=20) as answer:
            assert answer.read() == f"n\r\n{kemi.default_size}\r\n".encode()
        server.terminate()


def test_a_store_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "FIRST_PAUSE", 0.01)
    with pytest.raises(PushError, match="cannot be reached"):
        push(StoreClient("http://127.0.0.1:9/query", limits=StoreLimits(2.0)), source(5), BASE, nothing)


@pytest.fixture
def unused_port() -> Iterator[int]:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    yield port


class BrokenAfter:
    """A proxy before an update address that answers so many updates rightly and then fails, always or so many times."""

    def __init__(self, target: str, good: int, status: int = 400, times: int = 1000) -> None:
        outer = self
        self.left, self.times = good, times

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.left -= 1
                answer = status
                if outer.left >= 0 or outer.times <= 0:
                    headers = {"Content-Type": self.headers["Content-Type"]}
                    with urlopen(Request(target, body, headers), timeout=20) as done:
                        answer = done.status
                else:
                    outer.times -= 1
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def test_a_store_that_holds_another_release_is_refused_with_the_beginnings_of_both() -> None:
    guard = ReleaseGuard(StoreClient("http://store.example/query"), DEFAULT_BASE, "0123456789abcdef", None)

    with pytest.raises(
        StoreError, match=r"holds the release fedcba987654, not 0123456789ab; push that release"
    ):
        guard._refuse_other("http://store.example/query", PushState("plan", 1, "fedcba9876543210", 0))
    with pytest.raises(StoreError, match="holds no release that a push has verified, not 0123456789ab;"):
        guard._refuse_other("http://store.example/query", None)
    guard._refuse_other("http://store.example/query", PushState("plan", 1, "0123456789abcdef", 0))
