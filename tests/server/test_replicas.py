"""A service before two stores goes on with the other when one dies, and never reads one that holds other data."""

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hytegraph.graph.errors import StoreError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.client import StoreClient, StoreLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.push.pieces import PushSource
from hytegraph.graph.store.push.push import push
from hytegraph.graph.store.remote import RemoteDataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.engines import EngineAddress, free_port, oxigraph_address, start_oxigraph, wait_for
from tests.services import StartService, for_people
from tests.web_servers import nginx_program

pytestmark = pytest.mark.slow

# nginx counts its fail_timeout in whole seconds of the clock and asks a store again when more than one has passed:
# up to two seconds and a bit after the failure.
_PROXY_RESTS = 2.5
PROXY = Path(__file__).parents[2] / "docs" / "how-to" / "files" / "nginx-stores.conf"

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SHOWN = (
    "/",
    "/plans",
    "/figures",
    "/gaps",
    "/search?q=koulu",
    "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1",
    "/source/id/kemi/document/toimenpideohjelma-2026",
)


@dataclass
class Servers:
    """Two Oxigraph servers with the release, which may be ended and started anew."""

    ports: tuple[int, int]
    folder: Path

    def __post_init__(self) -> None:
        self.running = [self._started(number) for number in (0, 1)]

    def _started(self, number: int) -> "subprocess.Popen[bytes]":
        place = self.folder / str(number)
        place.mkdir(exist_ok=True)
        return start_oxigraph(place, self.ports[number], "--location", str(place / "data"))

    @property
    def addresses(self) -> str:
        return ",".join(oxigraph_address(port).query for port in self.ports)

    def kill(self, number: int) -> None:
        self.running[number].kill()
        self.running[number].wait()

    def start(self, number: int) -> None:
        self.running[number] = self._started(number)


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory, kemi_release: Path) -> Path:
    """The data folder of an Oxigraph server to which the release was pushed."""
    folder, port = tmp_path_factory.mktemp("pushed"), free_port()
    server = start_oxigraph(folder, port, "--location", str(folder / "data"))
    address = oxigraph_address(port)
    client = StoreClient(address.query, address.update)
    assert push(client, PushSource.of(kemi_release, DEFAULT_BASE), DEFAULT_BASE, lambda *_: None).verified
    server.terminate()
    server.wait()
    return folder / "data"


@pytest.fixture
def servers(tmp_path: Path, pushed: Path) -> Iterator[Servers]:
    for folder in ("0", "1"):
        shutil.copytree(pushed, tmp_path / folder / "data")
    found = Servers((free_port(), free_port()), tmp_path)
    yield found
    for number in (0, 1):
        found.kill(number)


def test_reads_go_on_when_one_of_two_stores_dies_and_metrics_say_so(
    servers: Servers, kemi: Dataset, kemi_release: Path, start_service: StartService
) -> None:
    service = start_service(kemi_release, store=servers.addresses)
    for path in ("/", "/search?q=koulu"):
        assert service.get(path).status == 200
    servers.kill(0)

    answers = [
        service.get(f"/sparql?query={COUNT.replace(' ', '%20')}", {"Accept": "text/csv"}) for _ in range(3)
    ]
    assert [(answer.status, answer.body) for answer in answers] == [
        (200, f"n\r\n{kemi.default_size}\r\n".encode())
    ] * 3
    first, second = servers.addresses.split(",")
    health = service.get("/healthz").body.decode()
    assert f"store {first} down" in health
    assert f"store {second} up" in health
    metrics = service.get("/metrics").body.decode()
    assert f'hytegraph_store_up{{store="{first}"}} 0.0' in metrics
    assert f'hytegraph_store_failures_total{{store="{first}"}}' in metrics

    servers.start(0)
    servers.kill(1)
    assert service.get("/plans").status == 200
    servers.kill(0)
    assert service.get("/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1").status == 503


@pytest.fixture
def proxy(servers: Servers, tmp_path: Path) -> Iterator[str]:
    """The address of an nginx before both servers, by the configuration that the how-to gives."""
    program = nginx_program()
    port, text = free_port(), PROXY.read_text("utf-8")
    for given, own in zip((7900, 7878, 7879), (port, *servers.ports), strict=True):
        text = text.replace(f"127.0.0.1:{given}", f"127.0.0.1:{own}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{ }} "
        f"http {{ access_log off; {folders}\n{text}\n}}",
        "utf-8",
    )
    command: list[str | Path] = [program, "-p", tmp_path, "-e", tmp_path / "error.log"]
    command += ["-c", tmp_path / "nginx.conf"]
    with subprocess.Popen(command) as nginx:
        wait_for(port, nginx)
        yield f"http://127.0.0.1:{port}"
        nginx.terminate()


def test_reads_go_on_through_a_proxy_before_two_stores_and_nothing_is_written(
    servers: Servers, proxy: str, kemi: Dataset, kemi_release: Path
) -> None:
    remote = RemoteDataset.connect(StoreClient(f"{proxy}/query"), DEFAULT_BASE, kemi_release)
    for killed in (0, 1):
        servers.kill(killed)
        assert [remote.select(COUNT)[0].text("n") for _ in range(4)] == [str(kemi.default_size)] * 4
        servers.start(killed)
        time.sleep(_PROXY_RESTS)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{proxy}/update", data=b"update=CLEAR+ALL")

    servers.kill(0)
    servers.kill(1)
    with pytest.raises(StoreError, match="answered 502"):
        remote.ask("ASK { ?s ?p ?o }")


def test_pages_are_the_same_with_the_release_beside_the_store(
    servers: Servers, kemi: Dataset, kemi_release: Path
) -> None:
    remote = RemoteDataset.connect(StoreClient(servers.addresses), DEFAULT_BASE, kemi_release)
    assert remote.sizes == kemi.sizes
    here = create_app(Settings.of({}), kemi).test_client()
    there = create_app(Settings.of({}), remote).test_client()
    for path in SHOWN:
        assert for_people(there.get(path).data) == for_people(here.get(path).data), path


def test_towns_and_terms_of_use_are_read_once_while_the_store_holds_the_release_beside_it(
    servers: Servers, kemi_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = RemoteDataset.connect(StoreClient(servers.addresses), DEFAULT_BASE, kemi_release)
    client = create_app(Settings.of({}), remote).test_client()
    assert client.get("/gaps").status_code == 200
    asked: list[str] = []
    query = StoreClient.query

    def noted(client: StoreClient, text: str, *more: Any, **named: Any) -> bytes:
        asked.append(text)
        return query(client, text, *more, **named)

    monkeypatch.setattr(StoreClient, "query", noted)

    assert client.get("/gaps").status_code == 200

    assert asked == []


def test_a_store_that_comes_back_empty_is_not_read(
    servers: Servers, kemi_release: Path, tmp_path: Path
) -> None:
    client = StoreClient(servers.addresses, limits=StoreLimits(5.0))
    remote = RemoteDataset.connect(client, DEFAULT_BASE, kemi_release)
    servers.kill(0)
    assert remote.ask("ASK { ?s ?p ?o }")
    (servers.folder / "0" / "data").rename(tmp_path / "lost")
    servers.start(0)
    servers.kill(1)

    with pytest.raises(StoreError, match="no release that a push has verified"):
        remote.ask("ASK { ?s ?p ?o }")


def test_a_release_that_the_store_does_not_hold_is_refused(
    own_oxigraph_store: EngineAddress, kemi_release: Path
) -> None:
    with pytest.raises(StoreError, match="push that release to it"):
        RemoteDataset.connect(StoreClient(own_oxigraph_store.query), DEFAULT_BASE, kemi_release)
    both = f"{own_oxigraph_store.query},{own_oxigraph_store.query}"
    with pytest.raises(StoreError, match="where a push has verified a release in each"):
        RemoteDataset.connect(StoreClient(both), DEFAULT_BASE)
