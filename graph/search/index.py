"""The index of a release, opened for reading: what it finds for a query, ordered and counted by facet."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.search import matching
from hytegraph.graph.search.build_index import LAYOUT
from hytegraph.graph.search.entries import FACETS, KINDS, Place, Text, Value
from hytegraph.graph.search.facets import Chosen, Counted, Facets
from hytegraph.graph.search.matching import Matched, Matcher, by_part, kept, sizes_of
from hytegraph.graph.search.meanings import Meaning, meanings
from hytegraph.graph.search.part_index import KNOWN, OF_PART
from hytegraph.graph.search.postings import NAMES

# Too long to be chosen from a list while typing.
_NOT_SUGGESTED = frozenset(("passage", "realisation", "narrative"))
_VALUES_AT_ONCE = 500
# More than the interpreter can use at once.
_CONNECTIONS = 4

# So many of a kind are found by number where there are very many; the others are counted.
MOST_OF_KIND = 1000


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

    The numbers of the things by kind, the best first, and how many of each kind there are, which may be more; how many
    there are for each value of each facet, where another choice in that facet is left open; what the words were taken
    for; and whether only some of the words are in each.
    """

    by_kind: Mapping[str, tuple[int, ...]]
    counts: Mapping[str, int]
    facets: Counted
    meanings: tuple[Meaning, ...]
    is_loose: bool

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(self.counts.values())

    @property
    def is_cut(self) -> bool:
        """Whether there are more things than numbers: these are then the first by town, and the best of them first."""
        return any(len(numbers) < self.counts[kind] for kind, numbers in self.by_kind.items())


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
            values = {row[0]: _value(row) for row in connection.execute("SELECT * FROM value")}
            self._facets = Facets(connection, values)
        except (sqlite3.Error, KeyError, ValueError) as error:
            self.close()
            raise SearchIndexError(file, f"it is damaged ({error})") from error

    def close(self) -> None:
        """Close the connections that are not in use."""
        while not self._free.empty():
            self._free.get().close()

    def find(
        self,
        text: str,
        chosen: Chosen,
        most: int = MOST_OF_KIND,
        *,
        is_by_score: bool = True,
        facets: Sequence[str] = FACETS,
    ) -> Found:
        """What holds all words of the text, or else any, and falls under one chosen value of each facet chosen.

        A text without words finds everything that is chosen. Of very much, the numbers of `most` of each kind are
        given, the first in the order of the index, and of these the best first unless `is_by_score` is false. Only
        `facets` are counted; without that of towns nothing but the chosen town is looked through.
        """
        with self._connection() as connection:
            meant = meanings(connection, text)
            if not meant:
                return self._everything(chosen, most, facets)
            matcher = Matcher(connection, meant, self._parts(chosen, facets))
        matched = matcher.holding_all()
        is_loose = not matched and len(meant) > 1
        if is_loose:
            matched = matcher.holding_any()
        sizes = sizes_of(matched, self._facets.of_entry)
        if any(chosen.values()):
            matched = kept(matched, self._facets.of_entry, self._facets.allowed(sizes, chosen))
        by_kind = (
            self._ranked(matcher, matched, most) if is_by_score else self._cut(self._in_order(matched), most)
        )
        return self._found(by_kind, sizes, chosen, meant, is_loose=is_loose, facets=facets)

    def suggest(self, text: str, limit: int, chosen: Chosen | None = None) -> tuple[int, ...]:
        """The numbers of things whose names hold the words of a text that is being typed, the best first."""
        with self._connection() as connection:
            meant = meanings(connection, text, is_being_typed=True)
            matcher = Matcher(connection, meant, self._parts(chosen or {}, ()))
        matched = matcher.holding_all(NAMES)
        sizes = sizes_of(matched, self._facets.of_entry)
        spoken = frozenset(
            each
            for each in self._facets.allowed(sizes, chosen or {})
            if self._facets.kinds[each] not in _NOT_SUGGESTED
        )
        scores = matcher.scores(kept(matched, self._facets.of_entry, spoken), self.entries)
        return tuple(sorted(scores, key=lambda number: (-scores[number], number))[:limit])

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

    def _parts(self, chosen: Chosen, facets: Sequence[str]) -> frozenset[int] | None:
        """The parts to look through: those of the chosen towns where other towns are not counted."""
        towns = chosen.get("town")
        return self._facets.parts_of(towns) if towns and "town" not in facets else None

    def _everything(self, chosen: Chosen, most: int, facets: Sequence[str]) -> Found:
        """All that is chosen; nothing, with the counts of everything, where nothing is."""
        sizes = self._facets.sizes
        by_kind: dict[str, list[int]] = {}
        allowed = self._facets.allowed(sizes, chosen) if any(chosen.values()) else ()
        for combination in sorted(allowed):
            numbers = by_kind.setdefault(self._facets.kinds[combination], [])
            if len(numbers) < most:
                numbers += self._facets.entries_of(combination)[: most - len(numbers)]
        return self._found(by_kind, sizes, chosen, (), is_loose=False, facets=facets)

    def _ranked(self, matcher: Matcher, matched: Matched, most: int) -> Mapping[str, Sequence[int]]:
        """What matches by kind, the best first; of very much the first of each kind in the order of the index."""
        by_kind = self._in_order(matched)
        if sum(map(len, matched.values())) > matching.ALL_RANKED:
            by_kind = self._cut(by_kind, most)
            matched = by_part(chain.from_iterable(by_kind.values()))
        scores = matcher.scores(matched, self.entries)
        return {
            kind: sorted(numbers, key=scores.__getitem__, reverse=True) for kind, numbers in by_kind.items()
        }

    def _in_order(self, matched: Matched) -> Mapping[str, Sequence[int]]:
        """The numbers of what matches by kind, in the order of the index."""
        by_kind: dict[str, list[int]] = defaultdict(list)
        for part in sorted(matched):
            kinds, combinations, before = self._facets.kinds, self._facets.of_entry[part], part * OF_PART
            for number in sorted(matched[part]):
                by_kind[kinds[combinations[number]]].append(before + number)
        return by_kind

    @staticmethod
    def _cut(by_kind: Mapping[str, Sequence[int]], most: int) -> Mapping[str, Sequence[int]]:
        return {kind: numbers[:most] for kind, numbers in by_kind.items()}

    def _found(
        self,
        by_kind: Mapping[str, Sequence[int]],
        sizes: Mapping[int, int],
        chosen: Chosen,
        meant: tuple[Meaning, ...],
        *,
        is_loose: bool,
        facets: Sequence[str],
    ) -> Found:
        """What was found, with the counts of kinds and of facets."""
        counts: Counter[str] = Counter()
        if meant or any(chosen.values()):
            for combination in self._facets.allowed(sizes, chosen):
                counts[self._facets.kinds[combination]] += sizes[combination]
        kept = {kind: tuple(by_kind[kind]) for kind in KINDS if by_kind.get(kind)}
        return Found(kept, counts, self._facets.counted(sizes, chosen, facets), meant, is_loose)

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
            values=self._facets.values_of(self._facets.combination_of(number)),
        )


def _in_parts(connection: sqlite3.Connection, query: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in IN for all the values, of which a statement takes a limited number."""
    for start in range(0, len(values), _VALUES_AT_ONCE):
        some = values[start : start + _VALUES_AT_ONCE]
        yield from connection.execute(f"{query} ({', '.join('?' * len(some))})", some)


def _names_of(connection: sqlite3.Connection, iri: str) -> tuple[Text, ...]:
    row = connection.execute("SELECT names FROM name WHERE iri = ?", (iri,)).fetchone()
    return _texts(row[0]) if row else ()


def _value(row: Sequence[Any]) -> Value:
    _, facet, key, names, rank = row
    return Value(facet, key, _texts(names), rank)


def _texts(text: str) -> tuple[Text, ...]:
    return tuple((language, each) for language, each in json.loads(text))
