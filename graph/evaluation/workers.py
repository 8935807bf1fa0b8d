"""Worker bookkeeping: idle workers, waiters, replacement of dead or retired workers."""

import contextlib
import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from hytegraph.graph.errors import HytegraphError, QueryLimitError
from hytegraph.graph.evaluation import ipc
from hytegraph.graph.evaluation.fork_server import REPLY, REQUEST

MEND_SECONDS, FRESH = 0.2, 0.01
NICENESS = 15


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and the channel to it; `is_spent` when it must not get another query, `used` when it last had one."""

    pid: int
    channel: socket.socket
    is_spent: bool = False
    used: float = 0.0


def fork_worker(control: socket.socket, old: int) -> tuple[Worker, int]:
    """A new worker, and the exit status of the old one (process id, 0 for none), which the keeper kills.

    Only one thread at a time may talk to the keeper. Raises OSError when it has died.
    """
    control.sendall(REQUEST.pack(old))
    reply, descriptors, _, _ = socket.recv_fds(control, REPLY.size, 1)
    if len(reply) != REPLY.size or not descriptors:
        raise ConnectionResetError("the keeper of the workers has died")
    pid, status = REPLY.unpack(reply)
    channel = socket.socket(fileno=descriptors[0])
    ipc.prepare(channel)
    return Worker(pid, channel), status


def kill(worker: Worker) -> None:
    """End the worker at once."""
    worker.is_spent = True
    # The keeper has not waited for it yet, so the process id is still the worker's.
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)


def make_nice(worker: Worker) -> None:
    """Let the worker give way to the others; only a privileged process could take that back, so it is spent."""
    worker.is_spent = True
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpriority(os.PRIO_PROCESS, worker.pid, NICENESS)


class ClientGoneError(HytegraphError):
    """The client has left, so its query was stopped."""

    def __init__(self) -> None:
        super().__init__("the client has left; its query was stopped")


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many workers, how many queries may wait for one, how long a query may take, how much memory (megabytes)."""

    workers: int = 4
    queue: int = 16
    seconds: float = 10.0
    memory: int = 1024


@dataclass(frozen=True, slots=True)
class PoolState:
    """What the pool is doing: for metrics and for tests."""

    workers: tuple[int, ...]
    idle: int
    waiting: int
    replaced: int
    stopped: int


class Workers:
    """Workers of one keeper; safe to use from several threads."""

    def __init__(self, control: socket.socket, limits: PoolLimits) -> None:
        self.limits = limits
        self.on_broken: Callable[[], None] = lambda: None
        self.stopped = 0
        self._control = control
        self._changed = threading.Condition()
        self._idle: deque[Worker] = deque()
        self._workers: set[Worker] = set()
        self._waiting = self._replaced = 0
        self._closed = threading.Event()
        self._is_broken = False
        for _ in range(limits.workers):
            self._add(fork_worker(control, 0)[0])
        self._replacer = ThreadPoolExecutor(1, "hytegraph-workers")
        threading.Thread(target=self._mend, name="hytegraph-mend", daemon=True).start()

    def state(self) -> PoolState:
        """What the pool is doing now."""
        with self._changed:
            pids = tuple(sorted(worker.pid for worker in self._workers))
            return PoolState(pids, len(self._idle), self._waiting, self._replaced, self.stopped)

    def close(self) -> None:
        """End the keeper and all workers."""
        self._closed.set()
        with self._changed:
            self._changed.notify_all()
        self._replacer.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            kill(worker)
            worker.channel.close()
        self._control.close()

    def take_now(self) -> Worker | None:
        """A worker that is free, without waiting; None where there is none or others wait already."""
        with self._changed:
            if self._waiting or not self._idle:
                return None
            worker = self._idle.pop()
        if self._is_alive(worker):
            return worker
        self.replace(worker)
        return None

    def take(self, deadline: float, client: socket.socket | None) -> Worker:
        """A worker, waited for until the deadline; raises QueryLimitError (queue) and ClientGoneError."""
        with self._changed:
            if not self._idle and self._waiting >= self.limits.queue:
                raise self._full(f"{self._waiting} queries are waiting already")
            self._waiting += 1
            try:
                return self._first_alive(deadline, client)
            finally:
                self._waiting -= 1

    def _first_alive(self, deadline: float, client: socket.socket | None) -> Worker:
        while True:
            while self._idle:
                # The one used last: its memory is warm.
                worker = self._idle.pop()
                if self._is_alive(worker):
                    return worker
                self.replace(worker)
            if self._closed.is_set() or time.monotonic() > deadline:
                raise self._full("no worker was free in time")
            if client is not None and ipc.has_left(client):
                raise ClientGoneError
            self._changed.wait(0.1)

    @staticmethod
    def _is_alive(worker: Worker) -> bool:
        """One that has just answered is; looking costs a call to the system."""
        return time.monotonic() - worker.used < FRESH or ipc.is_quiet(worker.channel)

    def _full(self, reason: str) -> QueryLimitError:
        return QueryLimitError("queue", self.limits.queue, f"The service is busy: {reason}. Try again soon.")

    def give_back(self, worker: Worker) -> None:
        """Let others have the worker, or a new one where it is spent."""
        if worker.is_spent:
            self.replace(worker)
            return
        worker.used = time.monotonic()
        with self._changed:
            self._idle.append(worker)
            self._changed.notify()

    def replace(self, worker: Worker) -> "Future[int]":
        """Have a new worker in place of that one, without waiting; gives the old one's exit status."""
        with self._changed:
            if worker not in self._workers:
                done: Future[int] = Future()
                done.set_result(0)
                return done
            self._workers.discard(worker)
            self._replaced += 1
        return self._replacer.submit(self._renew, worker)

    def _renew(self, worker: Worker) -> int:
        worker.channel.close()
        try:
            new, status = fork_worker(self._control, worker.pid)
        except OSError:
            self._tell_broken()
            raise
        self._add(new)
        return status

    def _mend(self) -> None:
        """Now and then, replace the workers that somebody killed while they were idle, and see that the keeper lives."""
        while not self._closed.wait(MEND_SECONDS):
            with self._changed:
                for worker in [each for each in self._idle if not ipc.is_quiet(each.channel)]:
                    self._idle.remove(worker)
                    self.replace(worker)
            if not ipc.is_open(self._control):
                self._tell_broken()

    def _tell_broken(self) -> None:
        if not (self._is_broken or self._closed.is_set()):
            self._is_broken = True
            self.on_broken()

    def _add(self, worker: Worker) -> None:
        with self._changed:
            self._workers.add(worker)
            self._idle.append(worker)
            self._changed.notify()
