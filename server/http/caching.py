"""Names answers in the cache, says how long others may keep them, and tells who has an answer already.

An answer is found again by the data's checksum, the service's address, the path, the normalised parameters, and the
request headers that its `Vary` names. Last-Modified is when the data file or the program was last written: documents
may be years older than the release that corrects them, and the manifest of a release has no clock.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl

from werkzeug.http import http_date, parse_date, parse_etags

from hytegraph.graph.sparql.lexer import may_hold
from hytegraph.server.http.exchange import HttpRequest

# The result of another endpoint, called by SERVICE, may be another one each time.
_VOLATILE = re.compile(
    r"\b(?:NOW|RAND|UUID|STRUUID)\b\s*[(#]|(?<![?$:\w])SERVICE(?![\w:])|\\u", re.IGNORECASE
)
_VOLATILE_WORDS = ("now", "rand", "uuid", "service", "\\u")
_LONGEST_ACCEPT = 1000
VARIED_BY = ("accept", "accept-language", "cookie")
LanguageOf = Callable[[HttpRequest], str]


class Wishes(Mapping[str, str]):
    """The request headers that answers vary by, as far as they make a difference, worked out when asked for."""

    __slots__ = ("_language_of", "_request")

    def __init__(self, request: HttpRequest, language_of: LanguageOf) -> None:
        self._request = request
        self._language_of = language_of

    def __getitem__(self, name: str) -> str:
        if name == "accept":
            return _normal_accept(self._request.headers.get("accept", ""))
        if name in VARIED_BY:
            return self._language_of(self._request)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(VARIED_BY)

    def __len__(self) -> int:
        return len(VARIED_BY)


def address_key(checksum: str, request: HttpRequest) -> bytes | None:
    """The name of what is at the address of a GET; None where the answer is not to be kept."""
    if request.method not in ("GET", "HEAD") or len(request.headers.get("accept", "")) > _LONGEST_ACCEPT:
        return None
    try:
        raw = request.query_string.decode("utf-8")
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except ValueError:
        return None
    return answer_key(checksum, request, pairs)


def answer_key(checksum: str, request: HttpRequest, pairs: Iterable[tuple[str, str]]) -> bytes:
    """The name of the answer to a request with these parameters; neither the method nor their order matter."""
    # The service's address stands in some answers.
    parts = [f"{checksum} {request.root}", request.path]
    for pair in sorted(pairs):
        parts += pair
    lengths = ",".join([str(len(part)) for part in parts])
    return blake2b(f"{lengths}\n{''.join(parts)}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def is_volatile(text: str) -> bool:
    """Whether the answer to a query may be another one each time."""
    return may_hold(text, _VOLATILE_WORDS) and _VOLATILE.search(text) is not None


def entity_tag(key: bytes, content_type: str, language: str, body: bytes) -> str:
    """A name of the release, the request, the media type, the language and the very bytes."""
    digest = blake2b(key, digest_size=12)
    digest.update(f"{content_type}\n{language}\n".encode())
    digest.update(body)
    return digest.hexdigest()


@lru_cache(maxsize=256)
def vary_names(value: str) -> tuple[str, ...]:
    """The names in a Vary header."""
    return tuple(name.strip().lower() for name in value.split(",") if name.strip())


@cache
def http_time(seconds: int) -> str:
    """A time as HTTP writes it."""
    return http_date(seconds)


def has_already(request: HttpRequest, tag: str, modified: int) -> bool:
    """Whether the client says that it has the answer with this tag, or of this time where it names no tag."""
    tags, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if tags is None and since is None:
        return False
    if tags:
        return parse_etags(tags).contains_weak(tag)
    moment = parse_date(since)
    return moment is not None and moment >= datetime.fromtimestamp(modified, UTC)


@cache
def program_written() -> float:
    """When the newest file of the installed program was written: a page changes with its template."""
    folder = Path(str(sys.modules["hytegraph.server"].__file__)).parent
    return max(file.stat().st_mtime for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")


@lru_cache(maxsize=512)
def _normal_accept(header: str) -> str:
    return ",".join(sorted(part.strip().lower() for part in header.split(",")))
