"""Tables of a document of which whole lines are removed: what was read from those lines goes, the rest stays."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.finnish.folding import squash
from hytegraph.loaders.documents.citations import Place, coverage, locate_row, locate_tables
from hytegraph.loaders.documents.corrections import corrected_rows
from hytegraph.loaders.documents.folder import read_tables
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, SEPARATOR, SURE
from hytegraph.loaders.documents.tables import Row, Table, table_of, with_rows
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.privacy.reading import PERSONAL, Reading, lines_of_person

_CUT = "Riviltä on poistettu henkilötietoja."
_ORPHAN = "Rivin taulukkorivistä on poistettu henkilötietoja, joten sen paikka taulukossa ei ole varma."
_LACKING = "Asiakirjasta on poistettu kokonaisia rivejä, joten sen rakenne on voitu lukea väärin."


def extracted_before(folder: Path) -> tuple[Table, ...]:
    """The rows of a document's tables that stand as the extractor wrote them."""
    tables = read_tables(folder) if folder.exists() else ()
    touched = corrected_rows(folder, tables)
    return tuple(
        replace(table, rows=tuple(row for row in table.rows if (table.kind.name, row.id) not in touched))
        for table in tables
    )


def all_ambiguous(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables with every row called ambiguous, because lines are missing between those it was read from."""
    return tuple(
        replace(
            table,
            rows=tuple(_with(row, certainty=AMBIGUOUS, note=row["note"] or _LACKING) for row in table.rows),
        )
        for table in tables
    )


def without_lost_lines(
    tables: Iterable[Table], reading: Reading, folder: Path
) -> tuple[tuple[Table, ...], frozenset[str]]:
    """The extracted tables without the words of removed lines, with a passage for each of these, and the values that
    went.
    """
    lost = frozenset(reading.removed_lines)
    if not lost:
        return tuple(tables), frozenset()
    cuts: dict[str, str] = {}
    cut = [_cut_table(table, reading, lost, cuts) for table in tables]
    cut = [replace(table, rows=tuple(_repeated(table, row, cuts) for row in table.rows)) for table in cut]
    passages = next((table for table in cut if table.kind.name == "passages"), table_of("passages", ()))
    others = [table for table in cut if table.kind.name != "passages"]
    rows = _passages(reading, [*others, passages], folder)
    return (*others, with_rows(passages, rows)), frozenset(cuts)


def _cut_table(table: Table, reading: Reading, lost: frozenset[int], cuts: dict[str, str]) -> Table:
    rows = (_cut_row(table, row, reading, lost, cuts) for row in table.rows)
    return replace(table, rows=tuple(row for row in rows if row))


def _cut_row(
    table: Table, row: Row, reading: Reading, lost: frozenset[int], cuts: dict[str, str]
) -> Row | None:
    """The row without the words of lost lines; None when nothing of it is left.

    `cuts` collects what became of values.
    """
    lines = {name: _numbers(row, name) for name in table.line_columns()}
    if not any(lost & numbers for numbers in lines.values()):
        return row
    cells = {name: format_spans(spans_of(numbers - lost)) for name, numbers in lines.items()}
    values = locate_row(reading.layout, table, row)
    for column, cited in table.checked_columns():
        if lost & lines.get(cited, frozenset()):
            left = [(value, _cut(value, places, lost)) for value, places in values[column]]
            cuts.update((value, rest) for value, rest in left if value != rest)
            cells[column] = SEPARATOR.join(rest for _, rest in left if rest)
    checked = [cells.get(column, row[column]) for column, _ in table.checked_columns()]
    # What has lost its goal cannot be traced to anything.
    aimless = row["goal"] and not cells.get("goal", row["goal"])
    if aimless or not any(checked) or not any(cells[name] for name in lines):
        return None
    return _with(row, **cells, certainty=AMBIGUOUS, note=row["note"] or _CUT)


def _numbers(row: Row, column: str) -> frozenset[int]:
    return frozenset(number for span in row.spans(column) for number in span.numbers())


def _cut(value: str, places: list[Place], lost: frozenset[int]) -> str:
    """A value without the characters that stand on lost lines; nothing of one that is not written as it stands
    there.
    """
    if not places:
        return ""
    kept, at = "", 0
    for character in value:
        counts = bool(squash(character))
        if places[min(at, len(places) - 1)][0] not in lost:
            kept += character
        at += counts
    return " ".join(kept.split())


def _repeated(table: Table, row: Row, cuts: dict[str, str]) -> Row:
    """The row with what became of values that it repeats from other rows, such as its aim."""
    checked = {column for column, _ in table.checked_columns()} | {"id", *table.line_columns()}
    cells = {
        name: SEPARATOR.join(filter(None, (cuts.get(value, value) for value in row.values(name))))
        for name, cell in row.cells.items()
        if name not in checked and any(value in cuts for value in row.values(name))
    }
    return _with(row, **cells) if cells else row


def _with(row: Row, **cells: str) -> Row:
    return Row({**row.cells, **cells}, row.line)


def _passages(reading: Reading, tables: Iterable[Table], folder: Path) -> Iterator[dict[str, str]]:
    """A row for each removed line that no row of a person stands for, and for each line that is in no table now."""
    by_person = lines_of_person(folder) if folder.exists() else frozenset()
    for number in sorted(set(reading.removed_lines) - by_person):
        yield _passage(number, kind=PERSONAL)
    cleaner = Cleaner(reading.redacted)
    for number in coverage(locate_tables(reading.redacted, tables)).unexplained:
        if number not in reading.removed_lines:
            text = cleaner.clean([reading.redacted.line(number)])
            yield _passage(number, kind="heading", text=text, certainty=AMBIGUOUS, note=_ORPHAN)


def _passage(number: int, **cells: str) -> dict[str, str]:
    return {"id": f"L{number}", "lines": f"L{number}", "certainty": SURE} | cells
