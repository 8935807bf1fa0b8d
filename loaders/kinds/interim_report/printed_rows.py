"""Puts the lines of a figure table together to printed rows: a heading and the numbers that belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hytegraph.loaders.kinds.interim_report.quantities import QUANTITIES, QUANTITY, most_cells

_LABEL_AND_VALUES = re.compile(rf"(?P<label>.*?\S)(?P<values>\s{{1,}}{QUANTITY}(?:\s+{QUANTITY})*\s*)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# More single numbers than a row has columns stand under one another only where columns were printed apart.
_FEW = 4
_SINGLE = re.compile(rf"\s*{QUANTITY}(?:\s\d{{3}})*\s*")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of the document with its number."""

    number: int
    text: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was printed."""
        return not self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing but blanks was printed: empty cells."""
        return bool(self.text) and not self.text.strip()

    @property
    def is_text(self) -> bool:
        """Whether words or numbers were printed."""
        return bool(self.text.strip())

    @property
    def is_values(self) -> bool:
        """Whether only numbers were printed."""
        return self.is_text and bool(QUANTITIES.fullmatch(self.text))

    @property
    def trailing(self) -> int:
        """The number of blanks at the end."""
        return len(self.text) - len(self.text.rstrip())


@dataclass(slots=True)
class PrintedRow:
    """A row as printed: label lines (the last may carry the values too), then lines of values."""

    labels: list[ReportLine] = field(default_factory=list)
    own_values: str = ""
    values: list[ReportLine] = field(default_factory=list)
    has_cell_text: bool = False

    @property
    def label_texts(self) -> list[str]:
        """The label, line by line, without the values printed on its last line."""
        texts = [line.text for line in self.labels]
        if self.own_values:
            texts[-1] = texts[-1][: len(texts[-1]) - len(self.own_values)]
        return texts

    @property
    def values_text(self) -> str:
        """The values as one line, with the blanks that show empty cells."""
        # The first blank only divides the label from the first cell.
        return self.own_values[1:] + "".join(line.text for line in self.values if line.is_text)

    @property
    def has_values(self) -> bool:
        """Whether any cell holds something."""
        return bool(self.values_text.strip())

    @property
    def numbers(self) -> list[int]:
        """The line numbers of label and values."""
        return [line.number for line in (*self.labels, *self.values) if line.is_text]

    @property
    def is_column_block(self) -> bool:
        """Whether several labels stand first and their numbers follow one to a line."""
        singles = [line for line in self.values if line.is_text]
        return (
            not self.has_cell_text
            and len(self.labels) > 1
            and len(singles) > max(_FEW, len(self.labels))
            and all(_SINGLE.fullmatch(line.text) for line in singles)
        )


def read_rows(lines: Sequence[ReportLine], columns: int) -> list[PrintedRow]:
    """The printed rows of the body of a figure table, in order."""
    return _RowCollector(list(lines), columns).read()


class _RowCollector:
    """Walks over the lines of a table's body."""

    def __init__(self, lines: list[ReportLine], columns: int) -> None:
        self._lines = lines
        self._columns = columns
        self._at = 0
        self._rows: list[PrintedRow] = []

    def read(self) -> list[PrintedRow]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.is_text:
                self._at += 1
            else:
                self._rows.append(self._row())
        return self._rows

    def _row(self) -> PrintedRow:
        row = PrintedRow()
        self._take_labels(row)
        if not row.own_values:
            self._take_values(row)
        return row

    def _take_labels(self, row: PrintedRow) -> None:
        while self._at < len(self._lines) and self._belongs_to_label(row):
            line = self._lines[self._at]
            row.labels.append(line)
            self._at += 1
            match = _LABEL_AND_VALUES.fullmatch(line.text)
            if (
                match
                and most_cells(match["values"][1:]) >= self._columns - 1
                and _WORD.search(match["label"])
            ):
                row.own_values = match["values"]
                return
            if line.trailing > self._columns:
                row.own_values = line.text[len(line.text.rstrip()) :]
                return

    def _belongs_to_label(self, row: PrintedRow) -> bool:
        line = self._lines[self._at]
        if not row.labels:
            return line.is_text
        if not line.is_text:
            return False
        if line.is_values:
            return self._is_digits_of_label()
        capitals = is_capitals(row.labels[-1].text)
        return not capitals or is_capitals(line.text)

    def _is_digits_of_label(self) -> bool:
        """Whether digits directly under a label go on with it, because values follow after a gap."""
        after = self._lines[self._at + 1 : self._at + 3]
        return (
            len(after) == 2
            and after[0].is_empty
            and after[1].is_values
            and most_cells(after[1].text) >= self._columns
        )

    def _take_values(self, row: PrintedRow) -> None:
        start = self._at
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_text and not line.is_values and not self._is_cell_text(row):
                break
            if line.is_text and not line.is_values:
                row.has_cell_text = True
            row.values.append(line)
            self._at += 1
            if line.is_blank and not row.has_values and line.trailing >= self._columns:
                break
        if not any(line.is_text for line in row.values):
            row.values = []
            self._at = max(start, self._at)

    def _is_cell_text(self, row: PrintedRow) -> bool:
        """Whether words among the values belong to a cell: they follow one directly, and cells are left."""
        if not row.values or not any(line.is_values for line in row.values):
            return False
        directly = row.values[-1].is_text
        if not row.has_cell_text:
            return directly and most_cells(row.values_text) < self._columns
        return directly or len(quantities_of(row)) + leading_empty(row) < self._columns


def leading_empty(row: PrintedRow) -> int:
    """The number of empty cells before the first value."""
    text = row.values_text
    return len(text) - len(text.lstrip())


def quantities_of(row: PrintedRow) -> list[list[ReportLine]]:
    """The values of a row with words in its cells: one per number, those with words of their own together."""
    cells: list[list[ReportLine]] = []
    for line in row.values:
        if not line.is_text:
            continue
        qualified = not line.is_values
        if cells and _continues(cells[-1], line, qualified):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _continues(cell: list[ReportLine], line: ReportLine, qualified: bool) -> bool:
    has_number = any(character.isdigit() for part in cell for character in part.text)
    if not has_number:
        return True
    if not qualified:
        return False
    is_unit_only = not any(character.isdigit() for character in line.text) and len(line.text.split()) == 1
    return is_unit_only or not cell[0].is_values


def is_capitals(text: str) -> bool:
    """Whether the text is a heading in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 2 and all(character.isupper() for character in letters)
