"""Parts are gone through in their order while others are still being made; what is given up ends."""

import sys
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.release.ahead import Merging, PartsInTurn
from hytegraph.loaders.release.part import Part

SECONDS = 10.0


def part(name: str) -> Part:
    return Part(Path(name), {"towns": {name: {}}, "runs": []})


def names(parts: PartsInTurn) -> list[str]:
    return [each.name for each in parts]


def test_parts_that_are_made_in_any_order_are_given_in_their_own() -> None:
    parts = PartsInTurn(["a", "b", "c"])
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(names, parts)
        for key in ("c", "a", "b"):
            assert not read.done()
            parts.give(key, part(key))
        assert read.result(SECONDS) == ["a", "b", "c"]


def test_the_parts_before_one_that_is_being_made_are_there() -> None:
    parts = PartsInTurn(["a", "b"])
    parts.give("a", part("a"))
    assert next(iter(parts)).name == "a"


def test_who_waits_for_a_part_that_is_not_made_any_more_is_told() -> None:
    parts = PartsInTurn(["a"])
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(names, parts)
        parts.stop()
        with pytest.raises(CancelledError):
            read.result(SECONDS)


def test_nobody_goes_on_with_parts_when_there_will_be_no_release() -> None:
    parts = PartsInTurn(["a", "b"])
    for key in ("a", "b"):
        parts.give(key, part(key))
    rest = iter(parts)
    next(rest)
    parts.stop()
    with pytest.raises(CancelledError):
        next(rest)


def test_a_merge_that_is_left_leaves_no_thread_and_the_interpreter_as_it_was(tmp_path: Path) -> None:
    threads, turn = threading.active_count(), sys.getswitchinterval()
    with pytest.raises(KeyError), Merging(PartsInTurn(["a"]), DEFAULT_BASE, tmp_path):
        assert threading.active_count() > threads
        assert sys.getswitchinterval() < turn
        raise KeyError
    assert threading.active_count() == threads
    assert sys.getswitchinterval() == turn
