"""What a push notes in the store: how far it has come, and which release the store holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import NamedNode

from hytegraph.graph.errors import StoreError
from hytegraph.graph.sparql.binding import write_term
from hytegraph.graph.store.answers import rows_of
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.release import Release, read_release
from hytegraph.graph.store.replicas import Replica
from hytegraph.graph.vocab import DCT, RDF, VOID

MERGED = "store/merged"
PUSHED = "store/push"


@dataclass(frozen=True, slots=True)
class PushState:
    """How far a push has come: what it writes in pieces of which size, and how many of them are written.

    `release` is the checksum of the data once all is read back, '' before; `merged` the size of the default graph.
    """

    plan: str
    pieces: int
    release: str
    merged: int


def read_state(client: StoreClient, base: str) -> PushState | None:
    """What the last push has noted in the store, None where nobody has pushed; raises StoreError."""
    node = write_term(NamedNode(base + PUSHED))
    rows = rows_of(client, f"SELECT ?p ?o WHERE {{ GRAPH {node} {{ {node} ?p ?o }} }}")
    values = {row.text("p"): row.text("o") for row in rows}
    if DCT.identifier.value not in values:
        return None
    return PushState(
        plan=values[DCT.identifier.value],
        pieces=int(values.get(RDF.value.value, 0)),
        release=values.get(DCT.source.value, ""),
        merged=int(values.get(VOID.triples.value, 0)),
    )


@dataclass(frozen=True, slots=True)
class ReleaseGuard:
    """Sees that every address of a store holds the release with that checksum before it is asked for its data.

    `release` is the one that lies beside the store, None where there is none.
    """

    client: StoreClient
    base: str
    digest: str
    release: Release | None

    @classmethod
    def of(cls, client: StoreClient, base: str, beside: Path | None) -> Self | None:
        """The guard for a release beside the store, or for several addresses; None where neither is.

        Raises StoreError for addresses that hold other data than the release or each other, and where none answers.
        """
        if beside is None and len(client.replicas.all) == 1:
            return None
        release = None
        if beside is not None:
            release = Release(beside.resolve(), read_release(beside).manifest)
        digest = release.checksum if release else _pushed(client, base)
        guard = cls(client, base, digest, release)
        client.replicas.check = guard.check_replica
        guard.check_all()
        return guard

    def check(self) -> PushState:
        """What the store notes of the release; raises StoreError where it holds another one by now."""
        state = read_state(self.client, self.base)
        self._refuse_other(self.client.query_url, state)
        assert state
        return state

    def check_replica(self, replica: Replica) -> None:
        """Raise StoreError where an address does not answer or holds other data."""
        self._refuse_other(replica.url, read_state(self.client.only(replica), self.base))

    def check_all(self) -> None:
        """See that no address that answers holds other data, and that one answers; raises StoreError."""
        for replica in self.client.replicas.all:
            try:
                state = read_state(self.client.only(replica), self.base)
            except StoreError:
                self.client.replicas.leave(replica)
                continue
            self._refuse_other(replica.url, state)
            replica.is_checked = True
        self.check()

    def _refuse_other(self, url: str, state: PushState | None) -> None:
        held = state.release if state else ""
        if held == self.digest:
            return
        holds = f"the release {held[:12]}" if held else "no release that a push has verified"
        raise StoreError(url, f"it holds {holds}, not {self.digest[:12]}; push that release to it")


def _pushed(client: StoreClient, base: str) -> str:
    state = read_state(client, base)
    if state is None or not state.release:
        raise StoreError(
            client.query_url, "several stores are read only where a push has verified a release in each"
        )
    return state.release
