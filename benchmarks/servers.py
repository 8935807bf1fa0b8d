"""Starts the servers that are compared, each with the same data, on loopback ports of their own."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.clients import Connection

TIME_LIMIT = 2
KNOWN_CLASS = "https://w3id.org/hytegraph/ns#Measure"
VIRTUOSO_SETTINGS = Path(__file__).parents[1] / "tests" / "data" / "graph" / "virtuoso.ini"
# 8 kB each: 1.2 GB.
VIRTUOSO_BUFFERS = 150_000


@dataclass(frozen=True, slots=True)
class Data:
    """The same data thrice: as quads, as the merged default graph for servers without such a merge, and the release."""

    quads: Path
    triples: Path
    release: Path


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, the process, how it is told the time limit, and the seconds to its start."""

    name: str
    port: int
    path: str
    pid: int
    limit: str
    started: float


Starter = Callable[[Data, Path], "tuple[list[str], int, str, str]"]


def hytegraph(data: Data, folder: Path, python: str = sys.executable) -> tuple[list[str], int, str, str]:
    """hytegraph as it serves a release by itself, as it is installed for that Python."""
    port = _free_port()
    command = [
        python,
        "-m",
        "hytegraph.server.cli",
        "serve",
        str(data.release),
        "--port",
        str(port),
    ]
    options = ["--access-log", "off", "--queue", "64", "--storage-folder", str(folder / "storage")]
    return [*command, *options], port, "/sparql", f"timeout={TIME_LIMIT}"


def hytegraph_without_cache(
    data: Data, folder: Path, python: str = sys.executable
) -> tuple[list[str], int, str, str]:
    """hytegraph that evaluates every question, also one that it has just been asked."""
    command, port, path, limit = hytegraph(data, folder, python)
    return [*command, "--cache-bytes", "0"], port, path, limit


def oxigraph_memory(data: Data, folder: Path) -> tuple[list[str], int, str, str]:
    """Oxigraph's server in memory; the data are posted to it."""
    port = _free_port()
    return (
        [*_oxigraph(), "serve", "--bind", f"127.0.0.1:{port}", "--timeout-s", str(TIME_LIMIT)],
        port,
        "/query",
        "",
    )


def oxigraph_disk(data: Data, folder: Path) -> tuple[list[str], int, str, str]:
    """Oxigraph's server on disk, bulk loaded."""
    port, place = _free_port(), str(folder / "oxigraph")
    subprocess.run(
        [*_oxigraph(), "load", "-l", place, "-f", str(data.triples)], check=True, capture_output=True
    )
    serve = ["serve-read-only", "-l", place, "--bind", f"127.0.0.1:{port}", "--timeout-s", str(TIME_LIMIT)]
    return [*_oxigraph(), *serve], port, "/query", ""


def rdflib_endpoint(data: Data, folder: Path) -> tuple[list[str], int, str, str]:
    """rdflib-endpoint with rdflib's own store."""
    port = _free_port()
    return (
        ["rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(port), str(data.triples)],
        port,
        "/",
        "",
    )


def virtuoso(data: Data, folder: Path) -> tuple[list[str], int, str, str]:
    """Virtuoso with buffers for all of the data."""
    port, sql_port = _free_port(), _free_port()
    place = folder / "virtuoso"
    place.mkdir()
    settings = VIRTUOSO_SETTINGS.read_text("utf-8").format(
        folder=place,
        port=port,
        sql_port=sql_port,
        buffers=VIRTUOSO_BUFFERS,
        dirty_buffers=VIRTUOSO_BUFFERS * 3 // 4,
    )
    (place / "virtuoso.ini").write_text(settings, "utf-8")
    (place / "sql_port").write_text(str(sql_port))
    command = ["virtuoso-t", "+foreground", "+configfile", str(place / "virtuoso.ini")]
    return command, port, "/sparql", f"timeout={TIME_LIMIT * 1000}"


STARTERS: dict[str, tuple[Starter, str]] = {
    "hytegraph": (hytegraph, ""),
    "hytegraph, no cache": (hytegraph_without_cache, ""),
    "oxigraph, memory": (oxigraph_memory, "oxigraph"),
    "oxigraph, disk": (oxigraph_disk, "oxigraph"),
    "Virtuoso": (virtuoso, "virtuoso-t"),
    "rdflib-endpoint": (rdflib_endpoint, "rdflib-endpoint"),
}


def add_checkout(folder: Path) -> tuple[str, str]:
    """Let hytegraph as it is in another checkout, with an environment of its own, take part; gives the names."""
    python = str(folder.resolve() / ".venv" / "bin" / "python")
    names = ("hytegraph beside", "hytegraph beside, no cache")
    for name, starter in zip(names, (hytegraph, hytegraph_without_cache), strict=True):
        STARTERS[name] = (partial(starter, python=python), "")
    return names


def installed(name: str) -> bool:
    """Whether the program of that server is here."""
    program = STARTERS[name][1]
    return not program or shutil.which(program) is not None or (_beside_python(program)).exists()


@contextmanager
def running(name: str, data: Data, folder: Path, start_seconds: int = 240) -> Iterator[Server]:
    """The server with the data loaded, until the block ends; RuntimeError where that takes longer than it may."""
    own = folder / name.replace(", ", "-")
    own.mkdir()
    # Loading counts, whether it happens before the server is started, in it, or by requests to it.
    began = time.monotonic()
    command, port, path, limit = STARTERS[name][0](data, own)
    with (
        (own / "output").open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_for(port, process, start_seconds)
            _fill(name, port, data, own, start_seconds)
            _wait_for_data(port, path, process, start_seconds)
            started = time.monotonic() - began
            yield Server(name, port, path, process.pid, limit, started)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_data(port: int, path: str, process: "subprocess.Popen[bytes]", start_seconds: int) -> None:
    """Until a question about the data is answered: a server may listen long before it has loaded them."""
    query = urlencode({"query": f"SELECT ?s WHERE {{ ?s a <{KNOWN_CLASS}> }} LIMIT 1"})
    deadline = time.monotonic() + start_seconds
    while time.monotonic() < deadline and process.poll() is None:
        reply = Connection(port, path, start_seconds).ask(query)
        if reply.status == 200 and b'"value"' in reply.body:
            return
        time.sleep(0.05)
    raise RuntimeError("the server does not answer from the data")


def _fill(name: str, port: int, data: Data, own: Path, start_seconds: int) -> None:
    if name == "oxigraph, memory":
        _post(port, "/store?default", data.triples, start_seconds)
    elif name == "Virtuoso":
        place = own / "virtuoso"
        shutil.copy(data.triples, place / "data.nt")
        script = f"ld_dir('{place}', 'data.nt', 'urn:bench'); rdf_loader_run(); checkpoint;"
        port_of_sql = (place / "sql_port").read_text()
        subprocess.run(
            ["isql-vt", port_of_sql, "dba", "dba", f"exec={script}"],
            check=True,
            capture_output=True,
            timeout=start_seconds,
        )


def _post(port: int, path: str, file: Path, start_seconds: int) -> None:
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", port, timeout=start_seconds)
    with file.open("rb") as content:
        headers = {"Content-Type": "application/n-triples", "Content-Length": str(file.stat().st_size)}
        connection.request("POST", path, content, headers)
        status = connection.getresponse().status
    assert 200 <= status < 300, f"the data were refused with {status}"


def _oxigraph() -> list[str]:
    here = _beside_python("oxigraph")
    return [str(here) if here.exists() else "oxigraph"]


def _beside_python(program: str) -> Path:
    return Path(sys.executable).parent / program


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", start_seconds: int) -> None:
    deadline = time.monotonic() + start_seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server has ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("the server does not listen")
