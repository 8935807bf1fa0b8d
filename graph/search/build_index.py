"""Makes the index of a dataset: an SQLite database with all that answering a search needs, the same for the same data.

An index is merged from those of the parts of the data, so that for one changed part only its words are indexed anew.
The postings of a term are then beside each other, those of each part in a row. The dictionary forms of the terms are
written into the index, so that searching needs no dictionary.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.finnish.dictionary import forms_of
from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.replacing import put_on_disk
from hytegraph.graph.search.combinations import COMBINATIONS, HELD, CombinationsWriter
from hytegraph.graph.search.entries import Value, read_findable
from hytegraph.graph.search.part_index import (
    FRESH,
    KNOWN,
    OF_PART,
    TABLES,
    USED,
    combinations_of,
    number_of,
    read_values,
    write_part_index,
    write_values,
)
from hytegraph.graph.store.dataset import Dataset

# Raised when indexes are made in another way than before, so that old ones are not read.
LAYOUT = 5
_SCHEMA = f"""
{TABLES}
CREATE TEMP {USED}
CREATE TEMP TABLE gathered AS SELECT * FROM posting;
CREATE TABLE {COMBINATIONS};
CREATE TABLE {HELD};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (id INTEGER PRIMARY KEY, form TEXT NOT NULL, uses INTEGER NOT NULL);
CREATE VIRTUAL TABLE spellings USING fts5(folded, content='', detail='none', columnsize=0, tokenize='trigram');
"""
_COPIED = f"""
INSERT INTO entry SELECT id + :part * {OF_PART}, iri, kind, names, texts, way, document, passage, start, end
  FROM part.entry ORDER BY id;
INSERT OR IGNORE INTO name SELECT * FROM part.name;
INSERT INTO gathered SELECT term, :part, entries, fields, weights FROM part.posting;
INSERT OR IGNORE INTO term SELECT * FROM part.term;
INSERT INTO form SELECT * FROM part.form WHERE true
  ON CONFLICT DO UPDATE SET level = MIN(level, excluded.level);
INSERT INTO used SELECT * FROM part.used WHERE true ON CONFLICT DO UPDATE SET uses = uses + excluded.uses;
"""


def make_index(dataset: Dataset, file: Path) -> None:
    """Write the index of a dataset to a file; the same data give the same bytes with the same release of SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.sqlite"
        write_part_index(read_findable(dataset), part)
        merge_index([part], file, lambda: dataset.origin.checksum if dataset.origin else "")


def merge_index(parts: Iterable[Path], file: Path, checksum: Callable[[], str]) -> None:
    """Write the index of some data, merged from those of all their parts, to a new file.

    Each part is copied before the next is asked for, and the checksum of the data is asked for last: what makes them
    may run meanwhile. Raises SearchIndexError where a part cannot be read.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(f"{FRESH} BEGIN; {_SCHEMA} COMMIT;")
        copied: list[Path] = []
        for part in parts:
            with _reading(part):
                _copy(connection, len(copied), part)
            copied.append(part)
        connection.execute("BEGIN")
        connection.execute("INSERT INTO posting SELECT * FROM gathered ORDER BY term, part")
        _write_combinations(connection, copied)
        _write_forms(connection)
        _write_spellings(connection)
        [entries] = connection.execute("SELECT COUNT(*) FROM entry").fetchone()
        connection.execute("COMMIT")
        # Nearly all is on the disk when the last line of it comes.
        put_on_disk(file)
        connection.execute("BEGIN")
        facts = {"layout": LAYOUT, "data": checksum(), "entries": entries}
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", ((key, str(value)) for key, value in sorted(facts.items()))
        )
        connection.execute("COMMIT")


@contextmanager
def _reading(part: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SearchIndexError(part, f"the search index of a part cannot be copied ({error})") from error


def _copy(connection: sqlite3.Connection, number: int, part: Path) -> None:
    connection.execute("ATTACH ? AS part", (str(part),))
    connection.execute("BEGIN")
    for statement in _COPIED.split(";")[:-1]:
        connection.execute(statement, {"part": number} if ":part" in statement else {})
    connection.execute("COMMIT")
    connection.execute("DETACH part")


def _write_combinations(connection: sqlite3.Connection, parts: Sequence[Path]) -> None:
    """The values of all parts, and which combinations of them there are."""
    values = _values_of_all(parts)
    write_values(connection, values)
    combinations = CombinationsWriter(values)
    for number, part in enumerate(parts):
        with _reading(part):
            combinations.add(number, read_values(part), combinations_of(part))
    combinations.write(connection)


def _values_of_all(parts: Iterable[Path]) -> list[Value]:
    """The values of all parts: kinds first, the others by facet and key; of differing names the first by letters."""
    values: dict[tuple[str, str], Value] = {}
    for value in chain.from_iterable(map(read_values, parts)):
        known = values.get((value.facet, value.key), value)
        values[value.facet, value.key] = replace(
            value, names=min(known.names, value.names), rank=min(known.rank, value.rank)
        )
    kinds = sorted((value for value in values.values() if value.facet == "kind"), key=lambda kind: kind.rank)
    return [*kinds, *(value for _, value in sorted(values.items()) if value.facet != "kind")]


def _write_forms(connection: sqlite3.Connection) -> None:
    """The terms themselves and their forms in the dictionary, where one may stand for two words."""
    terms = [row[0] for row in connection.execute("SELECT term FROM term ORDER BY term")]
    forms = chain(forms_of(terms), ((term, term) for term in terms))
    rows = sorted({(form, number_of(base), KNOWN) for form, base in forms})
    connection.executemany("INSERT OR IGNORE INTO form VALUES (?, ?, ?)", rows)


def _write_spellings(connection: sqlite3.Connection) -> None:
    found = connection.execute(
        "SELECT form, MAX(uses) FROM (SELECT form, uses FROM used UNION ALL SELECT term, 0 FROM term) "
        "WHERE length(form) > 2 AND form NOT LIKE '%:%' GROUP BY form ORDER BY form"
    ).fetchall()
    connection.executemany(
        "INSERT INTO spelling VALUES (?, ?, ?)",
        ((number, form, uses) for number, (form, uses) in enumerate(found, 1)),
    )
    connection.executemany(
        "INSERT INTO spellings(rowid, folded) VALUES (?, ?)",
        ((number, f"^{slip_key(form)}$") for number, (form, _) in enumerate(found, 1)),
    )
    connection.execute("INSERT INTO spellings(spellings) VALUES ('optimize')")
