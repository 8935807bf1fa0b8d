"""HTTP/1.1 on the wire for the plain case: reads whole requests that leave nothing open, writes answers.

Whatever is not plain (a second header of a name, a header that changes how the connection is used, an escape in the
path, a body that is still to come) is not read here, but by waitress and Flask.
"""

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from werkzeug.http import http_date

from hytegraph.server.http.exchange import HttpAnswer, HttpRequest
from hytegraph.server.http.rate_limit import client_of

SERVER = "hytegraph"
_LINE = re.compile(rb"(GET|HEAD|POST|QUERY) (/[\w./~@:,;!$&'()*+=-]*)(?:\?([!-~]*))? HTTP/1\.1", re.ASCII)
_FIELD = re.compile(rb"([!#$%&'*+.^`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*?)[ \t]*", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
# These change how the connection is used, or how the body is read.
_NOT_PLAIN = frozenset(("expect", "transfer-encoding", "upgrade", "te", "trailer"))
# No answer depends on these, and they differ between clients or, behind a proxy, between any two requests.
_UNIMPORTANT = re.compile(
    r"user-agent|referer|origin|dnt|priority|sec-.+|via|forwarded|x-forwarded-.+|x-real-ip|x-request-id|traceparent"
    r"|tracestate|connection"
)
_END = b"\r\n\r\n"
_LONGEST_REMEMBERED = 2000


@dataclass(slots=True)
class PlainRequest:
    """A request, and what of its head its answer can depend on."""

    request: HttpRequest
    essence: tuple[bytes, bytes]


@dataclass(slots=True)
class _Head:
    headers: dict[str, str]
    essence: bytes
    host: str
    length: int


def read_request(data: bytes, address: str, public_url: str, proxy_header: str) -> PlainRequest | None:
    """The request that the bytes are, whole; None where they are not, or it is not plain."""
    end = data.find(_END)
    start = data.find(b"\r\n")
    if end < 0 or start == end:
        return None
    line = _LINE.fullmatch(data, 0, start)
    block = data[start + 2 : end]
    head = _read_head(block) if len(block) > _LONGEST_REMEMBERED else _remembered_head(block)
    if line is None or head is None or len(data) != end + 4 + head.length:
        return None
    method, path, query = line.groups(b"")
    root = public_url.rstrip("/") + "/" if public_url else f"http://{head.host}/"
    client = client_of(address, head.headers, proxy_header)
    request = HttpRequest(method.decode(), path.decode(), query, head.headers, root, client, data[end + 4 :])
    return PlainRequest(request, (line[0], head.essence))


def write_head(answer: HttpAnswer) -> bytes:
    """The head of an answer as it is sent, but for what `write_end` adds."""
    lines = [f"HTTP/1.1 {answer.status} {_reason(answer.status)}\r\nServer: {SERVER}\r\n"]
    lines += [f"{name}: {value}\r\n" for name, value in answer.headers.items()]
    if answer.status != 304:
        lines.append(f"Content-Length: {len(answer.body or b'')}\r\n")
    return "".join(lines).encode("latin-1")


def write_end(timing: str, *, is_last: bool) -> bytes:
    """The end of a head: the date, how long the answer took, and whether the connection ends with it."""
    last = "Connection: close\r\n" if is_last else ""
    return f"Date: {_http_second(int(time.time()))}\r\nServer-Timing: {timing}\r\n{last}\r\n".encode()


@lru_cache(maxsize=2)
def _http_second(second: int) -> str:
    return http_date(second)


@lru_cache(maxsize=512)
def _remembered_head(block: bytes) -> _Head | None:
    return _read_head(block)


def _read_head(block: bytes) -> _Head | None:
    headers: dict[str, str] = {}
    for line in block.split(b"\r\n"):
        field = _FIELD.fullmatch(line)
        if field is None:
            return None
        name = field[1].decode("ascii").lower()
        if name in headers or name in _NOT_PLAIN:
            return None
        headers[name] = field[2].decode("latin-1")
    host, length = headers.get("host", ""), headers.get("content-length", "0")
    if headers.get("connection", "keep-alive").lower() != "keep-alive" or not _HOST.fullmatch(host):
        return None
    if not length.isdecimal() or not length.isascii() or len(length) > 9:
        return None
    essence = [f"{name}:{value}" for name, value in headers.items() if not _UNIMPORTANT.fullmatch(name)]
    return _Head(headers, "\n".join(essence).encode("latin-1"), host.removesuffix(":80"), int(length))


@lru_cache(maxsize=64)
def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
