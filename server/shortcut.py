"""Answers an exact repetition of a request with the kept answer before the application is entered.

Entering Flask costs several times what a kept answer costs. A repetition is one that is equal in all that answers may
vary by; it is logged and counted as every other request. With a rate limit there is no shortcut, so that it holds.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from hytegraph.server.access import Line, write
from hytegraph.server.caching import EXTENSION as CACHE
from hytegraph.server.caching import KEPT
from hytegraph.server.metrics import EXTENSION as METERS
from hytegraph.server.metrics import Meters
from hytegraph.server.resultcache import Remembered, ResultCache

Environment = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Key = tuple[str, ...]
_TOLD_BY = (
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "wsgi.url_scheme",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_COOKIE",
)
_OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition")
_OVERHEAD = 2000


@dataclass(frozen=True, slots=True)
class _Repetition:
    """What a request was answered with: its headers, the entity tag, and the kept answer."""

    headers: tuple[tuple[str, str], ...]
    tag: str
    remembered: Remembered
    size: int


class Shortcut:
    """A WSGI application before that of Flask."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inner = app.wsgi_app
        self._cache: ResultCache = app.extensions[CACHE]
        self._meters: Meters = app.extensions[METERS]
        self._lock = threading.Lock()
        self._known: OrderedDict[Key, _Repetition] = OrderedDict()
        self._size = 0

    def __call__(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        """The kept answer, or that of the application."""
        began = time.perf_counter()
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_IF_MODIFIED_SINCE" in environ:
            return self._inner(environ, start_response)
        key = tuple(environ.get(name, "") for name in _TOLD_BY)
        known = self._known.get(key)
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and condition in (None, known.tag) and self._cache.touch(known.remembered.kept):
            return self._repeat(known, environ, start_response, began)
        return self._ask(key, environ, start_response)

    def _ask(self, key: Key, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        told: list[Any] = ["", []]

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Any:
            told[:] = status, headers
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        body = self._inner(environ, listen)
        remembered = environ.get(KEPT)
        if remembered is not None and told[0].startswith("200"):
            self._remember(key, told[1], remembered)
        return body

    def _remember(self, key: Key, headers: Headers, remembered: Remembered) -> None:
        kept = tuple((name, value) for name, value in headers if name not in ("Server-Timing", "Date"))
        tag = next((value for name, value in kept if name.lower() == "etag"), "")
        if not tag or any(name == "Set-Cookie" for name, _ in kept):
            return
        entry = _Repetition(kept, tag, remembered, _OVERHEAD + sum(map(len, key)))
        with self._lock:
            old = self._known.pop(key, None)
            self._known[key] = entry
            self._size += entry.size - (old.size if old else 0)
            while self._size > self._cache.limit // 8:
                self._size -= self._known.popitem(last=False)[1].size

    def _repeat(
        self, known: _Repetition, environ: Environment, start_response: StartResponse, began: float
    ) -> Iterable[bytes]:
        is_known = "HTTP_IF_NONE_MATCH" in environ
        body = b"" if is_known else known.remembered.kept.bodies[known.remembered.coding]
        shown = (
            [each for each in known.headers if each[0] not in _OF_THE_BODY]
            if is_known
            else list(known.headers)
        )
        seconds = time.perf_counter() - began
        shown.append(("Server-Timing", f'cache;desc="hit", total;dur={1000 * seconds:.2f}'))
        self._note(known.remembered, environ["REQUEST_METHOD"], 304 if is_known else 200, seconds, len(body))
        start_response("304 NOT MODIFIED" if is_known else "200 OK", shown)
        return [body] if body and environ["REQUEST_METHOD"] == "GET" else []

    def _note(self, asked: Remembered, method: str, status: int, seconds: float, size: int) -> None:
        self._meters.count(asked.route, method, status, seconds, size)
        line = Line(method, asked.path, status, seconds, size)
        line.type, line.coding = asked.mimetype if status == 200 else None, asked.coding if size else None
        line.query, line.rows, line.cache = asked.query, asked.kept.rows, "hit"
        write(self._app, line)
