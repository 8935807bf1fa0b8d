"""Long lists in parts, each with its own address: `?page=2`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import Response, current_app, request

from hytegraph.server.http.parameters import Parameter
from hytegraph.server.http.problems import Problem, ProblemError

PAGE = Parameter("page", "Which part of a long list is shown, from 1.")
ROWS = 100
# Of a list that grows with the number of towns its data hold so many rows; the next ones are linked.
AS_DATA = 1000
# Under this name the configuration of the application may have another number of rows for data.
ROWS_OF_DATA = "HYTEGRAPH_ROWS_OF_DATA"
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
    number = asked_page(len(items), size)
    start = (number - 1) * size
    return Part(items[start : start + size], number, pages_of(len(items), size), len(items), start + 1)


def part_of_rows(total: int, read: Callable[[int, int], Sequence[Item]], size: int = ROWS) -> Part[Item]:
    """The part that the address asks for of a list of which `read` gives some: from an offset, at most so many.

    Raises the 404 for a part that does not exist.
    """
    number = asked_page(total, size)
    start = (number - 1) * size
    return Part(read(start, size), number, pages_of(total, size), total, start + 1)


def with_next(response: Response, part: Part[Item]) -> Response:
    """The response with a link to the next part, for who reads all of a long list as data."""
    if part.number < part.parts:
        response.headers.add("Link", f'<{request.path}{page_address(part.number + 1)}>; rel="next"')
    return response


def rows_of_data() -> int:
    """How many rows of a long list its data hold at once."""
    return int(current_app.config.get(ROWS_OF_DATA, AS_DATA))


def pages_of(count: int, size: int) -> int:
    """On how many pages that many things stand, at least one.

    >>> pages_of(51, 25)
    3
    """
    return max(1, -(-count // size))


def asked_page(count: int, size: int) -> int:
    """The page that the address asks for, from 1; raises the 404 for one that does not exist."""
    number, last = asked_number(), pages_of(count, size)
    if not 1 <= number <= last:
        value = request.args.get(PAGE.name, "")
        raise ProblemError(Problem(404, "not-found", f"There is no page '{value[:20]}'; the last is {last}."))
    return number


def asked_number() -> int:
    """The number that the address gives for a page, 1 without any; 0 for what is no number of a page."""
    value = request.args.get(PAGE.name) or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 8 else 0


def page_address(number: int) -> str:
    """The address, relative to the one that is asked for, of another part of its list."""
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in ("lang", PAGE.name)]
    return "?" + urlencode([*pairs, (PAGE.name, number)] if number > 1 else pairs)


def no_such_value(name: str, value: str) -> ProblemError:
    """The 400 for a parameter with a value that it does not have."""
    return ProblemError(
        Problem(400, "bad-request", f"The parameter {name} has no value '{value[:100]}' here.")
    )
