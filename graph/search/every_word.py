"""Everything that an index knows of words, for who searches without it: forms, terms, and where the terms stand."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from hytegraph.graph.search.entries import KINDS
from hytegraph.graph.search.matching import unit_of
from hytegraph.graph.search.part_index import OF_PART, PART, WRITTEN
from hytegraph.graph.search.postings import AS_SUCH, OWN, Posting

_SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a term stands: the number of the thing, how much it counts there, and in which fields.

    These are the bits 2 for a name or text as such, and 1 for these or a part of a compound there.
    """

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
    postings: Mapping[str, Sequence[Mention]]


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


def _postings(connection: sqlite3.Connection, names: Mapping[int, str]) -> Mapping[str, Sequence[Mention]]:
    [entries] = connection.execute("SELECT COUNT(*) FROM entry").fetchone()
    rows = connection.execute("SELECT term, part, entries, fields, weights FROM posting ORDER BY term, part")
    found: dict[str, list[Mention]] = {}
    for term, of_term in groupby(rows, key=itemgetter(0)):
        of_parts = {part: Posting.read(*blobs) for _, part, *blobs in of_term}
        unit = unit_of(of_parts.values(), entries)
        found[names[term]] = [
            Mention(part * OF_PART + number, unit * weight, 2 * as_such + own)
            for part, posting in of_parts.items()
            for (number, weight), as_such, own in zip(
                posting.weighed(), posting.holds(AS_SUCH), posting.holds(OWN), strict=True
            )
        ]
    return found
