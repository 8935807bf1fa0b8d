"""Tells the group headings of a figure table from its figures and gives each figure its group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.printed_rows import PrintedRow, is_capitals

_NESTED = " / "
# Shorter words in capitals are abbreviations of a body or a unit.
_HEADING_WITH_VALUE = re.compile(r"([A-ZÅÄÖ]{5,}(?:[- ]+[A-ZÅÄÖ]{2,})*)\s+(?=[a-zåäö])")
_INDENT = 2


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A printed row with its clean label and its group; `heads_group` when later rows are its parts."""

    row: PrintedRow
    label: str
    group: str
    is_heading: bool = False
    heads_group: bool = False


@dataclass(slots=True)
class _Groups:
    """The headings in force: outer, inner (both in capitals) and the one in lower case below them."""

    outer: str = ""
    inner: str = ""
    lower: str = ""
    indented: bool = field(default=False)

    def text(self) -> str:
        return _NESTED.join(part for part in (self.outer, self.inner, self.lower) if part)

    def enter(self, heading: str, *, has_headings_below: bool) -> None:
        if has_headings_below:
            self.outer, self.inner = heading, ""
        else:
            self.inner = heading
        self.lower = ""

    def enter_lower(self, heading: str, first: PrintedRow) -> None:
        self.lower = heading
        self.indented = _is_indented(first)

    def leave_lower_before(self, row: PrintedRow) -> None:
        if self.indented and not _is_indented(row):
            self.lower = ""


def sentence_case(text: str) -> str:
    """A heading in capitals as it is shown: only its first letter in upper case."""
    return text[:1] + text[1:].lower() if is_capitals(text) else text


def place_rows(rows: Sequence[PrintedRow], cleaner: Cleaner) -> list[PlacedRow]:
    """The rows with their groups, headings included, in order."""
    groups = _Groups()
    placed = []
    for at, row in enumerate(rows):
        label = sentence_case(cleaner.clean(row.label_texts))
        below = rows[at + 1] if at + 1 < len(rows) else None
        placed.append(_place(row, label, below, groups))
    return placed


def _place(row: PrintedRow, label: str, below: PrintedRow | None, groups: _Groups) -> PlacedRow:
    if row.has_values:
        match = _HEADING_WITH_VALUE.match(label)
        if match:
            label = sentence_case(match[1]) + label[match.end(1) :]
            groups.enter(sentence_case(match[1]), has_headings_below=False)
        groups.leave_lower_before(row)
        return PlacedRow(row, label, groups.text(), heads_group=bool(match))
    if is_capitals("".join(row.label_texts)):
        groups.enter(label, has_headings_below=below is not None and not below.has_values)
        return PlacedRow(row, label, groups.text(), is_heading=True)
    if below is not None and below.has_values:
        groups.enter_lower(label, below)
        return PlacedRow(row, label, groups.text(), is_heading=True)
    return PlacedRow(row, label, groups.text())


def _is_indented(row: PrintedRow) -> bool:
    text = row.labels[0].text
    return len(text) - len(text.lstrip()) >= _INDENT
