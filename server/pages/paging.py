"""Long lists in parts, each with its own address: `?page=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from hytegraph.server.parameters import Parameter
from hytegraph.server.problems import Problem, ProblemError

PAGE = Parameter("page", "Which part of a long list is shown, from 1.")
ROWS = 100
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One part of a list: its items, its number from 1, how many parts there are, and the size of the whole."""

    items: Sequence[Item]
    number: int
    parts: int
    total: int
    first: int

    @property
    def last(self) -> int:
        """The number of the last item that is shown."""
        return self.first + len(self.items) - 1


def part_of(items: Sequence[Item], size: int = ROWS) -> Part[Item]:
    """The part that the address asks for; raises the 404 for one that does not exist."""
    parts = max(1, -(-len(items) // size))
    wanted = request.args.get(PAGE.name, "1")
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= parts:
        raise ProblemError(
            Problem(404, "not-found", f"There is no page '{wanted[:20]}'; the last is {parts}.")
        )
    start = (int(wanted) - 1) * size
    return Part(items[start : start + size], int(wanted), parts, len(items), start + 1)
