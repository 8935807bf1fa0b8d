"""The tables that the rules of a page draw: cells with their place in a grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from hytegraph.loaders.sources.pdf.beyond import cut_rows
from hytegraph.loaders.sources.pdf.lines import around
from hytegraph.loaders.sources.pdf.open_tables import with_open_sides
from hytegraph.loaders.sources.pdf.page import Box, DrawnPage, Fill, Glyph, Rule

_SNAP = 3.0
_SHORTEST = 4.0


@dataclass(slots=True)
class Cell:
    """A cell by its first row and column (from 0), how many it covers, and the letters in it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)
    fill: str = ""


@dataclass(slots=True)
class Grid:
    """A table of one page: the x of its columns' sides and its cells by row and column."""

    box: Box
    sides: list[float]
    cells: list[Cell]

    @property
    def row_count(self) -> int:
        """The rows of the table."""
        return max(cell.row + cell.rows for cell in self.cells)


def grids(drawn: DrawnPage) -> list[Grid]:
    """The tables of a page from above, with their letters and fills; a frame around text is none."""
    ruled = merged(drawn.rules)
    stroked = _cells(ruled)
    sides = [rule for fill in drawn.fills if _is_outside(fill, stroked) for rule in _sides(fill.box)]
    rules = merged([*drawn.rules, *sides]) if sides else ruled
    rules += cut_rows(rules)
    rules = merged(with_open_sides(rules, [*drawn.rules, *sides], drawn.glyphs))
    boxes: list[tuple[float, float, float, float]] = [*_cells(rules)]
    tables = [_grid(cells) for cells in cells_to_tables(boxes)]
    tables = [table for table in tables if len(table.cells) > 1]
    for table in tables:
        _take_glyphs(table, drawn.glyphs)
        _take_fills(table, drawn.fills)
    return [table for table in tables if any(cell.glyphs for cell in table.cells)]


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that lie nearly in one line and touch are one; short ones are left out."""
    edges = [_edge(rule) for rule in rules]
    return [
        Rule(True, edge["top"], edge["x0"], edge["x1"])
        if edge["orientation"] == "h"
        else Rule(False, edge["x0"], edge["top"], edge["bottom"])
        for edge in merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
        if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _SHORTEST
    ]


def _edge(rule: Rule) -> dict[str, object]:
    x0, x1 = (rule.start, rule.end) if rule.is_horizontal else (rule.at, rule.at)
    top, bottom = (rule.at, rule.at) if rule.is_horizontal else (rule.start, rule.end)
    return {
        "orientation": "h" if rule.is_horizontal else "v",
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "object_type": "line",
    }  # fmt: skip


def _cells(rules: Iterable[Rule]) -> list[Box]:
    points = edges_to_intersections([_edge(rule) for rule in rules], _SNAP, _SNAP)
    return [Box(*cell) for cell in intersections_to_cells(points)]


def _sides(box: Box) -> list[Rule]:
    return [
        Rule(True, box.top, box.x0, box.x1),
        Rule(True, box.bottom, box.x0, box.x1),
        Rule(False, box.x0, box.top, box.bottom),
        Rule(False, box.x1, box.top, box.bottom),
    ]


def _is_outside(fill: Fill, cells: Sequence[Box]) -> bool:
    """Whether a fill may be the ground of cells that no rule draws: it is not white and lies in no ruled cell."""
    if not fill.is_rectangle or min(fill.colour) > 0.97:
        return False
    return not any(cell.shared(fill.box) > 0.6 * fill.box.area for cell in cells)


def _grid(cells: Sequence[Sequence[float]]) -> Grid:
    boxes = [Box(*cell) for cell in cells]
    xs = sorted({x for box in boxes for x in (box.x0, box.x1)})
    ys = sorted({y for box in boxes for y in (box.top, box.bottom)})
    column = {x: index for index, x in enumerate(xs)}
    row = {y: index for index, y in enumerate(ys)}
    placed = [
        Cell(
            row[box.top], column[box.x0], row[box.bottom] - row[box.top], column[box.x1] - column[box.x0], box
        )
        for box in boxes
    ]
    placed += _holes(placed, xs, ys)
    placed.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(around(boxes), xs, placed)


def _holes(cells: Sequence[Cell], xs: Sequence[float], ys: Sequence[float]) -> list[Cell]:
    """Cells at the places of the grid that no rule encloses, such as the rows without a ground among rows with one."""
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    return [
        Cell(row, column, 1, 1, Box(xs[column], ys[row], xs[column + 1], ys[row + 1]))
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
        if (row, column) not in taken
    ]


def _take_glyphs(table: Grid, glyphs: Iterable[Glyph]) -> None:
    # The letters of a line share their height, so the cells at that height are looked for once.
    at_height: dict[float, list[Cell]] = {}
    for glyph in glyphs:
        x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.top + glyph.box.bottom) / 2
        if table.box.holds(x, y):
            if y not in at_height:
                at_height[y] = [cell for cell in table.cells if cell.box.top <= y <= cell.box.bottom]
            cell = next((cell for cell in at_height[y] if cell.box.x0 <= x <= cell.box.x1), None)
            if cell:
                cell.glyphs.append(glyph)


def _take_fills(table: Grid, fills: Sequence[Fill]) -> None:
    """The colour of a cell is that of the last fill behind it; of an empty cell, that of a shape in it."""
    behind = [fill for fill in fills if fill.box.shared(table.box) > 0]
    for cell in table.cells:
        for fill in behind:
            shared = fill.box.shared(cell.box)
            has_ground = shared > 0.6 * cell.box.area
            is_sign = not cell.glyphs and shared > 0.9 * fill.box.area and fill.box.area > 9
            if has_ground or is_sign:
                cell.fill = "" if min(fill.colour) > 0.97 else fill.code
