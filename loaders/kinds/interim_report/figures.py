"""Reads a table of outputs and key figures: one row per figure, one value per scenario and period."""

from collections.abc import Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, SURE
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.drafts import Draft, draft_figures, settle
from hytegraph.loaders.kinds.interim_report.figure_columns import FigureColumn
from hytegraph.loaders.kinds.interim_report.groups import PlacedRow, place_rows
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine, read_rows
from hytegraph.loaders.kinds.interim_report.quantities import NumberReading, number_of
from hytegraph.loaders.kinds.interim_report.units import unit_of
from hytegraph.loaders.row_writer import Rows

_SUM_BONUS = 1.5
_SUM_DIFFERS = "{column}: osat ovat yhteensä {parts}, lähteessä {whole}."


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Where a table of figures stands and what its columns are."""

    sector: str
    area: str
    columns: tuple[FigureColumn, ...]


def read_figures(table: FigureTable, body: Sequence[ReportLine], cleaner: Cleaner) -> Rows:
    """The rows of the tables figures and passages (group headings), without ids."""
    placed = place_rows(read_rows(body, len(table.columns)), cleaner)
    drafts = [
        draft for row in placed if not row.is_heading for draft in draft_figures(row, table.columns, cleaner)
    ]
    _find_wholes(drafts)
    for whole, parts in _families(drafts):
        _settle_sums(whole, parts, table.columns)
    for draft in drafts:
        settle(draft)
    return {
        "figures": [_figure(draft, drafts, table) for draft in drafts],
        "passages": [_heading(row) for row in placed if row.is_heading],
    }


def _find_wholes(drafts: Sequence[Draft]) -> None:
    """A heading with a value is the whole of its group; a heading in lower case is a part of the one above."""
    whole: Draft | None = None
    head: Draft | None = None
    for draft in drafts:
        if head and head.group != draft.group:
            head = None
        if draft.heads_group:
            head = draft
        elif draft.label[:1].islower() and draft.part_of is None and whole and whole.group == draft.group:
            draft.part_of = whole
        elif draft.part_of is None:
            draft.part_of = head
        if not draft.label[:1].islower():
            whole = draft


def _families(drafts: Sequence[Draft]) -> list[tuple[Draft, list[Draft]]]:
    parts = [(draft, [part for part in drafts if part.part_of is draft]) for draft in drafts]
    return [(whole, found) for whole, found in parts if found]


def _settle_sums(whole: Draft, parts: Sequence[Draft], columns: tuple[FigureColumn, ...]) -> None:
    """Prefer the reading of the whole that its parts add up to; remark on sums that differ."""
    sums = _sums(parts)
    whole.ranked.sort(key=lambda reading: reading.cost - _SUM_BONUS * _agreeing(reading, sums))
    values = whole.values
    pairs = [(value, total) for value, total in zip(values, sums, strict=True) if None not in (value, total)]
    if any(value == total for value, total in pairs):
        for draft in (whole, *parts):
            draft.is_confirmed = draft.is_confirmed or all(
                total is not None
                for total, value in zip(sums, draft.values, strict=True)
                if value is not None
            )
    for column, value, total in zip(columns, values, sums, strict=True):
        if value is not None and total is not None and value != total:
            remark = _SUM_DIFFERS.format(column=column.name, parts=_spaced(total), whole=_spaced(value))
            whole.remarks.append(remark)


def _agreeing(reading: NumberReading, sums: Sequence[float | None]) -> int:
    values = [number_of(cell) for cell in reading.cells]
    return sum(value is not None and value == total for value, total in zip(values, sums, strict=True))


def _sums(parts: Sequence[Draft]) -> list[float | None]:
    """The sum of the parts per column, None where a part has no number."""
    return [
        sum(value for value in column if value is not None) if None not in column else None
        for column in zip(*(part.values for part in parts), strict=True)
    ]


def _spaced(value: float) -> str:
    text = f"{value:,.0f}" if value == int(value) else f"{value:,}"
    return text.replace(",", " ").replace(".", ",")


def _figure(draft: Draft, drafts: Sequence[Draft], table: FigureTable) -> dict[str, str]:
    values = {column.name: cell for column, cell in zip(table.columns, draft.cells, strict=True)}
    return {
        "sector": table.sector,
        "serviceArea": table.area,
        "group": draft.group,
        "parent": draft.part_of.name if draft.part_of else "",
        "indicator": draft.name,
        "unit": _unit(draft, drafts),
        **values,
        "lines": format_spans(spans_of(draft.numbers)),
        "certainty": AMBIGUOUS if draft.doubts else SURE,
        "note": " ".join((*draft.doubts, *draft.remarks)),
    }


def _unit(draft: Draft, drafts: Sequence[Draft]) -> str:
    """The unit of the figure; a whole that names none has the unit all its parts name."""
    own = unit_of(draft.label, draft.cells)
    parts = {unit_of(part.label, part.cells) for part in drafts if part.part_of is draft}
    return own or (parts.pop() if len(parts) == 1 else "")


def _heading(placed: PlacedRow) -> dict[str, str]:
    return {
        "kind": "heading",
        "text": placed.label,
        "lines": format_spans(spans_of(placed.row.numbers)),
        "certainty": SURE,
    }
