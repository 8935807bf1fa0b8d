"""Reads a plan by its profile: the tables one after another, under the headings that stand above them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hytegraph.loaders.documents.blocks import CELL, HEADING, Placed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.profile.card import CardReader
from hytegraph.loaders.profile.cells import CellReader, Words
from hytegraph.loaders.profile.context import Context
from hytegraph.loaders.profile.front import BUDGET, REPORT, language_of_document, period_of, sort_of, title_of
from hytegraph.loaders.profile.grids import Grid, grid_of, grids_of, words_of
from hytegraph.loaders.profile.header_rows import HeaderRowReader
from hytegraph.loaders.profile.model import CARD, OTHER, Profile, TableProfile
from hytegraph.loaders.profile.plain_text import with_blocks
from hytegraph.loaders.profile.prose import ProseReader, continued
from hytegraph.loaders.profile.rows import Entry, EntryWriter
from hytegraph.loaders.profile.shapes import propose_table
from hytegraph.loaders.profile.words.legend import legend_by, legend_of
from hytegraph.loaders.profile.words.values import ValueReader
from hytegraph.loaders.row_writer import Rows


@dataclass(frozen=True, slots=True)
class PlanRows:
    """What was read of a plan: its rows by table, and how many of the rows seen in its tables are among them."""

    rows: Rows
    read: int
    other_tables: int


def propose(document: SourceText) -> Profile:
    """The profile that the document's own headings suggest."""
    document = with_blocks(document)
    tables: list[TableProfile] = []
    before = None
    for grid in grids_of(document.placed):
        before = propose_table(grid, before)
        tables.append(before)
    title = title_of(document)
    return Profile(
        tuple(tables),
        legend={sign: words.text for sign, words in legend_of(document.placed).items()},
        language=language_of_document(document),
        kind=sort_of(title),
        title=title,
        period=period_of(document, title),
    )


def read_plan(document: SourceText, cleaner: Cleaner, profile: Profile) -> PlanRows:
    """Rows for the tables aims, goals, measures and passages; every line that holds words is in one of them."""
    reader = _PlanReader(with_blocks(document), cleaner, profile)
    return reader.read()


class _PlanReader:
    def __init__(self, document: SourceText, cleaner: Cleaner, profile: Profile) -> None:
        self._document = document
        self._profile = profile
        self._cells = CellReader(cleaner)
        self._writer = EntryWriter(document, cleaner, is_approved=profile.is_approved)
        self._values = ValueReader(self._cells, self._known_parties(), legend_by(profile.legend, document))
        self._goal_above: list[Words] | None = None
        self._prose = ProseReader(self._values, Context(), sectors=profile.kind in (BUDGET, REPORT))

    def read(self) -> PlanRows:
        for grid, blocks in _in_order(self._document.placed):
            if grid is None:
                for block, further in continued(blocks):
                    self._write(self._prose.read(block, further))
            else:
                self._write(self._prose.close())
                self._write(self._table(grid))
        self._write(self._prose.close())
        self._writer.passages((block, self._passage_kind(block)) for block in self._document.placed)
        others = sum(table.shape == OTHER for table in self._profile.tables)
        return PlanRows(self._writer.rows.rows, self._writer.count, others)

    def _write(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._writer.entry(entry)

    def _table(self, grid: Grid) -> Iterator[Entry]:
        profile, context = self._profile.table(grid.sheet, grid.number), self._prose.context
        if profile and profile.shape == CARD:
            yield from CardReader(self._values).read(grid, profile, context)
        elif profile and profile.shape != OTHER:
            if not profile.of_role("goal") and context.held.get("goal") is self._goal_above:
                # The last goal of another table says nothing of one that names no goals.
                context.held.pop("goal", None)
            yield from HeaderRowReader(self._values).read(grid, profile, context)
            self._goal_above = context.held.get("goal")

    def _known_parties(self) -> frozenset[str]:
        """The parties that a cell of the document's tables names alone, to divide "A ja B" elsewhere."""
        known: set[str] = set()
        for grid in grids_of(self._document.placed):
            profile = self._profile.table(grid.sheet, grid.number)
            columns = [*profile.of_role("responsible"), *profile.of_role("partner")] if profile else []
            for column in columns:
                cells = {cell.span: cell for (_, at), cell in grid.cells.items() if at == column}
                known |= {
                    party.text.casefold() for cell in cells.values() for party in self._cells.parties(cell)
                }
        return frozenset(name for name in known if " ja " not in name and " och " not in name)

    def _passage_kind(self, placed: Placed) -> str:
        block = placed.block
        if block.kind == HEADING:
            return "heading"
        if block.kind != CELL:
            return "instruction"
        profile = self._profile.table(block.sheet, block.table)
        if profile is None or profile.shape == OTHER:
            return "otherTable"
        return "tableHeader" if block.is_header or words_of(placed) in _headings(profile) else "instruction"


def _headings(profile: TableProfile) -> set[str]:
    return {column.heading for column in profile.columns.values()}


def _in_order(placed: Sequence[Placed]) -> Iterator[tuple[Grid | None, list[Placed]]]:
    """Tables as grids, and the blocks between them, in the order of the document."""
    for (kind, sheet, table), group in groupby(placed, key=_place):
        blocks = list(group)
        yield (grid_of(sheet, table, blocks) if kind == CELL else None), blocks


def _place(placed: Placed) -> tuple[str, str, int]:
    block = placed.block
    return (CELL, block.sheet, block.table) if block.kind == CELL else ("", "", 0)
