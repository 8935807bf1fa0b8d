"""A pool of worker processes that evaluate queries, each of which can be killed at any moment and is then forked anew.

pyoxigraph cannot cancel a query; only ending its process stops it. So the front never evaluates a client's query: it
sends it to a worker, waits for the answer, the deadline or the client's leaving, whichever comes first, and kills.
Queries whose like took long the last time go to the workers for long queries.
"""

import errno
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
from hytegraph.graph.evaluation.query_shapes import shape_of
from hytegraph.graph.evaluation.question import Answer, Question
from hytegraph.graph.evaluation.workers import ClientGoneError, PoolLimits, PoolState, Worker, Workers, kill
from hytegraph.graph.sparql.guard import ParsedQuery

# A query that takes so many seconds of CPU is a long one.
LONG = 0.05
# One that has taken so much on a worker for short queries leaves it where others wait: a cold worker may be slow.
MOST_ON_SHORT = 0.5
# How often it looks whether others wait.
GLANCE = 0.05
# It takes a query longer to use up the memory of the machine, so that the system kills its worker.
QUICK = 0.25
_VERDICTS = 2048
_SHAPES = 512


class WorkerKilledError(QueryCrashedError):
    """Somebody else, perhaps the system for want of memory, killed the worker: how long after it was asked."""

    def __init__(self, seconds: float, *, is_unread: bool) -> None:
        super().__init__("The worker that evaluated the query was killed.")
        self.seconds = seconds
        self.is_unread = is_unread


class _MovedError(Exception):
    """A query has given up its worker to short ones, and must be put to a worker for long ones."""


@dataclass(slots=True, eq=False)
class Pending:
    """A question that a worker has, and what has come of its answer; the caller sees that the pool gets it back."""

    worker: Worker
    question: Question
    began: float
    begun: bytes | None = None
    is_done: bool = False
    is_unread: bool = False

    def lose(self, error: OSError) -> None:
        """Note that the worker has gone; where it had not read the question, the system has reset the channel."""
        self.begun = b""
        self.is_unread = error.errno in (errno.ECONNRESET, errno.EPIPE)

    def fileno(self) -> int:
        """The channel that becomes readable when the answer comes."""
        return self.worker.channel.fileno()


class Pool:
    """Workers of one fork server; safe to use from several threads."""

    def __init__(self, control: socket.socket, limits: PoolLimits) -> None:
        self.limits = limits
        self.workers = Workers(control, limits)
        self._lock = threading.Lock()
        self._verdicts: OrderedDict[str, ParsedQuery] = OrderedDict()
        self._long_shapes: OrderedDict[str, None] = OrderedDict()

    def state(self) -> PoolState:
        """What the pool is doing now."""
        return self.workers.state()

    def close(self) -> None:
        """End the fork server and all workers."""
        self.workers.close()

    def answer(
        self,
        question: Question,
        seconds: float | None = None,
        client: socket.socket | None = None,
        pending: Pending | None = None,
        name: str = "",
    ) -> Answer:
        """The answer of a worker, of the one that has been asked already where there is one.

        The seconds are all that the client waits, also for a worker. `name` tells clients apart: they get workers in
        turns. Raises what evaluating raises; QueryLimitError for time,
        memory or a full queue; QueryCrashedError when the worker has died; ClientGoneError when the client's socket is
        closed meanwhile.
        """
        allowed = min(seconds or self.limits.seconds, self.limits.seconds)
        is_long, is_again = self._is_long(question), False
        deadline = (pending.began if pending else time.monotonic()) + allowed
        while True:
            try:
                if pending is None:
                    worker = self.workers.take(deadline, client, name, is_long=is_long)
                    pending = self._send(worker, question)
                return self._finish(pending, deadline, allowed, client)
            except _MovedError:
                is_long = True
            except WorkerKilledError as error:
                # One that was killed before it had read the question was not killed for it.
                if not error.is_unread or time.monotonic() > deadline:
                    if error.seconds > QUICK:
                        raise self._out_of_memory() from error
                    if is_again:
                        raise
                    is_again = True
            pending = None

    def ask_at_once(self, question: Question) -> Pending | None:
        """Ask a worker that is free now, without waiting for anything; None where there is none."""
        worker = self.workers.take_now(is_long=self._is_long(question))
        return self._send(worker, question) if worker else None

    def take_answer(self, pending: Pending) -> Answer | None:
        """The answer that has come; None where it is not whole, or none: then `answer` has to finish it.

        Raises what evaluating raises.
        """
        try:
            pending.begun = ipc.soon(pending.worker.channel)
            if not pending.begun or not ipc.is_whole(pending.begun):
                return None
            message = ipc.receive(pending.worker.channel, pending.begun)
        except OSError as error:
            pending.lose(error)
            return None
        if message is None:
            return None
        try:
            return self._read(pending, message)
        finally:
            self._give_back(pending)

    def abandon(self, pending: Pending) -> None:
        """Stop a question that nobody will finish."""
        if not pending.is_done:
            kill(pending.worker)
            self._give_back(pending)

    def _send(self, worker: Worker, question: Question) -> Pending:
        verdict = None if question.is_update else self._verdicts.get(question.text)
        asked = replace(question, parsed=verdict) if verdict else question
        pending = Pending(worker, asked, time.monotonic())
        try:
            ipc.send(worker.channel, ipc.question_message(asked))
        except OSError as error:
            pending.lose(error)
        return pending

    def _finish(
        self, pending: Pending, deadline: float, allowed: float, client: socket.socket | None
    ) -> Answer:
        try:
            if not self._is_answered(pending, deadline, client):
                self._stop(pending.worker)
                self._note_length(pending.question, time.monotonic() - pending.began)
                raise QueryLimitError("time", allowed, f"The query was stopped after {allowed:g} seconds.")
            return self._read(pending, self._message(pending))
        finally:
            self._give_back(pending)

    def _give_back(self, pending: Pending) -> None:
        pending.is_done = True
        self.workers.give_back(pending.worker)

    def _read(self, pending: Pending, message: ipc.Message) -> Answer:
        worker, question = pending.worker, pending.question
        usage = message.header["usage"]
        worker.is_spent = worker.is_spent or usage["tired"]
        worker.touched = usage["touched"]
        self._note_length(question, usage["cpu"])
        try:
            answer = ipc.answer_of(question, message)
        except MemoryError as error:
            worker.is_spent = True
            raise self._out_of_memory() from error
        if question.parsed is None:
            self._remember(question.text, answer.parsed)
        return answer

    def _is_answered(self, pending: Pending, deadline: float, client: socket.socket | None) -> bool:
        """Whether the worker says something, or has died, in time; raises what `_wait` raises."""
        if pending.begun is None:
            try:
                pending.begun = ipc.soon(pending.worker.channel)
            except OSError as error:
                pending.lose(error)
        return pending.begun is not None or self._wait(pending, deadline, client)

    def _message(self, pending: Pending) -> ipc.Message:
        try:
            message = None if pending.begun == b"" else ipc.whole(pending.worker.channel, pending.begun)
        except OSError as error:
            pending.lose(error)
            message = None
        if message is None:
            raise self._death(pending)
        return message

    def _wait(self, pending: Pending, deadline: float, client: socket.socket | None) -> bool:
        """Whether the answer comes in time; raises ClientGoneError, and _MovedError where short queries wait."""
        worker = pending.worker
        poll = select.poll()
        poll.register(worker.channel, select.POLLIN)
        watched, watched_number = client, -1
        if watched is not None and watched.fileno() >= 0:
            watched_number = watched.fileno()
            poll.register(watched_number, select.POLLIN)
        leaving = math.inf
        may_move = not worker.is_long and self.limits.long_workers > 0
        cpu = worker.cpu_seconds() if may_move else 0.0
        while (left := min(deadline, leaving) - time.monotonic()) > 0:
            patience = min(left, GLANCE) if may_move else left
            ready = dict(poll.poll(1000 * patience))
            if worker.channel.fileno() in ready:
                return True
            if watched is not None and watched_number in ready:
                poll.unregister(watched_number)
                leaving = time.monotonic() + ipc.grace(watched)
                watched = None
            if (
                may_move
                and self.workers.has_waiters(is_long=False)
                and worker.cpu_seconds() - cpu > MOST_ON_SHORT
            ):
                self._note_length(pending.question, LONG)
                kill(worker)
                raise _MovedError
        if leaving < deadline:
            self._stop(worker)
            raise ClientGoneError
        return False

    def _stop(self, worker: Worker) -> None:
        kill(worker)
        self.workers.stopped += 1

    def _death(self, pending: Pending) -> QueryLimitError | QueryCrashedError:
        """Why a worker has died, as its exit status tells."""
        # Before another is forked, which takes long on a busy machine.
        seconds = time.monotonic() - pending.began
        pending.worker.is_spent = True
        try:
            status = self.workers.replace(pending.worker).result(timeout=5)
        except (OSError, TimeoutError, RuntimeError):
            return QueryCrashedError("The worker that evaluated the query has died.")
        if status == -signal.SIGKILL:
            return WorkerKilledError(seconds, is_unread=pending.is_unread)
        if status == -signal.SIGABRT:
            # So Rust ends where memory cannot be had.
            return self._out_of_memory()
        return QueryCrashedError(f"The query ended the worker that evaluated it (status {status}).")

    def _out_of_memory(self) -> QueryLimitError:
        limit = self.limits.memory
        return QueryLimitError(
            "memory", limit, f"The query was stopped: it needs more than {limit} megabytes."
        )

    def _is_long(self, question: Question) -> bool:
        """Whether the last query of this shape was a long one."""
        return bool(self._long_shapes) and shape_of(question.text) in self._long_shapes

    def _note_length(self, question: Question, seconds: float) -> None:
        """Remember whether queries of this shape are long."""
        if seconds < LONG and not self._long_shapes:
            return
        shape = shape_of(question.text)
        with self._lock:
            self._long_shapes.pop(shape, None)
            if seconds >= LONG and self.limits.long_workers:
                self._long_shapes[shape] = None
                if len(self._long_shapes) > _SHAPES:
                    self._long_shapes.popitem(last=False)

    def _remember(self, text: str, verdict: ParsedQuery) -> None:
        with self._lock:
            self._verdicts[text] = verdict
            self._verdicts.move_to_end(text)
            if len(self._verdicts) > _VERDICTS:
                self._verdicts.popitem(last=False)
