"""Counts the rows of a serialised SELECT answer and cuts it after a row, in each of the four result formats.

pyoxigraph writes results but cannot count or stop at a row, and writing each row in Python would be many times slower.
"""

import json
import re

# A row ends where its pattern's group "end" ends; quoted parts are matched first, so that nothing in them counts.
_QUOTED = rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
_ROW_ENDS = {
    "json": re.compile(_QUOTED + rb"|(?P<end>\}(?=,\{|\]\}\}$))", re.DOTALL),
    "xml": re.compile(rb"(?P<end></result>|<result\s*/>)"),
    "csv": re.compile(rb'"[^"]*(?:"|\Z)|(?P<end>\r\n)'),
    "tsv": re.compile(rb"(?P<end>\n)"),
}
_HEAD_LINES = {"json": 0, "xml": 0, "csv": 1, "tsv": 1}
_JSON_START = b',"results":{"bindings":['
_XML_END = b"</results></sparql>"


def count_rows(body: bytes, format_name: str) -> int:
    """How many whole rows the answer of a SELECT holds.

    >>> count_rows(b'x,y\\r\\n1,"a\\r\\nb"\\r\\n', "csv")
    1
    """
    if format_name == "xml":
        return body.count(b"</result>") + body.count(b"<result/>")
    if format_name == "tsv":
        return max(body.count(b"\n") - 1, 0)
    if format_name == "csv":
        # What is at an odd place between quotation marks is inside of them.
        return max(sum(part.count(b"\r\n") for part in body.split(b'"')[::2]) - 1, 0)
    start = body.find(_JSON_START) + len(_JSON_START)
    if b"{}" not in body and body.startswith(b"{", start):
        # Where each row has a cell, `},{"` begins a row unless its quotation mark ends a text: then `}` or `,` follows.
        ends = body.count(b'},{"}', start) + body.count(b'},{",', start)
        return 1 + body.count(b'},{"', start) - ends
    outside = b"".join(body.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')[::2])
    _, _, rows = outside.partition(b"},:{:[")
    return rows.count(b"},{") + (1 if rows.startswith(b"{") else 0)


def cut_rows(body: bytes, format_name: str, rows: int, limit: tuple[str, int]) -> tuple[bytes, int]:
    """The answer with at most so many rows and how many it has; the body may break off in the middle of a row.

    JSON says beside `results` which limit has cut it.
    """
    start = body.find(_JSON_START) + len(_JSON_START) if format_name == "json" else 0
    wanted = rows + _HEAD_LINES[format_name]
    found, end = 0, start
    for match in _ROW_ENDS[format_name].finditer(body, start):
        if found == wanted:
            break
        if match["end"] is not None:
            found, end = found + 1, match.end()
    kept = max(found - _HEAD_LINES[format_name], 0)
    if format_name == "json":
        kind, value = limit
        note = json.dumps({"limit": kind, "value": value, "rows": kept})
        # Before `results`: some readers, pyoxigraph's among them, take nothing after it.
        head, rest = body[: start - len(_JSON_START)], body[start - len(_JSON_START) : end]
        return head + b',"truncated":' + note.encode() + rest + b"]}}", kept
    if format_name == "xml":
        head = body[: body.find(b"<results>") + len(b"<results>")] if not kept else body[:end]
        return head + _XML_END, kept
    return body[:end], kept
