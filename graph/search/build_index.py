"""Makes the index of a dataset: an SQLite database with all that answering a search needs, the same for the same data.

The texts are indexed as numbers of terms: the basic forms of their words, and in fields of their own the parts of
compounds, which count for less. The dictionary forms of the terms are written into the index, so that searching needs
no dictionary. An index is merged from files of analysed entries, one for each part of the data.
"""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from heapq import merge
from itertools import chain, groupby
from pathlib import Path

from hytegraph.graph.finnish.dictionary import forms_of
from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.search.analysis import (
    KNOWN,
    Analysed,
    Numbers,
    Vocabulary,
    read_entries,
    read_vocabulary,
    write_analysis,
)
from hytegraph.graph.search.entries import Entry, Text, Value, read_findable
from hytegraph.graph.store.dataset import Dataset

# Raised when indexes are made in another way than before, so that old ones are not read.
LAYOUT = 3
# The identifier of an entry is the number of its combination of kind and facets, and its number among all.
COMBINATION = 1 << 24
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL,
  texts TEXT NOT NULL, way TEXT NOT NULL, document TEXT, passage TEXT, start INTEGER, end INTEGER);
CREATE TABLE name (iri TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE value (id INTEGER PRIMARY KEY, facet TEXT NOT NULL, key TEXT NOT NULL, names TEXT NOT NULL,
  rank TEXT NOT NULL);
CREATE TABLE combination (id INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (id, value)) WITHOUT ROWID;
CREATE TABLE size (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL);
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE form (form TEXT NOT NULL, term INTEGER NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (form, term))
  WITHOUT ROWID;
CREATE TABLE spelling (id INTEGER PRIMARY KEY, form TEXT NOT NULL, uses INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, name_parts, text, text_parts, way, content='', tokenize='ascii');
CREATE VIRTUAL TABLE spellings USING fts5(folded, content='', detail='none', columnsize=0, tokenize='trigram');
"""


def make_index(dataset: Dataset, file: Path) -> None:
    """Write the index of a dataset to a file; the same data give the same bytes with the same release of SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        analysis = Path(folder) / "analysis"
        write_analysis(read_findable(dataset), analysis)
        merge_index([analysis], file, dataset.origin.checksum if dataset.origin else "")


def merge_index(analyses: Sequence[Path], file: Path, checksum: str) -> None:
    """Write the index of the data with that checksum, merged from the analyses of all their parts, to a new file."""
    lexicon = _Lexicon([read_vocabulary(analysis) for analysis in analyses])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # A file that is not whole in the end is not used: nothing has to survive a crash.
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {_SCHEMA}")
        _write_values(connection, lexicon)
        entries = _write_entries(connection, analyses, lexicon)
        lexicon.write(connection)
        facts = {"layout": str(LAYOUT), "data": checksum, "entries": str(entries)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        for table in ("words", "spellings"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        connection.execute("COMMIT")
        connection.execute("VACUUM")


class _Lexicon:
    """The terms of all parts, numbered in the order of their letters, and what the parts say of them and of facets."""

    def __init__(self, parts: Sequence[Vocabulary]) -> None:
        terms = sorted(set().union(*(part.terms for part in parts)))
        self._terms = {term: number for number, term in enumerate(terms, 1)}
        self._numbers = [[self._terms[term] for term in part.terms] for part in parts]
        self._forms: dict[tuple[str, int], int] = {}
        self._uses: Counter[str] = Counter()
        for part, numbers in zip(parts, self._numbers, strict=True):
            for (form, place), level in part.forms.items():
                key = (form, numbers[place])
                self._forms[key] = min(level, self._forms.get(key, level))
            self._uses.update(part.uses)
        self.values = _values_of_all(parts)
        self.names = dict(sorted((iri, names) for part in parts for iri, names in part.names.items()))

    def field(self, part: int, places: Numbers) -> str:
        """The terms of an entry of a part as a field of the index."""
        numbers = self._numbers[part]
        return " ".join([str(numbers[place]) for place in places])

    def write(self, connection: sqlite3.Connection) -> None:
        # A form in the dictionary may stand for two words.
        for form, base in chain(forms_of(self._terms), ((term, term) for term in self._terms)):
            self._forms.setdefault((form, self._terms[base]), KNOWN)
        forms = sorted((form, term, level) for (form, term), level in self._forms.items())
        connection.executemany(
            "INSERT INTO term VALUES (?, ?)", ((number, term) for term, number in self._terms.items())
        )
        connection.executemany("INSERT INTO form VALUES (?, ?, ?)", forms)
        spelled = sorted({form for form in (*self._uses, *self._terms) if len(form) > 2 and ":" not in form})
        connection.executemany(
            "INSERT INTO spelling VALUES (?, ?, ?)",
            ((number, form, self._uses[form]) for number, form in enumerate(spelled, 1)),
        )
        connection.executemany(
            "INSERT INTO spellings(rowid, folded) VALUES (?, ?)",
            ((number, f"^{slip_key(form)}$") for number, form in enumerate(spelled, 1)),
        )


def _values_of_all(parts: Iterable[Vocabulary]) -> Mapping[tuple[str, str], tuple[int, Value]]:
    """The values of all parts by facet and key, numbered: kinds first; of differing names the first by letters."""
    values: dict[tuple[str, str], Value] = {}
    for part in parts:
        for value in part.values:
            known = values.get((value.facet, value.key), value)
            values[value.facet, value.key] = replace(
                value, names=min(known.names, value.names), rank=min(known.rank, value.rank)
            )
    order = sorted(
        values, key=lambda key: (key[0] != "kind", values[key].rank if key[0] == "kind" else "", key)
    )
    return {key: (number, values[key]) for number, key in enumerate(order, 1)}


def _write_values(connection: sqlite3.Connection, lexicon: _Lexicon) -> None:
    rows = (
        (number, value.facet, value.key, _json(value.names), value.rank)
        for number, value in lexicon.values.values()
    )
    connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?, ?)", rows)
    names = ((iri, _json(names)) for iri, names in lexicon.names.items())
    connection.executemany("INSERT INTO name VALUES (?, ?)", names)


def _write_entries(connection: sqlite3.Connection, analyses: Sequence[Path], lexicon: _Lexicon) -> int:
    """Write the entries of all parts in one order; gives their number."""
    count = 0
    streams = (_of_part(part, analysis) for part, analysis in enumerate(analyses))
    entries = merge(*streams, key=lambda each: each[1].order)
    for combination, (facets, group) in enumerate(groupby(entries, key=lambda each: each[1].entry.facets), 1):
        held = sorted(lexicon.values[facet][0] for facet in facets)
        connection.executemany(
            "INSERT INTO combination VALUES (?, ?)", ((combination, value) for value in held)
        )
        before = count
        for part, analysed in group:
            count += 1
            _write_entry(connection, lexicon, part, analysed, combination * COMBINATION + count)
        connection.execute("INSERT INTO size VALUES (?, ?)", (combination, count - before))
    return count


def _of_part(part: int, analysis: Path) -> Iterator[tuple[int, Analysed]]:
    return ((part, analysed) for analysed in read_entries(analysis))


def _write_entry(
    connection: sqlite3.Connection, lexicon: _Lexicon, part: int, analysed: Analysed, number: int
) -> None:
    terms = analysed.terms
    connection.execute(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *_cells(analysed.entry))
    )
    fields = (terms.name, terms.name_parts, terms.text, terms.text_parts, terms.way)
    connection.execute(
        "INSERT INTO words(rowid, name, name_parts, text, text_parts, way) VALUES (?, ?, ?, ?, ?, ?)",
        (number, *(lexicon.field(part, places) for places in fields)),
    )


def _cells(entry: Entry) -> tuple[str | int | None, ...]:
    place = entry.place
    where = (place.document, place.passage, place.start, place.end) if place else (None,) * 4
    return (entry.iri, entry.kind, _json(entry.names), _json(entry.texts), json.dumps(entry.way), *where)


def _json(texts: Iterable[Text]) -> str:
    return json.dumps(tuple(texts), ensure_ascii=False, separators=(",", ":"))
