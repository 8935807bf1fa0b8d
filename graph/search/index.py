"""The index of a release, opened for reading: what it finds for a query, ordered and counted by facet."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, local
from typing import Any
from urllib.parse import quote

from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.search.making import COMBINATION, KNOWN, LAYOUT
from hytegraph.graph.search.meaning import Meaning, meanings
from hytegraph.graph.search.reading import FACETS, KINDS, Place, Text, Value

# What a word counts for in a name, as part of a compound there, in a text, as part there, and in what is above.
_WEIGHTS = (10.0, 3.0, 5.0, 1.0, 0.5)
_OWN = "{name name_parts text text_parts}"
# Too long to be chosen from a list while typing.
_NOT_SUGGESTED = frozenset(("passage", "realisation", "narrative"))

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
    """An index file; safe to ask from several threads, each of which has a connection of its own."""

    def __init__(self, file: Path) -> None:
        self._address = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
        self._local = local()
        self._lock = Lock()
        self._connections: list[sqlite3.Connection] = []
        try:
            facts = dict(self._connection().execute("SELECT key, value FROM meta").fetchall())
            if facts["layout"] != str(LAYOUT):
                raise SearchIndexError(file, "it was made by another version")
            self.data = str(facts["data"])
            self.entries = int(facts["entries"])
            self._values = {row[0]: _value(row) for row in self._rows("SELECT * FROM value")}
            self._sizes: dict[int, int] = dict(self._rows("SELECT id, entries FROM size"))
            held: dict[int, list[int]] = {}
            for combination, value in self._rows("SELECT id, value FROM combination"):
                held.setdefault(combination, []).append(value)
            self._held = {combination: frozenset(values) for combination, values in held.items()}
            self._kinds = {combination: self._kind(values) for combination, values in held.items()}
        except (sqlite3.Error, KeyError, ValueError) as error:
            self.close()
            raise SearchIndexError(file, f"it is damaged ({error})") from error

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def find(self, text: str, chosen: Chosen) -> Found:
        """What holds all words of the text, or else any, and falls under one chosen value of each facet chosen.

        A text without words finds everything that is chosen.
        """
        meant = meanings(self._connection(), text)
        if not meant:
            return self._sorted_out(None, chosen, meant, is_loose=False)
        ranked = self._ranked(meant, is_loose=False)
        is_loose = not ranked and len(meant) > 1
        return self._sorted_out(
            self._ranked(meant, is_loose=True) if is_loose else ranked, chosen, meant, is_loose=is_loose
        )

    def suggest(self, text: str, limit: int) -> tuple[int, ...]:
        """The numbers of things whose names hold the words of a text that is being typed, the best first."""
        meant = meanings(self._connection(), text, is_being_typed=True)
        if not meant or not all(meaning.terms for meaning in meant):
            return ()
        ranked = self._ranked(meant, is_loose=False, fields="{name name_parts}")
        silent = {combination for combination, kind in self._kinds.items() if kind in _NOT_SUGGESTED}
        return tuple(number for number in ranked if number // COMBINATION not in silent)[:limit]

    def things(self, numbers: Iterable[int]) -> tuple[Thing, ...]:
        """The things with these numbers, in the same order."""
        return tuple(self._thing(number) for number in numbers)

    def forms(self, meant: Iterable[Meaning]) -> frozenset[str]:
        """The forms that the documents write the terms in, alone or in compounds."""
        terms = [term for meaning in meant for term in meaning.any_terms]
        marks = ", ".join("?" * len(terms))
        rows = self._rows(f"SELECT form FROM form WHERE term IN ({marks}) AND level <> ?", (*terms, KNOWN))
        return frozenset(row[0] for row in rows)

    def _ranked(self, meant: Sequence[Meaning], *, is_loose: bool, fields: str = _OWN) -> list[int]:
        """The numbers of what holds the words: first where all words are there as such, then by bm25."""
        understood = [meaning for meaning in meant if meaning.terms]
        if not understood or (len(understood) < len(meant) and not is_loose):
            return []
        words = [_any_of(meaning.any_terms) for meaning in understood]
        as_such = " AND ".join(_any_of(meaning.terms) for meaning in understood)
        everywhere = "" if is_loose else "".join(f" AND {word}" for word in words)
        weights = ", ".join(map(str, _WEIGHTS))
        found = self._rows(
            f"SELECT rowid, bm25(words, {weights}) FROM words WHERE words MATCH ?",
            (f"{fields} : ({' OR '.join(words)}){everywhere}",),
        )
        plain = {
            row[0]
            for row in self._rows(
                "SELECT rowid FROM words WHERE words MATCH ?", (f"{{name text}} : ({as_such})",)
            )
        }
        return [
            number for _, _, number in sorted((number not in plain, score, number) for number, score in found)
        ]

    def _sorted_out(
        self, numbers: Sequence[int] | None, chosen: Chosen, meant: tuple[Meaning, ...], *, is_loose: bool
    ) -> Found:
        """The numbers, or everything, by kind and as chosen, with the counts of the facets."""
        counts = self._sizes if numbers is None else Counter(number // COMBINATION for number in numbers)
        fits = {facet: self._fitting(counts, chosen, facet) for facet in FACETS}
        allowed = frozenset.intersection(*fits.values())
        if numbers is None:
            numbers = (
                [number for each in sorted(allowed) for number in self._all_of(each)]
                if any(chosen.values())
                else []
            )
        by_kind: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for number in numbers:
            if number // COMBINATION in allowed:
                by_kind[self._kinds[number // COMBINATION]].append(number)
        facets = {
            facet: self._counted(
                facet, counts, frozenset.intersection(*(fits[each] for each in FACETS if each != facet))
            )
            for facet in FACETS
        }
        return Found(
            {kind: tuple(found) for kind, found in by_kind.items() if found}, facets, meant, is_loose
        )

    def _all_of(self, combination: int) -> list[int]:
        first = combination * COMBINATION
        rows = self._rows("SELECT id FROM entry WHERE id BETWEEN ? AND ?", (first, first + COMBINATION - 1))
        return [row[0] for row in rows]

    def _fitting(self, combinations: Iterable[int], chosen: Chosen, facet: str) -> frozenset[int]:
        """Those of the combinations that hold a chosen value of the facet; all where none is chosen."""
        wanted = {
            number
            for number, value in self._values.items()
            if value.facet == facet and value.key in chosen.get(facet, ())
        }
        if not chosen.get(facet):
            return frozenset(combinations)
        return frozenset(each for each in combinations if not wanted.isdisjoint(self._held[each]))

    def _counted(
        self, facet: str, counts: Mapping[int, int], allowed: Iterable[int]
    ) -> tuple[tuple[Value, int], ...]:
        counted: Counter[int] = Counter()
        for combination in allowed:
            for value in self._held[combination]:
                counted[value] += counts[combination]
        found = [
            (self._values[value], count)
            for value, count in counted.items()
            if self._values[value].facet == facet
        ]
        return tuple(sorted(found, key=lambda each: (each[0].rank, -each[1], each[0].key)))

    def _kind(self, held: Iterable[int]) -> str:
        return next(self._values[each].key for each in held if self._values[each].facet == "kind")

    def _thing(self, number: int) -> Thing:
        [row] = self._rows("SELECT * FROM entry WHERE id = ?", (number,))
        _, iri, kind, names, texts, way, document, passage, start, end = row
        held = sorted(self._held[number // COMBINATION])
        return Thing(
            iri=iri,
            kind=kind,
            names=_texts(names),
            texts=_texts(texts),
            way=tuple((each, self._names(each)) for each in json.loads(way)),
            place=Place(document, passage, start, end) if document else None,
            document=self._names(document) if document else (),
            values=tuple(self._values[each] for each in held),
        )

    def _names(self, iri: str) -> tuple[Text, ...]:
        return next(
            (_texts(row[0]) for row in self._rows("SELECT names FROM name WHERE iri = ?", (iri,))), ()
        )

    def _rows(self, query: str, values: tuple[str | int, ...] = ()) -> list[tuple[Any, ...]]:
        with closing(self._connection().execute(query, values)) as cursor:
            return cursor.fetchall()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection


def _any_of(terms: Iterable[int]) -> str:
    return f"({' OR '.join(map(str, terms))})"


def _value(row: Sequence[object]) -> Value:
    _, facet, key, names, rank = row
    return Value(str(facet), str(key), _texts(names), str(rank))


def _texts(text: object) -> tuple[Text, ...]:
    return tuple((language, each) for language, each in json.loads(str(text)))
