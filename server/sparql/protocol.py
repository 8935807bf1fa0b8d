"""Reads a request of the SPARQL 1.1 protocol: GET, POST of a form or of the text, and the draft method QUERY.

A posted form holds all parameters of the operation itself, but those that are no part of the protocol (`format`,
`timeout`, `on_limit`, `release`) may stand in the address too; a posted text has all others in the address. What the
protocol calls malformed is answered with 400, a wrong media type or encoding with 415; updates are read only to be
refused.
"""

import math
import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from hytegraph.server.http.exchange import HttpRequest
from hytegraph.server.http.problems import Problem, ProblemError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "POST", "QUERY")
_UPDATE_GRAPHS = ("using-graph-uri", "using-named-graph-uri")
_EXTENSIONS = ("format", "timeout", "on_limit", "release")
_QUERY_GRAPHS = ("default-graph-uri", "named-graph-uri")
# What may stand for itself, and what begins an escape that is none.
_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~+!$'()*,;:@/?-%"
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(slots=True)
class Operation:
    """An operation as the protocol defines it; `text` is None where a GET has neither query nor update.

    `release` is the version of the published release that is asked, '' for the one that is served.
    """

    text: str | None
    is_update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format_name: str | None
    seconds: float | None
    is_cut_allowed: bool
    release: str = ""


def read_operation(request: HttpRequest) -> Operation:
    """The operation that a request asks for; raises ProblemError for what the protocol does not allow."""
    values = _grouped(request.query_string)
    if request.method in ("POST", "QUERY"):
        values = _posted(request, values)
    queries, updates = values.get("query", ()), values.get("update", ())
    if updates and (request.method != "POST" or queries):
        raise _malformed("An update is sent by POST, and not together with a query.")
    if len(queries) > 1 or len(updates) > 1 or not (queries or updates or request.method in ("GET", "HEAD")):
        raise _malformed(
            f"There must be exactly one query or update; there are {len(queries)} and {len(updates)}."
        )
    default, named = _UPDATE_GRAPHS if updates else _QUERY_GRAPHS
    texts = queries or updates
    return Operation(
        texts[0] if texts else None,
        bool(updates),
        tuple(values.get(default, ())),
        tuple(values.get(named, ())),
        _first(values, "format"),
        _seconds(_first(values, "timeout")),
        _is_cut_allowed(_first(values, "on_limit")),
        _first(values, "release") or "",
    )


def _posted(request: HttpRequest, address: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parameters of a request with a body."""
    content_type = request.headers.get("content-type", "")
    kind, options = parse_options_header(content_type)
    kind = kind.lower()
    known = (FORM, QUERY, UPDATE) if request.method == "POST" else (FORM, QUERY)
    if not content_type and request.method == "QUERY":
        raise _malformed("A QUERY request names the media type of its content.")
    if kind not in known:
        detail = f"A query is sent as {FORM} or {QUERY}."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=(FORM, QUERY)))
    _check_encodings(request, kind, options.get("charset", "utf-8"))
    if kind == FORM:
        form = _grouped(request.body)
        for name in _EXTENSIONS:
            if name in address:
                form.setdefault(name, address[name])
        return form
    name = "query" if kind == QUERY else "update"
    try:
        address.setdefault(name, []).append(request.body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _malformed("The body is not UTF-8.") from error
    return address


def _check_encodings(request: HttpRequest, kind: str, charset: str) -> None:
    if charset.strip().lower() not in ("utf-8", "utf8"):
        detail = f"The charset {charset} is not read; {kind} is sent as UTF-8."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=(FORM, QUERY)))
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", ""):
        detail = f"The content coding {coding} is not read; send the content as it is."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=("identity",)))


def _grouped(raw: bytes) -> dict[str, list[str]]:
    """The form-encoded parameters by name; Werkzeug itself would put replacement characters for what is not UTF-8."""
    values: dict[str, list[str]] = {}
    try:
        for pair in raw.split(b"&"):
            if pair:
                name, _, value = pair.partition(b"=")
                values.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeDecodeError as error:
        raise _malformed("The parameters are not UTF-8.") from error
    return values


def _decoded(raw: bytes) -> str:
    spaced = raw.replace(b"+", b" ")
    if b"%" not in raw:
        return spaced.decode()
    if not raw.translate(None, _PLAIN) and not _BAD_ESCAPE.search(raw):
        # Quoted-printable is percent encoding with another sign, and its decoder is not written in Python.
        return a2b_qp(spaced.replace(b"%", b"=")).decode()
    return unquote_to_bytes(spaced).decode()


def _first(values: dict[str, list[str]], name: str) -> str | None:
    return values[name][0] if name in values else None


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise _malformed("timeout is a number of seconds above 0.")
    return seconds


def _is_cut_allowed(text: str | None) -> bool:
    if text not in (None, "refuse", "cut"):
        raise _malformed("on_limit is refuse or cut.")
    return text == "cut"


def _malformed(detail: str) -> ProblemError:
    return ProblemError(Problem(400, "bad-request", detail))
