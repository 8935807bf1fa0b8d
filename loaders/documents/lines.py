"""Where the lines of a text stand in another text of the same document."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span, format_spans, parse_spans
from hytegraph.loaders.documents.tables import Row, Table

LineMap = Mapping[int, int]
_CITATION = re.compile(r"(?P<document>\S+):L(?P<first>\d+)(?:-L(?P<last>\d+))?")
_ROW_ID = re.compile(r"L(\d+)(-\d+)?")


def line_map(before: SourceText, after: SourceText) -> LineMap:
    """The new number of each line that stands in both texts, in the same order."""
    matcher = SequenceMatcher(None, before.lines, after.lines, autojunk=False)
    return {
        block.a + at + 1: block.b + at + 1
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    }


def moved_spans(text: str, lines: LineMap) -> str | None:
    """Line ranges in the new text; None where one of the lines is not in it, or the run has been torn apart."""
    spans = []
    for span in parse_spans(text):
        numbers = [lines.get(number) for number in span.numbers()]
        first, last = numbers[0], numbers[-1]
        if first is None or last is None or numbers != list(range(first, last + 1)):
            return None
        spans.append(Span(first, last))
    return format_spans(spans)


def moved_row(table: Table, row: Row, lines: LineMap) -> Row | None:
    """The row as it cites the new text; None where that lacks a line it cites. Its ids move with their line."""
    cells = dict(row.cells)
    for column in table.line_columns():
        moved = moved_spans(row[column], lines)
        if moved is None:
            return None
        cells[column] = moved
    for column in ("id", "row"):
        match = _ROW_ID.fullmatch(row[column])
        if match and int(match[1]) in lines:
            cells[column] = f"L{lines[int(match[1])]}{match[2] or ''}"
    return Row(cells)


def moved_citations(table: str, document: str, lines: LineMap) -> str:
    """A tab-separated table with its citations of the document's lines (`NAME:L12-L14`) as they are in the new text.

    A citation of a line that the new text lacks is left out: at its number stand other words.
    """
    return "".join(_moved_line(line, document, lines) for line in table.splitlines(keepends=True))


def _moved_line(line: str, document: str, lines: LineMap) -> str:
    if f"{document}:L" not in line:
        return line
    body = line.rstrip("\r\n")
    cells = [_moved_cell(cell, document, lines) for cell in body.split("\t")]
    return "\t".join(cells) + line[len(body) :]


def _moved_cell(cell: str, document: str, lines: LineMap) -> str:
    citations = [_CITATION.fullmatch(word) for word in cell.split(" ")]
    if not cell or not all(citations):
        return cell
    moved = (_moved_citation(match, document, lines) for match in citations if match)
    return " ".join(word for word in moved if word)


def _moved_citation(match: re.Match[str], document: str, lines: LineMap) -> str:
    if match["document"] != document:
        return match[0]
    first, last = int(match["first"]), int(match["last"] or match["first"])
    numbers = [lines.get(number) for number in range(first, last + 1)]
    start, end = numbers[0], numbers[-1]
    if start is None or end is None or numbers != list(range(start, end + 1)):
        return ""
    return f"{document}:L{start}" + (f"-L{end}" if end != start else "")
