"""Checks of tables against the lines they cite, and the coverage of a document by its tables."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from hytegraph.graph.errors import TableError
from hytegraph.graph.finnish.folding import squash
from hytegraph.graph.markers import is_removed
from hytegraph.loaders.documents.bodies import has_abbreviation
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, DATE
from hytegraph.loaders.documents.tables import Row, Table

# A goal may be cited by a shortened or varied wording; this much of the shorter of the two must agree.
LIKENESS = 0.8
# A word may be cited without its ending (ohjelma of ohjelmassa), in letters.
LONGEST_ENDING = 4
# What joins values inside a cell and belongs to none of them.
_GLUE = re.compile(r"\W*(?:(?:ja|sekä|yhteistyössä|och|and)\W*)*", re.IGNORECASE)

# A character of the document: its line from 1, its column from 0.
Place = tuple[int, int]
# The values of a cell, each with the places of its characters: none where it does not occur as it is written.
LocatedValues = list[tuple[str, list[Place]]]
Values = dict[str, LocatedValues]


@dataclass(frozen=True, slots=True)
class Location:
    """Where words stand: lines from 1, columns from 0, the end column excluded."""

    first_line: int
    first_column: int
    last_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a document its tables explain."""

    document: str
    lines: int
    non_blank: int
    unexplained: tuple[int, ...]
    unexplained_words: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class LocatedTables:
    """The checked tables of a document, and where each value stands, by table, row id and column."""

    document: SourceText
    tables: Mapping[str, Table]
    values: Mapping[tuple[str, str], Values]


class LineCharacters:
    """The characters of some lines without white space and hyphens, each with its place.

    A line that was removed as personal data interrupts no value.
    """

    def __init__(self, document: SourceText, spans: Sequence[Span]) -> None:
        self._document = document
        numbers = [number for span in spans for number in span.numbers()]
        lines = [
            (number, document.line(number)) for number in numbers if not is_removed(document.line(number))
        ]
        self._places = [
            (number, column)
            for number, line in lines
            for column, character in enumerate(line)
            if squash(character)
        ]
        self.text = "".join(squash(line) for _, line in lines).casefold()

    def find(self, words: str, start: int = 0) -> int:
        """Where the words begin at or after `start`, else anywhere; -1 when they do not occur."""
        at = self.find_from(words, start)
        return at if at >= 0 else self.find_from(words, 0)

    def find_from(self, words: str, start: int) -> int:
        """Where the words begin at or after `start`; -1 when they do not occur there."""
        wanted = squash(words).casefold()
        at = self.text.find(wanted, start)
        while at >= 0 and self._cuts(at, at + len(wanted)):
            at = self.text.find(wanted, at + 1)
        return at

    def _cuts(self, start: int, end: int) -> bool:
        """Whether the stretch begins or ends inside a number, begins inside a word, or ends far from a word's end."""
        if self._cuts_number(start) or self._cuts_number(end):
            return True
        return self._cuts_word(start) or (self._cuts_word(end) and self._word_end(end) - end > LONGEST_ENDING)

    def _cuts_word(self, at: int) -> bool:
        return self._joined(at, str.isalpha) and not self._is_seam(at)

    def _is_seam(self, at: int) -> bool:
        """Whether a capital follows a small letter: two cells that the page's text has run together."""
        return self._character(at - 1).islower() and self._character(at).isupper()

    def _character(self, at: int) -> str:
        line, column = self._places[at]
        return self._document.line(line)[column]

    def _word_end(self, at: int) -> int:
        while self._joined(at, str.isalpha):
            at += 1
        return at

    def _joined(self, at: int, belongs: Callable[[str], bool]) -> bool:
        """Whether the characters before and at this place stand side by side and are both of the kind."""
        if not 0 < at < len(self.text) or not (
            belongs(self._character(at - 1)) and belongs(self._character(at))
        ):
            return False
        (line, column), (next_line, next_column) = self._places[at - 1], self._places[at]
        return line == next_line and next_column == column + 1

    def _cuts_number(self, at: int) -> bool:
        """Whether a digit stands directly before and after this place: 36 is not in 1036, nor 14 in 714 192."""
        return self._joined(at, str.isdigit)

    def places(self, at: int, words: str) -> list[Place]:
        """The (line, column) of each character of the words found at `at`."""
        return self._places[at : at + len(squash(words))]

    def all_places(self) -> list[Place]:
        """The (line, column) of every character."""
        return self._places

    def likeness(self, words: str) -> float:
        """The share of the shorter of words and lines that agrees, in order."""
        wanted = squash(words).casefold()
        matcher = SequenceMatcher(None, wanted, self.text, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
        return same / max(1, min(len(wanted), len(self.text)))


def locate_row(document: SourceText, table: Table, row: Row) -> Values:
    """The places of every value of a row, by column; [] for a value that does not occur.

    Columns that cite the same lines are read on from one another, so that equal values get places of their own.
    """
    found: Values = {}
    lines_of: dict[str, LineCharacters] = {}
    at: dict[str, int] = {}
    for column, cited in table.checked_columns():
        lines = lines_of.setdefault(cited, LineCharacters(document, row.spans(cited)))
        found[column] = []
        for value in row.values(column):
            start = lines.find(value, at.get(cited, 0))
            places = lines.places(start, value) if start >= 0 else []
            at[cited] = start + len(places) if places else at.get(cited, 0)
            found[column].append((value, places))
    return found


def location(places: Sequence[Place]) -> Location:
    """The stretch from the first to the last of some places."""
    (first, column), (last, end) = places[0], places[-1]
    return Location(first, column, last, end + 1)


def locate_tables(document: SourceText, tables: Iterable[Table]) -> LocatedTables:
    """The places of every cell; raises TableError for the first that is not in its lines, or row that breaks a rule."""
    by_name = {table.kind.name: table for table in tables}
    values = {
        (name, row.id): _checked_row(document, table, row)
        for name, table in by_name.items()
        for row in table.rows
    }
    return LocatedTables(document, by_name, values)


def _checked_row(document: SourceText, table: Table, row: Row) -> Values:
    name = f"{document.name}/{table.kind.name}.csv"
    for column in table.kind.columns:
        if column.form and not re.fullmatch(column.form, row[column.name]):
            reason = f"{column.name} is '{row[column.name]}', which is not of the form {column.form}"
            raise TableError(name, row.id, reason, line=row.line)
        if column.form == DATE:
            _check_date(name, row, column.name)
    if row["certainty"] == AMBIGUOUS and not row["note"]:
        raise TableError(name, row.id, "an ambiguous row needs a note that says why", line=row.line)
    for names in table.line_columns():
        _check_spans(document, name, row, names)
    values = locate_row(document, table, row)
    for cell, lines in table.checked_columns():
        _check_cell(document, name, row, (cell, lines), values[cell])
    return values


def _check_date(name: str, row: Row, column: str) -> None:
    try:
        date.fromisoformat(row[column])
    except ValueError as error:
        raise TableError(
            name, row.id, f"{column}: no calendar has the day '{row[column]}'", line=row.line
        ) from error


def _check_spans(document: SourceText, name: str, row: Row, column: str) -> None:
    try:
        spans = row.spans(column)
    except ValueError as error:
        raise TableError(name, row.id, f"{column}: {error}", line=row.line) from error
    if column == "lines" and not spans:
        raise TableError(name, row.id, "the row cites no lines", line=row.line)
    for span in spans:
        if span.last > len(document.lines):
            reason = f"{column}: {span} lies outside the document, which has {len(document.lines)} lines"
            raise TableError(name, row.id, reason, line=row.line)


def _check_cell(
    document: SourceText, name: str, row: Row, columns: tuple[str, str], values: LocatedValues
) -> None:
    column, lines = columns
    spans = row.spans(lines)
    if row[column] and not spans:
        raise TableError(name, row.id, f"{column} has text but {lines} cites no lines", line=row.line)
    for value, places in values:
        # A hyphen stands for "no value" and is left out of the compared text.
        occurs = bool(places) if squash(value) else _stands_alone(document, spans, value)
        if occurs or (column == "goal" and LineCharacters(document, spans).likeness(value) >= LIKENESS):
            continue
        if (
            column == "body"
            and row["note"]
            and any(has_abbreviation(value, line) for line in document.slice(spans))
        ):
            continue
        raise TableError(
            name, row.id, f"{column}: '{value}' is not in {row[lines]} of the document", line=row.line
        )


def _stands_alone(document: SourceText, spans: Sequence[Span], mark: str) -> bool:
    return any(mark in line.split() for line in document.slice(spans))


def coverage(located: LocatedTables) -> Coverage:
    """How many lines the tables explain, and which words on the explained lines no cell holds."""
    document = located.document
    rows = [(table, row) for table in located.tables.values() for row in table.rows]
    cited = {number for table, row in rows for number in cited_lines(table, row)}
    explained = {place for table, row in rows for place in _explained(located, table, row)}
    words = tuple(_leftovers(document, cited, explained))
    unexplained = tuple(sorted(document.non_blank() - cited))
    return Coverage(document.name, len(document.lines), len(document.non_blank()), unexplained, words)


def cited_lines(table: Table, row: Row) -> Iterator[int]:
    """The numbers of the lines that a row cites in any of its columns."""
    for column in table.line_columns():
        for span in row.spans(column):
            yield from span.numbers()


def _explained(located: LocatedTables, table: Table, row: Row) -> Iterator[Place]:
    if table.kind.name == "passages":
        yield from LineCharacters(located.document, row.spans()).all_places()
        return
    for column, values in located.values[table.kind.name, row.id].items():
        for _, places in values:
            yield from places
        if column == "goal" and not all(places for _, places in values):
            yield from LineCharacters(located.document, row.spans("goal_lines")).all_places()


def _leftovers(
    document: SourceText, cited: Iterable[int], explained: set[Place]
) -> Iterator[tuple[int, str]]:
    for number in sorted(cited):
        line = document.line(number)
        rest = "".join(" " if (number, column) in explained else char for column, char in enumerate(line))
        if not _GLUE.fullmatch(rest) and not is_removed(line):
            yield number, " ".join(rest.split())
