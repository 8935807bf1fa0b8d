"""The address of the service as its users see it."""

from flask import request
from pyoxigraph import NamedNode

from hytegraph.server.context import settings
from hytegraph.server.http.problems import Problem, ProblemError


def root() -> str:
    """The address without a path, ending in a slash; raises ProblemError for a Host header that is no host."""
    address = settings().public_url.rstrip("/") + "/" if settings().public_url else request.host_url
    try:
        return NamedNode(address).value
    except ValueError as error:
        raise ProblemError(Problem(400, "bad-request", "The Host header is not that of a host.")) from error
