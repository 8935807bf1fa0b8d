"""How many queries are evaluated at the same time."""

import os

import pytest

from hytegraph.server.process.generation import worker_count
from hytegraph.server.settings import Settings


@pytest.mark.parametrize(
    "given, cores, workers", [("0", 1, 4), ("0", 2, 4), ("0", 8, 10), ("0", None, 4), ("3", 8, 3)]
)
def test_there_are_two_workers_more_than_cores_and_at_least_four_but_as_many_as_are_asked_for(
    given: str, cores: int | None, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)

    assert worker_count(Settings.of({}, {"workers": given})) == workers
