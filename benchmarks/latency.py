"""What a reader waits for: the first byte of each type of page, of searches and traces, none of them kept.

`python -m benchmarks.latency RELEASE STORAGE` reads them of a release by itself.
"""

import argparse
import random
import re
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.processes import hytegraph, megabytes_of
from hytegraph.graph.query.named import NamedQuery, load_queries
from hytegraph.graph.store.disk import find_store, is_slow_to_load

HEADERS = {"Accept": "text/html", "Accept-Language": "fi", "Accept-Encoding": "gzip, br, zstd"}
WAIT_SECONDS = 120.0
# A nice process puts a million quads on the disk in a minute or so, once the service is there.
STORE_SECONDS = 300.0
# Pages of a town, and of the whole where there is no town in the address.
_PAGES = (
    "",
    "/plans",
    "/periods",
    "/decisions",
    "/figures",
    "/responsibility",
    "/gaps",
    "/sdg",
    "/queries",
    "/validation",
)
_WHOLE = (
    "/",
    "/plans",
    "/periods",
    "/sdg",
    "/figures",
    "/responsibility",
    "/gaps",
    "/validation",
    "/ns",
    "/about",
    "/downloads",
)
_WORDS = (
    "liikunta",
    "nuoret",
    "yksinäisyys",
    "luonto",
    "kirjasto",
    "digitaidot",
    "terveys",
    "osallisuus",
    "ravitsemus",
    "ilmasto",
)
_TOWNS_OF_A_QUERY = 4
_TYPE = re.compile(r"<[^>]*?/id/((?:[^/>]+)/([a-z]+)/[^>]+)> <[^>]+#type> ")


@dataclass(slots=True)
class PageTime:
    """Seconds to the first byte of a type of page at each of its addresses, the bytes of the largest, and failures."""

    seconds: list[float] = field(default_factory=list)
    largest: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.seconds) * 1000 if self.seconds else float("nan")

    @property
    def p95(self) -> float:
        """Milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[int(len(ordered) * 0.95)] * 1000 if ordered else float("nan")


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its connection and process, and the seconds from the command to the first answer."""

    connection: HTTPConnection
    pid: int
    started: float


@dataclass(slots=True)
class Reading:
    """The times of all types of page, the seconds of the first start and of a restart, and megabytes after reading."""

    pages: dict[str, PageTime]
    first_start: float
    restart: float
    megabytes: float


def read_as_people(release: Path, storage: Path, addresses: int) -> Reading:
    """Start a service that keeps no answer, start it again, and read every type of page at once after the start."""
    pages = addresses_of(release / "data.nq", addresses)
    with serving(release, storage) as service:
        first_start = service.started
        _wait_for_store(release, storage)
    with serving(release, storage) as service:
        times = {name: _read(service.connection, paths) for name, paths in pages.items()}
        return Reading(times, first_start, service.started, megabytes_of(service.pid))


def _wait_for_store(release: Path, storage: Path) -> None:
    """Until the service has put slow data on the disk for the next start, as one that is not ended at once does."""
    until = time.monotonic() + STORE_SECONDS
    while is_slow_to_load(release) and not find_store(release, storage):
        if time.monotonic() > until:
            raise RuntimeError(
                f"{release}: no store on disk after {STORE_SECONDS:.0f} s; a restart would be another first start"
            )
        time.sleep(1)


def addresses_of(data: Path, count: int) -> dict[str, list[str]]:
    """At most so many addresses of each type of page, drawn from the things of the data; the same every time."""
    things, draw = _things(data), random.Random(7)
    towns = sorted({path.split("/", 1)[0] for path in things.get("document", [])})
    chosen = draw.sample(towns, min(count, len(towns)))
    found = {f"whole: {page}": [page] for page in _WHOLE}
    if len(towns) > 1:
        pairs = list(zip(chosen, [*chosen[1:], *chosen[:1]], strict=True))
        for subject in ("sdg=3", "words=liikunta"):
            found[f"compare two towns: {subject}"] = [
                f"/compare?town={one}&town={other}&{subject}" for one, other in pairs
            ]
        found |= {f"town: {page or '/'}": [f"/{town}{page}" for town in chosen] for page in _PAGES}
        found["search in a town"] = [
            f"/{town}/search?q={word}" for town, word in zip(chosen, _WORDS * count, strict=False)
        ]
        found |= {
            f"town: query {query.name}": [f"/{town}{_query(query)}" for town in chosen[:_TOWNS_OF_A_QUERY]]
            for query in load_queries().values()
        }
    else:
        found |= {f"query: {query.name}": [_query(query)] for query in load_queries().values()}
    found["search"] = [f"/search?q={word}" for word in _WORDS]
    for name, kind in (("trace", "measure"), ("goal", "goal"), ("unit", "unit"), ("row", "row")):
        paths = things.get(kind, [])
        place = "trace" if name == "trace" else "page"
        found[name] = [f"/{place}/id/{path}" for path in draw.sample(paths, min(count, len(paths)))]
    plans = things.get("plan", [])
    found["tree of a plan"] = [f"/tree/id/{path}" for path in draw.sample(plans, min(count, len(plans)))]
    documents = things.get("document", [])
    found["source"] = [f"/source/id/{path}" for path in draw.sample(documents, min(count, len(documents)))]
    return {name: paths for name, paths in found.items() if paths}


def _query(query: NamedQuery) -> str:
    """The page of a named query; a parameter that needs a value has that of its example."""
    values = "&".join(
        f"{each.name}={each.example}" for each in query.parameters if each.example and each.name != "towns"
    )
    return f"/query/{query.name}" + (f"?{values}" if values else "")


def _things(data: Path) -> Mapping[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    with data.open(encoding="utf-8") as lines:
        for line in lines:
            if match := _TYPE.match(line):
                found.setdefault(match[2], {})[match[1]] = None
    return {kind: list(paths) for kind, paths in found.items()}


def _read(connection: HTTPConnection, addresses: Sequence[str]) -> PageTime:
    found = PageTime()
    for address in addresses:
        started = time.perf_counter()
        try:
            connection.request("GET", _escaped(address), headers=HEADERS)
            response = connection.getresponse()
            seconds = time.perf_counter() - started
            body = response.read()
            failure = "" if response.status in (200, 302, 303, 308) else str(response.status)
        except OSError as error:
            connection.close()
            failure = type(error).__name__
        if failure:
            found.failed.append(f"{address}: {failure}")
            continue
        found.seconds.append(seconds)
        found.largest = max(found.largest, len(body))
    return found


def _escaped(address: str) -> str:
    return "".join(
        sign if ord(sign) < 128 else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in address
    )


@contextmanager
def serving(release: Path, storage: Path) -> Iterator[Service]:
    """A kept connection to a service without kept answers, on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    options = [f"--port={port}", "--cache-bytes=0", "--access-log=off", f"--storage-folder={storage}"]
    began = time.monotonic()
    with subprocess.Popen(hytegraph("serve", release, *options), stdout=subprocess.DEVNULL) as process:
        connection = HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
        while _status(connection, "/readyz") != 200:
            if process.poll() is not None:
                raise RuntimeError(f"the service has ended with {process.returncode}")
            time.sleep(0.02)
        started = time.monotonic() - began
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            yield Service(connection, process.pid, started)
        finally:
            connection.close()
            process.terminate()


def _status(connection: HTTPConnection, address: str) -> int:
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        connection.close()
        return 0


def main() -> None:
    """A line for each type of page, the slowest first, and one of the service."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("release", type=Path)
    parser.add_argument("storage", type=Path, help="where the service keeps its store on disk")
    parser.add_argument("--addresses", type=int, default=40, help="of each type of page, at most (40)")
    options = parser.parse_args()
    reading = read_as_people(options.release.resolve(), options.storage, options.addresses)
    for name, page in sorted(reading.pages.items(), key=lambda item: -item[1].p95):
        failed = f"  failed: {', '.join(page.failed)}" if page.failed else ""
        print(f"{page.p95:8.1f} ms p95 {page.median:8.1f} ms median  {len(page.seconds):3}  {name}{failed}")
    print(
        f"ready {reading.first_start:.1f} s after the first start, {reading.restart:.1f} s after a restart;"
        f" {reading.megabytes:,.0f} MB"
    )


if __name__ == "__main__":
    main()
