"""Everything that an index knows of words, for who searches without it: forms, terms, and where the terms stand."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.search.build_index import words_table
from hytegraph.graph.search.entries import KINDS
from hytegraph.graph.search.matching import WEIGHTS
from hytegraph.graph.search.part_index import OF_PART, PART, WRITTEN

_SHORTEST_PART = 2
# In which fields a term stands, as bits: in a name or text as such, and in these or as part of a compound there.
AS_SUCH, OWN = 2, 1
_BITS = {"name": AS_SUCH | OWN, "text": AS_SUCH | OWN, "name_parts": OWN, "text_parts": OWN, "way": 0}


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a term stands: the number of the thing, how much it counts there, and in which fields."""

    number: int
    score: float
    fields: int


@dataclass(frozen=True, slots=True)
class Words:
    """The numbers of things in the order of their kinds; the terms of each form; the forms of each term that the
    documents write, compounds too; and where each term stands.
    """

    things: Sequence[int]
    terms: Mapping[str, Sequence[str]]
    written: Mapping[str, Sequence[str]]
    postings: Mapping[str, Sequence[Posting]]


def read_words(file: Path) -> Words:
    """The words of an index file."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        names: dict[int, str] = dict(connection.execute("SELECT id, term FROM term"))
        terms: dict[str, list[str]] = defaultdict(list)
        written: dict[str, list[str]] = defaultdict(list)
        for form, number, level in connection.execute(
            "SELECT form, term, level FROM form ORDER BY form, term"
        ):
            if level != PART:
                terms[form].append(names[number])
            if level in (WRITTEN, PART):
                written[names[number]].append(form)
        things = connection.execute("SELECT id, kind FROM entry").fetchall()
        things.sort(key=lambda thing: (KINDS.index(thing[1]), thing[0]))
        for form, whole in _compounds(terms, sorted(names.values())):
            terms[form].append(whole)
        return Words([number for number, _ in things], terms, written, _postings(connection, names))


def _compounds(terms: Mapping[str, Sequence[str]], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The forms of compounds by those of their last parts, which no dictionary has, and their terms."""
    forms: dict[str, list[str]] = defaultdict(list)
    for form, bases in terms.items():
        for base in bases:
            forms[base].append(form)
    found = {
        (whole[:at] + form, whole)
        for whole in names
        if ":" not in whole
        for at in range(2, len(whole) - 1)
        for form in forms.get(whole[at:], ())
        if len(form) > _SHORTEST_PART
    }
    yield from sorted((form, whole) for form, whole in found if form not in terms)


def _postings(connection: sqlite3.Connection, names: Mapping[int, str]) -> Mapping[str, Sequence[Posting]]:
    parts = int(connection.execute("SELECT value FROM meta WHERE key = 'parts'").fetchone()[0])
    found: dict[str, list[Posting]] = defaultdict(list)
    for part in range(parts):
        table, before = words_table(part), part * OF_PART
        connection.execute(f"CREATE VIRTUAL TABLE temp.of_{table} USING fts5vocab(main, {table}, instance)")
        fields: dict[tuple[str, int], int] = defaultdict(int)
        for term, number, column in connection.execute(f"SELECT term, doc, col FROM temp.of_{table}"):
            fields[term, number] |= _BITS[column]
        query = f"SELECT rowid, -bm25({table}, {WEIGHTS}) FROM {table} WHERE {table} MATCH ? ORDER BY rowid"
        for term in sorted({term for term, _ in fields}):
            for number, score in connection.execute(query, (term,)):
                found[names[int(term)]].append(Posting(before + number, score, fields[term, number]))
    return found
