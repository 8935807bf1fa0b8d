"""Reads one printed row of a figure table into one figure or, where several were printed together, more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.blocks import BlockRow, read_block
from hytegraph.loaders.kinds.interim_report.figure_columns import FigureColumn, disagreement
from hytegraph.loaders.kinds.interim_report.groups import PlacedRow
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine, leading_empty, quantities_of
from hytegraph.loaders.kinds.interim_report.quantities import (
    NumberReading,
    is_close,
    number_of,
    readings,
    readings_after_label,
)

_PART_IN_LABEL = re.compile(r"\s*[-–•]\s*(?P<label>.*?\D)\s+(?P<value>\d[\d\s]*?)\s*")
_NO_VALUES = "Rivillä ei ole lukuja."
_NO_READING = "Lukuja ei voitu jakaa sarakkeisiin."
_CELL_TEXT = "Soluissa on tekstiä, ja sarakkeet on päätelty järjestyksestä."
_BLOCK = "Luvut on painettu erilleen otsikoista, ja ne on yhdistetty järjestyksen mukaan."
_POSITION = "Lukuja on vähemmän kuin sarakkeita, ja sarakkeet on päätelty tyhjistä väleistä."
_OTHER = "Luvut voi jakaa sarakkeille myös toisin: {cells}."
_LABEL_DIGITS = "Luku {digits} on luettu rivin nimeen."
_PART = "Luku on painettu rivin otsikkoon, ja sarake on päätelty summasta."


@dataclass(slots=True)
class Draft:
    """A figure on its way to the table: its readings, the likeliest first, and why it may be doubted."""

    label: str
    group: str
    numbers: list[int]
    ranked: list[NumberReading]
    part_of: "Draft | None" = None
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    heads_group: bool = False
    is_confirmed: bool = False

    @property
    def name(self) -> str:
        """The label, with the digits the likeliest reading leaves to it."""
        return f"{self.label} {self.ranked[0].of_label}".rstrip()

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the likeliest reading, one per column."""
        return self.ranked[0].cells

    @property
    def values(self) -> list[float | None]:
        """The numbers of the likeliest reading."""
        return [number_of(cell) for cell in self.cells]


def draft_figures(placed: PlacedRow, columns: tuple[FigureColumn, ...], cleaner: Cleaner) -> list[Draft]:
    """The figures of a printed row, a whole before its parts."""
    row = placed.row
    if not row.has_values:
        return [_draft(placed, NumberReading(("",) * len(columns)), doubt=_NO_VALUES)]
    if row.is_column_block:
        drafts = list(_of_block(placed, columns, cleaner))
        if drafts:
            return drafts
    if row.has_cell_text:
        return [_draft(placed, _with_cell_text(placed, len(columns), cleaner), doubt=_CELL_TEXT)]
    read = readings_after_label if row.own_values else readings
    ranked = read(row.values_text, len(columns), partial(disagreement, columns))
    if not ranked:
        return [_draft(placed, _overfull(row.values_text, len(columns)), doubt=_NO_READING)]
    whole = Draft(placed.label, placed.group, row.numbers, ranked, heads_group=placed.heads_group)
    # The first line names the whole, and one that carries the row's own values is no part.
    below = row.labels[1:-1] if row.own_values else row.labels[1:]
    return [whole, *_parts_in_label(whole, row.labels, below, columns, cleaner)]


def settle(draft: Draft) -> None:
    """Note what speaks against the chosen reading, unless sums have confirmed it."""
    reading = draft.ranked[0]
    if draft.is_confirmed or not any(reading.cells):
        return
    if reading.of_label:
        draft.doubts.append(_LABEL_DIGITS.format(digits=reading.of_label))
    empty = [at for at, cell in enumerate(reading.cells) if not cell]
    if (
        empty
        and not draft.doubts
        and (reading.inferred or reading.noise or empty[-1] == len(reading.cells) - 1)
    ):
        draft.doubts.append(_POSITION)
    if is_close(draft.ranked):
        cells = " · ".join(cell or "tyhjä" for cell in draft.ranked[1].cells)
        draft.doubts.append(_OTHER.format(cells=cells))


def _draft(placed: PlacedRow, reading: NumberReading, *, doubt: str) -> Draft:
    return Draft(
        placed.label,
        placed.group,
        placed.row.numbers,
        [reading],
        doubts=[doubt],
        heads_group=placed.heads_group,
    )


def _overfull(text: str, columns: int) -> NumberReading:
    """All the numbers in the last column, so that none is lost when nothing fits."""
    return NumberReading((*("",) * (columns - 1), " ".join(text.split())))


def _with_cell_text(placed: PlacedRow, columns: int, cleaner: Cleaner) -> NumberReading:
    texts = [cleaner.clean(line.text for line in cell) for cell in quantities_of(placed.row)]
    cells = [*("",) * leading_empty(placed.row), *texts]
    if len(cells) > columns:
        cells = [*cells[: columns - 1], " ".join(cells[columns - 1 :])]
    return NumberReading((*cells, *("",) * (columns - len(cells))))


def _of_block(placed: PlacedRow, columns: tuple[FigureColumn, ...], cleaner: Cleaner) -> Iterator[Draft]:
    block = read_block(placed.row, columns)
    if block is None:
        return
    doubts = [_BLOCK] if block.is_close else []
    drafts = [_of_block_row(row, placed.group, doubts, cleaner) for row in block.rows]
    first, rest = drafts[0], drafts[1:]
    if _heads(first, rest):
        for draft in rest:
            draft.part_of = first
    yield from drafts


def _of_block_row(row: BlockRow, group: str, doubts: list[str], cleaner: Cleaner) -> Draft:
    cells = tuple(" ".join(line.text.split()) if line else "" for line in row.cells)
    label = cleaner.clean(line.text for line in row.labels)
    numbers = [line.number for line in (*row.labels, *row.cells) if line]
    return Draft(label, group, numbers, [NumberReading(cells)], doubts=list(doubts) if any(cells) else [])


def _heads(first: Draft, rest: Sequence[Draft]) -> bool:
    """Whether the first row of a block is the whole of the others: without numbers, or their sum."""
    if not any(first.cells):
        return True
    parts = zip(*(draft.values for draft in rest), strict=True)
    return any(
        whole is not None and whole == sum(value or 0 for value in column)
        for whole, column in zip(first.values, parts, strict=True)
    )


def _parts_in_label(
    whole: Draft,
    labels: Sequence[ReportLine],
    below: Sequence[ReportLine],
    columns: tuple[FigureColumn, ...],
    cleaner: Cleaner,
) -> list[Draft]:
    """Parts that were printed with their numbers in the label, when these add up to a value of the row."""
    parts = [(line, match) for line in below if (match := _PART_IN_LABEL.fullmatch(line.text))]
    total = sum(number_of(match["value"]) or 0 for _, match in parts)
    fitting = [at for at, value in enumerate(whole.values) if parts and value == total]
    if not fitting:
        return []
    # A count of parts is what has happened, so the actual figure goes before plan and forecast.
    at = next((at for at in fitting if columns[at].scenario == "TOTEUMA"), fitting[0])
    own = {line.number for line, _ in parts}
    whole.label = cleaner.clean(line.text for line in labels if line.number not in own)
    whole.numbers = [number for number in whole.numbers if number not in own]
    return [
        _part(whole, line.number, cleaner.clean([match["label"]]), match["value"], at)
        for line, match in parts
    ]


def _part(whole: Draft, number: int, label: str, value: str, at: int) -> Draft:
    cells = tuple(value if place == at else "" for place in range(len(whole.cells)))
    return Draft(label, whole.group, [number], [NumberReading(cells)], part_of=whole, doubts=[_PART])
