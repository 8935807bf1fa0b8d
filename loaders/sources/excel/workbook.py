"""A workbook read into blocks: its visible sheets, of each the visible cells, and of each cell what it shows."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.blocks import HEADING, Block
from hytegraph.loaders.sources.excel.colours import Theme
from hytegraph.loaders.sources.excel.regions import blocks_of
from hytegraph.loaders.sources.excel.sheet import visible_cells, written_cells
from hytegraph.loaders.sources.limits import MOST_CELLS
from hytegraph.loaders.sources.progress import progress_at

_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=\"([A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def read(path: Path) -> tuple[Block, ...]:
    """The blocks of the visible sheets in order; raises DocumentError for a workbook that is too large or unfinished.

    Formulas are not reckoned: their values are those that the spreadsheet program kept. Macros and links to other
    files are not looked at.
    """
    has_formulas = _check(path)
    workbook = _workbook(path, data_only=True)
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if has_formulas:
        _check_formulas(path, visible)
    theme = Theme(workbook.loaded_theme)
    blocks: list[Block] = []
    tables = 0
    for number, sheet in enumerate(visible, 1):
        body, tables = blocks_of(visible_cells(sheet, theme), sheet.title, tables)
        if body:
            blocks += [Block(HEADING, sheet.title, 1, sheet=sheet.title), *body]
        progress_at(number, len(visible))
    return tuple(blocks)


def _workbook(path: Path, *, data_only: bool) -> Any:
    """The workbook, whatever the file is called."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=data_only, keep_links=False)


def _check(path: Path) -> bool:
    """Refuse sheets that are too large before they are built in memory; tells whether there are formulas."""
    has_formulas = False
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            data = archive.read(name)
            cells = max(len(_CELL.findall(data)), len(_ROW.findall(data)))
            cells += sum(_size(match.decode()) for match in _MERGED.findall(data))
            if cells > MOST_CELLS:
                reason = Reason(
                    "'{part}': the sheet has {n} cells; it may have {most}",
                    part=name,
                    n=cells,
                    most=MOST_CELLS,
                )
                raise DocumentError(path, reason)
            has_formulas = has_formulas or bool(_FORMULA.search(data))
    return has_formulas


def _size(reference: str) -> int:
    left, top, right, bottom = range_boundaries(reference)
    return int((right - left + 1) * (bottom - top + 1))


def _check_formulas(path: Path, visible: list[Any]) -> None:
    """Refuse a workbook whose formulas have no values at all: no spreadsheet program has reckoned it yet."""
    formulas = _workbook(path, data_only=False)
    places = [
        (sheet, cell.coordinate)
        for sheet in visible
        for cell in written_cells(formulas[sheet.title])
        if cell.data_type == "f"
    ]
    if places and all(sheet[coordinate].value is None for sheet, coordinate in places):
        sheet, coordinate = places[0]
        reason = Reason(
            "sheet '{sheet}', cell {cell}: the formula has no value; "
            "open the file in a spreadsheet program and save it",
            sheet=sheet.title,
            cell=coordinate,
        )
        raise DocumentError(path, reason)
