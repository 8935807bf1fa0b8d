"""Reads a request of the SPARQL 1.1 protocol: GET, POST of a form or of the text, and the draft method QUERY.

A posted form holds all parameters of the operation itself, but what is no part of the protocol (`format`, `timeout`,
`on_limit`) may stand in the address too; a posted text has all others in the address. What the
protocol calls malformed is told as 400, a wrong media type or encoding as 415; updates are read only to be refused.
"""

import math
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import request
from werkzeug.datastructures import MultiDict

from hytegraph.server.http.problems import Problem, ProblemError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "POST", "QUERY")
_UPDATE_GRAPHS = ("using-graph-uri", "using-named-graph-uri")
_EXTENSIONS = ("format", "timeout", "on_limit")
_QUERY_GRAPHS = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """An operation as the protocol defines it; `text` is None where a GET has neither query nor update."""

    text: str | None
    is_update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format_name: str | None
    seconds: float | None
    is_cut_allowed: bool


def read_request() -> ProtocolRequest:
    """The operation that the running request asks for; raises ProblemError for what the protocol does not allow."""
    parameters = _parameters(request.query_string)
    if request.method in ("POST", "QUERY"):
        parameters = _posted(parameters)
    queries, updates = parameters.getlist("query"), parameters.getlist("update")
    if updates and (request.method != "POST" or queries):
        raise _malformed("An update is sent by POST, and not together with a query.")
    if len(queries) > 1 or len(updates) > 1 or not (queries or updates or request.method in ("GET", "HEAD")):
        raise _malformed(
            f"There must be exactly one query or update; there are {len(queries)} and {len(updates)}."
        )
    default, named = _UPDATE_GRAPHS if updates else _QUERY_GRAPHS
    texts = queries or updates
    return ProtocolRequest(
        texts[0] if texts else None,
        bool(updates),
        tuple(parameters.getlist(default)),
        tuple(parameters.getlist(named)),
        parameters.get("format"),
        _seconds(parameters.get("timeout")),
        _is_cut_allowed(parameters.get("on_limit")),
    )


def _posted(address: MultiDict[str, str]) -> MultiDict[str, str]:
    """The parameters of a request with a body."""
    kind = request.mimetype
    known = (FORM, QUERY, UPDATE) if request.method == "POST" else (FORM, QUERY)
    if not request.content_type and request.method == "QUERY":
        raise _malformed("A QUERY request names the media type of its content.")
    if kind not in known:
        detail = f"A query is sent as {FORM} or {QUERY}."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=(FORM, QUERY)))
    _check_encodings(kind)
    body = request.get_data()
    if kind == FORM:
        form = _parameters(body)
        for extension in _EXTENSIONS:
            form.setlistdefault(extension, address.getlist(extension))
        return form
    name = "query" if kind == QUERY else "update"
    try:
        address.add(name, body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _malformed("The body is not UTF-8.") from error
    return address


def _check_encodings(kind: str) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").strip().lower()
    if charset not in ("utf-8", "utf8"):
        detail = f"The charset {charset} is not read; {kind} is sent as UTF-8."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=(FORM, QUERY)))
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", ""):
        detail = f"The content coding {coding} is not read; send the content as it is."
        raise ProblemError(Problem(415, "unsupported-media-type", detail, offers=("identity",)))


def _parameters(raw: bytes) -> MultiDict[str, str]:
    """The form-encoded parameters; Werkzeug itself would put replacement characters for what is not UTF-8."""
    try:
        pairs = parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise _malformed("The parameters are not UTF-8.") from error
    return MultiDict(pairs)


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
