"""The combinations of values that the entries of an index have, as tables: most of them share what they hold.

The values of the facets that all towns have in common make up few sets, those of a town's own facets many, which are
read only for who looks through that town.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from hytegraph.graph.search.entries import OF_ONE_TOWN, Value

# `town`, `common` and `own` are numbers of sets; entries of a combination follow each other in their part.
COMBINATIONS = """combination (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, entries INTEGER NOT NULL,
  town INTEGER NOT NULL, common INTEGER NOT NULL, own INTEGER NOT NULL)"""
# A set of values: their numbers as a list of JSON.
HELD = "held (id INTEGER PRIMARY KEY, numbers TEXT NOT NULL)"


class CombinationsWriter:
    """Gathers the combinations of all parts, whose values are numbered anew."""

    def __init__(self, values: Sequence[Value]) -> None:
        """The values of the whole, in the order of their numbers."""
        self._numbers = {(value.facet, value.key): number for number, value in enumerate(values, 1)}
        self._sets: dict[tuple[int, ...], int] = {}
        self._rows: list[tuple[int, ...]] = []

    def add(
        self, part: int, values: Sequence[Value], combinations: Iterable[tuple[int, tuple[int, ...]]]
    ) -> None:
        """Add those of a part: the numbers of entries, and of the part's values in its order."""
        for entries, held in combinations:
            sets: tuple[list[int], list[int], list[int]] = ([], [], [])
            for place in held:
                value = values[place - 1]
                kept = sets[0 if value.facet == "town" else 2 if value.facet in OF_ONE_TOWN else 1]
                kept.append(self._numbers[value.facet, value.key])
            self._rows.append((part, entries, *(self._set(tuple(sorted(numbers))) for numbers in sets)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write both tables."""
        sets = ((number, json.dumps(held)) for held, number in self._sets.items())
        connection.executemany("INSERT INTO held VALUES (?, ?)", sets)
        rows = ((number, *row) for number, row in enumerate(self._rows))
        connection.executemany("INSERT INTO combination VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _set(self, held: tuple[int, ...]) -> int:
        return self._sets.setdefault(held, len(self._sets))
