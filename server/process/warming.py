"""Pages that sum up the whole graph, read once after the start, so that no reader waits for the first reading.

What a page reads of data that never change is kept by the page. The readings here are nobody's requests: they are not
logged, counted or kept as answers.
"""

import logging
import threading

from flask import Flask
from werkzeug.exceptions import HTTPException

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.text.messages import LANGUAGES

FIRST = (
    *("/", "/plans", "/search?q=koulu", "/periods", "/gaps", "/responsibility", "/figures", "/sdg"),
    *("/follow-up", "/themes", "/indicators", "/amendments", "/queries", "/downloads", "/ns"),
)
_log = logging.getLogger(__name__)


def start_warming(app: Flask) -> threading.Thread:
    """Read the pages in a thread that ends with the process, the pages in Finnish first."""
    thread = threading.Thread(target=warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(app: Flask) -> None:
    """Read each page in each language; one that fails now fails again for its reader, and is told then."""
    for language in LANGUAGES:
        for address in FIRST:
            headers = {"Accept": "text/html", "Accept-Language": language}
            with app.test_request_context(address, headers=headers):
                try:
                    app.dispatch_request()
                except (HytegraphError, HTTPException) as error:
                    _log.warning("%s could not be read ahead: %s", address, error)
