"""The profile of a document: what each of its tables and columns is taken for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HEADER_ROWS, CARD, MATRIX, OTHER = SHAPES = ("header-rows", "card", "matrix", "other")


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """A column by its heading; () for a role that is none, several for a joined one.

    `group` is `ageGroup` or `sectorName` where the column of a matrix stands for one, '' elsewhere.
    """

    heading: str
    roles: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableProfile:
    """A table of the document: its shape, how many of its first rows are headings, and its columns by number.

    `labels` are the roles of a card's labels. `confidence` is 0 to 1; `reason` says why a table is none of a plan.
    """

    number: int
    sheet: str
    shape: str
    header_rows: int = 0
    columns: Mapping[int, ColumnProfile] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: float = 0.0
    reason: str = ""

    def of_role(self, role: str) -> list[int]:
        """The columns of a role, joined ones too."""
        return [column for column, profile in sorted(self.columns.items()) if role in profile.roles]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document and its tables are taken for; `is_approved` once a person has said so."""

    tables: tuple[TableProfile, ...] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    kind: str = ""
    title: str = ""
    period: str = ""
    date: str = ""
    is_approved: bool = False

    def table(self, sheet: str, number: int) -> TableProfile | None:
        """The profile of a table, None where there is none."""
        return next((table for table in self.tables if (table.sheet, table.number) == (sheet, number)), None)
