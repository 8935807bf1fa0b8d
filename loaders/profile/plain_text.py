"""Blocks of a plain text, by what its lines look like: headings, bullets, labels and columns set off by blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block, Placed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.profile.cells import Words
from hytegraph.loaders.profile.context import named_by
from hytegraph.loaders.profile.headings import CARRYING, labelled, roles_of

_BULLET = re.compile(r"(\s*)(?:[•◦▪‣●■➢➤►*\uf0b7]\s*|[-–—]\s+)(?=\S)")
_NUMBERED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\d].*")
_BETWEEN_CELLS = re.compile(r"\t+|\s{3,}")
_LONGEST_HEADING = 100
# The level of a heading that says its role; a number before a heading has its own.
_LEVELS = {"sector": 2, "aim": 2, "priority": 3, "goal": 4, "targetGroup": 5}
_FEWEST_ROWS = 2


def with_blocks(document: SourceText) -> SourceText:
    """The document with blocks; those that its form gives stay."""
    if document.placed:
        return document
    return replace(document, placed=tuple(_Lines(document.lines).blocks()))


@dataclass(slots=True)
class _Lines:
    lines: Sequence[str]
    table: int = 0
    open: list[tuple[Block, Span]] = field(default_factory=list)

    def blocks(self) -> Iterator[Placed]:
        number = 1
        titled = False
        while number <= len(self.lines):
            line = self.lines[number - 1]
            rows = self._table_rows(number)
            if rows:
                yield from self._closed()
                yield from self._cells(number, rows)
                number += len(rows)
                continue
            if not line.strip():
                yield from self._closed()
            elif level := self._heading_level(number, titled=titled):
                yield from self._closed()
                yield Placed(Block(HEADING, line.strip(), level), Span(number, number))
            elif bullet := _BULLET.match(line):
                yield from self._closed()
                self.open = [
                    (Block(ITEM, line[bullet.end() :], 1 + len(bullet[1]) // 2), Span(number, number))
                ]
            elif self.open and not labelled(line.strip())[0]:
                block, span = self.open[0]
                self.open = [(replace(block, text=f"{block.text}\n{line}"), Span(span.first, number))]
            else:
                yield from self._closed()
                self.open = [(Block(PARAGRAPH, line), Span(number, number))]
            titled = titled or bool(line.strip())
            number += 1
        yield from self._closed()

    def _closed(self) -> Iterator[Placed]:
        for block, span in self.open:
            yield Placed(block, span)
        self.open = []

    def _heading_level(self, number: int, *, titled: bool) -> int:
        """The level of a heading, 0 for another line: it stands alone, is short and no sentence."""
        line = self.lines[number - 1].strip()
        alone = not self.lines[number - 2].strip() if number > 1 else True
        if not alone or len(line) > _LONGEST_HEADING or line.endswith((".", ",")) or _BULLET.match(line):
            return 0
        if not titled:
            return 1
        if role := named_by(Words(line, (number,))).role:
            return _LEVELS[role]
        if numbered := _NUMBERED.fullmatch(line):
            return 2 + numbered[1].count(".")
        is_last = number == len(self.lines) or not self.lines[number].strip()
        return 2 if line.isupper() and is_last and len(line) > 3 else 0

    def _table_rows(self, number: int) -> list[list[str]]:
        """The rows of a table whose header begins at a line, by their cells: [] where none does."""
        header = _cells_of(self.lines[number - 1])
        roles = {role for text in header for role in roles_of(text)}
        if len(header) < 2 or len(roles) < 2 or not roles & CARRYING:
            return []
        rows = [header]
        for line in self.lines[number:]:
            cells = _cells_of(line)
            if len(cells) != len(header):
                break
            rows.append(cells)
        return rows if len(rows) >= _FEWEST_ROWS else []

    def _cells(self, number: int, rows: Sequence[Sequence[str]]) -> Iterator[Placed]:
        self.table += 1
        for row, cells in enumerate(rows, 1):
            span = Span(number + row - 1, number + row - 1)
            for column, text in enumerate(cells, 1):
                yield Placed(Block(CELL, text, table=self.table, row=row, column=column), span)


def _cells_of(line: str) -> list[str]:
    """The cells of a line; with tabs, empty ones too."""
    cells = line.split("\t") if "\t" in line else _BETWEEN_CELLS.split(line.strip())
    return [cell.strip() for cell in cells]
