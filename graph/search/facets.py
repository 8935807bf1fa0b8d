"""The facets of an index: which combinations of values its entries have, and how many of a choice have each value."""

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from hytegraph.graph.search.entries import FACETS, OF_ONE_TOWN, Value
from hytegraph.graph.search.part_index import OF_PART

Chosen = Mapping[str, Sequence[str]]
# How many entries there are of each combination of kind and facets.
Sizes = Mapping[int, int]
Counted = Mapping[str, tuple[tuple[Value, int], ...]]
_MOST_KEPT = 16


class Facets:
    """The values by their numbers, and the combinations that hold them; a combination has one kind.

    `of_entry` has for each part the combination of each of its entries by number, of which the first is 1.
    """

    def __init__(self, connection: sqlite3.Connection, values: Mapping[int, Value]) -> None:
        self.values = values
        self._sets: list[str] = [row[0] for row in connection.execute("SELECT numbers FROM held ORDER BY id")]
        self._numbers = cache(self._read_set)
        rows = connection.execute(
            "SELECT part, entries, town, common, own FROM combination ORDER BY id"
        ).fetchall()
        parts, entries, towns, common, own = zip(*rows, strict=True) if rows else ((),) * 5
        self.sizes: Sizes = dict(enumerate(entries))
        self._parts: Sequence[int] = parts
        self._towns = frozenset(zip(parts, towns, strict=True))
        self._held = {facet: own if facet in OF_ONE_TOWN else common for facet in FACETS} | {"town": towns}
        kinds = {held: self._value_in(held, "kind").key for held in set(common)}
        self.kinds = [kinds[held] for held in common]
        self.of_entry: dict[int, array[int]] = {}
        for combination, (part, size) in enumerate(zip(parts, entries, strict=True)):
            self.of_entry.setdefault(part, array("I", [0])).extend(array("I", [combination]) * size)
        self._all_counted = lru_cache(_MOST_KEPT)(lambda facets: self._counted(self.sizes, {}, facets))

    def values_of(self, combination: int) -> tuple[Value, ...]:
        """The values of a combination."""
        sets = {held[combination] for held in self._held.values()}
        return tuple(
            self.values[number] for number in sorted(each for held in sets for each in self._numbers(held))
        )

    def combination_of(self, identifier: int) -> int:
        """The combination of an entry."""
        part, number = divmod(identifier, OF_PART)
        return self.of_entry[part][number]

    def entries_of(self, combination: int) -> range:
        """The identifiers of the entries of a combination."""
        part = self._parts[combination]
        first = part * OF_PART + bisect_left(self.of_entry[part], combination, 1)
        return range(first, first + self.sizes[combination])

    def parts_of(self, towns: Sequence[str]) -> frozenset[int]:
        """The parts that have entries of one of the towns, by their keys."""
        wanted = self._numbers_of("town", towns)
        return frozenset(part for part, held in self._towns if not wanted.isdisjoint(self._numbers(held)))

    def allowed(self, combinations: Iterable[int], chosen: Chosen) -> frozenset[int]:
        """Those of the combinations that hold a chosen value of each facet in which any is chosen."""
        return frozenset(self._kept(combinations, chosen))

    def counted(self, sizes: Sizes, chosen: Chosen, facets: Sequence[str] = FACETS) -> Counted:
        """How many entries there are for each value of these facets, with the choice in the other facets."""
        if sizes is self.sizes and not any(chosen.values()):
            return self._all_counted(tuple(facets))
        return self._counted(sizes, chosen, facets)

    def _counted(self, sizes: Sizes, chosen: Chosen, facets: Sequence[str]) -> Counted:
        # Facets of which nothing is chosen are counted with the same choice, and most of them in the same sets.
        of_choices: dict[tuple[str, int], Mapping[int, int]] = {}
        counted: dict[str, tuple[tuple[Value, int], ...]] = {}
        for facet in facets:
            held = self._held[facet]
            key = (facet if chosen.get(facet) else "", id(held))
            if key not in of_choices:
                others = {name: keys for name, keys in chosen.items() if name != facet}
                of_choices[key] = self._sums(sizes, others, held)
            sums: dict[Value, int] = defaultdict(int)
            for number, size in of_choices[key].items():
                for value in map(self.values.__getitem__, self._numbers(number)):
                    if value.facet == facet:
                        sums[value] += size
            counted[facet] = tuple(
                sorted(sums.items(), key=lambda each: (each[0].rank, -each[1], each[0].key))
            )
        return counted

    def _sums(self, sizes: Sizes, chosen: Chosen, held: Sequence[int]) -> Mapping[int, int]:
        """How many entries hold each set."""
        sums: dict[int, int] = defaultdict(int)
        for combination in self._kept(sizes, chosen):
            sums[held[combination]] += sizes[combination]
        return sums

    def _kept(self, combinations: Iterable[int], chosen: Chosen) -> Iterable[int]:
        """Those of the combinations that hold a chosen value of each facet in which any is chosen."""
        wanted = [
            (self._held[facet], self._numbers_of(facet, chosen[facet]))
            for facet in FACETS
            if chosen.get(facet)
        ]
        if not wanted:
            return combinations
        return (
            combination
            for combination in combinations
            if not any(values.isdisjoint(self._numbers(held[combination])) for held, values in wanted)
        )

    def _numbers_of(self, facet: str, keys: Sequence[str]) -> frozenset[int]:
        return frozenset(
            number for number, value in self.values.items() if value.facet == facet and value.key in keys
        )

    def _value_in(self, held: int, facet: str) -> Value:
        return next(
            value for value in map(self.values.__getitem__, self._numbers(held)) if value.facet == facet
        )

    def _read_set(self, held: int) -> tuple[int, ...]:
        return tuple(json.loads(self._sets[held]))
