"""The search for garbage passes over what was read at the start, and still finds what readers leave behind."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from hytegraph.server.process.generation import spare_readers_the_collector


@pytest.fixture
def own_collector() -> Iterator[None]:
    """The collector as it was, afterwards."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Thing:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("own_collector")
def test_what_is_there_is_not_looked_through_again() -> None:
    kept = [Thing() for _ in range(1000)]
    spare_readers_the_collector()

    assert gc.get_freeze_count() > len(kept)
    assert all(each is not kept[0] for each in gc.get_objects())


@pytest.mark.usefixtures("own_collector")
def test_what_is_left_behind_later_is_found_without_being_asked_for() -> None:
    spare_readers_the_collector()
    left = weakref.ref(Thing())
    kept: list[list[object]] = []
    for _ in range(300_000):
        kept.append([])
        if left() is None:
            break

    assert left() is None
