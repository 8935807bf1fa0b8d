"""Rows under named columns: the data behind a page, as CSV and JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hytegraph.server.text.messages import TEXTS, Language, translate

# The column that says whose a row is.
TOWN = "town"
Cell = str | int | float | Decimal | None

# The columns whose cells are codes, and how the keys of their texts begin.
_CODES: Mapping[str, tuple[str, ...]] = {
    "basis": ("basis.", "mark."),
    "certainty": ("certainty.",),
    "review": ("mark.",),
    "kind": ("periods.kind.", "search.kind.", "trace.kind.", "class."),
    "group": ("gaps.group.",),
    "has": ("indicators.has.",),
    "scenario": ("scenario.of.",),
    "state": ("results.state.",),
    "level": ("periods.level.", "trace."),
    "what": ("compare.count.", "changes.what."),
    "step": ("trace.",),
    "relation": ("term.hyte:", "periods.kind.", "trace.state."),
    "how": ("party.", "responsibility.", "compare.how.", "mark."),
    "isTotal": ("cell.",),
    "inDefaultGraph": ("cell.",),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under named columns, None where a cell is empty; `name` becomes that of the file.

    `links` are the addresses to which the cells lead, row by row, where they are not told by the cells themselves.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[tuple[str | None, ...], ...] = ()

    def of_town(self, name: str) -> "Table":
        """The table with the town's name in a column of its own, the first; as it is where it has that column."""
        return self if TOWN in self.columns else self.of_towns([name] * len(self.rows))

    def of_towns(self, names: Sequence[str | None]) -> "Table":
        """The table with the name of each row's town in a column of its own, the first."""
        rows = tuple((name, *row) for name, row in zip(names, self.rows, strict=True))
        links = tuple((None, *row) for row in self.links)
        return replace(self, columns=(TOWN, *self.columns), rows=rows, links=links)

    def as_csv(self) -> str:
        """CSV by RFC 4180 with the names of the columns first."""
        output = io.StringIO()
        writer = csv.writer(output, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return output.getvalue()

    def as_json(self) -> str:
        """A JSON object with the columns and one object for every row."""
        rows = [dict(zip(self.columns, map(_json, row), strict=True)) for row in self.rows]
        return (
            json.dumps({"columns": self.columns, "rows": rows}, ensure_ascii=False, indent=1, allow_nan=False)
            + "\n"
        )


def code_text(column: str, cell: str, language: Language) -> str:
    """A code by its words; a cell of another column, or without words, as it is."""
    for prefix in _CODES.get(column, ()):
        if f"{prefix}{cell}" in TEXTS:
            return translate(f"{prefix}{cell}", language)
    return cell


def title_of_column(column: str, language: Language, table: str = "") -> str:
    """The heading of a column as it begins a line."""
    text = heading(column, language, table)
    return text[:1].upper() + text[1:]


def heading(column: str, language: Language, table: str = "") -> str:
    """The heading of a column, in that table where it has one of its own; its name where no text is written for it."""
    for key in (f"column.{table}.{column}", f"column.{column}"):
        if key in TEXTS:
            return translate(key, language)
    return column


def _json(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
