"""Work on long lists by several processes that share what their parent has, in the order of the list."""

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Generic, Self, TypeVar

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
# So many items a worker takes at a time.
_AT_ONCE = 8
# What a worker finds of its parent: the release is open and need not be read again.
_inherited: list[Any] = []


class Workers(Generic[Shared]):
    """So many processes, or this one alone, for work on what they share; what the work raises is raised here."""

    def __init__(self, shared: Shared, jobs: int) -> None:
        self._shared = shared
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
            # What is there stays: the workers' collector of garbage need not look through it again and again.
            gc.freeze()
            self._pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"))

    def __enter__(self) -> Self:
        _inherited.append(self._shared)
        return self

    def __exit__(self, *_: object) -> None:
        _inherited.pop()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            gc.unfreeze()

    def run(self, work: Callable[[Shared, Item], Result], items: Sequence[Item]) -> list[Result]:
        """What the work gives for each item."""
        if self._pool is None:
            return [work(self._shared, item) for item in items]
        tasks = [(work, items[start : start + _AT_ONCE]) for start in range(0, len(items), _AT_ONCE)]
        return [result for results in self._pool.map(_run, tasks) for result in results]


def _run(task: tuple[Callable[[Any, Any], Any], Sequence[Any]]) -> list[Any]:
    work, items = task
    return [work(_inherited[-1], item) for item in items]
