"""Makes the index of a dataset: an SQLite database with all that answering a search needs, the same for the same data.

The texts are indexed as numbers of terms: the basic forms of their words, and in fields of their own the parts of
compounds, which count for less. The dictionary forms of the terms are written into the index, so that searching needs
no dictionary.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby

from hytegraph.graph.finnish.dictionary import forms_of
from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.finnish.forms import base_form, part_terms
from hytegraph.graph.search.entries import Entry, Findable, Text, read_findable
from hytegraph.graph.search.tokens import STEMMED, stem, tokens
from hytegraph.graph.store.dataset import Dataset

# Raised when indexes are made in another way than before, so that old ones are not read.
LAYOUT = 1
# The identifier of an entry is the number of its combination of kind and facets, and its number among all.
COMBINATION = 1 << 24
WRITTEN, PART, KNOWN = 0, 1, 2
# What a reader may add to a search beside the words of the thing itself.
_TOLD = ("period", "sector", "responsible")
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


def make_index(dataset: Dataset) -> bytes:
    """The index of the dataset as the bytes of a database file; the same data give the same bytes.

    The bytes depend on the release of SQLite too.
    """
    found = read_findable(dataset)
    lexicon = _Lexicon()
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_SCHEMA)
        _write_values(connection, found)
        _write_entries(connection, found, lexicon)
        lexicon.write(connection)
        checksum = dataset.origin.checksum if dataset.origin else ""
        facts = {"layout": str(LAYOUT), "data": checksum, "entries": str(len(found.entries))}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        for table in ("words", "spellings"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


class _Lexicon:
    """The terms of the texts in the order in which they come, and the forms they are written in."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: dict[tuple[str, int], int] = {}
        self._uses: Counter[str] = Counter()

    def number(self, term: str) -> int:
        return self._numbers.setdefault(term, len(self._numbers) + 1)

    def read(self, texts: Iterable[Text]) -> tuple[str, str]:
        """The numbers of the terms of the texts' words, and of the parts of these, as two fields of the index."""
        whole, parts = [], []
        for language, text in texts:
            for _, _, form in tokens(text):
                base, pieces = _terms(form, language)
                self._uses[form] += 1
                whole.append(self._note(form, base, WRITTEN))
                parts += [self._note(form, piece, PART) for piece in pieces]
        return " ".join(map(str, whole)), " ".join(map(str, parts))

    def _note(self, form: str, term: str, level: int) -> int:
        number = self.number(term)
        self._forms[form, number] = min(level, self._forms.get((form, number), level))
        return number

    def write(self, connection: sqlite3.Connection) -> None:
        terms = sorted(self._numbers.items(), key=lambda item: item[1])
        # A form in the dictionary may stand for two words.
        for form, base in chain(forms_of(self._numbers), ((term, term) for term, _ in terms)):
            self._forms.setdefault((form, self._numbers[base]), KNOWN)
        forms = sorted((form, term, level) for (form, term), level in self._forms.items())
        connection.executemany("INSERT INTO term VALUES (?, ?)", ((number, term) for term, number in terms))
        connection.executemany("INSERT INTO form VALUES (?, ?, ?)", forms)
        spelled = sorted(
            {form for form in (*self._uses, *self._numbers) if len(form) > 2 and ":" not in form}
        )
        connection.executemany(
            "INSERT INTO spelling VALUES (?, ?, ?)",
            ((number, form, self._uses[form]) for number, form in enumerate(spelled, 1)),
        )
        connection.executemany(
            "INSERT INTO spellings(rowid, folded) VALUES (?, ?)",
            ((number, f"^{slip_key(form)}$") for number, form in enumerate(spelled, 1)),
        )


@lru_cache(maxsize=500_000)
def _terms(form: str, language: str) -> tuple[str, Sequence[str]]:
    if language in STEMMED:
        return stem(form, language), ()
    base = base_form(form)
    return base, sorted(part_terms(base))


def _write_values(connection: sqlite3.Connection, found: Findable) -> None:
    rows = [
        (number, value.facet, value.key, _json(value.names), value.rank)
        for number, value in enumerate(found.values, 1)
    ]
    connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?, ?)", rows)
    names = ((iri, _json(names)) for iri, names in sorted(found.names.items()))
    connection.executemany("INSERT INTO name VALUES (?, ?)", names)


def _write_entries(connection: sqlite3.Connection, found: Findable, lexicon: _Lexicon) -> None:
    values = {(value.facet, value.key): (number, value) for number, value in enumerate(found.values, 1)}
    count = 0
    for combination, (facets, group) in enumerate(groupby(found.entries, key=lambda entry: entry.facets), 1):
        entries = list(group)
        held = sorted(values[each][0] for each in facets)
        connection.execute("INSERT INTO size VALUES (?, ?)", (combination, len(entries)))
        connection.executemany(
            "INSERT INTO combination VALUES (?, ?)", ((combination, each) for each in held)
        )
        names = [name for each in facets if each[0] in _TOLD for name in values[each][1].names]
        for entry in entries:
            count += 1
            number = combination * COMBINATION + count
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *_cells(entry))
            )
            around = [*names, *(name for iri in entry.way for name in found.names[iri])]
            fields = (*lexicon.read(entry.names), *lexicon.read(entry.texts), lexicon.read(around)[0])
            connection.execute(
                "INSERT INTO words(rowid, name, name_parts, text, text_parts, way) VALUES (?, ?, ?, ?, ?, ?)",
                (number, *fields),
            )


def _cells(entry: Entry) -> tuple[str | int | None, ...]:
    place = entry.place
    where = (place.document, place.passage, place.start, place.end) if place else (None,) * 4
    return (entry.iri, entry.kind, _json(entry.names), _json(entry.texts), json.dumps(entry.way), *where)


def _json(texts: Iterable[Text]) -> str:
    return json.dumps(tuple(texts), ensure_ascii=False, separators=(",", ":"))
