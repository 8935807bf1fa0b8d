"""Where the lines of a text stand in another text of the same document."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span, format_spans, parse_spans
from hytegraph.loaders.documents.tables import Row, Table

LineMap = Mapping[int, int]
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
