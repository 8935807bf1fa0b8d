"""The reviewable tables: their columns, and reading and writing them as CSV."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.csv_files import PLAIN, Dialect, csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.document import Span, parse_spans

SEPARATOR = " | "
SURE = "sure"
AMBIGUOUS = "ambiguous"
# An id becomes part of an IRI and of addresses.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it means, the column whose lines its text must occur in, the form its text must have."""

    name: str
    meaning: str
    found_in: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table; `open_ended` takes one further column per scenario and period."""

    name: str
    columns: tuple[Column, ...]
    open_ended: bool = False

    def names(self) -> tuple[str, ...]:
        """All column names in their order, without the open-ended ones."""
        return tuple(column.name for column in self.columns)


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
            if column.found_in:
                yield column.name, column.found_in
        for name in self.extra:
            yield name, "lines"


def _kind(name: str, *columns: Column, open_ended: bool = False) -> TableKind:
    first = Column("id", "identifier of the row, from its first line")
    last = (
        Column("certainty", "sure, or ambiguous where two readings are possible", form="sure|ambiguous"),
        Column("note", "why a row is ambiguous, or what a reviewer wants to say"),
    )
    return TableKind(name, (first, *columns, *last), open_ended)


def _text(name: str, meaning: str) -> Column:
    return Column(name, meaning, "lines")


def _cell(name: str, meaning: str) -> tuple[Column, Column]:
    lines = f"{name}_lines"
    return Column(name, meaning, lines), Column(lines, f"lines of {name}")


DATE = r"\d{4}-\d{2}-\d{2}"
PERIOD = r"\d{4}(-\d{4})?|\d{1,2}-\d{1,2}/\d{4}"
LINES = Column("lines", "lines of the row")
AIM = Column("aim", "strategic aim the row stands under")
SECTOR = Column("sector", "sector the row belongs to")

KINDS: dict[str, TableKind] = {
    kind.name: kind
    for kind in (
        _kind("aims", _text("aim", "strategic aim as its heading names it"), LINES),
        _kind("goals", AIM, _text("goal", "goal"), LINES),
        _kind("priorities", AIM, _text("priority", "wellbeing priority"), LINES),
        _kind(
            "measures",
            Column("row", "identifier of the table row the measure stands in"),
            AIM,
            SECTOR,
            *_cell("goal", "goal or goals of the row"),
            *_cell("measure", "measure or measures"),
            *_cell("responsible", "responsible parties"),
            *_cell("schedule", "schedule"),
            *_cell("indicator", "indicators"),
            *_cell("realisation", "reported realisation"),
            *_cell("cites", "decisions cited loose in the row"),
        ),
        _kind("realisations", AIM, _text("realisation", "paragraph on what was done"), LINES),
        _kind(
            "projects", _text("project", "key project"), Column("period", "year or years", form=PERIOD), LINES
        ),
        _kind(
            "decisions",
            *_cell("title", "title of the matter"),
            Column("body", "deciding body", "heading_lines"),
            Column("date", "date of the meeting, ISO", form=DATE),
            Column("section", "number of the section", "heading_lines", form=r"\d*"),
            Column("caseNumber", "case number", "heading_lines", form=r"(\d[\d./-]*)?"),
            Column("heading_lines", "lines of body, date, section and case number"),
            *_cell("preparedBy", "post that prepared the matter"),
            *_cell("presentedBy", "post that presented the matter"),
            *_cell("proposal", "text of the proposal"),
            *_cell("decision", "text of the decision"),
            *_cell("cites", "decisions cited in the text"),
        ),
        _kind("narratives", SECTOR, _text("text", "paragraph of prose"), LINES),
        _kind(
            "units",
            Column("kind", "sector or resultArea", form="sector|resultArea"),
            _text("unit", "name of the unit"),
            Column("parent", "unit it belongs to"),
            LINES,
        ),
        _kind(
            "figures",
            SECTOR,
            Column("serviceArea", "result area of the table"),
            Column("group", "group heading the row stands under"),
            Column("parent", "figure whose part this is"),
            _text("indicator", "row heading as printed"),
            Column("unit", "unit of measure, where the document gives one"),
            LINES,
            open_ended=True,
        ),
        _kind(
            "amendments",
            SECTOR,
            _text("item", "unit the change concerns"),
            _text("income", "change of income as printed"),
            _text("expense", "change of expenditure as printed"),
            _text("net", "net change as printed"),
            Column("netConvention", "sign of net", form="incomeMinusExpenditure|expenditureMinusIncome"),
            LINES,
        ),
        _kind(
            "citations",
            Column("what", "what the cited decision adopted", form="strategy|priorities|projects"),
            Column("body", "deciding body"),
            Column("date", "date, ISO", form=DATE),
            Column("section", "number of the section", form=r"\d*"),
            _text("text", "words of the citation"),
            LINES,
        ),
        _kind(
            "losses",
            Column("kind", "what was lost", form="sdgColumn|chartValues|attachment"),
            _text("text", "words that show it"),
            LINES,
        ),
        _kind(
            "passages",
            Column("kind", "kind of passage", form="heading|tableHeader|instruction|furniture|personalData"),
            _text("text", "words of the passage; empty for furniture and personalData"),
            LINES,
        ),
    )
}


# Not of the document: what may be personal data and what a person has decided of it. It never reaches a release.
PRIVACY = TableKind(
    "privacy",
    (
        Column("id", "identifier of the row, from its first line"),
        Column("lines", "lines that hold the words"),
        Column("words", "words that may be personal data; empty once they are removed"),
        Column("kind", "name, phone, email, account, address or identity"),
        Column("decision", "empty while it waits, remove or keep"),
        Column("note", "why"),
    ),
)


def table_of(kind: str, rows: Iterable[Mapping[str, str]], extra: tuple[str, ...] = ()) -> Table:
    """A table of that kind from cells by column name; open-ended columns stand before `lines`."""
    names = list(KINDS[kind].names())
    at = names.index("lines") if extra else len(names)
    header = (*names[:at], *extra, *names[at:])
    unknown = {name for row in rows for name in row} - set(header)
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
    missing = [column for column in kind.names() if column not in header]
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
