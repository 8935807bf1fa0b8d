"""The columns of a figure table, and how well the numbers of a row agree over them."""

import math
import re
from dataclasses import dataclass
from itertools import combinations

from hytegraph.loaders.documents.figure_headers import printed_columns
from hytegraph.loaders.kinds.interim_report.quantities import number_of

_HEADER_LINE = re.compile(
    r"\s*(?:(?:Suorite\w*|Tunnusluku|TP-?|TA|TOTEUMA|ENNUSTE|TP-ENNUSTE|\d{4}|\d{1,2}[-–]\d{1,2}/\d{4})(?:\s+|$))+"
)
_MONTHS = re.compile(r"(\d{1,2})-(\d{1,2})/\d{4}")
_YEAR = 12
# How strongly two columns are expected to agree; a half-year and its forecast nearly determine each other.
_WEIGHTS = {
    frozenset(("TOTEUMA", "ENNUSTE")): 1.0,
    frozenset(("TA", "ENNUSTE")): 0.7,
    frozenset(("TP", "TA")): 0.5,
    frozenset(("TP", "ENNUSTE")): 0.5,
    frozenset(("TP", "TOTEUMA")): 0.4,
    frozenset(("TA", "TOTEUMA")): 0.4,
}
_ZERO_BESIDE_NUMBER = 1.0


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a figure table: its scenario, its period, and the share of a year it covers."""

    scenario: str
    period: str

    @property
    def name(self) -> str:
        """The name of the column in the figures table."""
        return f"{self.scenario} {self.period}"

    @property
    def per_year(self) -> float:
        """By how much a steady flow grows from this column's period to a year."""
        match = _MONTHS.fullmatch(self.period)
        return _YEAR / (int(match[2]) - int(match[1]) + 1) if match else 1.0


def starts_header(line: str) -> bool:
    """Whether the line opens the header of a figure table."""
    return bool(re.match(r"\s*(?:Suorite\w*|Tunnusluku)\s+T[PA]\s+\d{4}", line)) and is_header_part(line)


def is_header_part(line: str) -> bool:
    """Whether the line holds nothing but words of such a header."""
    return bool(_HEADER_LINE.fullmatch(line))


def read_columns(lines: list[str]) -> tuple[FigureColumn, ...]:
    """The columns the header lines name, in order."""
    return tuple(FigureColumn(*name.split(" ", 1)) for name in printed_columns(lines))


def disagreement(columns: tuple[FigureColumn, ...], cells: tuple[str, ...]) -> float:
    """How far the numbers are from what plan, half-year and forecast of one figure look like."""
    values = [(column, number_of(cell)) for column, cell in zip(columns, cells, strict=True)]
    numbers = [(column, abs(value)) for column, value in values if value is not None]
    return sum(
        _WEIGHTS.get(frozenset((left.scenario, right.scenario)), 0.0) * _distance(left, a, right, b)
        for (left, a), (right, b) in combinations(numbers, 2)
    )


def _distance(left: FigureColumn, a: float, right: FigureColumn, b: float) -> float:
    if not a or not b:
        return 0.0 if a == b else _ZERO_BESIDE_NUMBER
    as_stock = abs(math.log(a / b))
    as_flow = abs(math.log(a * left.per_year / (b * right.per_year)))
    return min(as_stock, as_flow)
