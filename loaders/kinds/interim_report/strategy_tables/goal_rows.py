"""The rows of every table: goals found, the lines between them read as cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.cell_reader import CellReader, CellRow
from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import CellColumn
from hytegraph.loaders.kinds.interim_report.strategy_tables.goals import (
    GoalCell,
    GoalTable,
    LearntGoal,
    find_goals,
)
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import Border, Piece, items_of, pieces_of

_CITATION = re.compile(
    r"\s*[A-ZÅÄÖ][A-Za-zåäö]{1,30}\s+\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4},?\s*(?:§\s*\d*|\d+\s*§)\s*"
)
_WORD_IN_LOWER_CASE = re.compile(r"(?<!\w)[a-zåäö]\w{4,}")
_STEM = 5
_ALONE = "Toimenpiteellä ei ole omaa vastuutahoa, mittaria eikä toteumaa: oma rivi tai viereisen rivin osa."
_ONE_CELL = "Vastuun jälkeen on vain yksi solu: se voi olla mittari tai toteuma."
_NO_MEASURE = "Toimenpiteen solu on tyhjä: rivi voi jatkaa yllä olevaa riviä."
_ROLE_OR_INDICATOR = "Vastuutahon jälkeinen teksti voi kuulua sarakkeeseen vastuu tai mittari."
_TWO_INDICATORS = "Tyhjä rivi jakaa mittarin: jälkimmäinen osa voi olla toteuma."
_ACTION_AS_RESULT = "Toteuma on tekemisen nimi: se voi kuulua mittariin."
_SMALL_LETTER = "Mittarien raja on päätelty rivin pituudesta."
# In what role a party takes part: "Asiantuntijana suunnittelutyössä".
_AS_WHAT = re.compile(r"\s*[A-ZÅÄÖ]\w+jana\b")
_LAST_PARAGRAPH = "Toteuman loppu voi olla toimenpide, jolla ei ole muita tietoja."


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row and the goals it stands under; `own` when its goal cell is filled."""

    found: GoalCell | None
    own: bool
    cells: dict[CellColumn, tuple[Piece, ...]]
    cites: tuple[Piece, ...] = ()
    doubts: tuple[str, ...] = ()

    def lines(self) -> list[int]:
        """The lines of the row, those of a goal cell above it left out."""
        own = self.found.lines if self.found and self.own else ()
        pieces = [piece for cell in self.cells.values() for piece in cell]
        return sorted({*own, *(piece.line for piece in (*pieces, *self.cites))})


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with its rows."""

    table: GoalTable
    rows: tuple[GoalRow, ...]

    def responsible(self) -> list[Piece]:
        """The pieces of all its responsibility cells."""
        return [piece for row in self.rows for piece in row.cells.get(CellColumn.RESPONSIBLE, ())]


def read_tables(
    document: SourceText, cleaner: Cleaner, tables: Sequence[GoalTable], goals: Sequence[LearntGoal]
) -> list[ReadTable]:
    """The tables with their rows, in order."""
    reader = CellReader(cleaner, _common_stems(document))
    read = []
    for table in tables:
        own = [goal for goal in goals if goal.group == table.group]
        rows = _table_rows(document, reader, table, find_goals(document, table.lines(), own))
        read.append(ReadTable(table, tuple(rows)))
    return read


def _common_stems(document: SourceText) -> frozenset[str]:
    """The beginnings of words the document writes in lower case."""
    return frozenset(word[:_STEM] for line in document.lines for word in _WORD_IN_LOWER_CASE.findall(line))


def _table_rows(
    document: SourceText, reader: CellReader, table: GoalTable, found: Sequence[GoalCell]
) -> list[GoalRow]:
    lines = table.lines()
    starts = [goal.lines[0] for goal in found]
    rows: list[GoalRow] = []
    first = starts[0] if starts else (lines[-1] + 1 if lines else 0)
    rows += _region_rows(document, reader, None, [number for number in lines if number < first])
    for index, goal in enumerate(found):
        end = starts[index + 1] if index + 1 < len(starts) else lines[-1] + 1
        region = [number for number in lines if goal.lines[-1] < number < end]
        rows += _region_rows(document, reader, goal, region)
    return rows


def _region_rows(
    document: SourceText, reader: CellReader, found: GoalCell | None, lines: Sequence[int]
) -> list[GoalRow]:
    cited = {number for number in lines if _CITATION.fullmatch(document.line(number))}
    pieces = pieces_of(document, [number for number in lines if number not in cited])
    rows: list[GoalRow] = []
    read = _with_tails_cut(reader.rows(pieces), reader) if pieces else [CellRow({})]
    for cells in read:
        for part in _without_company(cells):
            doubts = (*part.doubts, *_doubts(part, reader))
            rows.append(GoalRow(found, not rows and found is not None, part.cells, (), doubts))
    return _with_cites(rows, pieces_of(document, sorted(cited)))


def _doubts(row: CellRow, reader: CellReader) -> Iterator[str]:
    """What the place of a text cannot settle, however clear its words seem."""
    results = row.cells.get(CellColumn.REALISATION, ())
    indicators = row.cells.get(CellColumn.INDICATOR, ())
    if results and not indicators and not row.doubts:
        yield _ONE_CELL
    if CellColumn.MEASURE not in row.cells:
        yield _NO_MEASURE
    items = items_of(results)[1:]
    if any(item[0].border is Border.BLANK and reader.sounds_like_measure(item) for item in items):
        yield _LAST_PARAGRAPH
    if results and results[0].border is Border.SEAM and reader.sounds_like_measure(results):
        yield _ACTION_AS_RESULT
    yield from _indicator_doubts(indicators, results)


def _indicator_doubts(indicators: Sequence[Piece], results: Sequence[Piece]) -> Iterator[str]:
    if indicators and indicators[0].border is Border.SEAM and _AS_WHAT.match(indicators[0].text):
        yield _ROLE_OR_INDICATOR
    if _is_parted(indicators) and results and not _is_parted(results):
        yield _TWO_INDICATORS
    if any(item[0].text.lstrip()[:1].islower() for item in items_of(indicators)[1:]):
        yield _SMALL_LETTER


def _is_parted(pieces: Sequence[Piece]) -> bool:
    """Whether a blank line parts the cell."""
    return any(piece.border is Border.BLANK for piece in pieces[1:])


def _with_cites(rows: list[GoalRow], cites: Sequence[Piece]) -> list[GoalRow]:
    """The rows with each loose citation on the row that stands over it."""
    for piece in cites:
        above = [index for index, row in enumerate(rows) if min(row.lines(), default=0) < piece.line]
        index = above[-1] if above else 0
        row = rows[index]
        rows[index] = GoalRow(row.found, row.own, row.cells, (*row.cites, piece), row.doubts)
    return rows


def _with_tails_cut(rows: Sequence[CellRow], reader: CellReader) -> list[CellRow]:
    """Where a realisation ends in a measure and a row follows, that measure is a row of its own."""
    cut: list[CellRow] = []
    for index, row in enumerate(rows):
        results = row.cells.get(CellColumn.REALISATION, ())
        tail = items_of(results)[-1] if results else []
        follows = index + 1 < len(rows) and len(tail) < len(results)
        if follows and tail[0].border is Border.BLANK and reader.sounds_like_measure(tail):
            cut.append(CellRow({**row.cells, CellColumn.REALISATION: results[: -len(tail)]}, row.doubts))
            cut.append(CellRow({CellColumn.MEASURE: tuple(tail)}, (_ALONE,)))
        else:
            cut.append(row)
    return cut


def _without_company(row: CellRow) -> list[CellRow]:
    """A measure cell that a blank line cuts in two is a row of its own and the row below it."""
    measure = row.cells.get(CellColumn.MEASURE, ())
    cuts = [index for index, piece in enumerate(measure) if index and piece.border is Border.BLANK]
    if not cuts:
        return [row]
    doubts = (*row.doubts, _ALONE)
    starts = [0, *cuts]
    parts = [measure[start:end] for start, end in zip(starts, [*cuts, len(measure)], strict=True)]
    alone = [CellRow({CellColumn.MEASURE: part}, (_ALONE,)) for part in parts[:-1]]
    return [*alone, CellRow({**row.cells, CellColumn.MEASURE: parts[-1]}, doubts)]
