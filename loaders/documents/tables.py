"""The reviewable tables: their columns, and reading and writing them as CSV."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.csv_files import PLAIN, Dialect, csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.spans import Span, parse_spans
from hytegraph.loaders.documents.table_kinds import KINDS, TableKind

# An id becomes part of an IRI and of addresses.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `line` is the line of the CSV file, 0 while it has none."""

    cells: Mapping[str, str]
    line: int = 0

    @property
    def id(self) -> str:
        """The identifier of the row within its table."""
        return self.cells["id"]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a cell that joins several with ` | `."""
        return tuple(value.strip() for value in self[column].split("|") if value.strip())

    def spans(self, column: str = "lines") -> tuple[Span, ...]:
        """The line ranges of a cell."""
        return parse_spans(self[column])


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its kind, its column names in order, its rows in the order of the document."""

    kind: TableKind
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    dialect: Dialect = PLAIN

    @property
    def extra(self) -> tuple[str, ...]:
        """The open-ended columns in their order."""
        known = set(self.kind.names())
        return tuple(name for name in self.header if name not in known)

    def line_columns(self) -> tuple[str, ...]:
        """The columns that hold line ranges."""
        return tuple(name for name in self.header if name == "lines" or name.endswith("_lines"))

    def checked_columns(self) -> Iterator[tuple[str, str]]:
        """Pairs of a text column and the column of the lines its text must occur in."""
        for column in self.kind.columns:
            if column.found_in and column.name in self.header:
                yield column.name, column.found_in
        for name in self.extra:
            yield name, "lines"


def table_of(kind: str, rows: Iterable[Mapping[str, str]], extra: tuple[str, ...] = ()) -> Table:
    """A table of that kind from cells by column name; open-ended columns stand before `lines`."""
    rows = tuple(rows)
    unused = {column.name for column in KINDS[kind].columns if column.optional} - {
        name for row in rows for name, text in row.items() if text
    }
    names = [name for name in KINDS[kind].names() if name not in unused]
    at = names.index("lines") if extra else len(names)
    header = (*names[:at], *extra, *names[at:])
    unknown = {name for row in rows for name in row} - {*header, *unused}
    if unknown:
        raise ValueError(f"table {kind} has no column {sorted(unknown)}")
    return Table(
        KINDS[kind], header, tuple(Row({name: row.get(name, "") for name in header}) for row in rows)
    )


def with_rows(table: Table, rows: Iterable[Mapping[str, str]]) -> Table:
    """The table with further rows."""
    added = table_of(table.kind.name, tuple(rows), table.extra).rows
    return replace(table, rows=(*table.rows, *added))


def write_table(table: Table) -> bytes:
    """The table as a CSV file in its dialect."""
    rows = [[row[name] for name in table.header] for row in table.rows]
    return csv_bytes(table.header, rows, table.dialect)


def read_table(path: Path, kind: TableKind | None = None) -> Table:
    """Read a table as a person's spreadsheet may have saved it; raises TableError naming table, row and line.

    The kind is that of the file's name where none is given.
    """
    name = f"{path.parent.name}/{path.name}"
    kind = kind or KINDS.get(path.stem)
    if kind is None:
        raise TableError(
            name, "-", f"no table is called '{path.stem}'; there are: {', '.join(sorted(KINDS))}"
        )
    file = read_csv(path, name)
    _check_header(name, kind, file.header, file.header_line)
    rows = tuple(Row(cells, line) for line, cells in file.records())
    _check_ids(name, rows)
    return Table(kind, file.header, rows, file.dialect)


def _check_header(name: str, kind: TableKind, header: tuple[str, ...], line: int) -> None:
    missing = [each.name for each in kind.columns if not each.optional and each.name not in header]
    if missing:
        raise TableError(name, "-", f"the column '{missing[0]}' is missing", line=line)
    twice = [column for column in header if header.count(column) > 1]
    if twice:
        raise TableError(name, "-", f"two columns are called '{twice[0]}'", line=line)
    unknown = [column for column in header if column not in kind.names()]
    if unknown and not kind.open_ended:
        raise TableError(name, "-", f"the column '{unknown[0]}' is not known", line=line)


def _check_ids(name: str, rows: tuple[Row, ...]) -> None:
    seen: set[str] = set()
    for row in rows:
        if not row.id:
            raise TableError(name, "-", "the row has no id", line=row.line)
        if not _ID.fullmatch(row.id):
            reason = "an id is made of letters a to z, digits, '.', '-' and '_', such as L12-2"
            raise TableError(name, row.id, reason, line=row.line)
        if row.id in seen:
            raise TableError(name, row.id, "the id is used twice", line=row.line)
        seen.add(row.id)
