"""Writes a release to a SPARQL store piece by piece, and goes on where an earlier push of the same release was ended.

How far a push has come is kept in the store itself, under the checksum of the data: what the store loses when it is
killed, it loses with the record of it. A piece that is sent twice changes nothing, as the data have no blank nodes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.errors import HytegraphError, QueryFailedError
from hytegraph.graph.store.answers import sizes_of
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.push.pieces import PIECE_QUADS, PushSource
from hytegraph.graph.store.push.read_back import GraphCheck, ReadBack
from hytegraph.graph.store.push.sending import Sender
from hytegraph.graph.store.push.state import MERGED, PUSHED, read_state
from hytegraph.graph.vocab import DCT, RDF, VOID

# What is done to how many quads of how many.
Progress = Callable[[str, int, int], None]
WRITING, VERIFYING = "writing", "verifying"


class PushError(HytegraphError):
    """A release could not be written whole; `sent` triples are in the store and the same command goes on from there."""

    def __init__(self, url: str, sent: int, reason: str) -> None:
        super().__init__(
            f"{url}: {sent} triples written, then: {reason}; run the same command again to go on"
        )
        self.url = url
        self.sent = sent
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: pieces of the data, those that an earlier push had written, requests sent more than once, and
    triples that were mended when they were read back.
    """

    triples: int
    pieces: int
    skipped: int
    repeated: int
    mended: int
    checks: tuple[GraphCheck, ...]
    digest: str

    @property
    def verified(self) -> bool:
        """Whether the store holds exactly the release."""
        return all(check.good for check in self.checks)


def push(client: StoreClient, source: PushSource, base: str, progress: Progress) -> Pushed:
    """Write the data, with the default graph merged of them, and verify them.

    Graphs under the base that are of another release are removed. Raises PushError when the store refuses or stays
    away.
    """
    run = _Push(client, source, base, progress)
    try:
        return run.push()
    except QueryFailedError as error:
        raise PushError(client.query_url, run.sender.sent, error.reason) from error


class _Push:
    def __init__(self, client: StoreClient, source: PushSource, base: str, progress: Progress) -> None:
        self.sender = Sender(client)
        self._client, self._source, self._base, self._progress = client, source, base, progress

    def push(self) -> Pushed:
        done = self._pieces_done()
        pieces = self._write(done)
        read_back = self._verify()
        checks = tuple(read_back.checks())
        if done and not all(check.good for check in checks):
            # Graphs hold things that the release does not have: they are written anew from the beginning.
            done, pieces = 0, self._write(0)
            read_back = self._verify()
            checks = tuple(read_back.checks())
        sender = self.sender
        pushed = Pushed(
            sender.sent, pieces, done, sender.repeated, read_back.mended, checks, self._source.digest
        )
        if pushed.verified:
            merged = next((check.found for check in checks if check.graph == self._base + MERGED), 0)
            self._record(pieces, merged)
        return pushed

    def _pieces_done(self) -> int:
        """How many pieces of this very release an earlier push has written."""
        state = read_state(self._client, self._base)
        return state.pieces if state and state.plan == self._plan else 0

    @property
    def _plan(self) -> str:
        """Names the release and the size of its pieces: with others, another number would be meant."""
        return f"{self._source.digest}/{PIECE_QUADS}"

    def _write(self, done: int) -> int:
        """Write the pieces after those that are done; gives the number of all."""
        if not done:
            for graph in sizes_of(self._client):
                if graph.startswith(self._base):
                    self.sender.clear(graph)
        number = quads = 0
        for number, piece in enumerate(self._source.pieces(self._base), 1):
            quads += sum(len(triples) for name, triples in piece.items() if name != self._base + MERGED)
            if number > done:
                self.sender.add(piece)
                self._record(number)
            self._progress(WRITING, quads, self._source.size)
        return number

    def _verify(self) -> ReadBack:
        read_back = ReadBack(self._client, self.sender, self._base)
        quads = 0
        for piece in self._source.pieces(self._base):
            read_back.check(piece)
            quads += sum(len(triples) for name, triples in piece.items() if name != self._base + MERGED)
            self._progress(VERIFYING, quads, self._source.size)
        return read_back

    def _record(self, pieces: int, merged: int | None = None) -> None:
        """Note how many pieces are written, and after the verification which release it is and its merged size."""
        node = NamedNode(self._base + PUSHED)
        triples = [
            Triple(node, DCT.identifier, Literal(self._plan)),
            Triple(node, RDF.value, Literal(pieces)),
        ]
        if merged is not None:
            triples += [
                Triple(node, DCT.source, Literal(self._source.digest)),
                Triple(node, VOID.triples, Literal(merged)),
            ]
        self.sender.replace(node.value, tuple(triples))
