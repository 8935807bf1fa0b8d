import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "server" / "sample.trig"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.open(SAMPLE)


@pytest.fixture
def client(dataset: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), dataset).test_client()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server has answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Service:
    """A running `hytegraph serve`: its process, its port, and the file of its standard error."""

    process: "subprocess.Popen[str]"
    port: int
    log: Path

    def connect(self, timeout: float = 20.0) -> HTTPConnection:
        """A connection to it that is kept alive."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.connect()
        assert connection.sock
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def get(self, path: str, headers: dict[str, str] | None = None, timeout: float = 20.0) -> Reply:
        """The answer to one request on a connection of its own."""
        connection = self.connect(timeout)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def descendants(self) -> dict[int, int]:
        """The processes that it has started, each with its parent."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text("ascii", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.parent.name)] = int(fields[1])
        found, known = {}, {self.process.pid}
        while new := {pid: parent for pid, parent in parents.items() if parent in known and pid not in known}:
            found.update(new)
            known.update(new)
        return found

    def front(self) -> int:
        """The process that answers HTTP."""
        return max(pid for pid, parent in self.descendants().items() if parent == self.process.pid)

    def keeper(self) -> int:
        """The process that forks the workers."""
        front = self.front()
        return next(pid for pid, parent in self.descendants().items() if parent == front)

    def workers(self) -> tuple[int, ...]:
        """The processes that evaluate queries."""
        keeper = self.keeper()
        return tuple(pid for pid, parent in self.descendants().items() if parent == keeper)


StartService = Callable[..., Service]


@pytest.fixture(scope="session")
def start_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartService]:
    """Starts services on free ports; they are stopped at the end of the tests."""
    started: list[Service] = []

    def start(source: Path, **settings: object) -> Service:
        log = tmp_path_factory.mktemp("service") / "stderr.txt"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
        command = [
            sys.executable,
            "-m",
            "hytegraph.server.cli",
            "serve",
            str(source),
            f"--port={port}",
            *options,
        ]
        with log.open("w") as errors:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, "RUST_BACKTRACE": "0"},
            )
        assert process.stdout is not None
        assert str(port) in process.stdout.readline(), log.read_text()
        started.append(Service(process, port, log))
        return started[-1]

    yield start
    for service in started:
        assert service.process.stdout is not None
        service.process.stdout.close()
        service.process.send_signal(signal.SIGTERM)
    for service in started:
        service.process.wait(timeout=20)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An RDF file with enough in it for queries that never end: 4 000 things that know each other."""
    file = tmp_path_factory.mktemp("crowd") / "crowd.nq"
    things = [f"<http://example.org/{number}>" for number in range(4000)]
    lines = []
    for number, thing in enumerate(things):
        lines.append(
            f'{thing} <http://example.org/name> "thing {number} {"a" * 30}" <http://example.org/graph/a> .'
        )
        for step in (1, 7, 31):
            other = things[(number * 3 + step) % len(things)]
            lines.append(f"{thing} <http://example.org/knows> {other} <http://example.org/graph/a> .")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
