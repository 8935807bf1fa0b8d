"""Answers the commonest requests before WSGI is entered: in the thread that reads the connections, from their bytes.

A request that is byte by byte, but for what no answer depends on, one whose answer is still kept is answered with it. A query that differs from one that
the application has answered in nothing but its text is put to a worker, and answered with the same headers. All of
that is learned from the application's own answers, and whatever is not the plain case (an error, a limit, an answer
that takes longer, an unknown kind of request) is left to it: nothing is decided here. With a rate limit nothing is
answered here, so that it holds.
"""

import re
import threading
import time
from binascii import a2b_qp
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from flask import Flask
from werkzeug.http import http_date

from hytegraph.graph.evaluation.pool import Asked, Pool
from hytegraph.graph.evaluation.question import SOLUTION_FORMS, Answer, Question
from hytegraph.server.context import EXTENSION as CONTEXT
from hytegraph.server.http import access_log as access
from hytegraph.server.http.answer_cache import Answered, Kept, ResultCache
from hytegraph.server.http.caching import EXTENSION as CACHE
from hytegraph.server.http.caching import entity_tag, is_volatile, query_key, vary_of
from hytegraph.server.http.compression import IDENTITY, SMALLEST
from hytegraph.server.http.metrics import EXTENSION as METERS
from hytegraph.server.http.metrics import Meters
from hytegraph.server.http.request_stats import query_hash

# `query` stands between two parts that must be equal; what may be read in two ways is not taken.
_QUERY = re.compile(
    rb"(GET /sparql\?(?:[^ &#\r\n]*&)*query=)((?:[\w.~+!$'()*,;:@/?-]|%[0-9A-Fa-f]{2})+)((?:&[^ #\r\n]*)? HTTP/1\.1\r\n.*)",
    re.DOTALL | re.ASCII,
)
# What makes an answer depend on more than the text, or ends the connection.
_UNFIT = re.compile(
    rb"\r\n(?:if-[a-z-]+|connection:(?![ \t]*keep-alive\r)|expect|transfer-encoding|content-length|upgrade)",
    re.IGNORECASE,
)
# What no answer depends on, and what differs between clients or, behind a proxy, between any two requests.
_UNIMPORTANT = re.compile(
    rb"\r\n(?:user-agent|referer|origin|dnt|priority|sec-[a-z-]+|via|forwarded|x-forwarded-[a-z]+|x-real-ip"
    rb"|x-request-id|traceparent|tracestate):[^\r\n]*",
    re.IGNORECASE,
)
_END = b"\r\n\r\n"
_OWN = ("date", "server-timing", "etag", "content-length")
_FRAMES = 256
_OVERHEAD = 1000

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Repetition:
    """The answer to a request: its head but for the date, the body's place, and what the log tells."""

    head: bytes
    line: access.Line
    answered: Answered
    has_body: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """The headers of answers to queries: as they are kept, and as they are sent."""

    headers: tuple[tuple[str, str], ...]
    vary: tuple[str, ...]
    content_type: str
    lines: bytes
    coding: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Requests that are equal but for the text of the query; their heads by whether it has solutions and is large."""

    answered: Answered
    heads: dict[tuple[bool, bool], _Head] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Pending:
    """A query of a known frame: when it came, and the worker that has it, once there is one."""

    question: Question
    raw: bytes
    frame: _Frame
    text: str
    key: bytes
    began: float
    asked: Asked | None = None


class Express:
    """The requests that are known by their bytes; all but `learn` is for the thread of the connections."""

    def __init__(self, app: Flask, *, is_off: bool) -> None:
        self._app = app
        self._is_off = is_off
        self._pool: Pool | None = app.extensions[CONTEXT].pool
        self._longest: int = app.extensions[CONTEXT].settings.max_query_length
        self._cache: ResultCache = app.extensions[CACHE]
        self._meters: Meters = app.extensions[METERS]
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, _Repetition] = OrderedDict()
        self._frames: OrderedDict[tuple[bytes, bytes], _Frame] = OrderedDict()
        self._date = (0, b"")

    def repeat(self, raw: bytes) -> bytes | None:
        """The answer to a request that has been answered before; None where that is not kept."""
        began = time.perf_counter()
        known = self._known.get(_UNIMPORTANT.sub(b"", raw))
        if known is None or not self._cache.touch(known.answered.kept):
            return None
        kept = known.answered.kept
        body = kept.bodies[known.answered.coding] if known.has_body else b""
        seconds = time.perf_counter() - began
        self._meters.repeated.inc()
        self._tell(known.answered.route, known.line, seconds, len(body))
        timing = f'Server-Timing: cache;desc="hit", total;dur={1000 * seconds:.2f}\r\n\r\n'
        return known.head + self._now() + timing.encode() + body

    def begin(self, raw: bytes) -> Pending | None:
        """The query of a known frame; None where the application has to look at the request."""
        if self._pool is None or self._is_off:
            return None
        began = time.perf_counter()
        parts = _QUERY.fullmatch(_UNIMPORTANT.sub(b"", raw))
        frame = self._frames.get((parts[1], parts[3])) if parts else None
        if parts is None or frame is None:
            return None
        try:
            # The only writer of bytes from hexadecimal digits that is not Python; `=` itself cannot stand in the parts.
            text = a2b_qp(parts[2].replace(b"+", b" ").replace(b"%", b"=")).decode()
        except UnicodeDecodeError:
            return None
        answered = frame.answered
        assert answered.question and answered.operation
        if len(text) > self._longest or is_volatile(text):
            return None
        key = query_key(answered.origin, answered.path, answered.operation, text)
        if self._cache.holds(key, answered.wishes):
            return None
        return Pending(replace(answered.question, text=text), raw, frame, text, key, began)

    def ask(self, pending: Pending) -> bool:
        """Put a query to a worker; whether one was free."""
        assert self._pool
        pending.asked = self._pool.ask_at_once(pending.question)
        return pending.asked is not None

    def complete(self, pending: Pending) -> bytes | None:
        """The answer to a query; None where the application has to finish it."""
        assert self._pool and pending.asked
        answer = self._pool.take_answer(pending.asked)
        if answer is None or answer.cut_by is not None:
            return None
        is_solution = answer.parsed.form in SOLUTION_FORMS
        head = pending.frame.heads.get((is_solution, len(answer.body) >= SMALLEST))
        return None if head is None else self._written(pending, answer, head)

    def abandon(self, asked: Asked) -> None:
        """Stop a query that nobody waits for any more."""
        assert self._pool
        self._pool.abandon(asked)

    def learn(self, raw: bytes, status: str, headers: list[tuple[str, str]], answered: Answered) -> None:
        """Take the application's answer to a request as that to all requests like it."""
        names = {name.lower() for name, _ in headers}
        if self._is_off or not is_whole(raw) or names & {"connection", "set-cookie", "transfer-encoding"}:
            return
        essence = _UNIMPORTANT.sub(b"", raw)
        if answered.kept.primary and "etag" in names:
            self._learn_repetition(essence, status, headers, answered)
        parts = _QUERY.fullmatch(essence)
        is_plain = status.startswith("200") and "x-result-truncated" not in names and "etag" in names
        if parts and answered.question and is_plain and not _UNFIT.search(parts[3]):
            self._learn_frame((parts[1], parts[3]), headers, answered)

    def _learn_repetition(
        self, raw: bytes, status: str, headers: list[tuple[str, str]], answered: Answered
    ) -> None:
        method = raw.partition(b" ")[0].decode("latin-1")
        if method not in ("GET", "HEAD"):
            return
        code, asked = int(status[:3]), answered
        head = f"HTTP/1.1 {status}\r\n{_lines(headers, ('date', 'server-timing'))}".encode("latin-1")
        line = access.Line(method, asked.path, code, 0.0, 0, query=asked.query, rows=asked.kept.rows)
        line.type, line.cache = asked.mimetype if code == 200 else None, "hit"
        line.coding = asked.coding if code == 200 else None
        known = _Repetition(head, line, asked, code == 200 and method == "GET")
        with self._lock:
            room = self._cache.limit // 8 // (_OVERHEAD + len(raw) + len(head))
            _remember(self._known, raw, known, room)

    def _learn_frame(
        self, name: tuple[bytes, bytes], headers: list[tuple[str, str]], answered: Answered
    ) -> None:
        kept = answered.kept
        vary, content_type = vary_of(kept.headers), dict(kept.headers)["Content-Type"]
        lines = f"HTTP/1.1 200 OK\r\n{_lines(headers, _OWN)}".encode("latin-1")
        head = _Head(kept.headers, vary, content_type, lines, answered.coding)
        with self._lock:
            frame = self._frames.get(name) or _Frame(answered)
            size = len(kept.bodies[IDENTITY])
            frame.heads[answered.form in SOLUTION_FORMS, size >= SMALLEST] = head
            _remember(self._frames, name, frame, _FRAMES)

    def _written(self, pending: Pending, answer: Answer, head: _Head) -> bytes:
        answered = pending.frame.answered
        tag = entity_tag(pending.key, head.content_type, "", answer.body)
        kept = Kept(head.headers, tag, answer.rows, {IDENTITY: answer.body})
        self._cache.counts["misses"] += 1
        self._cache.put(pending.key, head.vary, answered.wishes, kept)
        body = self._cache.encoded(kept, head.coding)
        shown_tag = tag if head.coding == IDENTITY else f"{tag}-{head.coding}"
        own = f'Content-Length: {len(body)}\r\nETag: "{shown_tag}"\r\n'.encode()
        seconds = time.perf_counter() - pending.began
        line = access.Line(
            "GET", answered.path, 200, 0.0, 0, query=query_hash(pending.text), rows=answer.rows
        )
        line.type, line.cache = head.content_type.partition(";")[0], "miss" if kept.primary else None
        line.coding, line.worker = head.coding, "answered"
        self._tell(answered.route, line, seconds, len(body))
        self._meters.evaluated("answered", answer.rows)
        self._meters.learned.inc()
        if kept.primary:
            now_known = replace(answered, kept=kept, coding=head.coding, query=line.query)
            repetition = _Repetition(
                head.lines + own, replace(line, cache="hit", worker=None), now_known, True
            )
            with self._lock:
                room = self._cache.limit // 8 // (_OVERHEAD + len(pending.raw) + len(head.lines))
                _remember(self._known, _UNIMPORTANT.sub(b"", pending.raw), repetition, room)
        timing = f'Server-Timing: query;dur={1000 * seconds:.2f}, cache;desc="miss", total;dur={1000 * seconds:.2f}'
        return head.lines + own + self._now() + timing.encode() + _END + body

    def _tell(self, route: str, line: access.Line, seconds: float, size: int) -> None:
        line.seconds, line.size = seconds, size
        self._meters.count(route, line.method, line.status, seconds, size)
        access.write(self._app, line)

    def _now(self) -> bytes:
        now = int(time.time())
        if self._date[0] != now:
            self._date = (now, f"Date: {http_date(now)}\r\n".encode())
        return self._date[1]


def is_whole(raw: bytes) -> bool:
    """Whether the bytes are one whole request without a body."""
    return raw.find(_END) == len(raw) - len(_END)


def _lines(headers: Iterable[tuple[str, str]], without: tuple[str, ...]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers if name.lower() not in without)


def _remember(kept: "OrderedDict[Key, Value]", key: Key, value: Value, room: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > room:
        kept.popitem(last=False)
