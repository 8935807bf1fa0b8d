"""Reads the wellbeing plan of a council term: per strategic aim the columns goals, priorities and what was done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hytegraph.graph.finnish.folding import squash
from hytegraph.graph.periods import year_range
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.row_writer import Paragraph, RowWriter, iso_date, sentence_case

AIM = re.compile(r"\s*STRATEGINEN\s+PÄÄMÄÄRÄ\s*:?\s+(\S.*?)\s*")
HEADER = re.compile(r"\s*(?:Tavoite\b.*|Painopisteet\s*\(.*)")
HEADER_END = re.compile(r".*(?:toteutuneet\s+toimenpiteet\s+\d{4}|toteutuminen\s+toimialoittain)\s*")
GOALS = re.compile(r"\s*\w*strategia\s+20\d\d\s*[-–]\s*\d+\s*:\s*", re.IGNORECASE)
PRIORITIES = re.compile(r"\s*\w*suunnitelma\s+20\d\d\s*[-–]\s*\d+\s*:\s*", re.IGNORECASE)
CITATION = re.compile(
    r"(KV|KH|\w*valtuusto|\w*hallitus|\w*lautakunta)\s+(\d{1,2}\.\d{1,2}\.\d{4})\s*§\s*(\d+)"
)
EMPTY_CITATION = re.compile(r"\((?:KV|KH)\s*§?\s*\)")
BODIES = {"KV": "Kaupunginvaltuusto", "KH": "Kaupunginhallitus"}
COUNCIL_MISSING = "Valtuuston päätöksen päivä ja pykälä puuttuvat asiakirjasta."
BREAK_UNSURE = "Kappaleen raja on päätelty rivin lopun väleistä."


@dataclass(frozen=True, slots=True)
class _Break:
    """A line that begins a paragraph; `sure` when a blank line or a leading blank shows it."""

    numbers: list[int]
    sure: bool


class ColumnReader:
    """Walks the lines once; the headings say which column the next lines are of."""

    def __init__(self, document: SourceText, cleaner: Cleaner, *, reports: bool) -> None:
        self.writer = RowWriter(document, cleaner)
        self.title = ""
        self.strategy = ""
        self._document = document
        self._reports = reports
        self._aim = ""
        self._column = "title"
        self._cell: list[int] = []
        self._titles: list[Paragraph] = []

    def read(self) -> None:
        """Read all lines into rows."""
        for number, line in enumerate(self._document.lines, 1):
            if not line.strip():
                self._blank(number, line)
            elif not self._heading(number, line):
                self._text(number)
        self._close()

    def _heading(self, number: int, line: str) -> bool:
        if self._column == "header" and not _begins_column(line):
            self._cell.append(number)
            if HEADER_END.fullmatch(line):
                self._close()
            return True
        if aim := AIM.fullmatch(line):
            self._close()
            self._aim = sentence_case(" ".join(aim[1].split()))
            self._add("aims", {"aim": self._aim}, [number])
            self.writer.passage("heading", self.writer.paragraph([number]))
        elif HEADER.fullmatch(line):
            self._close()
            self._column, self._cell = "header", [number]
            if HEADER_END.fullmatch(line):
                self._close()
        elif self.title and squash(line) == squash(self.title):
            self._close()
            self._title(self.writer.paragraph([number]))
        elif GOALS.fullmatch(line) or PRIORITIES.fullmatch(line):
            self._close()
            self.writer.passage("heading", self.writer.paragraph([number]))
            self._column = "goals" if GOALS.fullmatch(line) else "priorities"
            if self._column == "goals":
                self.strategy = self.strategy or year_range(line)
        else:
            return False
        return True

    def _blank(self, number: int, line: str) -> None:
        # A truly empty line starts the next cell; the template's last column has none.
        if not line and self._column == "priorities" and self._cell and self._reports:
            self._close()
            self._column = "realisations"
        elif self._cell:
            self._cell.append(number)

    def _text(self, number: int) -> None:
        if self._column == "title" and self._cell:
            self._close()
        self._cell.append(number)

    def _close(self) -> None:
        cell = self._trimmed()
        self._cell = []
        column, self._column = self._column, "title"
        if not cell:
            return
        if column == "header":
            self._header(self.writer.paragraph(cell))
        elif column == "title":
            self._title(self.writer.paragraph(cell))
        else:
            for piece in self._pieces(cell, column):
                note = "" if piece.sure else BREAK_UNSURE
                words = self.writer.paragraph(piece.numbers).text
                self._add(column, {"aim": self._aim, column_of(column): words}, piece.numbers, note)

    def _trimmed(self) -> list[int]:
        cell = self._cell
        while cell and not self._document.line(cell[-1]).strip():
            cell = cell[:-1]
        return cell

    def _add(self, table: str, cells: dict[str, str], numbers: list[int], note: str = "") -> None:
        lines = self.writer.paragraph(numbers).lines
        self.writer.add(table, numbers[0], {**cells, "lines": lines}, note, sure=not note)

    def _title(self, paragraph: Paragraph) -> None:
        self.title = self.title or paragraph.text
        self.writer.passage("heading", paragraph)

    def _header(self, paragraph: Paragraph) -> None:
        empty = EMPTY_CITATION.search(paragraph.text)
        self.writer.passage("tableHeader", paragraph, COUNCIL_MISSING if empty else "")
        for match in CITATION.finditer(paragraph.text):
            cells = {
                "what": "priorities",
                "body": BODIES.get(match[1], match[1]),
                "date": iso_date(match[2]),
                "section": match[3],
                "text": match[0],
                "lines": self._lines_of(match[0], paragraph),
            }
            self.writer.add("citations", paragraph.span.first, cells)

    def _lines_of(self, words: str, paragraph: Paragraph) -> str:
        for number in paragraph.span.numbers():
            if words in self.writer.paragraph([number]).text:
                return f"L{number}"
        return paragraph.lines

    def _pieces(self, cell: list[int], column: str) -> Iterator[_Break]:
        """The paragraphs of a cell: a blank line or a leading blank begins one, and so may the end of a line."""
        numbers: list[int] = []
        sure = True
        width = max(len(self._document.line(number).rstrip()) for number in cell)
        for number in cell:
            line = self._document.line(number)
            if not line.strip():
                continue
            shown = not numbers or number - numbers[-1] > 1 or line[0].isspace()
            if numbers and (shown or self._ends(numbers[-1], line, column, width)):
                sure_end = shown or column == "goals"
                yield _Break(numbers, sure and sure_end)
                numbers, sure = [], sure_end
            numbers = [*numbers, number]
        yield _Break(numbers, sure)

    def _ends(self, number: int, following: str, column: str, width: int) -> bool:
        line = self._document.line(number)
        if not following[0].isupper() or not line.rstrip().endswith((".", "!", "?")):
            return False
        # A goal is one sentence on lines of its own; a report goes on in the same paragraph, unless the next word
        # would still have fitted on the line.
        fits = len(line.rstrip()) + 1 + len(following.split()[0]) <= width
        return column == "goals" or (line.endswith("  ") and fits)


def _begins_column(line: str) -> bool:
    """Whether a column's heading stands on the line: there even a header ends that nothing has ended."""
    return any(heading.fullmatch(line) for heading in (AIM, GOALS, PRIORITIES))


def column_of(table: str) -> str:
    """The text column of a table read from one column of the page."""
    return {"goals": "goal", "priorities": "priority", "realisations": "realisation"}[table]
