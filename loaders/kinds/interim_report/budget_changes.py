"""Reads a table of proposed budget amendments: income, expenditure and net per unit, as printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, SURE
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine
from hytegraph.loaders.kinds.interim_report.quantities import NumberReading, is_close, number_of, readings

_HEADER = re.compile(r"\s*(?:(?:tulot|menot|netto)(?:\s+|$)){3}", re.IGNORECASE)
_SIGNED = r"[+-]?\s?\d+"
_VALUES = re.compile(rf"(?P<label>.*?)(?P<values>(?:(?<=\s)|^){_SIGNED}(?:\s+{_SIGNED})*\s*)")
_TOTAL = re.compile(r"yhteensä\b", re.IGNORECASE)
_COLUMN_OF = {"tulot": "income", "menot": "expense", "netto": "net"}
_FAULT = 2.0
_OTHER = "Luvut voi jakaa sarakkeille myös toisin: {cells}."
_SUM_DIFFERS = "{column}: rivit ovat yhteensä {parts}, lähteessä {whole}."
_NAMES = {"income": "Tulot", "expense": "Menot", "net": "Netto"}
_CONVENTIONS = ("incomeMinusExpenditure", "expenditureMinusIncome")


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """A line of the table: its label, the lines it stands on and its readings, the likeliest first."""

    item: str
    numbers: tuple[int, ...]
    ranked: tuple[NumberReading, ...]


@dataclass(frozen=True, slots=True)
class AmendmentTable:
    """The rows of the amendments table, and the number of lines read after the header."""

    rows: tuple[Mapping[str, str], ...]
    length: int


def is_amendment_header(line: str) -> bool:
    """Whether the line names the three columns of an amendment table, in any order."""
    return bool(_HEADER.fullmatch(line)) and len({word.lower() for word in line.split()}) == len(_COLUMN_OF)


def read_amendments(
    header: str, lines: Sequence[ReportLine], sector: str, cleaner: Cleaner
) -> AmendmentTable:
    """The rows below the header, up to the row of the total or the last row with three values."""
    order = tuple(_COLUMN_OF[word.lower()] for word in header.split())
    tables = [_read(order, lines, convention, cleaner) for convention in _CONVENTIONS]
    costs = [sum(change.ranked[0].cost for change in changes) for changes, _ in tables]
    best = costs.index(min(costs))
    changes, length = tables[best]
    rows = tuple(_row(change, changes, order, _CONVENTIONS[best], sector) for change in changes)
    return AmendmentTable(rows, length)


def _read(
    order: tuple[str, ...], lines: Sequence[ReportLine], convention: str, cleaner: Cleaner
) -> tuple[list[BudgetChange], int]:
    changes: list[BudgetChange] = []
    label: list[ReportLine] = []
    end = 0
    for at, line in enumerate(lines):
        if not line.is_text:
            continue
        label.append(line)
        match = _VALUES.fullmatch(line.text)
        ranked = _ranked(match["values"], order, convention) if match else ()
        if not match or not ranked:
            continue
        texts = [*(part.text for part in label[:-1]), match["label"]]
        changes.append(BudgetChange(cleaner.clean(texts), tuple(part.number for part in label), ranked))
        label, end = [], at + 1
        if _TOTAL.match(changes[-1].item):
            break
    return changes, end


def _ranked(text: str, order: tuple[str, ...], convention: str) -> tuple[NumberReading, ...]:
    def fault(cells: tuple[str, ...]) -> float:
        return _FAULT if _net_fault(dict(zip(order, cells, strict=True)), convention) else 0.0

    return tuple(found for found in readings(text, len(order), fault, signed=True) if not found.inferred)


def _net_fault(cells: Mapping[str, str], convention: str) -> bool:
    income, expense, net = (number_of(cells[name]) for name in ("income", "expense", "net"))
    if income is None or expense is None or net is None:
        return True
    wanted = income - expense if convention == _CONVENTIONS[0] else expense - income
    return net != wanted


def _row(
    change: BudgetChange,
    changes: Sequence[BudgetChange],
    order: tuple[str, ...],
    convention: str,
    sector: str,
) -> Mapping[str, str]:
    doubts = []
    if is_close(list(change.ranked)):
        doubts.append(_OTHER.format(cells=" · ".join(change.ranked[1].cells)))
    remarks = _sum_remarks(change, changes, order) if _TOTAL.match(change.item) else []
    return {
        "sector": sector,
        "item": change.item,
        **dict(zip(order, change.ranked[0].cells, strict=True)),
        "netConvention": convention,
        "lines": format_spans(spans_of(change.numbers)),
        "certainty": AMBIGUOUS if doubts else SURE,
        "note": " ".join((*doubts, *remarks)),
    }


def _sum_remarks(total: BudgetChange, changes: Sequence[BudgetChange], order: tuple[str, ...]) -> list[str]:
    remarks = []
    for at, name in enumerate(order):
        parts = sum(number_of(change.ranked[0].cells[at]) or 0 for change in changes if change is not total)
        whole = total.ranked[0].cells[at]
        if number_of(whole) != parts:
            text = f"{parts:+,.0f}".replace(",", " ")
            remarks.append(_SUM_DIFFERS.format(column=_NAMES[name], parts=text, whole=whole))
    return remarks
