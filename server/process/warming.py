"""Pages that sum up the whole graph, read once after the start, so that no reader waits for the first reading.

What a page reads of data that never change is kept by the page. The readings here are nobody's requests: they are not
logged, counted or kept as answers.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from flask import Flask
from werkzeug.exceptions import HTTPException

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.text.messages import LANGUAGES, Language

# Those that take longest the first time come first.
FIRST = (
    *("/ns", "/validation", "/compare", "/", "/plans", "/search?q=koulu", "/periods", "/gaps"),
    *("/responsibility", "/figures", "/sdg", "/follow-up", "/themes", "/indicators", "/amendments"),
    *("/queries", "/downloads"),
)
# What every page needs, such as the towns, is read with this page before the service is ready.
NEEDED = ("/",)
# A page is read ahead when no client has been busy for so long, or after this time at the latest: a reader's page and
# this one would take turns in one interpreter.
_QUIET_SECONDS, _PATIENCE_SECONDS, _LOOK_SECONDS = 0.5, 3.0, 0.05
_log = logging.getLogger(__name__)


def start_warming(app: Flask, seconds_quiet: Callable[[], float]) -> threading.Thread:
    """Read the pages in a thread that ends with the process, the pages in Finnish first, when clients are quiet."""
    thread = threading.Thread(
        target=warm, args=(app, FIRST, LANGUAGES, seconds_quiet), name="warming", daemon=True
    )
    thread.start()
    return thread


def warm(
    app: Flask,
    addresses: Sequence[str] = FIRST,
    languages: Sequence[Language] = LANGUAGES,
    seconds_quiet: Callable[[], float] = lambda: _QUIET_SECONDS,
) -> None:
    """Read each page in each language; one that fails now fails again for its reader, and is told then."""
    for language in languages:
        for address in addresses:
            _wait_for_quiet(seconds_quiet)
            headers = {"Accept": "text/html", "Accept-Language": language}
            with app.test_request_context(address, headers=headers):
                try:
                    app.dispatch_request()
                except (HytegraphError, HTTPException) as error:
                    _log.warning("%s could not be read ahead: %s", address, error)


def _wait_for_quiet(seconds_quiet: Callable[[], float]) -> None:
    latest = time.monotonic() + _PATIENCE_SECONDS
    while seconds_quiet() < _QUIET_SECONDS and time.monotonic() < latest:
        time.sleep(_LOOK_SECONDS)
