"""Runs commands of hytegraph in processes of their own, and tells what time, CPU and memory they took."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clients import family_of

# To look takes some 10 ms of the same cores for processes as large as these.
_FIRST_LOOKS, _LATER_LOOKS = 0.1, 2.0


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds by the clock and of CPU, megabytes at the peak, and how it ended."""

    seconds: float
    cpu: float
    megabytes: float
    code: int

    def __str__(self) -> str:
        failed = f", exit {self.code}" if self.code not in (0, 1) else ""
        return f"{self.seconds:,.1f} s, {self.cpu:,.1f} s of CPU, {self.megabytes:,.0f} MB{failed}"


def hytegraph(*arguments: str | Path) -> list[str]:
    """The command line of hytegraph with these arguments."""
    return [sys.executable, "-m", "hytegraph.server.cli", *map(str, arguments)]


def spend(command: Sequence[str]) -> Spent:
    """Run a command to its end; its processes share their memory fairly in the sum (PSS)."""
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.ended.set()
    watch.join()
    return Spent(time.monotonic() - started, usage.ru_utime + usage.ru_stime, watch.peak, process.returncode)


def megabytes_of(pid: int) -> float:
    """The memory of a process and its descendants, what they share counted once."""
    total = 0
    for member in family_of(pid):
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


class _Watch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.ended = pid, 0.0, threading.Event()

    def run(self) -> None:
        started = time.monotonic()
        while not self.ended.wait(min(_LATER_LOOKS, max(_FIRST_LOOKS, (time.monotonic() - started) / 20))):
            self.peak = max(self.peak, megabytes_of(self.pid))
