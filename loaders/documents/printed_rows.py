"""Which rows of a document's printed tables the reviewed tables have read, and which they have not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hytegraph.loaders.documents.blocks import CELL, Block, Placed
from hytegraph.loaders.documents.citations import LocatedTables, cited_lines
from hytegraph.loaders.documents.spans import Span

PASSAGES, HEADER, OTHER_TABLE, HEADING = "passages", "tableHeader", "otherTable", "heading"
# A header of twelve columns in two rows has as many lines; what is longer has taken rows for a header.
LONGEST_HEADER = 24


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a printed table, with the lines of its cells; `block` is its first cell."""

    block: Block
    lines: frozenset[int]
    is_header: bool


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """How many rows of the printed tables were seen and read, headers apart, and the first cells of those not read.

    `other_tables` counts the tables that are none of a plan, `long_headers` are passages that take too many lines for a
    heading or a table's header.
    """

    seen: int
    read: int
    unread: tuple[Block, ...]
    other_tables: int
    long_headers: tuple[Span, ...]


def row_coverage(located: LocatedTables) -> RowCoverage:
    """What of the document's printed tables its reviewed tables have read."""
    read = {
        number
        for name, table in located.tables.items()
        if name != PASSAGES
        for row in table.rows
        for number in cited_lines(table, row)
    }
    headers, others = _passage_lines(located, HEADER), _passage_lines(located, OTHER_TABLE)
    rows: list[PrintedRow] = []
    other_tables = 0
    for cells in _tables(located.document.placed):
        if any(number in others for cell in cells for number in cell.span.numbers()):
            other_tables += 1
            continue
        rows += (row for row in _rows(cells) if not row.is_header and not row.lines <= headers)
    unread = tuple(row.block for row in rows if not row.lines & read)
    return RowCoverage(
        len(rows), len(rows) - len(unread), unread, other_tables, tuple(_long_headers(located))
    )


def _passage_lines(located: LocatedTables, kind: str) -> frozenset[int]:
    table = located.tables.get(PASSAGES)
    rows = [row for row in table.rows if row["kind"] == kind] if table else []
    return frozenset(number for row in rows for span in row.spans() for number in span.numbers())


def _long_headers(located: LocatedTables) -> Iterator[Span]:
    table = located.tables.get(PASSAGES)
    for row in table.rows if table else ():
        if row["kind"] in (HEADER, HEADING):
            yield from (span for span in row.spans() if len(span.numbers()) > LONGEST_HEADER)


def _tables(placed: Iterable[Placed]) -> Iterable[list[Placed]]:
    """The cells by table; those of a table that stands within another's cell lie between the other's."""
    tables: dict[tuple[str, int], list[Placed]] = {}
    for each in placed:
        if each.block.kind == CELL:
            tables.setdefault((each.block.sheet, each.block.table), []).append(each)
    return tables.values()


def _rows(cells: Iterable[Placed]) -> Iterator[PrintedRow]:
    rows: dict[int, list[Placed]] = {}
    for cell in cells:
        rows.setdefault(cell.block.row, []).append(cell)
    for row in rows.values():
        lines = frozenset(number for cell in row for number in cell.span.numbers())
        yield PrintedRow(row[0].block, lines, all(cell.block.is_header for cell in row))
