"""Data that are loaded beside a generation that serves leave the cores to its readers."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.process import generation
from hytegraph.server.process.generation import LOADING_NICENESS, Role, step_back
from hytegraph.server.settings import Settings

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="a thread has a priority of its own in Linux alone"
)


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_a_thread_steps_back_with_those_that_it_starts_and_no_other() -> None:
    before = niceness()

    def within() -> tuple[int, int]:
        with ThreadPoolExecutor(1) as further:
            return niceness(), further.submit(niceness).result()

    with ThreadPoolExecutor(1, initializer=step_back) as loading:
        assert loading.submit(within).result() == (before + LOADING_NICENESS,) * 2
    assert niceness() == before


@pytest.mark.parametrize("role", Role)
def test_who_loads_beside_another_steps_back(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    seen: list[int] = []

    def opened(_: Settings) -> Dataset:
        seen.append(niceness())
        return Dataset.open(SAMPLE)

    started: list[Callable[[], Dataset]] = []
    monkeypatch.setattr(generation, "open_dataset", opened)
    monkeypatch.setattr(generation, "_start_pool", lambda *given, **_: started.append(given[1]))

    generation._open(Settings.of({}, {"release": str(SAMPLE)}), role)

    own = niceness()
    assert seen == [own + LOADING_NICENESS if role is Role.SUCCESSOR else own]
    assert len(started) == 1
