"""Measures every type of page: the time to its first byte and its weight; prints a Markdown table.

`python -m benchmarks.pages [RELEASE|FILE]` starts one service that computes every page and one that keeps answers,
and asks them in turns over kept connections. Addresses are those of `tests/data/browser/pages.toml`.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path

from tests.browser.page_types import PAGE_TYPES

TURNS = 30
HEADERS = {"Accept": "text/html", "Accept-Language": "fi", "Accept-Encoding": "gzip, br, zstd"}
HEAD = "| page | computed, median ms | p95 | least | kept, median ms | bytes, all | page alone |"


@dataclass(slots=True)
class Measured:
    """Seconds to the first byte, computed and kept, and bytes as sent: of the page, and with all that it loads."""

    computed: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    page: int = 0
    whole: int = 0


class Loads(HTMLParser):
    """The addresses that a browser loads with a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        loads = tag in ("script", "img") or (tag == "link" and named.get("rel") in ("stylesheet", "icon"))
        address = named.get("src") or (named.get("href") if tag == "link" else None)
        if loads and address:
            self.addresses.add(address)


def ask(connection: HTTPConnection, address: str, headers: dict[str, str]) -> tuple[float, bytes]:
    """Seconds to the first byte of the answer, and its body as it was sent."""
    started = time.perf_counter()
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    seconds = time.perf_counter() - started
    return seconds, response.read()


def measure(computing: HTTPConnection, keeping: HTTPConnection, address: str) -> Measured:
    """A page after one visit that nobody counts; the two services are asked in turns."""
    found = Measured(page=len(ask(computing, address, HEADERS)[1]))
    plain = ask(keeping, address, HEADERS | {"Accept-Encoding": "identity"})[1]
    ask(keeping, address, HEADERS)
    for _ in range(TURNS):
        found.computed.append(ask(computing, address, HEADERS)[0])
        found.kept.append(ask(keeping, address, HEADERS)[0])
    loads = sorted(Loads(plain.decode()).addresses)
    found.whole = found.page + sum(len(ask(keeping, each, HEADERS)[1]) for each in loads)
    return found


@contextmanager
def serving(source: str, *options: str) -> Iterator[HTTPConnection]:
    """A kept connection to a service on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "hytegraph.server.cli",
        "serve",
        source,
        f"--port={port}",
        *options,
    ]
    with subprocess.Popen([*command, "--access-log=off"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection
        connection.close()
        process.terminate()


def row(name: str, found: Measured) -> str:
    """A line of the table."""
    ordered = sorted(found.computed)
    times = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[0])
    cells = [name, *(f"{1000 * each:.1f}" for each in (*times, statistics.median(found.kept)))]
    return "| " + " | ".join([*cells, f"{found.whole:,}", f"{found.page:,}"]) + " |"


def main() -> None:
    """Start, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", default="build/release", help="release folder or RDF file")
    source = str(Path(parser.parse_args().source))
    with ExitStack() as stack:
        computing = stack.enter_context(serving(source, "--cache-bytes=0"))
        keeping = stack.enter_context(serving(source))
        print(HEAD)
        print("|---" + "|---:" * 6 + "|")
        for type in PAGE_TYPES:
            print(row(type.name, measure(computing, keeping, type.address)), flush=True)


if __name__ == "__main__":
    main()
