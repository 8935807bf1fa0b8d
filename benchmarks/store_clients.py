"""Compares two clients of a SPARQL store: ours on urllib3, and SPARQLWrapper behind the same interface.

`python -m benchmarks.store_clients RELEASE` starts Oxigraph with the release in memory, asks it in turns by both
clients, and prints a table for docs/decisions/0047-sparqlwrapper.md. Runs take turns, so that a busy machine is
equally unkind to both.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from SPARQLWrapper import JSON as JSON_FORMAT
from SPARQLWrapper import POST, SPARQLWrapper

from benchmarks.servers import Data, running
from hytegraph.graph.formats import N_TRIPLES
from hytegraph.graph.store.client import JSON, StoreClient
from hytegraph.graph.store.dataset import Dataset

ROUNDS = 5
QUESTIONS = {
    "one row": ("SELECT * WHERE { ?s a ?c } LIMIT 1", 300),
    "100 rows": ("SELECT * WHERE { ?s ?p ?o } LIMIT 100", 200),
    "20,000 rows": ("SELECT * WHERE { ?s ?p ?o } LIMIT 20000", 8),
}
Ask = Callable[[str], bytes]


def by_wrapper(url: str) -> Ask:
    """SPARQLWrapper as StoreClient would have to use it: an instance a request, because it holds the query."""

    def ask(text: str) -> bytes:
        wrapper = SPARQLWrapper(url, returnFormat=JSON_FORMAT)
        wrapper.addCustomHttpHeader("Accept", JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(30)
        wrapper.setQuery(text)
        with wrapper.query().response as response:
            return bytes(response.read())

    return ask


def milliseconds(ask: Ask, text: str, requests: int, clients: int) -> float:
    """Wall-clock milliseconds a request, with so many clients at once."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        list(threads.map(ask, [text] * requests))
    return (time.perf_counter() - begin) * 1000 / requests


def rows(clients: dict[str, Ask]) -> list[Sequence[str]]:
    """A row a question and number of clients: the median of the rounds by each client, and the ratio."""
    table: list[Sequence[str]] = []
    for name, (text, requests) in QUESTIONS.items():
        assert len({ask(text) for ask in clients.values()}) == 1, "the clients read different answers"
        for count in (1, 4):
            taken: dict[str, list[float]] = {client: [] for client in clients}
            for _ in range(ROUNDS):
                for client, ask in clients.items():
                    taken[client].append(milliseconds(ask, text, requests, count))
            ours, other = (statistics.median(times) for times in taken.values())
            table.append((name, str(count), f"{ours:.2f}", f"{other:.2f}", f"{other / ours:.1f}"))
    return table


def main(release: Path) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        triples = folder / "merged.nt"
        triples.write_bytes(Dataset.open(release).dump(N_TRIPLES))
        with running("oxigraph, memory", Data(release / "data.nq", triples, release), folder) as server:
            url = f"http://127.0.0.1:{server.port}{server.path}"
            clients = {"StoreClient": StoreClient(url).query, "SPARQLWrapper": by_wrapper(url)}
            print("| answer | clients | StoreClient, ms | SPARQLWrapper, ms | ratio |\n|---|---|---|---|---|")
            for row in rows(clients):
                print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
