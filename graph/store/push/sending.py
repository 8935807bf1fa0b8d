"""Sends triples to a store in bounded requests, again after a temporary trouble, halved where one is too large."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Triple

from hytegraph.graph.errors import StoreError, StoreTimeoutError
from hytegraph.graph.sparql.binding import write_term
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.push.pieces import Triples

BATCH_TRIPLES = 2000
BATCH_BYTES = 1 << 20
ATTEMPTS = 5
FIRST_PAUSE = 0.2
TEMPORARY = frozenset({0, 408, 425, 429, 500, 502, 503, 504})
_Lines = list[tuple[str, str]]


@dataclass(slots=True)
class Sender:
    """Writes to one store, by its graph store where it has one, else by updates; counts what it sends."""

    client: StoreClient
    sent: int = 0
    repeated: int = 0

    def add(self, graphs: Triples) -> None:
        """Add triples to graphs; raises StoreError when the store refuses or stays away."""
        for batch in _batches(graphs):
            self._write(batch)

    def remove(self, graphs: Triples) -> None:
        """Remove triples from graphs, where the store takes updates."""
        if not self.client.update_url:
            return
        for batch in _batches(graphs):
            self._repeat(f"DELETE DATA {{ {_written(batch)} }}")

    def clear(self, graph: str) -> None:
        """Remove a graph."""
        self.replace(graph, ())

    def replace(self, graph: str, triples: tuple[Triple, ...]) -> None:
        """Put a few triples in the place of what a graph holds."""
        if self.client.graph_url and not triples:
            self._again(lambda: self.client.delete_graph(graph))
        elif self.client.graph_url:
            lines = "".join(f"{triple} .\n" for triple in triples).encode()
            self._again(lambda: self.client.write_graph(graph, lines, replace=True))
        else:
            self._repeat(f"CLEAR SILENT GRAPH {write_term(NamedNode(graph))}")
            if triples:
                self._repeat(f"INSERT DATA {{ {_written([(graph, _line(triple)) for triple in triples])} }}")

    def _write(self, batch: _Lines) -> None:
        """Send a batch; one that the store finds too large or cannot read is halved, down to a single triple."""
        try:
            self._send(batch)
        except StoreError as error:
            is_away = error.status == 0 and not isinstance(error, StoreTimeoutError)
            if is_away or len(batch) < 2:
                raise
            middle = len(batch) // 2
            self._write(batch[:middle])
            self._write(batch[middle:])
            return
        self.sent += len(batch)

    def _send(self, batch: _Lines) -> None:
        if not self.client.graph_url:
            self._repeat(f"INSERT DATA {{ {_written(batch)} }}")
            return
        for graph in dict.fromkeys(name for name, _ in batch):
            lines = "".join(line for name, line in batch if name == graph).encode()
            self._again(partial(self.client.write_graph, graph, lines, replace=False))

    def _repeat(self, update: str) -> None:
        self._again(lambda: self.client.update(update))

    def _again(self, request: Callable[[], None]) -> None:
        """Send a request, again after a pause while the store has a temporary trouble."""
        pause = FIRST_PAUSE
        for attempt in range(ATTEMPTS):
            try:
                request()
                return
            except StoreError as error:
                # A batch that is too large, or takes too long, is better halved at once than sent again.
                is_lasting = error.status not in TEMPORARY or isinstance(error, StoreTimeoutError)
                if is_lasting or attempt == ATTEMPTS - 1:
                    raise
            self.repeated += 1
            time.sleep(pause)
            pause *= 2


def _batches(graphs: Triples) -> Iterator[_Lines]:
    batch: _Lines = []
    size = 0
    for name, triples in graphs.items():
        for triple in triples:
            line = _line(triple)
            if batch and (len(batch) >= BATCH_TRIPLES or size + len(line) > BATCH_BYTES):
                yield batch
                batch, size = [], 0
            batch.append((name, line))
            size += len(line)
    if batch:
        yield batch


def _line(triple: Triple) -> str:
    subject, predicate, value = map(write_term, (triple.subject, triple.predicate, triple.object))
    return f"{subject} {predicate} {value} .\n"


def _written(batch: _Lines) -> str:
    """The batch as graphs of an update."""
    graphs: dict[str, list[str]] = {}
    for name, line in batch:
        graphs.setdefault(name, []).append(line)
    return "\n".join(
        f"GRAPH {write_term(NamedNode(name))} {{\n{''.join(lines)}}}" for name, lines in graphs.items()
    )
