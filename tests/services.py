"""A `hytegraph serve` that runs for the tests, and what it answers."""

import re
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path


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

    def fork_server(self) -> int:
        """The process that forks the workers."""
        front = self.front()
        return next(pid for pid, parent in self.descendants().items() if parent == front)

    def workers(self) -> tuple[int, ...]:
        """The processes that evaluate queries."""
        fork_server = self.fork_server()
        return tuple(pid for pid, parent in self.descendants().items() if parent == fork_server)


StartService = Callable[..., Service]


def for_people(page: bytes) -> bytes:
    """A page without its description for programs, which lists the files of a release where there are any."""
    return re.sub(rb"<script type=.application/ld.json.>.*?</script>", b"", page, flags=re.DOTALL)
