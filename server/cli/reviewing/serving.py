"""Serves the review page on this machine only, until it is interrupted."""

import logging
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from hytegraph.graph.errors import TableError
from hytegraph.loaders.links.judging.reviewers import FILE, Reviewer, read_reviewers
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.server.cli.reviewing.gate import Gate
from hytegraph.server.cli.reviewing.page import ReviewPage, create_page

LOOPBACK = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Writes no line for a request: its address may hold the token."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def serve_review(folder: Path, reviewer: str | None, port: int) -> None:
    """Print the address of the page, and serve it; raises TableError for a reviewer or tables that cannot be used.

    Raises OSError for a port that is taken.
    """
    who = _reviewer(folder, reviewer)
    read_link_tables(folder)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(LOOPBACK, port, lambda *_: [], threaded=True, request_handler=_Quiet)
    gate = Gate(server.port)
    server.app = create_page(ReviewPage(folder, who, gate))
    print(f"http://{LOOPBACK}:{server.port}/?token={gate.token}", flush=True)
    with server:
        server.serve_forever()


def _reviewer(folder: Path, named: str | None) -> Reviewer:
    reviewers = read_reviewers(folder)
    if not reviewers:
        example = "reviewer,sort,fi,sv,en and <town>:reviewer/<role>,municipality,<role>,<role>,<role>"
        raise TableError(FILE, "-", f"it names no reviewer; write lines such as {example}")
    fitting = [each for each in reviewers.values() if named in (each.curie, each.label.fi)]
    if named is None and len(reviewers) == 1:
        fitting = list(reviewers.values())
    if len(fitting) != 1:
        raise TableError(FILE, named or "-", f"name one of its reviewers: {', '.join(reviewers)}")
    return fitting[0]
