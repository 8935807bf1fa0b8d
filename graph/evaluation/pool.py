"""A pool of worker processes that evaluate queries, each of which can be killed at any moment and is then forked anew.

pyoxigraph cannot cancel a query; only ending its process stops it. So the front never evaluates a client's query: it
sends it to a worker, waits for the answer, the deadline or the client's leaving, whichever comes first, and kills.
"""

import math
import select
import signal
import socket
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from hytegraph.graph.errors import QueryCrashedError, QueryLimitError
from hytegraph.graph.evaluation import ipc
from hytegraph.graph.evaluation.question import Answer, Question
from hytegraph.graph.evaluation.workers import (
    ClientGoneError,
    PoolLimits,
    PoolState,
    Worker,
    Workers,
    kill,
    make_nice,
)
from hytegraph.graph.sparql.guard import ParsedQuery

# After this many seconds a query gives way to the others, and its worker, which cannot be made eager again, is replaced.
LONG = 0.25

_VERDICTS = 2048


class WorkerKilledError(QueryCrashedError):
    """Somebody else, perhaps the system for want of memory, killed the worker."""


@dataclass(slots=True, eq=False)
class Pending:
    """A question that a worker has, and what has come of its answer; the caller sees that the pool gets it back."""

    worker: Worker
    question: Question
    began: float
    begun: bytes | None = None
    is_done: bool = False

    def fileno(self) -> int:
        """The channel that becomes readable when the answer comes."""
        return self.worker.channel.fileno()


class Pool:
    """Workers of one keeper; safe to use from several threads."""

    def __init__(self, control: socket.socket, limits: PoolLimits) -> None:
        self.limits = limits
        self.workers = Workers(control, limits)
        self._lock = threading.Lock()
        self._verdicts: OrderedDict[str, ParsedQuery] = OrderedDict()

    def state(self) -> PoolState:
        """What the pool is doing now."""
        return self.workers.state()

    def close(self) -> None:
        """End the keeper and all workers."""
        self.workers.close()

    def answer(
        self,
        question: Question,
        seconds: float | None = None,
        client: socket.socket | None = None,
        asked: Pending | None = None,
    ) -> Answer:
        """The answer of a worker, of the one that has been asked already where there is one.

        Raises what evaluating raises; QueryLimitError for time, memory or a full queue; QueryCrashedError when the
        worker has died; ClientGoneError when the client's socket is closed meanwhile.
        """
        allowed = min(seconds or self.limits.seconds, self.limits.seconds)
        began = time.monotonic()
        try:
            return self._finish(asked or self._begin(question, allowed, client), allowed, client)
        except WorkerKilledError as error:
            # Somebody ended the worker from outside; it takes a query longer to use up the memory of the machine.
            if time.monotonic() - began > LONG:
                raise self._out_of_memory() from error
            return self._finish(self._begin(question, allowed, client), allowed, client)

    def ask_at_once(self, question: Question) -> Pending | None:
        """Ask a worker that is free now, without waiting for anything; None where there is none."""
        worker = self.workers.take_now()
        return self._send(worker, question) if worker else None

    def take_answer(self, asked: Pending) -> Answer | None:
        """The answer that has come; None where it is no plain answer, or not whole: then `answer` has to finish it."""
        try:
            asked.begun = ipc.soon(asked.worker.channel)
            if not asked.begun or not ipc.is_whole(asked.begun):
                return None
            message = ipc.receive(asked.worker.channel, asked.begun)
        except OSError:
            # A worker that dies with the question unread resets the channel instead of ending it.
            asked.begun = b""
            return None
        if message is None or "error" in message.header:
            return None
        answer = self._read(asked, message)
        self._give_back(asked)
        return answer

    def abandon(self, asked: Pending) -> None:
        """Stop a question that nobody will finish."""
        if not asked.is_done:
            kill(asked.worker)
            self._give_back(asked)

    def _begin(self, question: Question, allowed: float, client: socket.socket | None) -> Pending:
        return self._send(self.workers.take(time.monotonic() + allowed, client), question)

    def _send(self, worker: Worker, question: Question) -> Pending:
        known = None if question.is_update else self._verdicts.get(question.text)
        asked = Pending(worker, replace(question, parsed=known) if known else question, time.monotonic())
        try:
            ipc.send(worker.channel, ipc.question_message(asked.question))
        except OSError:
            asked.begun = b""
        return asked

    def _finish(self, asked: Pending, allowed: float, client: socket.socket | None) -> Answer:
        try:
            return self._read(asked, self._message(asked, allowed, client))
        finally:
            self._give_back(asked)

    def _give_back(self, asked: Pending) -> None:
        asked.is_done = True
        self.workers.give_back(asked.worker)

    def _read(self, asked: Pending, message: ipc.Message) -> Answer:
        worker, question = asked.worker, asked.question
        worker.is_spent = worker.is_spent or bool(message.header.get("tired"))
        try:
            answer = ipc.answer_of(question, message)
        except MemoryError as error:
            worker.is_spent = True
            raise self._out_of_memory() from error
        if question.parsed is None:
            self._remember(question.text, answer.parsed)
        return answer

    def _message(self, asked: Pending, allowed: float, client: socket.socket | None) -> ipc.Message:
        worker = asked.worker
        try:
            first = ipc.soon(worker.channel) if asked.begun is None else asked.begun
            if first is None and not self._wait(asked, allowed, client):
                self._stop(worker)
                raise QueryLimitError("time", allowed, f"The query was stopped after {allowed:g} seconds.")
            message = None if first == b"" else ipc.whole(worker.channel, first)
        except OSError:
            message = None
        if message is None:
            raise self._death(worker)
        return message

    def _wait(self, asked: Pending, allowed: float, client: socket.socket | None) -> bool:
        """Whether the answer comes in time; raises ClientGoneError."""
        worker, began = asked.worker, asked.began
        poll = select.poll()
        poll.register(worker.channel, select.POLLIN)
        watched = client
        if watched is not None:
            poll.register(watched, select.POLLIN)
        deadline, leaving = began + allowed, math.inf
        while (left := min(deadline, leaving) - time.monotonic()) > 0:
            patience = left if worker.is_spent else min(left, max(began + LONG - time.monotonic(), 0))
            ready = dict(poll.poll(1000 * patience))
            if worker.channel.fileno() in ready:
                return True
            if watched is not None and watched.fileno() in ready:
                poll.unregister(watched)
                leaving = time.monotonic() + ipc.grace(watched)
                watched = None
            if time.monotonic() >= began + LONG and not worker.is_spent:
                make_nice(worker)
        if leaving < deadline:
            self._stop(worker)
            raise ClientGoneError
        return False

    def _stop(self, worker: Worker) -> None:
        kill(worker)
        self.workers.stopped += 1

    def _death(self, worker: Worker) -> QueryLimitError | QueryCrashedError:
        """Why a worker has died, as its exit status tells."""
        worker.is_spent = True
        try:
            status = self.workers.replace(worker).result(timeout=5)
        except (OSError, TimeoutError, RuntimeError):
            return QueryCrashedError("The worker that evaluated the query has died.")
        if status == -signal.SIGKILL:
            return WorkerKilledError("The worker that evaluated the query was killed.")
        if status == -signal.SIGABRT:
            # So Rust ends where memory cannot be had.
            return self._out_of_memory()
        return QueryCrashedError(f"The query ended the worker that evaluated it (status {status}).")

    def _out_of_memory(self) -> QueryLimitError:
        limit = self.limits.memory
        return QueryLimitError(
            "memory", limit, f"The query was stopped: it needs more than {limit} megabytes."
        )

    def _remember(self, text: str, verdict: ParsedQuery) -> None:
        with self._lock:
            self._verdicts[text] = verdict
            self._verdicts.move_to_end(text)
            if len(self._verdicts) > _VERDICTS:
                self._verdicts.popitem(last=False)
