"""What a sample is: a document's parts, the form in which it is written, and what a reader should find in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

ROLES = (
    "aim", "priority", "goal", "number", "sector", "measure", "responsible", "partner", "schedule", "resource",
    "indicator", "baseline", "target", "realisation", "status",
)  # fmt: skip
DECISION_FIELDS = ("body", "date", "section", "title")

# A row's gold: for a column the readings that are right, the items of each separated by " | ".
Gold = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; it covers `rows` and `columns`. `shown` is a number and its format, for a workbook."""

    text: str
    rows: int = 1
    columns: int = 1
    fill: str = ""
    is_rotated: bool = False
    shown: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; what a cell above covers is left out of a row. `rules` is `grid` or `horizontal`."""

    rows: list[list[Cell]]
    headers: int = 1
    rules: str = "grid"
    is_header_repeated: bool = True
    widths: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])


Part = Heading | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    parts: list[Part]
    is_hidden: bool = False


@dataclass(slots=True)
class Sample:
    """One document; `half` is `open` or `held`, `absent` are words that must not be in folder or release."""

    structure: str
    half: str
    form: str
    town: str
    language: str
    sheets: list[Sheet]
    rows: list[Gold] = field(default_factory=list)
    decisions: list[Gold] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    is_plan: bool = True
    number: int = 1

    @property
    def name(self) -> str:
        return f"{self.structure}-{self.half}-{self.number}"

    @property
    def parts(self) -> list[Part]:
        return [part for sheet in self.sheets for part in sheet.parts]


def plain_grid(rows: Iterable[Iterable[str]]) -> list[list[Cell]]:
    return [[Cell(text) for text in row] for row in rows]
