"""The access log: a line per request, as text or JSON, without anything of a person.

Not kept: the client's address, the query string, the query's text, cookies, headers, and the path of what was not
found, because either may hold anything. A query is named by a short hash, so that a slow one can be found among equals.
"""

import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, Response, current_app, request

from hytegraph.server.http.compression import IDENTITY
from hytegraph.server.http.request_stats import observed, route

LOGGER = "hytegraph.access"
METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS", "PUT", "DELETE", "PATCH")


@dataclass(slots=True)
class Line:
    """What is told of a request; what is None is left out."""

    method: str
    path: str
    status: int
    seconds: float
    size: int
    type: str | None = None
    coding: str | None = None
    query: str | None = None
    rows: int | None = None
    cache: str | None = None
    worker: str | None = None

    def members(self) -> dict[str, str | int | float]:
        """The names and values as they are written."""
        told: dict[str, str | int | float | None] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "ms": round(1000 * self.seconds, 2),
            "bytes": self.size,
            "type": self.type,
            "coding": None if self.coding == IDENTITY else self.coding,
            "query": self.query,
            "rows": self.rows,
            "cache": self.cache,
            "worker": self.worker,
        }
        return {name: value for name, value in told.items() if value is not None}


def install(app: Flask, form: str) -> None:
    """Write the access log of an application in that form: `text`, `json` or `off`."""
    if form == "off":
        return
    logger = logging.getLogger(LOGGER)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(_StandardError())
    app.extensions[LOGGER] = _json if form == "json" else _text
    app.after_request(_write)


def write(app: Flask, line: Line) -> None:
    """Write a line to the log of an application, if it has one."""
    form = app.extensions.get(LOGGER)
    if form is not None:
        logging.getLogger(LOGGER).info("%s", form(line))


class _StandardError(logging.StreamHandler):  # type: ignore[type-arg] # not generic at run time
    """Writes to what standard error is when a line is written, and never fails a request by it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a closed pipe must not stop the service."""


def _write(response: Response) -> Response:
    seen = observed()
    # Only what was found here is known to be an address of ours; a redirection is given to any.
    found = response.status_code in (200, 304)
    line = Line(
        request.method if request.method in METHODS else "other",
        request.path if found else route(),
        response.status_code,
        seen.seconds,
        response.content_length or 0,
        response.mimetype or None,
        response.headers.get("Content-Encoding"),
        seen.query,
        seen.rows,
        seen.cache,
        seen.worker,
    )
    write(current_app, line)
    return response


def _json(line: Line) -> str:
    return json.dumps(line.members())


def _text(line: Line) -> str:
    members = line.members()
    first = [str(members.pop(name)) for name in ("time", "method")]
    path, status, ms = (members.pop(name) for name in ("path", "status", "ms"))
    rest = (f"{name}={value}" for name, value in members.items())
    return " ".join((*first, json.dumps(path), str(status), f"{ms}ms", *rest))
