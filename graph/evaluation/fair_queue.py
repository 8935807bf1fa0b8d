"""Who waits for a worker, and whose turn it is: clients take turns, however many queries each of them sends."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(slots=True, eq=False)
class Waiter(Generic[Thing]):
    """Somebody who waits until `ready`; `received` is what they got, None where they were refused."""

    client: str
    ready: threading.Event = field(default_factory=threading.Event)
    received: Thing | None = None


class FairQueue(Generic[Thing]):
    """At most `places` waiters, served client by client in turns; the caller sees to locking.

    Where all places are taken, a client with few waiters gets one at the cost of the client that has most.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._clients: OrderedDict[str, deque[Waiter[Thing]]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def join(self, client: str) -> Waiter[Thing] | None:
        """A new waiter of a client; None where there is no place for one more of theirs."""
        if self._length >= self._places and not self._refuse_one_of_most(client):
            return None
        waiter: Waiter[Thing] = Waiter(client)
        self._clients.setdefault(client, deque()).append(waiter)
        self._length += 1
        return waiter

    def leave(self, waiter: Waiter[Thing]) -> None:
        """Take a waiter out, if it still waits."""
        waiters = self._clients.get(waiter.client)
        if waiters is not None and waiter in waiters:
            waiters.remove(waiter)
            self._length -= 1
            if not waiters:
                del self._clients[waiter.client]

    def serve(self, thing: Thing) -> bool:
        """Give something to the next client in turn; whether there was one."""
        if not self._clients:
            return False
        client, waiters = self._clients.popitem(last=False)
        waiter = waiters.popleft()
        self._length -= 1
        if waiters:
            self._clients[client] = waiters
        waiter.received = thing
        waiter.ready.set()
        return True

    def _refuse_one_of_most(self, newcomer: str) -> bool:
        """Refuse the last waiter of the client that has most, if the newcomer then has not as many."""
        if not self._clients:
            return False
        most = max(self._clients, key=lambda client: len(self._clients[client]))
        if len(self._clients[most]) <= len(self._clients.get(newcomer, ())) + 1:
            return False
        waiter = self._clients[most][-1]
        self.leave(waiter)
        waiter.ready.set()
        return True
