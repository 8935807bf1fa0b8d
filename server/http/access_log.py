"""The access log: a line per request, as text or JSON, with nothing personal in it.

Left out: the client's address, the query string, the query's text, cookies, headers, and the path of what was not
found, because each may hold anything. A query is named by a short hash, so that a slow one is found among equals.
"""

import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

from hytegraph.server.http.compression import IDENTITY
from hytegraph.server.http.exchange import METHODS, Exchange, HttpAnswer

LOGGER = "hytegraph.access"


@dataclass(slots=True)
class Line:
    """What a line says of a request; what is None is left out."""

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

    @classmethod
    def of(cls, exchange: Exchange, answer: HttpAnswer, size: int) -> "Line":
        """The line of a request that has been answered with so many bytes."""
        request, headers = exchange.request, answer.headers
        # Only where something was found is the path known to be an address of ours; a redirect is given to any.
        is_ours = answer.status in (200, 304)
        return cls(
            request.method if request.method in METHODS else "other",
            request.path if is_ours else exchange.route,
            answer.status,
            exchange.seconds,
            size,
            headers.get("Content-Type", "").partition(";")[0].strip().lower() or None,
            headers.get("Content-Encoding", "") or None,
            exchange.query,
            exchange.rows,
            exchange.cache,
            exchange.worker,
        )

    def members(self) -> dict[str, str | int | float]:
        """The names and values as they are written."""
        values: dict[str, str | int | float | None] = {
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
        return {name: value for name, value in values.items() if value is not None}


class AccessLog:
    """Writes lines in a form: `text`, `json` or `off`."""

    def __init__(self, form: str) -> None:
        self.is_on = form != "off"
        self._write = _json if form == "json" else _text
        self._logger = logging.getLogger(LOGGER)
        if self.is_on:
            self._logger.setLevel(logging.INFO)
            self._logger.propagate = False
            if not self._logger.handlers:
                self._logger.addHandler(_StandardError())

    def write(self, line: Line) -> None:
        """Write a line."""
        if self.is_on:
            self._logger.info("%s", self._write(line))


class _StandardError(logging.StreamHandler):  # type: ignore[type-arg] # not generic at run time
    """Writes to what standard error is when a line is written, and never fails a request by it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a closed pipe must not stop the service."""


def _json(line: Line) -> str:
    return json.dumps(line.members())


def _text(line: Line) -> str:
    members = line.members()
    first = [str(members.pop(name)) for name in ("time", "method")]
    path, status, ms = (members.pop(name) for name in ("path", "status", "ms"))
    rest = (f"{name}={value}" for name, value in members.items())
    return " ".join((*first, json.dumps(path), str(status), f"{ms}ms", *rest))
