"""What the extractor wrote last, as a hash per row, so that a person's corrections are seen and kept."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.tables import Row, Table, read_table, write_table

FILE = "extracted.tsv"
# In place of a column: the row, or the table, as a whole.
ALL = "(row)"
DELETED = "deleted by a person"
RESTORED = "the table, which is written again"
_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which a person's table and the new extraction differ."""

    table: str
    row: str
    column: str
    kept: str
    extracted: str

    def __str__(self) -> str:
        where = f"{self.table}.csv" + (f", row {self.row}" if self.row != "-" else "")
        if self.extracted == RESTORED:
            return f"{where}: the file was deleted; it is written again as extracted"
        column = "" if self.column == ALL else f", {self.column}"
        return f"{where}{column}: kept «{self.kept}»; the extraction has «{self.extracted}»"


@dataclass(frozen=True, slots=True)
class Merge:
    """The table to keep, and where it differs from the new extraction."""

    table: Table
    differences: tuple[Difference, ...]


def hash_row(row: Row) -> str:
    """A short hash of a row's cells under their column names; the order of columns and empty cells do not count."""
    cells = sorted((name, value) for name, value in row.cells.items() if value)
    text = "\x1f".join(f"{name}\x1e{value}" for name, value in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _hash_of_0_1(table: Table, row: Row) -> str:
    """The hash of version 0.1: the cells in the order of the columns, without their names."""
    return hashlib.sha256("\x1f".join(row[name] for name in table.header).encode()).hexdigest()[:16]


def _is_as_extracted(table: Table, row: Row, digest: str | None) -> bool:
    expected = hash_row(row) if len(digest or "") == _LENGTH else _hash_of_0_1(table, row)
    return digest == expected


def read_extracted(path: Path) -> dict[tuple[str, str], str]:
    """The hash of each row as last written, by (table, row id); empty where nothing was extracted."""
    file = path / FILE
    if not file.exists():
        return {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return {(table, row): digest for table, row, digest in (line.split("\t") for line in lines)}
    except ValueError as error:
        reason = "the record of the extraction is damaged; restore it, or delete it to count every row as corrected"
        raise TableError(f"{path.name}/{FILE}", "-", reason) from error


def write_extracted(path: Path, tables: Iterable[Table]) -> None:
    """Remember the rows of the tables as the extractor gives them."""
    lines = [f"{table.kind.name}\t{row.id}\t{hash_row(row)}\n" for table in tables for row in table.rows]
    (path / FILE).write_text("".join(lines), encoding="utf-8", newline="\n")


def corrected_rows(path: Path, tables: Iterable[Table]) -> frozenset[tuple[str, str]]:
    """The (table, row id) of the rows that are not as the extractor wrote them."""
    written = read_extracted(path)
    return frozenset(
        (table.kind.name, row.id)
        for table in tables
        for row in table.rows
        if not _is_as_extracted(table, row, written.get((table.kind.name, row.id)))
    )


def merge(path: Path, new: Table) -> Merge:
    """Join a new extraction with the table on disk: rows a person wrote, changed or deleted stay as the person left
    them.

    The file keeps the dialect and the order of columns in which a spreadsheet has saved it.
    """
    name = new.kind.name
    file = path / f"{name}.csv"
    written = read_extracted(path)
    if not file.exists():
        lost = any(table == name for table, _ in written) and bool(new.rows)
        return Merge(new, (Difference(name, "-", ALL, DELETED, RESTORED),) if lost else ())
    old = read_table(file)
    touched = {row for _, row in corrected_rows(path, [old])}
    deleted = {row for table, row in written if table == name} - {row.id for row in old.rows}
    kept = {row.id: row for row in old.rows if row.id in touched}
    fresh = {row.id: row for row in new.rows}
    rows = [kept.get(row.id, row) for row in new.rows if row.id not in deleted]
    rows += [row for row in old.rows if row.id in touched and row.id not in fresh]
    differences = tuple(_differences(new, kept, fresh, deleted))
    header = _header(old, new, kept.values())
    return Merge(
        Table(new.kind, header, tuple(sorted(rows, key=lambda row: row_place(row.id))), old.dialect),
        differences,
    )


def _header(old: Table, new: Table, kept: Iterable[Row]) -> tuple[str, ...]:
    """The columns of the file as they stand, without those that hold nothing, and those that are new."""
    used = {name for row in kept for name, value in row.cells.items() if value}
    standing = [name for name in old.header if name in new.header or name in used]
    return tuple(dict.fromkeys((*standing, *new.header)))


def row_place(row_id: str) -> tuple[int, str]:
    """Where a row belongs among the others: by its first line."""
    number = row_id.removeprefix("L").partition("-")[0]
    return (int(number) if number.isdigit() else 10**9, row_id)


def _differences(
    new: Table, kept: Mapping[str, Row], fresh: Mapping[str, Row], deleted: set[str]
) -> Iterable[Difference]:
    name = new.kind.name
    for row_id, row in kept.items():
        if row_id not in fresh:
            yield Difference(name, row_id, ALL, "the row as a person wrote it", "no such row")
            continue
        for column in sorted({*row.cells, *new.header}):
            if row[column] != fresh[row_id][column]:
                yield Difference(name, row_id, column, row[column], fresh[row_id][column])
    for row_id in sorted(deleted & set(fresh)):
        yield Difference(name, row_id, ALL, DELETED, "the row")


def write_merged(path: Path, table: Table) -> None:
    """Write a table; one without rows has no file."""
    file = path / f"{table.kind.name}.csv"
    if table.rows:
        file.write_bytes(write_table(table))
    else:
        file.unlink(missing_ok=True)
