"""The columns of figure tables: their names, and whether they are those of the document's own header lines."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping

from hytegraph.graph.errors import TableError
from hytegraph.graph.periods import Period, parse_period
from hytegraph.loaders.documents.citations import LineCharacters, LocatedTables
from hytegraph.loaders.documents.tables import Row, Table

_PRINTED = re.compile(r"(TP|TA|TOTEUMA|(?:TP-?\s*)?ENNUSTE)\s+(\d{1,2}[-–]\d{1,2}/\d{4}|\d{4})")
_COLUMN = re.compile(r"(TP|TA|TOTEUMA|ENNUSTE) (.+)")


def printed_columns(lines: Iterable[str]) -> tuple[str, ...]:
    """The columns that header lines name, as tables call them, in order.

    >>> printed_columns(["Suorite TP 2021 TOTEUMA", "1–6/2022 TP-", "ENNUSTE 2022"])
    ('TP 2021', 'TOTEUMA 1-6/2022', 'ENNUSTE 2022')
    """
    text = re.sub(r"-\s+", "-", " ".join(" ".join(lines).split()))
    return tuple(
        f"{'ENNUSTE' if 'ENNUSTE' in match[1] else match[1]} {match[2].replace('–', '-')}"
        for match in _PRINTED.finditer(text)
    )


def scenario_of(column: str) -> tuple[str, Period]:
    """The scenario and the period that a column names; raises ValueError where it names none.

    >>> scenario_of("TA 2022")[0]
    'TA'
    """
    match = _COLUMN.fullmatch(column)
    if not match:
        raise ValueError(f"the column '{column}' names no scenario and period, such as TP 2021")
    try:
        return match[1], parse_period(match[2])
    except ValueError as error:
        raise ValueError(f"the column '{column}': {error}") from error


def check_figures(located: LocatedTables) -> None:
    """Raise TableError for a figure whose columns are not those of the header that stands above it, in its order."""
    table = located.tables.get("figures")
    if table is None:
        return
    name = f"{located.document.name}/figures.csv"
    for column in table.extra:
        try:
            scenario_of(column)
        except ValueError as error:
            raise TableError(name, "-", str(error), line=1) from error
    headers = _headers(located)
    starts = sorted(headers)
    for row in table.rows:
        above = bisect(starts, row.spans()[0].first) - 1
        if above < 0:
            raise TableError(name, row.id, "no header of a figure table stands above it", line=row.line)
        _check_row(located, table, row, (starts[above], headers[starts[above]]))


def _headers(located: LocatedTables) -> Mapping[int, tuple[str, ...]]:
    """The columns of each header of a figure table, by its first line."""
    passages = located.tables.get("passages")
    headers = {}
    for row in passages.rows if passages else ():
        columns = printed_columns(located.document.slice(row.spans()))
        if row["kind"] == "tableHeader" and len(columns) > 1:
            headers[row.spans()[0].first] = columns
    return headers


def _check_row(located: LocatedTables, table: Table, row: Row, header: tuple[int, tuple[str, ...]]) -> None:
    line, columns = header
    name = f"{located.document.name}/figures.csv"
    used = [column for column in table.extra if row[column]]
    for column in used:
        if column not in columns:
            reason = f"the header on line {line} names no '{column}' but {', '.join(columns)}"
            raise TableError(name, row.id, reason, line=row.line)
    characters = LineCharacters(located.document, row.spans())
    at = 0
    for column in sorted(used, key=columns.index):
        for value in row.values(column):
            start = characters.find_from(value, at)
            if start < 0:
                reason = (
                    f"'{value}' stands before what belongs there: the columns are, in the header's order "
                    f"(line {line}), {', '.join(columns)}"
                )
                raise TableError(name, row.id, f"{column}: {reason}", line=row.line)
            at = start + len(characters.places(start, value))
