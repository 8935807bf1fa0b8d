"""The index of a release, opened for reading: what it finds for a query, ordered and counted by facet."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.search.analysis import KNOWN
from hytegraph.graph.search.build_index import COMBINATION, LAYOUT
from hytegraph.graph.search.entries import FACETS, KINDS, Place, Text, Value
from hytegraph.graph.search.meanings import Meaning, meanings

# What a word counts for in a name, as part of a compound there, in a text, as part there, and in what is above.
_WEIGHTS = (10.0, 3.0, 5.0, 1.0, 0.5)
_OWN = "{name name_parts text text_parts}"
_NAMES = "{name name_parts}"
# Too long to be chosen from a list while typing.
_NOT_SUGGESTED = frozenset(("passage", "realisation", "narrative"))
_VALUES_AT_ONCE = 500
# More than the interpreter can use at once.
_CONNECTIONS = 4

Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that was found: its names and texts by language, the names of what it belongs to, and its place."""

    iri: str
    kind: str
    names: tuple[Text, ...]
    texts: tuple[Text, ...]
    way: tuple[tuple[str, tuple[Text, ...]], ...]
    place: Place | None
    document: tuple[Text, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found.

    The numbers of the things by kind, the best first; how many there are for each value of each facet, where another
    choice in that facet is left open; what the words were taken for; and whether only some of the words are in each.
    """

    by_kind: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[tuple[Value, int], ...]]
    meanings: tuple[Meaning, ...]
    is_loose: bool

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(len(numbers) for numbers in self.by_kind.values())


class SearchIndex:
    """An index file; safe to ask from several threads.

    Its few connections are opened at once: the file may be removed with its release while a service still reads it.
    """

    def __init__(self, file: Path) -> None:
        address = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
        self._free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        try:
            for _ in range(_CONNECTIONS):
                connection = sqlite3.connect(address, uri=True, check_same_thread=False)
                self._free.put(connection)
                facts = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            if facts["layout"] != str(LAYOUT):
                raise SearchIndexError(file, "it was made by another version")
            self.data = str(facts["data"])
            self.entries = int(facts["entries"])
            self._read_facets(connection)
        except (sqlite3.Error, KeyError, ValueError) as error:
            self.close()
            raise SearchIndexError(file, f"it is damaged ({error})") from error

    def close(self) -> None:
        """Close the connections that are not in use."""
        while not self._free.empty():
            self._free.get().close()

    def find(self, text: str, chosen: Chosen) -> Found:
        """What holds all words of the text, or else any, and falls under one chosen value of each facet chosen.

        A text without words finds everything that is chosen.
        """
        with self._connection() as connection:
            meant = meanings(connection, text)
            if not meant:
                return self._everything(connection, chosen)
            ranked = _ranked(connection, meant)
            is_loose = not ranked and len(meant) > 1
            return self._sorted_out(
                _ranked_loosely(connection, meant) if is_loose else ranked, chosen, meant, is_loose
            )

    def suggest(self, text: str, limit: int) -> tuple[int, ...]:
        """The numbers of things whose names hold the words of a text that is being typed, the best first."""
        with self._connection() as connection:
            ranked = _ranked(connection, meanings(connection, text, is_being_typed=True), _NAMES)
        spoken = (number for number in ranked if self._kinds[number // COMBINATION] not in _NOT_SUGGESTED)
        return tuple(number for number, _ in zip(spoken, range(limit), strict=False))

    def things(self, numbers: Iterable[int]) -> tuple[Thing, ...]:
        """The things with these numbers, in the same order."""
        with self._connection() as connection:
            return tuple(self._thing(connection, number) for number in numbers)

    def forms(self, meant: Iterable[Meaning]) -> frozenset[str]:
        """The forms that the documents write the terms in, alone or in compounds."""
        terms = [term for meaning in meant for term in meaning.any_terms]
        marks = ", ".join("?" * len(terms))
        query = f"SELECT form FROM form WHERE term IN ({marks}) AND level <> ?"
        with self._connection() as connection:
            return frozenset(row[0] for row in connection.execute(query, (*terms, KNOWN)))

    def iris(self, numbers: Iterable[int]) -> frozenset[str]:
        """The IRIs of the things with these numbers."""
        with self._connection() as connection:
            rows = _in_parts(connection, "SELECT iri FROM entry WHERE id IN", sorted(set(numbers)))
            return frozenset(row[0] for row in rows)

    def terms(self, forms: Iterable[str]) -> Mapping[str, Mapping[int, int]]:
        """The terms of the forms, each with its level (`WRITTEN`, `PART` or `KNOWN`); unknown forms are left out."""
        found: dict[str, dict[int, int]] = {}
        with self._connection() as connection:
            query = "SELECT form, term, level FROM form WHERE form IN"
            for form, term, level in _in_parts(connection, query, sorted(set(forms))):
                found.setdefault(form, {})[term] = level
        return found

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._free.get()
        try:
            yield connection
        finally:
            self._free.put(connection)

    def _read_facets(self, connection: sqlite3.Connection) -> None:
        self._values = {row[0]: _value(row) for row in connection.execute("SELECT * FROM value")}
        self._sizes: dict[int, int] = dict(connection.execute("SELECT id, entries FROM size").fetchall())
        held: dict[int, list[int]] = {}
        for combination, value in connection.execute("SELECT id, value FROM combination"):
            held.setdefault(combination, []).append(value)
        self._held = {combination: frozenset(values) for combination, values in held.items()}
        self._kinds = {
            combination: next(self._values[each].key for each in values if self._values[each].facet == "kind")
            for combination, values in held.items()
        }

    def _everything(self, connection: sqlite3.Connection, chosen: Chosen) -> Found:
        """All that is chosen; nothing, with the counts of everything, where nothing is."""
        allowed = sorted(frozenset.intersection(*self._fitting(self._sizes, chosen).values()))
        numbers: list[int] = []
        for combination in allowed if any(chosen.values()) else ():
            first = combination * COMBINATION
            query = "SELECT id FROM entry WHERE id BETWEEN ? AND ?"
            numbers += (row[0] for row in connection.execute(query, (first, first + COMBINATION - 1)))
        found = self._sorted_out(numbers, chosen, (), is_loose=False)
        return Found(found.by_kind, self._counted(self._sizes, chosen), (), is_loose=False)

    def _sorted_out(
        self, numbers: Sequence[int], chosen: Chosen, meant: tuple[Meaning, ...], is_loose: bool
    ) -> Found:
        """The numbers by kind and as chosen, with the counts of the facets."""
        counts = Counter(number // COMBINATION for number in numbers)
        allowed = frozenset.intersection(*self._fitting(counts, chosen).values())
        by_kind: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for number in numbers:
            if number // COMBINATION in allowed:
                by_kind[self._kinds[number // COMBINATION]].append(number)
        kept = {kind: tuple(found) for kind, found in by_kind.items() if found}
        return Found(kept, self._counted(counts, chosen), meant, is_loose)

    def _fitting(self, combinations: Iterable[int], chosen: Chosen) -> Mapping[str, frozenset[int]]:
        """For each facet those of the combinations that hold a chosen value of it; all where none is chosen."""
        every = frozenset(combinations)
        fitting = {}
        for facet in FACETS:
            keys = frozenset(chosen.get(facet, ()))
            wanted = {
                number for number, value in self._values.items() if value.facet == facet and value.key in keys
            }
            fitting[facet] = frozenset(each for each in every if wanted & self._held[each]) if keys else every
        return fitting

    def _counted(
        self, counts: Mapping[int, int], chosen: Chosen
    ) -> Mapping[str, tuple[tuple[Value, int], ...]]:
        """How many things there are for each value of each facet, with the choice in the other facets."""
        fits = self._fitting(counts, chosen)
        counted: dict[str, tuple[tuple[Value, int], ...]] = {}
        for facet in FACETS:
            sums: Counter[int] = Counter()
            for combination in frozenset.intersection(*(fits[each] for each in FACETS if each != facet)):
                for value in self._held[combination]:
                    sums[value] += counts[combination]
            found = [
                (self._values[number], n) for number, n in sums.items() if self._values[number].facet == facet
            ]
            counted[facet] = tuple(sorted(found, key=lambda each: (each[0].rank, -each[1], each[0].key)))
        return counted

    def _thing(self, connection: sqlite3.Connection, number: int) -> Thing:
        row = connection.execute("SELECT * FROM entry WHERE id = ?", (number,)).fetchone()
        _, iri, kind, names, texts, way, document, passage, start, end = row
        return Thing(
            iri=iri,
            kind=kind,
            names=_texts(names),
            texts=_texts(texts),
            way=tuple((each, _names_of(connection, each)) for each in json.loads(way)),
            place=Place(document, passage, start, end) if document else None,
            document=_names_of(connection, document) if document else (),
            values=tuple(self._values[each] for each in sorted(self._held[number // COMBINATION])),
        )


def _ranked(connection: sqlite3.Connection, meant: Sequence[Meaning], fields: str = _OWN) -> list[int]:
    """What holds all the words, one of them in these fields: first where all are there as such, then by bm25."""
    if not meant or not all(meaning.any_terms for meaning in meant):
        return []
    words = [_any_of(meaning.any_terms) for meaning in meant]
    as_such = " AND ".join(_any_of(meaning.terms) for meaning in meant if meaning.terms)
    plain = (
        frozenset(number for number, _ in _matching(connection, f"{{name text}} : ({as_such})"))
        if as_such
        else ()
    )
    scored = _matching(connection, f"{fields} : ({' OR '.join(words)}) AND {' AND '.join(words)}")
    return [
        number for _, _, number in sorted((number not in plain, score, number) for number, score in scored)
    ]


def _ranked_loosely(connection: sqlite3.Connection, meant: Sequence[Meaning]) -> list[int]:
    """What holds any of the words, by bm25."""
    words = " OR ".join(_any_of(meaning.terms) for meaning in meant if meaning.terms)
    scored = _matching(connection, f"{_OWN} : ({words})") if words else []
    return [number for _, number in sorted((score, number) for number, score in scored)]


def _matching(connection: sqlite3.Connection, expression: str) -> list[tuple[int, float]]:
    weights = ", ".join(map(str, _WEIGHTS))
    query = f"SELECT rowid, bm25(words, {weights}) FROM words WHERE words MATCH ?"
    return connection.execute(query, (expression,)).fetchall()


def _in_parts(connection: sqlite3.Connection, query: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in IN for all the values, of which a statement takes a limited number."""
    for start in range(0, len(values), _VALUES_AT_ONCE):
        some = values[start : start + _VALUES_AT_ONCE]
        yield from connection.execute(f"{query} ({', '.join('?' * len(some))})", some)


def _any_of(terms: Iterable[int]) -> str:
    return f"({' OR '.join(map(str, terms))})"


def _names_of(connection: sqlite3.Connection, iri: str) -> tuple[Text, ...]:
    row = connection.execute("SELECT names FROM name WHERE iri = ?", (iri,)).fetchone()
    return _texts(row[0]) if row else ()


def _value(row: Sequence[Any]) -> Value:
    _, facet, key, names, rank = row
    return Value(facet, key, _texts(names), rank)


def _texts(text: str) -> tuple[Text, ...]:
    return tuple((language, each) for language, each in json.loads(text))
