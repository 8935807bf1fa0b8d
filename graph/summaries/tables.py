"""The summaries, opened for reading: rows of a town or of all towns, chosen, ordered, counted and summed up.

The tables are those of a release, or in memory: then each is made when it is first asked for, by the same query over
the dataset as it is.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Self
from urllib.parse import quote

from pyoxigraph import Literal

from hytegraph.graph.errors import SummariesError
from hytegraph.graph.results import Row, Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.build_tables import fill
from hytegraph.graph.summaries.cells import Cell, cell_of, term_of
from hytegraph.graph.summaries.definitions import layout, summary_of

# A term, one of several terms, or None for an empty cell.
Wanted = Mapping[str, Term | Sequence[Term] | None]
# The slug of a town, those of several, or None for all.
Towns = str | Sequence[str] | None
TOWN = "town"
# More than the interpreter can use at once.
_CONNECTIONS = 4


class Summaries:
    """The tables of one dataset; safe to ask from several threads. Closed, it answers no more.

    `dataset` and `base` are those to ask where the tables are not kept.
    """

    def __init__(
        self, connections: Iterable[sqlite3.Connection], dataset: Dataset | None = None, base: str = ""
    ) -> None:
        self._free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for connection in connections:
            self._free.put(connection)
        self._dataset = dataset
        self._base = base
        self._made: set[str] = set()

    @classmethod
    def of(cls, dataset: Dataset, base: str) -> Self:
        """The summaries of a dataset of which none are kept; each is asked for when it is first read."""
        return cls([sqlite3.connect(":memory:", check_same_thread=False)], dataset, base)

    @classmethod
    def open(cls, file: Path, checksum: str) -> Self:
        """The summaries in a file, if they are of the data with that checksum; raises SummariesError.

        The connections are opened at once: the file may be removed with its release while a service still reads it.
        """
        address = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
        connections: list[sqlite3.Connection] = []
        try:
            for _ in range(_CONNECTIONS):
                connections.append(sqlite3.connect(address, uri=True, check_same_thread=False))
                facts = dict(connections[-1].execute("SELECT key, value FROM meta").fetchall())
            if facts != {"data": checksum, "layout": layout()}:
                raise SummariesError(file, "it was made of other data or by another version")
        except (sqlite3.Error, ValueError) as error:
            for connection in connections:
                connection.close()
            raise SummariesError(file, f"it is damaged ({error})") from error
        return cls(connections)

    @property
    def is_kept(self) -> bool:
        """Whether the rows were kept when the release was built."""
        return self._dataset is None

    def close(self) -> None:
        """Close the connections that are not in use."""
        while not self._free.empty():
            self._free.get().close()

    def rows(
        self,
        name: str,
        town: Towns = None,
        where: Wanted | None = None,
        *,
        order: Sequence[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[Row, ...]:
        """The rows of a summary with their `town` as a further variable.

        They are those of a town (its slug), of several or of all, and have the wanted terms. They stand by the columns
        of `order`, a column with `-` before it downwards, and then by town in the summary's own order. Raises
        UnknownNameError for a summary that there is not.
        """
        condition, values = _condition(town, where)
        by = [f'"{column.removeprefix("-")}"{" DESC" if column.startswith("-") else ""}' for column in order]
        text = f'SELECT * FROM "{name}"{condition} ORDER BY {", ".join([*by, TOWN, "position"])} LIMIT ? OFFSET ?'
        with self._connection(name) as connection:
            cursor = connection.execute(text, (*values, -1 if limit is None else limit, offset))
            columns = tuple(column for column, *_ in cursor.description if column != "position")
            return tuple(
                Row(columns, (_town_term(town_cell), *map(term_of, cells))) for town_cell, _, *cells in cursor
            )

    def count(
        self, name: str, town: Towns = None, where: Wanted | None = None, distinct: Sequence[str] = ()
    ) -> int:
        """How many rows there are, or how many different ones in the columns of `distinct`."""
        condition, values = _condition(town, where)
        columns = ", ".join(f'"{column}"' for column in distinct)
        inner = f'SELECT DISTINCT {columns} FROM "{name}"{condition}'
        text = f"SELECT COUNT(*) FROM ({inner})" if distinct else f'SELECT COUNT(*) FROM "{name}"{condition}'
        with self._connection(name) as connection:
            return int(connection.execute(text, values).fetchone()[0])

    def counts(
        self, name: str, by: Sequence[str], town: Towns = None, where: Wanted | None = None
    ) -> dict[tuple[Term | None, ...], int]:
        """How many rows have each combination of values in the columns, in the order of these; `town` is one too."""
        return self._grouped("COUNT(*)", name, by, town, where)

    def sums(
        self,
        name: str,
        by: Sequence[str],
        town: Towns = None,
        where: Wanted | None = None,
        of: str = "n",
    ) -> dict[tuple[Term | None, ...], int]:
        """The sum of a column of whole numbers for each combination of values in the columns, as `counts` has it."""
        return self._grouped(f'SUM("{of}")', name, by, town, where)

    def _grouped(
        self, measure: str, name: str, by: Sequence[str], town: Towns, where: Wanted | None
    ) -> dict[tuple[Term | None, ...], int]:
        condition, values = _condition(town, where)
        columns = ", ".join(f'"{column}"' for column in by)
        text = f'SELECT {columns}, {measure} FROM "{name}"{condition} GROUP BY {columns} ORDER BY {columns}'
        with self._connection(name) as connection:
            return {
                tuple(
                    _town_term(cell) if column == TOWN else term_of(cell)
                    for column, cell in zip(by, cells, strict=True)
                ): int(number or 0)
                for *cells, number in connection.execute(text, values)
            }

    @contextmanager
    def _connection(self, name: str) -> Iterator[sqlite3.Connection]:
        summary = summary_of(name)
        connection = self._free.get()
        try:
            if self._dataset is not None:
                for needed in (*summary.sources, name):
                    self._make(connection, needed, self._dataset)
            yield connection
        finally:
            self._free.put(connection)

    def _make(self, connection: sqlite3.Connection, name: str, dataset: Dataset) -> None:
        if name not in self._made:
            fill(connection, summary_of(name), dataset, self._base)
            self._made.add(name)


def _town_term(cell: Cell) -> Term:
    """A town's slug as a term: it is kept as plain text."""
    return Literal(str(cell))


def _condition(town: Towns, where: Wanted | None) -> tuple[str, list[Cell]]:
    parts: list[str] = []
    values: list[Cell] = []
    if town is not None:
        slugs = (town,) if isinstance(town, str) else town
        parts.append(f"{TOWN} IN ({', '.join('?' * len(slugs))})")
        values += slugs
    for column, wanted in (where or {}).items():
        if wanted is None:
            parts.append(f'"{column}" IS NULL')
            continue
        terms = wanted if isinstance(wanted, Sequence) else (wanted,)
        parts.append(f'"{column}" IN ({", ".join("?" * len(terms))})')
        values += map(cell_of, terms)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
