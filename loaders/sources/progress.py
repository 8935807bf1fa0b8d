"""How far the reading of a long file is: a reader says it, whoever has asked hears it."""

from collections.abc import Callable
from contextvars import ContextVar

Progress = Callable[[int, int], None]

_done: ContextVar[tuple[int, int]] = ContextVar("done", default=(0, 0))
_listener: ContextVar[Progress | None] = ContextVar("listener", default=None)


def listen(progress: Progress | None) -> None:
    """Have every later `progress_at` of this context call `progress`; a new file is at its beginning."""
    _done.set((0, 0))
    _listener.set(progress)


def progress_at(done: int, of: int) -> None:
    """Say that so many pages or sheets of so many have been read."""
    _done.set((done, of))
    if progress := _listener.get():
        progress(done, of)


def progressed() -> tuple[int, int]:
    """How many pages or sheets have been read in this context, and of how many."""
    return _done.get()
