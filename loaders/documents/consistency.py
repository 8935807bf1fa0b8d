"""Rules between the rows of a document's tables: what one row says must not be lost behind another."""

from itertools import groupby

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.citations import LocatedTables
from hytegraph.loaders.documents.tables import Row, Table

# What each line of a table row says of its own; the other columns are the row's.
_OWN = ("id", "measure", "measure_lines", "number", "number_lines", "certainty", "note")


def check_consistency(located: LocatedTables, corrected: frozenset[tuple[str, str]]) -> None:
    """Raise TableError for a row whose cells would have no effect; `corrected` are those that a person has touched."""
    measures = located.tables.get("measures")
    if measures:
        _check_lines_of_rows(f"{located.document.name}/measures.csv", measures)
    for name in ("measures", "realisations"):
        _check_aims(located, name)
    _check_units(located)
    _check_cited_decisions(located)
    for table in located.tables.values():
        for row in table.rows:
            if (table.kind.name, row.id) in corrected:
                _check_tight(located, table, row)


def _check_lines_of_rows(name: str, measures: Table) -> None:
    """The lines of a table row stand together, begin with the line that names it, and agree in what is the row's."""
    seen: set[str] = set()
    for identifier, group in groupby(measures.rows, key=lambda row: row["row"]):
        head, *others = group
        if head.id != identifier or identifier in seen:
            reason = f"row is '{identifier}': the lines of a table row follow one another, and the first has its id"
            raise TableError(name, head.id, reason, line=head.line)
        seen.add(identifier)
        for other in others:
            _check_agreement(name, head, other)


def _check_agreement(name: str, head: Row, other: Row) -> None:
    for column in head.cells:
        if column not in _OWN and other[column] != head[column]:
            reason = (
                f"{column} is '{other[column]}', but '{head[column]}' on the first line of the same table row, "
                f"{head.id}; correct both"
            )
            raise TableError(name, other.id, reason, line=other.line)


def _check_aims(located: LocatedTables, name: str) -> None:
    """An aim that a row stands under is one that the document's aims or goals name."""
    aims = {
        row["aim"]
        for table in ("aims", "goals")
        for row in (located.tables[table].rows if table in located.tables else ())
    }
    for row in located.tables[name].rows if name in located.tables else ():
        if row["aim"] and row["aim"] not in aims:
            reason = f"aim: neither aims.csv nor goals.csv of the document names '{row['aim']}'"
            raise TableError(f"{located.document.name}/{name}.csv", row.id, reason, line=row.line)


def _check_units(located: LocatedTables) -> None:
    units = located.tables.get("units")
    for row in units.rows if units else ():
        if (row["kind"] == "sector") == bool(row["parent"]):
            reason = "a sector has no parent, a result area has the sector that it belongs to"
            raise TableError(f"{located.document.name}/units.csv", row.id, reason, line=row.line)


def _check_cited_decisions(located: LocatedTables) -> None:
    """What a decision cites is a row of citations, which says body, date and section."""
    decisions, citations = located.tables.get("decisions"), located.tables.get("citations")
    listed = {row["text"] for row in citations.rows} if citations else set()
    for row in decisions.rows if decisions else ():
        for words in row.values("cites"):
            if words not in listed:
                reason = f"cites: citations.csv has no row for '{words}'"
                raise TableError(f"{located.document.name}/decisions.csv", row.id, reason, line=row.line)


def _check_tight(located: LocatedTables, table: Table, row: Row) -> None:
    """The lines that a cell cites begin and end with its words, so that widened lines claim no more evidence."""
    used: dict[str, set[int]] = {}
    for column, lines in table.checked_columns():
        for _, places in located.values[table.kind.name, row.id][column]:
            used.setdefault(lines, set()).update(line for line, _ in places)
    for lines, numbers in used.items():
        for span in row.spans(lines) if numbers else ():
            if span.first not in numbers or span.last not in numbers:
                reason = f"{lines}: {span} begins or ends with a line that has none of the words"
                raise TableError(
                    f"{located.document.name}/{table.kind.name}.csv", row.id, reason, line=row.line
                )
