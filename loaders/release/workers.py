"""Parts are made in processes of their own: several at one time, and what one takes of memory goes back to the system.

Called as a module this is such a process: `python -m hytegraph.loaders.release.workers`. It reads tasks from standard
input and answers each on standard output, until the input ends.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from hytegraph.graph.errors import BuildError, HytegraphError
from hytegraph.loaders.release.kept_parts import KeptParts
from hytegraph.loaders.release.make_part import make_part
from hytegraph.loaders.release.part import Part
from hytegraph.loaders.release.units import Unit

# A process remembers words and cannot give back all memory, some 40 MB for a part: 0.6 GB after ten.
PARTS_OF_A_PROCESS = 10
# To start a process takes half a second, in which twenty parts are merged.
WORTH_A_PROCESS = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A part to make: the unit, the key of its part and that of the common part, the base and the folder of parts.

    `has_core` where no other part is made meanwhile: a second process may help.
    """

    unit: Unit
    key: str
    common: str
    base: str
    parts: Path
    has_core: bool = False

    def run(self) -> Part:
        """Make the part; raises as `make_part` does."""
        kept = KeptParts(self.parts)
        common = kept.find(self.common)
        if common is None:
            raise BuildError(f"{self.parts}: the common part is damaged; build again")
        write = partial(make_part, self.unit, self.base, common, has_core=self.has_core)
        return kept.make(self.key, write)


# Hears of each task that its part is made, perhaps in a thread of its own.
Done = Callable[[Task, Part], None]


def cores() -> int:
    """How many processes can work at one time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_tasks(tasks: Sequence[Task], jobs: int, done: Done, others: int = 0) -> None:
    """Make all parts, at most `jobs` at one time, and say of each that it is made.

    With one job it is done in this very process, and so is a single part unless there are so many others that this
    process can merge them meanwhile. Raises the error of the first task, in their order, that failed before the others
    could be stopped.
    """
    if jobs > 1 and len(tasks) == 1:
        tasks = [replace(tasks[0], has_core=True)]
    if jobs > 1 and (len(tasks) > 1 or (tasks and others >= WORTH_A_PROCESS)):
        _run_beside(tasks, min(jobs, len(tasks)), done)
        return
    for task in tasks:
        done(task, task.run())


def _run_beside(tasks: Sequence[Task], jobs: int, done: Done) -> None:
    started = [_Worker() for _ in range(jobs)]
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in started:
        free.put(worker)

    def run(task: Task) -> None:
        worker = free.get()
        try:
            done(task, worker.run(task))
        finally:
            free.put(worker)

    with ThreadPoolExecutor(jobs) as threads:
        try:
            running = [threads.submit(run, task) for task in tasks]
            wait(running, return_when=FIRST_EXCEPTION)
            threads.shutdown(wait=True, cancel_futures=True)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in started:
                worker.close()
    for future in running:
        if not future.cancelled():
            future.result()


class _Worker:
    """A process that makes parts, one after the other, and is followed by another when it has made some."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "hytegraph.loaders.release.workers"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._made = 0

    def run(self, task: Task) -> Part:
        """Have a part made; raises what making it raised, BuildError when the process died."""
        if self._made == PARTS_OF_A_PROCESS:
            self.close()
            self._start()
        self._made += 1
        assert self._process.stdin
        assert self._process.stdout
        try:
            pickle.dump(task, self._process.stdin)
            self._process.stdin.flush()
            answer: Part | HytegraphError = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            raise BuildError(f"{_named(task)}: the process that made its part {self._end()}") from broken
        if isinstance(answer, HytegraphError):
            raise answer
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process.stdin and self._process.stdout:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            # What a dead process has not read of its task cannot be sent any more.
            with suppress(BrokenPipeError):
                self._process.stdin.close()

    def _end(self) -> str:
        code = self._process.wait()
        if code < 0:
            return f"was ended by {signal.Signals(-code).name}, perhaps for want of memory; try fewer --jobs"
        return f"ended with {code}"


def _named(task: Task) -> str:
    return ", ".join(map(str, task.unit.folders))


def main() -> None:
    """Make parts until no more are asked for."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand among the answers.
    os.dup2(2, 1)
    while True:
        try:
            task: Any = pickle.load(sys.stdin.buffer)
            pickle.dump(_outcome(task), answers)
            answers.flush()
        except (EOFError, BrokenPipeError):
            return


def _outcome(task: Task) -> Part | HytegraphError:
    try:
        return task.run()
    except HytegraphError as error:
        return error
    except Exception as error:  # noqa: BLE001 # it goes to the process that shows errors to the user
        return BuildError(f"{_named(task)}: no part can be made of it ({type(error).__name__}: {error})")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
