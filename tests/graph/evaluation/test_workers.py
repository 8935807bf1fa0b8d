"""Who waits for a worker is told when none will come: at the deadline, when the pool is closed, when the queue is full."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hytegraph.graph import evaluation
from hytegraph.graph.errors import QueryLimitError
from hytegraph.graph.evaluation.fork_server import start_fork_server
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.question import Question
from hytegraph.graph.evaluation.workers import PoolLimits, Worker
from hytegraph.graph.store.dataset import Dataset

pytestmark = pytest.mark.whole

WORKERS, QUEUE = 2, 1
SECONDS = 10.0
ASK = Question("ASK { ?s ?p ?o }", "json", None)


@contextmanager
def pool_of(workers: int) -> Iterator[Pool]:
    control = start_fork_server(lambda: Dataset.of(b""), 1024, may_open_files=False)
    pool = Pool(control, PoolLimits(workers, QUEUE, SECONDS))
    try:
        yield pool
    finally:
        if not pool.workers._closed.is_set():
            pool.close()


@pytest.fixture
def pool() -> Iterator[Pool]:
    with pool_of(WORKERS) as pool:
        yield pool


def take_all(pool: Pool) -> list[Worker]:
    """All workers, so that the next one has to wait."""
    deadline = time.monotonic() + SECONDS
    return [pool.workers.take(deadline, None, "first", is_long=True) for _ in range(pool.limits.long_workers)]


def waiting(pool: Pool, deadline: float, told: list[str]) -> threading.Thread:
    """Somebody who waits for a worker."""

    def wait() -> None:
        try:
            pool.workers.take(deadline, None, "other", is_long=True)
        except QueryLimitError as error:
            told.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    while not pool.workers.has_waiters(is_long=True):
        time.sleep(0.01)
    return thread


def test_a_worker_answers_and_is_free_again(pool: Pool) -> None:
    assert pool.answer(ASK).body == b'{"head":{},"boolean":false}'
    assert pool.state().idle == WORKERS


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="no /proc: what a process has open cannot be read"
)
def test_a_worker_that_has_answered_reads_and_writes_nowhere_but_to_the_front(pool: Pool) -> None:
    pool.answer(ASK)
    worker = pool.workers.take(time.monotonic() + SECONDS, None, "first", is_long=False)

    assert {Path(f"/proc/{worker.pid}/fd/{stream}").readlink() for stream in range(3)} == {Path(os.devnull)}
    pool.workers.give_back(worker)


def test_a_single_worker_serves_long_queries_too() -> None:
    with pool_of(1) as pool:
        assert pool.limits.long_workers == 0
        worker = pool.workers.take(time.monotonic() + SECONDS, None, "first", is_long=False)
        told: list[str] = []
        thread = waiting(pool, time.monotonic() + SECONDS, told)
        pool.workers.give_back(worker)
        thread.join(SECONDS / 2)
        assert not thread.is_alive()
        assert told == []


def test_at_the_deadline_no_worker_was_free_in_time(pool: Pool) -> None:
    take_all(pool)
    told: list[str] = []
    began = time.monotonic()
    waiting(pool, began + 0.5, told).join(SECONDS)

    assert told
    assert "no worker was free in time" in told[0]
    assert 0.5 <= time.monotonic() - began < 5.0
    assert not pool.workers.has_waiters(is_long=True)


def test_a_pool_that_is_closed_lets_nobody_wait(pool: Pool) -> None:
    take_all(pool)
    told: list[str] = []
    began = time.monotonic()
    thread = waiting(pool, began + SECONDS, told)
    pool.close()
    thread.join(SECONDS)

    assert told
    assert time.monotonic() - began < SECONDS / 2


def test_a_query_beyond_the_queue_is_told_how_many_wait(pool: Pool) -> None:
    take_all(pool)
    thread = waiting(pool, time.monotonic() + 1.0, [])
    with pytest.raises(QueryLimitError, match=f"{QUEUE} queries are waiting already"):
        pool.workers.take(time.monotonic() + SECONDS, None, "other", is_long=True)
    thread.join(SECONDS)


def test_the_shapes_of_long_queries_that_were_seen_last_are_remembered(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation.pool, "_SHAPES", 2)
    texts = ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o . ?o ?q ?r }", "SELECT * { ?s ?p ?o }")
    shapes = [Question(text, "json", None) for text in texts]
    for question in (shapes[0], shapes[1], shapes[0], shapes[2]):
        pool._note_length(question, evaluation.pool.LONG)

    assert [pool._is_long(question) for question in shapes] == [True, False, True]
    pool._note_length(shapes[0], 0.0)
    assert not pool._is_long(shapes[0])
