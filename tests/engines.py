"""SPARQL stores that the tests start, and ports of loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

WANTS_VIRTUOSO = "HYTEGRAPH_TEST_VIRTUOSO"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """Where a SPARQL store that was started for the tests answers."""

    name: str
    query: str
    update: str
    graphs: str


@contextmanager
def running_oxigraph(folder: Path) -> Iterator[EngineAddress]:
    """An empty Oxigraph server in memory, of the PyPI package, on loopback."""
    port = free_port()
    with start_oxigraph(folder, port) as server:
        yield oxigraph_address(port)
        server.terminate()


def start_oxigraph(folder: Path, port: int, *options: str) -> "subprocess.Popen[bytes]":
    """An Oxigraph server that listens on the port; it is for the caller to end."""
    command = [
        str(Path(sys.executable).parent / "oxigraph"),
        "serve",
        "--bind",
        f"127.0.0.1:{port}",
        *options,
    ]
    with (folder / "log").open("ab") as stream:
        server = subprocess.Popen(command, stdout=stream, stderr=stream)
    wait_for(port, server)
    return server


def oxigraph_address(port: int) -> EngineAddress:
    """Where an Oxigraph server on that port answers."""
    address = f"http://127.0.0.1:{port}"
    return EngineAddress("oxigraph", f"{address}/query", f"{address}/update", f"{address}/store")


def virtuoso() -> str:
    """The program, installed if need be; skips the test with the reason where it is not wanted or cannot be had."""
    if not os.environ.get(WANTS_VIRTUOSO):
        pytest.skip(f"Virtuoso is installed by apt-get and started only where {WANTS_VIRTUOSO} is set")
    if not shutil.which("virtuoso-t") and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-qq", "-y", "virtuoso-opensource-7-bin"]):
            subprocess.run(["apt-get", *command], check=False, capture_output=True, timeout=300)
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("virtuoso-t, the program of Debian's virtuoso-opensource, could not be installed")
    return program


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the server takes connections."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server has ended with {server.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody answers on port {port}")
