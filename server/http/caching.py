"""Keeps answers of an immutable dataset, names them with strong entity tags, and answers 304 to who has them already.

An answer is found again by the data's checksum, the service's address, the path, the normalised parameters, and the
request headers that its `Vary` names. Last-Modified is when the data file or the program was last written: documents
may be years older than the release that corrects them, and the manifest of a release has no clock.
"""

import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app, g, request
from werkzeug.http import http_date

from hytegraph.server.context import dataset, settings
from hytegraph.server.http.answer_cache import Answered, Kept, ResultCache
from hytegraph.server.http.compression import IDENTITY, choose_coding, is_compressible
from hytegraph.server.http.request_stats import observed, query_hash, route
from hytegraph.server.sparql.protocol import ProtocolRequest, read_request
from hytegraph.server.text.languages import reader_language

EXTENSION = "hytegraph.cache"
# Where the answer to a request is left for who may answer others like it.
ANSWERED = "hytegraph.answered"
SPARQL_PATH = "/sparql"
# What another endpoint says may be another thing each time.
_VOLATILE = re.compile(
    r"\b(?:NOW|RAND|UUID|STRUUID)\b\s*[(#]|(?<![?$:\w])SERVICE(?![\w:])|\\u", re.IGNORECASE
)
_LONGEST_ACCEPT = 1000
_NOT_KEPT = ("Server-Timing", "Set-Cookie", "Content-Length", "Date")


def install(app: Flask, limit: int) -> None:
    """Keep the answers of an application; what is registered later has its say before the answer is kept."""
    app.extensions[EXTENSION] = ResultCache(limit)
    app.before_request(_answer_from_cache)
    app.after_request(_finish)


def result_cache() -> ResultCache:
    """The cache of the running application."""
    kept: ResultCache = current_app.extensions[EXTENSION]
    return kept


def _answer_from_cache() -> Response | None:
    g.cache_key = _request_key()
    if g.cache_key is None:
        return None
    kept = result_cache().get(g.cache_key, _wishes())
    observed().cache = "miss" if kept is None else "hit"
    if kept is None:
        return None
    g.kept = kept
    observed().rows = kept.rows
    return Response(kept.bodies[IDENTITY], headers=list(kept.headers))


def query_key(origin: str, path: str, asked: ProtocolRequest, text: str) -> bytes:
    """The name of a query's answers: whatever changes them, so neither the method nor a time limit."""
    pairs = [
        ("query", text.replace("\r\n", "\n").strip()),
        ("format", asked.format_name or ""),
        ("on_limit", str(asked.is_cut_allowed)),
        *(("default-graph-uri", iri) for iri in asked.default_graphs),
        *(("named-graph-uri", iri) for iri in asked.named_graphs),
    ]
    return _key(origin, path, pairs)


def is_volatile(text: str) -> bool:
    """Whether the answer to a query may be another one each time."""
    return _VOLATILE.search(text) is not None


def entity_tag(key: bytes, content_type: str, language: str, body: bytes) -> str:
    """A name of the release, the request, the media type, the language and the very bytes."""
    digest = blake2b(key, digest_size=12)
    digest.update(f"{content_type}\n{language}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def vary_of(headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The names in the Vary header."""
    named = next((value for name, value in headers if name.lower() == "vary"), "")
    return tuple(name.strip().lower() for name in named.split(",") if name.strip())


def _key(origin: str, path: str, pairs: Iterable[tuple[str, str]]) -> bytes:
    digest = blake2b(digest_size=16)
    for part in (origin, path, *(text for pair in sorted(pairs) for text in pair)):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.digest()


def _request_key() -> bytes | None:
    """The name of what is asked for, None where the answer is not to be kept."""
    if dataset().origin is None or not _is_safe() or len(request.headers.get("Accept", "")) > _LONGEST_ACCEPT:
        return None
    if request.path == SPARQL_PATH:
        # Read here, so that a kept answer is not given for what the protocol does not allow.
        asked = read_request()
        if asked.text is not None:
            observed().query = query_hash(asked.text)
            g.volatile = asked.is_update or is_volatile(asked.text)
            g.operation = asked
            return None if g.volatile else query_key(_origin(), request.path, asked, asked.text)
    try:
        raw = request.query_string.decode("utf-8")
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except ValueError:
        return None
    return _key(_origin(), request.path, pairs)


def _origin() -> str:
    """The data and the address of the service, which stands in some answers."""
    origin = dataset().origin
    assert origin
    return f"{origin.checksum} {settings().public_url or request.host_url}"


def _is_safe() -> bool:
    if request.method in ("GET", "HEAD"):
        return True
    return request.method in ("POST", "QUERY") and request.path == SPARQL_PATH


def _wishes() -> dict[str, str]:
    """The request headers that answers vary by, as far as they make a difference."""
    language = reader_language(request)
    accept = ",".join(sorted(part.strip().lower() for part in request.headers.get("Accept", "").split(",")))
    return {"accept": accept, "accept-language": language, "cookie": language}


def _finish(response: Response) -> Response:
    """Keep the answer, name it, compress it, or say that the client has it."""
    _cache_control(response)
    if request.endpoint == "static" and response.status_code == 200:
        # Files of the program are small, and compressed like every other text; a file that is changed is sent as it is now.
        g.cache_key = None
        response.direct_passthrough = False
        response.make_sequence()
    if response.status_code != 200 or response.is_streamed or response.direct_passthrough:
        return response
    if "no-store" in response.headers["Cache-Control"]:
        return _compressed(response, Kept((), "", None, {IDENTITY: response.get_data()}))
    kept = g.get("kept") or _keep(response)
    response = _compressed(response, kept)
    origin = dataset().origin
    if origin is None or request.method not in ("GET", "HEAD", "QUERY"):
        return response
    coding = response.headers.get("Content-Encoding", "")
    tag = f"{kept.tag}-{coding}" if coding else kept.tag
    response.set_etag(tag)
    modified = int(max(origin.modified, _program_written()))
    response.headers["Last-Modified"] = http_date(modified)
    if g.get("cache_key"):
        told = (route(), request.path, response.mimetype or "", observed().query, _origin(), _wishes())
        evaluated = (g.get("operation"), g.question, g.form) if "question" in g else ()
        request.environ[ANSWERED] = Answered(kept, coding or IDENTITY, *told, *evaluated)
    return _not_modified(response) if _has_already(tag, modified) else response


def _cache_control(response: Response) -> None:
    if response.status_code >= 400 or g.get("volatile") or request.method == "OPTIONS":
        response.headers["Cache-Control"] = "no-store"
    elif dataset().origin is None:
        # Another store may change at any time.
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers.setdefault("Cache-Control", f"public, max-age={settings().max_age}")


def _keep(response: Response) -> Kept:
    headers = tuple((name, value) for name, value in response.headers.items() if name not in _NOT_KEPT)
    body = response.get_data()
    kept = Kept(headers, _tag(response, body), observed().rows, {IDENTITY: body})
    vary = vary_of(headers)
    wishes = _wishes()
    if g.get("cache_key") and "Set-Cookie" not in response.headers and wishes.keys() >= set(vary):
        result_cache().put(g.cache_key, vary, wishes, kept)
    return kept


def _tag(response: Response, body: bytes) -> str:
    key = g.get("cache_key") or request.path.encode()
    return entity_tag(key, response.content_type or "", response.headers.get("Content-Language", ""), body)


def _compressed(response: Response, kept: Kept) -> Response:
    body = kept.bodies[IDENTITY]
    if not is_compressible(response.content_type, len(body)):
        return response
    response.vary.add("Accept-Encoding")
    coding = choose_coding(request.headers.get("Accept-Encoding"))
    if coding != IDENTITY:
        response.set_data(result_cache().encoded(kept, coding))
        response.headers["Content-Encoding"] = coding
    return response


def _has_already(tag: str, modified: int) -> bool:
    if request.if_none_match:
        return request.if_none_match.contains_weak(tag)
    since = request.if_modified_since
    return since is not None and since >= datetime.fromtimestamp(modified, UTC)


def _not_modified(response: Response) -> Response:
    response.status_code = 304
    response.set_data(b"")
    for name in ("Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"):
        response.headers.pop(name, None)
    return response


@cache
def _program_written() -> float:
    """When the newest file of the installed program was written: a page changes with its template."""
    folder = Path(str(sys.modules["hytegraph.server"].__file__)).parent
    return max(file.stat().st_mtime for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")
