"""Makes the tables of the summaries of a dataset: an SQLite database, the same for the same data.

The rows of a town follow from its own quads and the common ones, so the tables of a country are those of its towns one
after another.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.query.towns import read_towns, slug_in
from hytegraph.graph.replacing import put_on_disk
from hytegraph.graph.results import text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.cells import Cell, cell_of, sort_key
from hytegraph.graph.summaries.definitions import Summary, layout, load_summaries

NO_TOWN = ""
_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
# A file that is not whole in the end is not used. On larger pages a country is merged with a fifth less work.
_FRESH = "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
Rows = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


def make_summaries(dataset: Dataset, base: str, town: str | None = None) -> bytes:
    """The summaries of a dataset as the bytes of a database file; the same data give the same bytes.

    `town` is the slug of the town whose rows are kept, where the dataset is that town's quads and the common ones;
    NO_TOWN keeps what belongs to no town, such as the counts of the common graphs: the dataset is then all quads whose
    subject is no thing of a town. Without it the rows of all towns are kept. Raises as queries of the dataset do.
    """
    connection = sqlite3.connect(":memory:")
    try:
        for summary in load_summaries().values():
            fill(connection, summary, dataset, base, town)
        _write_meta(connection, dataset.origin.checksum if dataset.origin else "")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def merge_summaries(parts: Iterable[Path], out: Path, checksum: Callable[[], str]) -> None:
    """Write the rows of several files, whose towns differ, into a new file; the data's checksum is asked for last."""
    connection = sqlite3.connect(out)
    try:
        connection.executescript(_FRESH)
        for number, part in enumerate(parts):
            connection.execute("ATTACH ? AS part", (str(part),))
            schema = connection.execute(
                "SELECT name, sql FROM part.sqlite_schema WHERE type = 'table' AND name <> 'meta' ORDER BY name"
            ).fetchall()
            for name, statement in schema:
                if number == 0:
                    connection.execute(statement)
                connection.execute(f'INSERT INTO main."{name}" SELECT * FROM part."{name}"')
            connection.commit()
            connection.execute("DETACH part")
        for summary in load_summaries().values():
            _index(connection, summary)
        connection.commit()
        # Nearly all is on the disk when the last line of it comes.
        put_on_disk(out)
        _write_meta(connection, checksum())
        connection.commit()
    finally:
        connection.close()


def fill(
    connection: sqlite3.Connection, summary: Summary, dataset: Dataset, base: str, town: str | None = None
) -> None:
    """Make the table of one summary; those that it is made of are there."""
    columns, rows = _summed(connection, summary) if summary.sql else _asked(summary, dataset, base)
    _create(connection, summary.name, columns)
    marks = ", ".join("?" * (len(columns) + 2))
    for owner, members in groupby(rows, key=itemgetter(0)):
        if town is None or owner == town:
            numbered = ((owner, position, *cells) for position, (_, *cells) in enumerate(members, 1))
            connection.executemany(f'INSERT INTO "{summary.name}" VALUES ({marks})', numbered)
    _index(connection, summary)


def _create(connection: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
    cells = "".join(f', "{column}"' for column in columns)
    connection.execute(
        f'CREATE TABLE "{name}" (town TEXT NOT NULL, position INTEGER NOT NULL{cells}, '
        "PRIMARY KEY (town, position)) WITHOUT ROWID"
    )


def _index(connection: sqlite3.Connection, summary: Summary) -> None:
    for columns in summary.indexes:
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f'CREATE INDEX "{summary.name}.{".".join(columns)}" ON "{summary.name}" ({names})')


def _write_meta(connection: sqlite3.Connection, checksum: str) -> None:
    connection.execute(_META)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", (("data", checksum), ("layout", layout())))


def _summed(connection: sqlite3.Connection, summary: Summary) -> Rows:
    cursor = connection.execute(summary.sql)
    return tuple(name for name, *_ in cursor.description[1:]), sorted(cursor, key=sort_key)


def _asked(summary: Summary, dataset: Dataset, base: str) -> Rows:
    """The rows of a summary's queries after their town, ordered by town and then as the summary says."""
    towns = read_towns(dataset, base)
    columns: tuple[str, ...] = summary.columns
    found: set[tuple[Cell, ...]] = set()
    for query, constants in summary.queries:
        solutions = dataset.query(query)
        if not isinstance(solutions, QuerySolutions):
            raise QueryFailedError("a SELECT query was expected")
        names = [variable.value for variable in solutions.variables]
        columns = columns or tuple(names)
        given = {name: cell_of(Literal(value)) for name, value in constants.items()}
        owner = names.index(summary.town)
        for solution in solutions:
            cells = dict(zip(names, map(cell_of, solution), strict=True)) | given
            of_town = slug_in(text_of(solution[owner]), base)
            found.add((of_town if of_town in towns else NO_TOWN, *map(cells.get, columns)))
    order = [0, *(columns.index(name) + 1 for name in summary.order)]
    return columns, sorted(
        found, key=lambda cells: (sort_key(tuple(cells[place] for place in order)), sort_key(cells))
    )
