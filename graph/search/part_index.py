"""The index of a part of the data: the tables of an index with what the part alone holds, ready to be copied.

The texts are indexed as numbers of terms: the basic forms of their words, and in fields of their own the parts of
compounds, which count for less. The number of a term is made from its letters, so that it is the same in every part.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import count, groupby
from pathlib import Path

from hytegraph.graph.finnish.forms import base_form, part_terms
from hytegraph.graph.search.entries import KINDS, Entry, Findable, Text, Value
from hytegraph.graph.search.postings import TABLE as POSTINGS
from hytegraph.graph.search.postings import PostingsWriter
from hytegraph.graph.search.tokens import STEMMED, stem, tokens

# The identifier of an entry is its number in its part, before which in a merged index the part's number stands.
OF_PART = 1 << 32
WRITTEN, PART, KNOWN = 0, 1, 2
# What a reader may add to a search beside the words of the thing itself.
_TOLD = ("period", "sector", "responsible")
_NUMBER_BYTES = 7
TABLES = f"""
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL,
  texts TEXT NOT NULL, way TEXT NOT NULL, document TEXT, passage TEXT, start INTEGER, end INTEGER);
CREATE TABLE name (iri TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE value (id INTEGER PRIMARY KEY, facet TEXT NOT NULL, key TEXT NOT NULL, names TEXT NOT NULL,
  rank TEXT NOT NULL, UNIQUE (facet, key));
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE form (form TEXT NOT NULL, term INTEGER NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (form, term))
  WITHOUT ROWID;
CREATE TABLE {POSTINGS};
"""
# How often a form stands in the texts; an index of all parts has the sums only while it is made.
USED = "TABLE used (form TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;"
# Entries follow each other by combinations of values, kind and town among them, so many of each.
_COMBINATIONS = "TABLE combination (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, held TEXT NOT NULL);"
# A file that is not whole in the end is not used: nothing has to survive a crash.
FRESH = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"


def number_of(term: str) -> int:
    """The number of a term, the same in every index."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=_NUMBER_BYTES).digest())


def write_part_index(found: Findable, file: Path, known: Collection[str] = ()) -> None:
    """Write what was found to a new file, without the entries whose IRIs another part holds."""
    entries = [entry for entry in found.entries if entry.iri not in known]
    entries.sort(key=lambda entry: (KINDS.index(entry.kind), entry.facets, entry.iri))
    lexicon = _Lexicon()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(f"{FRESH} BEGIN; {TABLES} CREATE {USED} CREATE {_COMBINATIONS}")
        write_values(connection, found.values)
        names = ((iri, _json(names)) for iri, names in sorted(found.names.items()))
        connection.executemany("INSERT INTO name VALUES (?, ?)", names)
        _write_entries(connection, entries, found, lexicon)
        lexicon.write(connection)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def entries_of(file: Path) -> frozenset[str]:
    """The IRIs of the entries of a part."""
    with closing(sqlite3.connect(file)) as connection:
        return frozenset(row[0] for row in connection.execute("SELECT iri FROM entry"))


def write_values(connection: sqlite3.Connection, values: Iterable[Value]) -> None:
    """Write the values of facets, numbered in their order."""
    rows = (
        (number, value.facet, value.key, _json(value.names), value.rank)
        for number, value in enumerate(values, 1)
    )
    connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?, ?)", rows)


def read_values(file: Path) -> list[Value]:
    """The values of facets in a part."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT facet, key, names, rank FROM value").fetchall()
    return [
        Value(facet, key, tuple((language, text) for language, text in json.loads(names)), rank)
        for facet, key, names, rank in rows
    ]


def combinations_of(file: Path) -> list[tuple[int, tuple[int, ...]]]:
    """How many entries of each combination follow each other in a part, and the numbers of the values it holds."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT entries, held FROM combination ORDER BY id").fetchall()
    return [(entries, tuple(json.loads(held))) for entries, held in rows]


class _Lexicon:
    """The terms of the texts, and the forms they are written in."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: dict[tuple[str, int], int] = {}
        self._uses: Counter[str] = Counter()

    def read(self, texts: Iterable[Text]) -> tuple[list[int], list[int]]:
        """The numbers of the terms of the texts' words, and of the parts of these, as two fields of the index."""
        whole: list[int] = []
        parts: list[int] = []
        for language, text in texts:
            for _, _, form in tokens(text):
                base, pieces = _terms(form, language)
                self._uses[form] += 1
                whole.append(self._note(form, base, WRITTEN))
                parts += [self._note(form, piece, PART) for piece in pieces]
        return whole, parts

    def _note(self, form: str, term: str, level: int) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = number_of(term)
        self._forms[form, number] = min(level, self._forms.get((form, number), level))
        return number

    def write(self, connection: sqlite3.Connection) -> None:
        terms = sorted((number, term) for term, number in self._numbers.items())
        forms = sorted((form, term, level) for (form, term), level in self._forms.items())
        connection.executemany("INSERT INTO term VALUES (?, ?)", terms)
        connection.executemany("INSERT INTO form VALUES (?, ?, ?)", forms)
        connection.executemany("INSERT INTO used VALUES (?, ?)", sorted(self._uses.items()))


@lru_cache(maxsize=500_000)
def _terms(form: str, language: str) -> tuple[str, Sequence[str]]:
    if language in STEMMED:
        return stem(form, language), ()
    base = base_form(form)
    return base, sorted(part_terms(base))


def _write_entries(
    connection: sqlite3.Connection, entries: Sequence[Entry], found: Findable, lexicon: _Lexicon
) -> None:
    values = {(value.facet, value.key): (number, value) for number, value in enumerate(found.values, 1)}
    postings = PostingsWriter()
    numbers = count(1)
    for combination, (facets, grouped) in enumerate(groupby(entries, key=lambda entry: entry.facets), 1):
        group = list(grouped)
        held = json.dumps(sorted(values[facet][0] for facet in facets))
        connection.execute("INSERT INTO combination VALUES (?, ?, ?)", (combination, len(group), held))
        told = [name for facet in facets if facet[0] in _TOLD for name in values[facet][1].names]
        for entry, number in zip(group, numbers, strict=False):
            cells = (number, *_cells(entry))
            connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
            around = [*told, *(name for iri in entry.way for name in found.names[iri])]
            names, texts = lexicon.read(entry.names), lexicon.read(entry.texts)
            postings.add(number, (*names, *texts, lexicon.read(around)[0]))
    connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", postings.rows())


def _cells(entry: Entry) -> tuple[str | int | None, ...]:
    place = entry.place
    where = (place.document, place.passage, place.start, place.end) if place else (None,) * 4
    return (entry.iri, entry.kind, _json(entry.names), _json(entry.texts), json.dumps(entry.way), *where)


def _json(texts: Iterable[Text]) -> str:
    return json.dumps(tuple(texts), ensure_ascii=False, separators=(",", ":"))
