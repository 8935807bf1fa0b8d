"""What the extractor wrote last, as a hash per row, so that a person's corrections are seen and kept."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.tables import Row, Table, read_table, write_table

FILE = "extracted.tsv"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which a person's table and the new extraction differ."""

    table: str
    row: str
    column: str
    kept: str
    extracted: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The table to keep, and where it differs from the new extraction."""

    table: Table
    differences: tuple[Difference, ...]


def hash_row(table: Table, row: Row) -> str:
    """A short hash of a row's cells."""
    return hashlib.sha256("\x1f".join(row[name] for name in table.header).encode()).hexdigest()[:16]


def read_extracted(path: Path) -> dict[tuple[str, str], str]:
    """The hash of each row as last written, by (table, row id); empty where nothing was extracted."""
    file = path / FILE
    if not file.exists():
        return {}
    try:
        reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8")), delimiter="\t")
        return {(table, row): digest for table, row, digest in reader}
    except ValueError as error:
        reason = "the record of the extraction is damaged; restore it, or delete it to count every row as corrected"
        raise TableError(FILE, "-", reason) from error


def write_extracted(path: Path, tables: Iterable[Table]) -> None:
    """Remember the rows of the tables as the extractor gives them."""
    lines = [
        f"{table.kind.name}\t{row.id}\t{hash_row(table, row)}\n" for table in tables for row in table.rows
    ]
    (path / FILE).write_text("".join(lines), encoding="utf-8")


def corrected_rows(path: Path, tables: Iterable[Table]) -> frozenset[tuple[str, str]]:
    """The (table, row id) of the rows that are not as the extractor wrote them."""
    written = read_extracted(path)
    return frozenset(
        (table.kind.name, row.id)
        for table in tables
        for row in table.rows
        if written.get((table.kind.name, row.id)) != hash_row(table, row)
    )


def merge(path: Path, new: Table) -> Merge:
    """Join a new extraction with the table on disk: rows a person wrote, changed or deleted stay as the person left them."""
    file = path / f"{new.kind.name}.csv"
    if not file.exists():
        return Merge(new, ())
    old = read_table(file)
    written = read_extracted(path)
    touched = {row.id for row in old.rows if written.get((old.kind.name, row.id)) != hash_row(old, row)}
    deleted = {row for table, row in written if table == new.kind.name} - {row.id for row in old.rows}
    kept = {row.id: row for row in old.rows if row.id in touched}
    fresh = {row.id: row for row in new.rows}
    header = tuple(dict.fromkeys((*old.header, *new.header))) if touched else new.header
    rows = [kept.get(row.id, row) for row in new.rows if row.id not in deleted]
    rows += [row for row in old.rows if row.id in touched and row.id not in fresh]
    differences = tuple(_differences(new, kept, fresh, deleted))
    return Merge(Table(new.kind, header, tuple(sorted(rows, key=_place))), differences)


def _place(row: Row) -> tuple[int, str]:
    number = row.id.removeprefix("L").partition("-")[0]
    return (int(number) if number.isdigit() else 10**9, row.id)


def _differences(
    new: Table, kept: Mapping[str, Row], fresh: Mapping[str, Row], deleted: set[str]
) -> Iterable[Difference]:
    name = new.kind.name
    for row_id, row in kept.items():
        if row_id not in fresh:
            yield Difference(name, row_id, "(row)", "kept as a person wrote it", "(not in the extraction)")
            continue
        for column in new.header:
            if row[column] != fresh[row_id][column]:
                yield Difference(name, row_id, column, row[column], fresh[row_id][column])
    for row_id in sorted(deleted & set(fresh)):
        yield Difference(name, row_id, "(row)", "deleted by a person", "(in the extraction)")


def write_merged(path: Path, table: Table) -> None:
    """Write a table in one step, so that a stop in the middle never leaves half a table."""
    part = path / f".{table.kind.name}.part"
    part.write_text(write_table(table), encoding="utf-8")
    part.replace(path / f"{table.kind.name}.csv")
