"""Several addresses that hold the same data: one is asked, and the next one where it does not answer."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from hytegraph.graph.errors import StoreError, StoreTimeoutError

# So long an address that has failed is asked only where no other answers.
REST_SECONDS = 5.0
# What a server or a proxy before it says when it is not there; a query that it finds wrong is wrong elsewhere too.
_AWAY = frozenset({0, 502, 503, 504})


@dataclass(slots=True)
class Replica:
    """An address, the headers for it, how often it has failed and when last; `is_checked` since then."""

    url: str
    headers: Mapping[str, str]
    failures: int = 0
    failed_at: float = float("-inf")
    is_checked: bool = False

    @property
    def is_up(self) -> bool:
        """Whether it has answered when it was asked last."""
        return self.failed_at == float("-inf")


Ask = Callable[[Replica], bytes]


class Replicas:
    """The addresses of a store for reading; safe for several threads.

    `check` is asked before an address is used for the first time or again after a failure, and raises StoreError where
    it does not hold the data: a server that comes back empty is none.
    """

    def __init__(self, replicas: Sequence[Replica]) -> None:
        self.all = tuple(replicas)
        self.check: Callable[[Replica], None] | None = None
        self._current = self.all[0]
        self._lock = Lock()

    @property
    def current(self) -> Replica:
        """The address that is asked first."""
        return self._current

    @property
    def failures(self) -> int:
        """How often an address has failed."""
        return sum(replica.failures for replica in self.all)

    def ask(self, ask: Ask) -> bytes:
        """The answer of the first address that gives one; raises the StoreError of the last where none does.

        A query that takes too long is not asked again: it would burden the next one too.
        """
        trouble: StoreError | None = None
        for replica in self._in_order():
            try:
                if self.check is not None and not replica.is_checked:
                    self.check(replica)
                answer = ask(replica)
            except StoreTimeoutError:
                raise
            except StoreError as error:
                if error.status not in _AWAY:
                    raise
                self._failed(replica)
                trouble = error
                continue
            self._answered(replica)
            return answer
        assert trouble
        raise trouble

    def _in_order(self) -> Iterator[Replica]:
        with self._lock:
            now, first = time.monotonic(), self._current
            others = [replica for replica in self.all if replica is not first]
            waiting = [replica for replica in others if now - replica.failed_at < REST_SECONDS]
        yield first
        yield from (replica for replica in others if replica not in waiting)
        yield from waiting

    def leave(self, replica: Replica) -> None:
        """Ask an address only where no other answers, until it has rested."""
        self._failed(replica)
        self._current = next((other for other in self.all if other.is_up), self.all[0])

    def _failed(self, replica: Replica) -> None:
        with self._lock:
            replica.failures += 1
            replica.failed_at, replica.is_checked = time.monotonic(), False

    def _answered(self, replica: Replica) -> None:
        with self._lock:
            replica.failed_at, replica.is_checked = float("-inf"), True
            self._current = replica
