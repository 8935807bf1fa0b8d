"""Worker bookkeeping: idle workers of both lanes, waiters, replacement of dead or retired workers.

Some workers are for long queries. They are nice from their first moment, so that short queries and the front come
first, and stay warm: a forked worker copies each page of the store that it touches, so the first scan of everything
takes several times as long as the next. The others are for short queries, and for those of which nothing is known.
"""

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
from pathlib import Path

from hytegraph.graph.errors import HytegraphError, QueryLimitError
from hytegraph.graph.evaluation import ipc
from hytegraph.graph.evaluation.fair_queue import FairQueue
from hytegraph.graph.evaluation.fork_server import MEGABYTE, REPLY, REQUEST

MEND_SECONDS, FRESH = 0.2, 0.01
NICENESS = 5
# A worker for short queries may copy this part of what a query may take; then it is replaced.
SHARE = 4
# Asked once: the system opens a file for it.
_CORES = os.cpu_count() or 1


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

    @property
    def long_workers(self) -> int:
        """How many workers are for long queries: one for each core, at most half of all."""
        return min(self.workers // 2, _CORES)


@dataclass(frozen=True, slots=True)
class PoolState:
    """What the pool is doing: for metrics and for tests."""

    workers: tuple[int, ...]
    idle: int
    waiting: int
    replaced: int
    stopped: int


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and the channel to it.

    `is_spent` when it must not get another query, `used` when it last had one, `touched` the bytes of pages that it has
    written to or asked for, of which `measured` when its memory was last looked at.
    """

    pid: int
    channel: socket.socket
    is_long: bool
    is_spent: bool = False
    used: float = 0.0
    touched: int = 0
    measured: int = 0

    def cpu_seconds(self) -> float:
        """The seconds of CPU that the process has taken so far; 0 where it is gone or the system does not tell."""
        try:
            # The clock of a process by its id, as clock_getcpuclockid gives it on Linux: no file is opened.
            return time.clock_gettime(~self.pid << 3 | 2)
        except OSError:
            return 0.0


class Workers:
    """Workers of one fork server; safe to use from several threads."""

    def __init__(self, control: socket.socket, limits: PoolLimits) -> None:
        self.limits = limits
        self.on_broken: Callable[[], None] = lambda: None
        self.stopped = 0
        self._control = control
        self._lock = threading.Lock()
        self._idle: dict[bool, deque[Worker]] = {True: deque(), False: deque()}
        self._queues = {is_long: FairQueue[Worker](limits.queue) for is_long in (True, False)}
        self._workers: set[Worker] = set()
        self._replaced = 0
        self._closed = threading.Event()
        self._is_broken = False
        for number in range(limits.workers):
            self._add(_fork_worker(control, 0, is_long=number < limits.long_workers)[0])
        self._replacer = ThreadPoolExecutor(1, "hytegraph-workers")
        threading.Thread(target=self._mend, name="hytegraph-mend", daemon=True).start()

    def state(self) -> PoolState:
        """What the pool is doing now."""
        with self._lock:
            pids = tuple(sorted(worker.pid for worker in self._workers))
            idle, waiting = sum(map(len, self._idle.values())), sum(map(len, self._queues.values()))
            return PoolState(pids, idle, waiting, self._replaced, self.stopped)

    def close(self) -> None:
        """End the fork server and all workers."""
        self._closed.set()
        self._replacer.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            kill(worker)
            worker.channel.close()
        self._control.close()

    def take_now(self, *, is_long: bool) -> Worker | None:
        """A worker that is free, without waiting; None where there is none or others wait already."""
        while True:
            with self._lock:
                worker = None if self._queues[is_long] else self._pop_idle(is_long)
            if worker is None or self._is_alive(worker):
                return worker
            self.replace(worker)

    def take(self, deadline: float, client: socket.socket | None, name: str, *, is_long: bool) -> Worker:
        """A worker, waited for until the deadline; raises QueryLimitError (queue) and ClientGoneError.

        `name` tells clients apart, who get workers in turns; `client` is the connection of the one that waits.
        """
        while (worker := self._wait(deadline, client, name, is_long=is_long)) and not self._is_alive(worker):
            self.replace(worker)
        return worker

    def has_waiters(self, *, is_long: bool) -> bool:
        """Whether a query waits for a worker of that lane."""
        return len(self._queues[is_long]) > 0

    def _wait(self, deadline: float, client: socket.socket | None, name: str, *, is_long: bool) -> Worker:
        queue = self._queues[is_long]
        with self._lock:
            worker = None if queue else self._pop_idle(is_long)
            if worker is not None:
                return worker
            waiter = queue.join(name)
        if waiter is None:
            raise self._full(f"{self.limits.queue} queries are waiting already")
        try:
            while not waiter.ready.wait(0.1):
                if self._closed.is_set() or time.monotonic() > deadline:
                    raise self._full("no worker was free in time")
                if client is not None and ipc.has_left(client):
                    raise ClientGoneError
        except (QueryLimitError, ClientGoneError):
            with self._lock:
                queue.leave(waiter)
            # It may have got a worker in this very moment.
            if waiter.received is not None:
                self._offer(waiter.received)
            raise
        if waiter.received is None:
            raise self._full("the place of your query was given to a client with fewer")
        return waiter.received

    def _pop_idle(self, is_long: bool) -> Worker | None:  # private
        # The one used last: its memory is warm. A short query may run where no long one wants to.
        for lane in (True,) if is_long and self.limits.long_workers else (False, True):
            if self._idle[lane] and not (lane and not is_long and self._queues[True]):
                return self._idle[lane].pop()
        return None

    @staticmethod
    def _is_alive(worker: Worker) -> bool:
        """One that has just answered is; looking costs a call to the system."""
        return time.monotonic() - worker.used < FRESH or ipc.is_quiet(worker.channel)

    def _full(self, reason: str) -> QueryLimitError:
        return QueryLimitError("queue", self.limits.queue, f"The service is busy: {reason}. Try again soon.")

    def give_back(self, worker: Worker) -> None:
        """Let others have the worker, or a new one where it is spent or has grown past its share."""
        if worker.is_spent or self._is_too_large(worker):
            self.replace(worker)
            return
        worker.used = time.monotonic()
        self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        with self._lock:
            lanes = (True, False) if worker.is_long else (False,)
            if not self.limits.long_workers:
                lanes = (True, False)
            if not any(self._queues[lane].serve(worker) for lane in lanes):
                self._idle[worker.is_long].append(worker)

    def _is_too_large(self, worker: Worker) -> bool:
        """Whether a worker for short queries has copied too much of the store; those for long ones copy it once."""
        share = self.limits.memory * MEGABYTE // SHARE
        if worker.is_long or worker.touched - worker.measured <= share:
            return False
        worker.measured = worker.touched
        return _private_memory(worker.pid) > share

    def replace(self, worker: Worker) -> "Future[int]":
        """Have a new worker in place of that one, without waiting; gives the old one's exit status."""
        with self._lock:
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
            new, status = _fork_worker(self._control, worker.pid, is_long=worker.is_long)
        except OSError:
            self._tell_broken()
            raise
        self._add(new)
        return status

    def _mend(self) -> None:
        """Now and then, replace workers that were killed while idle, and see that the fork server lives."""
        while not self._closed.wait(MEND_SECONDS):
            with self._lock:
                dead = [
                    worker
                    for idle in self._idle.values()
                    for worker in idle
                    if not ipc.is_quiet(worker.channel)
                ]
                for worker in dead:
                    self._idle[worker.is_long].remove(worker)
            for worker in dead:
                self.replace(worker)
            if not ipc.is_open(self._control):
                self._tell_broken()

    def _tell_broken(self) -> None:
        if not (self._is_broken or self._closed.is_set()):
            self._is_broken = True
            self.on_broken()

    def _add(self, worker: Worker) -> None:
        with self._lock:
            self._workers.add(worker)
        self._offer(worker)


def kill(worker: Worker) -> None:
    """End the worker at once."""
    worker.is_spent = True
    # The fork server has not waited for it yet, so the process id is still the worker's.
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)


def _fork_worker(control: socket.socket, old: int, *, is_long: bool) -> tuple[Worker, int]:
    """A new worker, and the exit status of the old one (process id, 0 for none), which the fork server kills.

    Only one thread at a time may talk to the fork server. Raises OSError when it has died.
    """
    control.sendall(REQUEST.pack(old))
    reply, descriptors, _, _ = socket.recv_fds(control, REPLY.size, 1)
    if len(reply) != REPLY.size or not descriptors:
        raise ConnectionResetError("the fork server has died")
    pid, status = REPLY.unpack(reply)
    channel = socket.socket(fileno=descriptors[0])
    ipc.prepare(channel)
    if is_long:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
    return Worker(pid, channel, is_long), status


def _private_memory(pid: int) -> int:
    """The bytes of memory that only that process has; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Private_Dirty:"):
                return int(line.split()[1]) * 1024
    return 0
