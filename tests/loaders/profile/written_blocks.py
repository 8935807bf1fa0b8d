"""Documents of invented towns written as blocks: headings, paragraphs, items and tables with spans and colours."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block, placed_lines
from hytegraph.loaders.documents.document import SourceText

DATA = Path(__file__).parents[2] / "data" / "loaders" / "profile"
_FILL = re.compile(r"\[#([0-9A-F]{6})\]")


def document_of(text: str, *, page: int = 0) -> SourceText:
    """A document from blocks as the data files write them.

    `# ` begins a heading (one sign a level), `- ` an item, `|` a table's row; a blank line ends a table. In a cell `^`
    is covered from above and `<` from the left, `\\n` is a line's end and `[#92D050]` a colour.
    """
    lines, placed = placed_lines(_blocks(text, page))
    return SourceText("suunnitelma", lines, "0" * 64, placed=placed)


def _blocks(text: str, page: int) -> Iterator[Block]:
    table = 0
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            table += 1
            yield from _cells(rows, table, page)
            rows = []
        if match := re.match(r"(#+) (.*)", line):
            yield Block(HEADING, match[2], len(match[1]), page)
        elif line.startswith("- "):
            yield Block(ITEM, line[2:], 1, page)
        elif line.strip():
            yield Block(PARAGRAPH, line, 0, page)


def _cells(rows: list[str], table: int, page: int) -> Iterator[Block]:
    cells: dict[tuple[int, int], Block] = {}
    for row, line in enumerate(rows, 1):
        for column, words in enumerate(line.strip().strip("|").split("|"), 1):
            text = words.strip().replace("\\n", "\n")
            if text == "^":
                origin = _origin(cells, row - 1, column)
                cells[origin] = replace(cells[origin], rows=row - origin[0] + 1)
            elif text == "<":
                origin = _origin(cells, row, column - 1)
                cells[origin] = replace(cells[origin], columns=column - origin[1] + 1)
            else:
                fill = _FILL.match(text)
                text = _FILL.sub("", text).strip()
                cells[row, column] = Block(
                    CELL, text, 0, page, "", table, row, column, fill=fill[1] if fill else ""
                )
    yield from cells.values()


def _origin(cells: dict[tuple[int, int], Block], row: int, column: int) -> tuple[int, int]:
    return next(
        place
        for place, block in cells.items()
        if place[0] <= row < place[0] + block.rows and place[1] <= column < place[1] + block.columns
    )


def example(name: str) -> SourceText:
    """The document of a data file."""
    return document_of((DATA / f"{name}.txt").read_text(encoding="utf-8"))


def expected(name: str) -> list[dict[str, str]]:
    """The rows of measures that a data file's document has."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
