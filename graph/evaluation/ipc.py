"""What the front and its workers say to each other, and how the front watches their channels and its clients.

A message is a length, a JSON header, and the bytes of an answer. No pickle: what a worker sends is read as data, even
if a query had found a way to make it send something else.
"""

import json
import math
import select
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hytegraph.graph.errors import (
    HytegraphError,
    NotOfferedError,
    NotWritableError,
    QueryCrashedError,
    QueryFailedError,
    QueryLimitError,
    QueryRefusedError,
    QuerySyntaxError,
)
from hytegraph.graph.evaluation.question import Answer, Question
from hytegraph.graph.sparql.guard import ParsedQuery

# A client that has closed its sending side may still read; it gets this many seconds before its query is stopped.
HALF_CLOSED = 2.0
# A worker that has begun its answer and then says nothing for so many seconds is taken for dead.
CHANNEL_SECONDS = 5.0
SOON = 0.02
CHUNK = 262_144
_LENGTHS = struct.Struct("!II")


@dataclass(frozen=True, slots=True)
class Message:
    """A header and the bytes that go with it."""

    header: dict[str, Any]
    body: bytes = b""


def send(channel: socket.socket, message: Message) -> None:
    """Send a message whole; raises OSError when the other end is gone."""
    header = json.dumps(message.header).encode()
    start = _LENGTHS.pack(len(header), len(message.body)) + header
    if len(message.body) < CHUNK:
        channel.sendall(start + message.body)
        return
    channel.sendall(start)
    channel.sendall(message.body)


def receive(channel: socket.socket, begun: bytes = b"") -> Message | None:
    """The next message, of which `begun` has come already; None when the other end is closed.

    A side sends only after the other's message, so what has come belongs to one message. Raises OSError, also when a
    message breaks off.
    """
    data = begun or channel.recv(CHUNK)
    if not data:
        return None
    if len(data) < _LENGTHS.size:
        data += _read(channel, _LENGTHS.size - len(data))
    header_length, body_length = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + header_length
    missing = start + body_length - len(data)
    if missing:
        data += _read(channel, missing)
    return Message(json.loads(data[_LENGTHS.size : start]), data[start:])


def is_whole(data: bytes) -> bool:
    """Whether the bytes are a whole message."""
    return len(data) >= _LENGTHS.size and len(data) == _LENGTHS.size + sum(_LENGTHS.unpack_from(data))


def _read(channel: socket.socket, length: int) -> bytes:
    """That many bytes; raises OSError when they do not come."""
    whole = bytearray(length)
    view, at = memoryview(whole), 0
    while at < length:
        count = channel.recv_into(view[at:])
        if not count:
            raise ConnectionResetError("the message breaks off")
        at += count
    return bytes(whole)


def question_message(question: Question) -> Message:
    """The message that asks a question."""
    parsed = question.parsed
    return Message(
        {
            # A judged query has its text in the verdict.
            "text": "" if parsed else question.text,
            "formats": (question.result_format, question.graph_format),
            "graphs": (question.default_graphs, question.named_graphs),
            "limits": (question.max_rows, question.max_bytes, question.cut),
            "update": question.is_update,
            "parsed": parsed and _told(parsed),
        }
    )


def question_of(message: Message) -> Question:
    """The question that a message asks."""
    told = message.header
    result_format, graph_format = told["formats"]
    default, named = told["graphs"]
    max_rows, max_bytes, cut = told["limits"]
    parsed = _parsed(told["parsed"]) if told["parsed"] else None
    formats = (result_format, graph_format)
    graphs = (tuple(default), tuple(named))
    return Question(told["text"], *formats, *graphs, max_rows, max_bytes, cut, told["update"], parsed)


def answer_message(question: Question, answer: Answer, usage: Mapping[str, Any]) -> Message:
    """The message that gives the answer to a question, and what the worker has used."""
    header = {
        "parsed": None if question.parsed else _told(answer.parsed),
        "rows": answer.rows,
        "cut_by": answer.cut_by,
        "usage": usage,
    }
    return Message(header, answer.body)


def answer_of(question: Question, message: Message) -> Answer:
    """The answer to a question in a message; raises the error that the message tells of."""
    header = message.header
    if "error" in header:
        raise _error_of(header)
    parsed = question.parsed or _parsed(header["parsed"])
    return Answer(message.body, parsed, header["rows"], header["cut_by"])


def error_message(error: Exception, usage: Mapping[str, Any]) -> Message:
    """The message that states an error, and what the worker has used."""
    told: dict[str, Any]
    match error:
        case QuerySyntaxError():
            told = {"error": "syntax", "reason": error.reason, "line": error.line, "column": error.column}
        case QueryRefusedError():
            told = {
                "error": "refused",
                "reason": error.reason,
                "kind": error.kind,
                "subject": error.subject,
            }
        case NotOfferedError():
            told = {"error": "format", "form": error.form}
        case NotWritableError():
            told = {"error": "writing", "label": error.label, "reason": error.reason}
        case NotWritableError():
            told = {"error": "writing", "label": error.label, "reason": error.reason}
        case QueryLimitError():
            told = {"error": "limit", "reason": error.reason, "kind": error.kind, "limit": error.limit}
        case MemoryError():
            told = {"error": "memory"}
        case QueryFailedError():
            told = {"error": "failed", "reason": error.reason}
        case _:
            told = {"error": "crashed", "reason": f"{type(error).__name__}: {error}"}
    return Message({**told, "usage": usage})


def _error_of(told: dict[str, Any]) -> HytegraphError | MemoryError:
    match told["error"]:
        case "syntax":
            return QuerySyntaxError(told["reason"], line=told["line"], column=told["column"])
        case "refused":
            return QueryRefusedError(told["reason"], kind=told["kind"], subject=told["subject"])
        case "format":
            return NotOfferedError(told["form"])
        case "writing":
            return NotWritableError(told["label"], told["reason"])
        case "writing":
            return NotWritableError(told["label"], told["reason"])
        case "limit":
            return QueryLimitError(told["kind"], told["limit"], told["reason"])
        case "memory":
            return MemoryError()
        case "failed":
            return QueryFailedError(told["reason"])
        case _:
            return QueryCrashedError(told["reason"])


def _told(parsed: ParsedQuery) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    return parsed.text, parsed.form, parsed.from_graphs, parsed.from_named


def _parsed(told: list[Any]) -> ParsedQuery:
    text, form, graphs, named = told
    return ParsedQuery(text, form, tuple(graphs), tuple(named))


def prepare(channel: socket.socket) -> None:
    """Make a new channel wait for its worker as long as `soon` and `whole` say."""
    _set_patience(channel, socket.SO_SNDTIMEO, CHANNEL_SECONDS)
    _set_patience(channel, socket.SO_RCVTIMEO, SOON)


def _set_patience(channel: socket.socket, option: int, seconds: float) -> None:
    """How long sending or receiving waits; the system sees to it, Python's own time-out costs a call more each time."""
    patience = struct.pack("ll", int(seconds), int(seconds % 1 * 1_000_000))
    channel.setsockopt(socket.SOL_SOCKET, option, patience)


def soon(channel: socket.socket) -> bytes | None:
    """What comes from a worker at once: light queries need no more; None for the others."""
    try:
        return channel.recv(CHUNK)
    except BlockingIOError:
        return None


def whole(channel: socket.socket, begun: bytes | None) -> Message | None:
    """The message that has begun to come."""
    if begun and is_whole(begun):
        return receive(channel, begun)
    _set_patience(channel, socket.SO_RCVTIMEO, CHANNEL_SECONDS)
    message = receive(channel, begun or b"")
    _set_patience(channel, socket.SO_RCVTIMEO, SOON)
    return message


def is_quiet(channel: socket.socket) -> bool:
    """Whether nothing has come from an idle worker, not even the end of the channel."""
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    return not poll.poll(0)


def is_open(channel: socket.socket) -> bool:
    """Whether the other end is there; what it may have sent stays to be read."""
    poll = select.poll()
    poll.register(channel, 0)
    return not poll.poll(0)


def grace(client: socket.socket) -> float:
    """How long a query may go on after its client's socket has become readable."""
    try:
        data = client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return math.inf
    except OSError:
        return 0.0
    # Bytes are the next request of a client that does not wait.
    return math.inf if data else HALF_CLOSED


def has_left(client: socket.socket) -> bool:
    return grace(client) == 0.0
