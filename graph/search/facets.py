"""The facets of an index: which combinations of values its entries have, and how many of a choice have each value."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from hytegraph.graph.search.entries import FACETS, Value

Chosen = Mapping[str, Sequence[str]]
# How many entries there are of each combination of kind and facets.
Sizes = Mapping[int, int]
Counted = Mapping[str, tuple[tuple[Value, int], ...]]


class Facets:
    """The values by their numbers, and the combinations that hold them; a combination has one kind."""

    def __init__(self, connection: sqlite3.Connection, values: Mapping[int, Value]) -> None:
        self.values = values
        self.sizes: Sizes = dict(connection.execute("SELECT id, entries FROM size").fetchall())
        self._of: dict[str, dict[int, tuple[int, ...]]] = {facet: {} for facet in FACETS}
        having: dict[tuple[str, str], set[int]] = {}
        for combination, number in connection.execute("SELECT id, value FROM combination ORDER BY id, value"):
            value = values[number]
            having.setdefault((value.facet, value.key), set()).add(combination)
            held = self._of[value.facet]
            held[combination] = (*held.get(combination, ()), number)
        self._having = {key: frozenset(combinations) for key, combinations in having.items()}

    def kind(self, combination: int) -> str:
        """The kind of the entries of a combination."""
        return self.values[self._of["kind"][combination][0]].key

    def values_of(self, combination: int) -> tuple[Value, ...]:
        """The values of a combination."""
        numbers = (number for held in self._of.values() for number in held.get(combination, ()))
        return tuple(self.values[number] for number in sorted(numbers))

    def allowed(self, combinations: Iterable[int], chosen: Chosen) -> frozenset[int]:
        """Those of the combinations that hold a chosen value of each facet in which any is chosen."""
        return frozenset(combinations).intersection(*self._fitting(chosen).values())

    def counted(self, sizes: Sizes, chosen: Chosen) -> Counted:
        """How many entries there are for each value of each facet, with the choice in the other facets."""
        if sizes is self.sizes and not self._fitting(chosen):
            return self._all_counted
        return self._counted(sizes, self._fitting(chosen))

    @cached_property
    def _all_counted(self) -> Counted:
        return self._counted(self.sizes, {})

    def _counted(self, sizes: Sizes, fits: Mapping[str, frozenset[int]]) -> Counted:
        every = frozenset(sizes)
        kept = every.intersection(*fits.values())
        counted: dict[str, tuple[tuple[Value, int], ...]] = {}
        for facet in FACETS:
            others = [combinations for name, combinations in fits.items() if name != facet]
            open_here = every.intersection(*others) if facet in fits else kept
            sums: Counter[int] = Counter()
            held = self._of[facet]
            for combination in open_here:
                for number in held.get(combination, ()):
                    sums[number] += sizes[combination]
            found = [(self.values[number], n) for number, n in sums.items()]
            counted[facet] = tuple(sorted(found, key=lambda each: (each[0].rank, -each[1], each[0].key)))
        return counted

    def _fitting(self, chosen: Chosen) -> Mapping[str, frozenset[int]]:
        """For each facet in which something is chosen the combinations that hold one of the values."""
        return {
            facet: frozenset[int]().union(*(self._having.get((facet, key), ()) for key in chosen[facet]))
            for facet in FACETS
            if chosen.get(facet)
        }
