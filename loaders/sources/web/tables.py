"""The tables of a web page: which of them are for looks only, and where the cells of the others stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.sources.grid import Covered
from hytegraph.loaders.sources.limits import MOST_CELLS
from hytegraph.loaders.sources.web.elements import attribute, heading_level, is_hidden

_WIDEST = 1000
_LONGEST_MEANING = 60
_COLOUR = re.compile(
    r"(?:^|;)\s*background(?:-color)?\s*:[^;]*?(#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|rgb\([^)]*\)|[a-z]+)",
    re.IGNORECASE,
)
_NAMED = {
    "red": "FF0000", "green": "008000", "lime": "00FF00", "limegreen": "32CD32", "lightgreen": "90EE90",
    "yellow": "FFFF00", "gold": "FFD700", "orange": "FFA500", "blue": "0000FF", "lightblue": "ADD8E6",
    "gray": "808080", "grey": "808080", "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "black": "000000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell, where it begins (from 1), and how far it reaches."""

    element: html.HtmlElement
    row: int
    column: int
    rows: int
    columns: int
    is_header: bool


def rows_of(table: html.HtmlElement) -> list[tuple[html.HtmlElement, list[html.HtmlElement]]]:
    """The rows of a table with their cells, those that are not shown left out; the foot stands last."""
    rows: list[html.HtmlElement] = []
    foot: list[html.HtmlElement] = []
    for part in table:
        if not isinstance(part.tag, str) or is_hidden(part):
            continue
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            shown = [row for row in part.iterchildren("tr") if not is_hidden(row)]
            (foot if part.tag == "tfoot" else rows).extend(shown)
    return [
        (row, [cell for cell in row.iterchildren("td", "th") if not is_hidden(cell)]) for row in rows + foot
    ]


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only places text on the page.

    It says so; or it has no header cell, and no row has two cells with words, it has one row only, or a cell of it
    holds a heading or a table, as cells with data do not.
    """
    if attribute(table, "role") in ("presentation", "none"):
        return True
    rows = rows_of(table)
    cells = [cell for _, row in rows for cell in row]
    if len(cells) <= 1:
        return True
    if table.find("caption") is not None or any(cell.tag == "th" for cell in cells):
        return False
    if len(rows) == 1 or all(_with_words(row) < 2 for _, row in rows):
        return True
    return any(_is_of_layout(inner) for cell in cells for inner in cell.iterdescendants())


def _with_words(cells: list[html.HtmlElement]) -> int:
    """How many cells of a row say something; beside a few words, as in a legend, a colour does."""
    texts = [" ".join(cell.text_content().split()) for cell in cells]
    is_key = 0 < sum(map(len, texts)) <= _LONGEST_MEANING
    return sum(bool(text or (is_key and fill_of(cell))) for text, cell in zip(texts, cells, strict=True))


def _is_of_layout(element: html.HtmlElement) -> bool:
    return isinstance(element.tag, str) and (element.tag == "table" or bool(heading_level(element)))


def placed_cells(path: Path, table: html.HtmlElement) -> Iterator[PlacedCell]:
    """The cells of a data table in order; raises DocumentError for a table that is larger than the limit."""
    rows = rows_of(table)
    covered = Covered()
    count = 0
    for number, (row, cells) in enumerate(rows, 1):
        column = 1
        for cell in cells:
            column = covered.free_from(column)
            width = _span(cell, "colspan", 1, _WIDEST)
            height = _span(cell, "rowspan", len(rows), len(rows) - number + 1)
            covered.cover(column, width, height)
            yield PlacedCell(cell, number, column, height, width, _is_header(row, cell))
            column += width
            count += width * height
            if count > MOST_CELLS:
                raise DocumentError(path, Reason("a table has more than {most} cells", most=MOST_CELLS))
        covered.next_row()


def _span(cell: html.HtmlElement, name: str, of_zero: int, most: int) -> int:
    """How many rows or columns a cell covers; 0 rows are all that are left."""
    value = attribute(cell, name)
    number = int(value) if re.fullmatch(r"\d{1,5}", value) else 1
    return max(1, min(number or of_zero, most))


def _is_header(row: html.HtmlElement, cell: html.HtmlElement) -> bool:
    parent = row.getparent()
    return cell.tag == "th" or (parent is not None and parent.tag == "thead")


def fill_of(cell: html.HtmlElement) -> str:
    """The colour of a cell or of its row such as `92D050`; '' for none and for white."""
    for element in (cell, cell.getparent()):
        found = _COLOUR.search(element.get("style") or "")
        colour = (found[1] if found else attribute(element, "bgcolor")).lower()
        if code := _hexadecimal(colour):
            return "" if code == "FFFFFF" else code
    return ""


def _hexadecimal(colour: str) -> str:
    if re.fullmatch("#[0-9a-f]{6}", colour):
        return colour[1:].upper()
    if re.fullmatch("#[0-9a-f]{3}", colour):
        return "".join(digit * 2 for digit in colour[1:]).upper()
    if parts := re.fullmatch(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", colour):
        return "".join(f"{min(255, int(part)):02X}" for part in parts.groups())
    return _NAMED.get(colour, "")
