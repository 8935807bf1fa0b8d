"""What a file says in reading order, and where: headings, paragraphs, items of lists, cells of tables.

A reader of a form (PDF, Word, Excel, a web page) gives blocks; the text of a document is made of them, line by line,
and `places.csv` keeps for each run of lines what it was in the file. Lines stay the unit of evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.csv_files import csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.spans import Span, parse_spans

HEADING, PARAGRAPH, ITEM, CELL = KINDS_OF_BLOCKS = ("heading", "paragraph", "item", "cell")
PLACES = "places.csv"
_COLUMNS = (
    "lines", "kind", "level", "page", "sheet", "table", "row", "column", "rows", "columns", "header", "fill", "box",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file; its text may have several lines.

    `level` is that of a heading (1 the highest) or the depth of an item (from 1). `page`, `table`, `row` and `column`
    count from 1, 0 where the form has none; a cell covers `rows` and `columns`. `fill` is the cell's colour such as
    `92D050`. `box` is left, top, right and bottom on the page in points from its upper left corner.
    """

    kind: str
    text: str
    level: int = 0
    page: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    is_header: bool = False
    fill: str = ""
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the lines that hold its words; of a document that is kept, `block.text` is what is left of them."""

    block: Block
    span: Span

    def on(self, lines: Sequence[str]) -> "Placed":
        """The same block with the words that its lines have now."""
        words = "\n".join(lines[self.span.first - 1 : self.span.last])
        return replace(self, block=replace(self.block, text=words))


def placed_lines(blocks: Iterable[Block]) -> tuple[tuple[str, ...], tuple[Placed, ...]]:
    """The lines that the blocks make, and each block that has words on its lines.

    A cell that has a colour and no words gets the line `[#92D050]`, so that a statement about it has a line to cite.
    Other blocks without words are left out. A blank line stands before what is not a cell of the same table row.
    """
    lines: list[str] = []
    placed: list[Placed] = []
    before: Block | None = None
    for block in blocks:
        text = block.text if block.text.strip() else f"[#{block.fill}]" if block.fill else ""
        if not text:
            continue
        if before and not _is_beside(before, block):
            lines.append("")
        words = [line.rstrip() for line in text.strip().split("\n")]
        placed.append(Placed(block, Span(len(lines) + 1, len(lines) + len(words))))
        lines += words
        before = block
    return tuple(lines), tuple(placed)


def _is_beside(before: Block, block: Block) -> bool:
    same_row = (before.table, before.row) == (block.table, block.row)
    return same_row and before.kind == block.kind == CELL


def places_bytes(placed: Iterable[Placed]) -> bytes:
    """The file `places.csv`: every block by its lines, without its words."""
    return csv_bytes(_COLUMNS, [_cells(each) for each in placed])


def write_places(folder: Path, placed: Sequence[Placed]) -> None:
    """Write `places.csv` of a document's folder; a text that has no places has no such file."""
    if placed:
        (folder / PLACES).write_bytes(places_bytes(placed))
    else:
        (folder / PLACES).unlink(missing_ok=True)


def _cells(placed: Placed) -> list[str]:
    block = placed.block
    numbers = (block.page, block.table, block.row, block.column)
    page, table, row, column = (str(number or "") for number in numbers)
    box = " ".join(map(str, block.box)) if block.box else ""
    return [
        str(placed.span), block.kind, str(block.level or ""), page, block.sheet, table, row, column,
        "" if block.rows == 1 else str(block.rows), "" if block.columns == 1 else str(block.columns),
        "yes" if block.is_header else "", block.fill, box,
    ]  # fmt: skip


def read_places(path: Path, lines: Sequence[str]) -> tuple[Placed, ...]:
    """The blocks of a kept document from its `places.csv`, with the words of its lines; () where there is none.

    Raises TableError with the line of the file that cannot be read.
    """
    if not path.is_file():
        return ()
    name = f"{path.parent.name}/{path.name}"
    file = read_csv(path, name)
    if file.header != _COLUMNS:
        raise TableError(name, "-", f"the columns are not {', '.join(_COLUMNS)}", line=file.header_line)
    placed: list[Placed] = []
    for line, cells in file.records():
        try:
            placed.append(_placed(cells, lines))
            _check_gap(lines, placed[-2].span.last if len(placed) > 1 else 0, placed[-1].span.first)
        except ValueError as error:
            raise TableError(name, "-", str(error), line=line) from error
    try:
        _check_gap(lines, placed[-1].span.last if placed else 0, len(lines) + 1)
    except ValueError as error:
        raise TableError(name, "-", str(error)) from error
    return tuple(placed)


def _check_gap(lines: Sequence[str], last: int, following: int) -> None:
    """Raise ValueError where a block begins before the last one ends, or a line with words lies between them."""
    if following <= last:
        raise ValueError(f"line {following} has two places")
    for number in range(last + 1, following):
        if lines[number - 1].strip():
            raise ValueError(f"line {number} of the document has no place")


def _placed(cells: dict[str, str], lines: Sequence[str]) -> Placed:
    [span] = parse_spans(cells["lines"])
    if span.last > len(lines):
        raise ValueError(f"the document has no line {span.last}")
    if cells["kind"] not in KINDS_OF_BLOCKS:
        raise ValueError(f"'{cells['kind']}' is none of {', '.join(KINDS_OF_BLOCKS)}")
    number = {name: int(cells[name] or 0) for name in ("level", "page", "table", "row", "column")}
    covered = {name: int(cells[name] or 1) for name in ("rows", "columns")}
    box = tuple(map(int, cells["box"].split()))
    block = Block(
        cells["kind"],
        "",
        **number,
        **covered,
        sheet=cells["sheet"],
        is_header=cells["header"] == "yes",
        fill=cells["fill"],
        box=(box[0], box[1], box[2], box[3]) if len(box) == 4 else None,
    )
    return Placed(block, span).on(lines)
