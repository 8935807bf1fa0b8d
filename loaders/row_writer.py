"""Paragraphs of a document and the table rows made of them, shared by the kinds of documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.citations import LineCharacters
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, SURE
from hytegraph.loaders.documents.text import Cleaner


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, and their clean text."""

    span: Span
    text: str

    @property
    def lines(self) -> str:
        """The line range as tables write it."""
        return str(self.span)


Rows = dict[str, list[Mapping[str, str]]]


class RowWriter:
    """Collects rows by table and gives each its id."""

    def __init__(self, document: SourceText, cleaner: Cleaner) -> None:
        self._rows: Rows = {}
        self._document = document
        self._cleaner = cleaner
        self._used: dict[tuple[str, int], int] = {}

    @property
    def rows(self) -> Rows:
        """The rows by table, in the order of the document."""
        return {table: sorted(rows, key=_first_line) for table, rows in self._rows.items()}

    def paragraph(self, numbers: Sequence[int]) -> Paragraph:
        """The paragraph from the first to the last of the line numbers."""
        span = Span(numbers[0], numbers[-1])
        return Paragraph(span, self._cleaner.clean(self._document.slice([span])))

    def spans_of_parts(self, span: Span, parts: Sequence[str]) -> list[Span]:
        """The lines of each part of a text, the parts following one another in the span."""
        lines = LineCharacters(self._document, [span])
        found, start = [], 0
        for part in parts:
            at = lines.find(part, start)
            places = lines.places(at, part) if at >= 0 else []
            found.append(Span(places[0][0], places[-1][0]) if places else span)
            start = at + len(places) if places else start
        return found

    def next_id(self, table: str, line: int) -> str:
        """The id that the next row of the table on that line gets: `L12`, then `L12-2`."""
        count = self._used.get((table, line), 0) + 1
        return f"L{line}" if count == 1 else f"L{line}-{count}"

    def add(
        self, table: str, line: int, cells: Mapping[str, str], note: str = "", *, sure: bool = True
    ) -> str:
        """Add a row that begins on that line; its id."""
        identifier = self.next_id(table, line)
        self._used[table, line] = self._used.get((table, line), 0) + 1
        ends = {"certainty": SURE if sure else AMBIGUOUS, "note": note}
        self._rows.setdefault(table, []).append({"id": identifier, **cells, **ends})
        return identifier

    def passage(self, kind: str, paragraph: Paragraph, note: str = "") -> None:
        """Add a passage; furniture and personal data keep no words."""
        text = "" if kind in ("furniture", "personalData") else paragraph.text
        self.add(
            "passages", paragraph.span.first, {"kind": kind, "text": text, "lines": paragraph.lines}, note
        )


def _first_line(row: Mapping[str, str]) -> int:
    return int(row["id"][1:].partition("-")[0])


def sentence_case(text: str) -> str:
    """A heading printed in capitals as a sentence writes it; other text stays."""
    return text[:1] + text[1:].lower() if text.isupper() else text


def iso_date(text: str) -> str:
    """`2022-10-03` from the first `3.10.2022` in the text; empty when there is none."""
    match = re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", text)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else ""
