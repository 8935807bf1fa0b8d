"""Asks a server over kept connections, from so many clients at once, and counts what comes back."""

import socket
import statistics
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status (0 when none came in time), its body, and the seconds it took."""

    status: int
    body: bytes
    seconds: float


class Connection:
    """One kept HTTP/1.1 connection, opened again when the server closes it."""

    def __init__(self, port: int, path: str, timeout: float) -> None:
        self._port, self._path, self._timeout = port, path, timeout
        self._socket: socket.socket | None = None

    def ask(self, query_string: str) -> Reply:
        """The reply to a query by GET; status 0 when it does not come in time."""
        head = f"GET {self._path}?{query_string} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {ACCEPT}\r\n\r\n".encode()
        started = time.perf_counter()
        try:
            status, body = self._exchange(head, retry=self._socket is not None)
        except OSError:
            self.close()
            status, body = 0, b""
        return Reply(status, body, time.perf_counter() - started)

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def _exchange(self, head: bytes, *, retry: bool) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), self._timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(head)
        received = b""
        while b"\r\n\r\n" not in received:
            part = self._socket.recv(65536)
            if not part:
                self.close()
                if retry:
                    return self._exchange(head, retry=False)
                raise ConnectionError("closed before an answer")
            received += part
        headers, _, body = received.partition(b"\r\n\r\n")
        return int(headers[9:12]), self._body(headers.lower(), body)

    def _body(self, headers: bytes, body: bytes) -> bytes:
        assert self._socket is not None
        parts, size = [body], len(body)
        length = headers.find(b"content-length:")
        wanted = int(headers[length + 15 :].split(b"\r\n", 1)[0]) if length >= 0 else None
        chunked = b"transfer-encoding: chunked" in headers
        while (size < wanted) if wanted is not None else not (chunked and _ended(parts)):
            part = self._socket.recv(262_144)
            if not part:
                break
            parts.append(part)
            size += len(part)
        if b"connection: close" in headers or (wanted is None and not chunked):
            self.close()
        return b"".join(parts)


def _ended(parts: list[bytes]) -> bool:
    return (parts[-1] if len(parts[-1]) >= 5 else b"".join(parts[-6:])).endswith(b"0\r\n\r\n")


@dataclass(slots=True)
class Measured:
    """What a server did in a cell of the table: seconds of each answered question, failures, time and CPU spent."""

    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.latencies) * 1000 if self.latencies else float("nan")

    @property
    def p95(self) -> float:
        """The 95th percentile in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[int(len(ordered) * 0.95)] * 1000 if ordered else float("nan")

    @property
    def cpu_each(self) -> float:
        """CPU of the server in milliseconds per answer."""
        return self.cpu * 1000 / len(self.latencies) if self.latencies else float("nan")

    def add(self, other: "Measured") -> None:
        """Join another round of the same cell."""
        self.latencies += other.latencies
        self.failed += other.failed
        self.seconds += other.seconds
        self.cpu += other.cpu


def load(
    port: int, path: str, pid: int, forms: tuple[str, ...], clients: int, seconds: float, first: int
) -> Measured:
    """Ask for so many seconds from so many clients, beginning with the form of that number."""
    found = [Measured() for _ in range(clients)]
    # Each client asks all forms in turn: one that asked a costly form alone would be asked less often by itself.
    step = clients if len(forms) % clients else clients + 1
    started, cpu = time.perf_counter(), cpu_of(pid)

    def work(number: int) -> None:
        connection = Connection(port, path, 10.0)
        turn = first + number
        while time.perf_counter() - started < seconds:
            reply = connection.ask(forms[turn % len(forms)])
            turn += step
            if reply.status == 200:
                found[number].latencies.append(reply.seconds)
            else:
                found[number].failed += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Measured(seconds=time.perf_counter() - started, cpu=cpu_of(pid) - cpu)
    for each in found:
        whole.latencies += each.latencies
        whole.failed += each.failed
    return whole


def cpu_of(pid: int) -> float:
    """The CPU seconds of a process and all its descendants, ended ones too."""
    processes = _processes()
    return sum(processes[member][1] for member in _family(pid, processes) if member in processes) / 100


def family_of(pid: int) -> list[int]:
    """A process and all its descendants that run."""
    return _family(pid, _processes())


def _family(pid: int, processes: Mapping[int, tuple[int, int]]) -> list[int]:
    children: dict[int, list[int]] = {}
    for member, (parent, _) in processes.items():
        children.setdefault(parent, []).append(member)
    family = [pid]
    for member in family:
        family += children.get(member, [])
    return family


def _processes() -> dict[int, tuple[int, int]]:
    """Of each process its parent and the ticks that it and its ended children have taken."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return found
