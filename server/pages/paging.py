"""Long lists on several pages: which page an address asks for, and how many there are."""

from flask import request

from hytegraph.server.problems import Problem, ProblemError


def pages_of(count: int, size: int) -> int:
    """On how many pages that many things stand, at least one.

    >>> pages_of(51, 25)
    3
    """
    return max(1, -(-count // size))


def asked_page(count: int, size: int) -> int:
    """The page that the parameter `page` asks for, from 1; raises the 400 for one that there is not."""
    value = request.args.get("page") or "1"
    if not (value.isascii() and value.isdigit() and len(value) < 8) or not 0 < int(value) <= pages_of(
        count, size
    ):
        raise no_such_value("page", value)
    return int(value)


def no_such_value(name: str, value: str) -> ProblemError:
    """The 400 for a parameter with a value that it does not have."""
    return ProblemError(
        Problem(400, "bad-request", f"The parameter {name} has no value '{value[:100]}' here.")
    )
