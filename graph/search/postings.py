"""Where the terms of the words stand: for each term and part the entries, in which of their fields, and what it counts.

What a term counts in an entry is the part of bm25 that does not depend on how rare it is among all entries, which is
known only when all parts are.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# The fields of an entry as bits: what it is named, its texts, the parts of compounds in both, and what is above it.
NAME, NAME_PARTS, TEXT, TEXT_PARTS, WAY = (1 << place for place in range(5))
AS_SUCH = NAME | TEXT
NAMES = NAME | NAME_PARTS
OWN = AS_SUCH | NAME_PARTS | TEXT_PARTS
ANY = OWN | WAY
# What a word counts for in each field, in the order of the bits.
WEIGHTS = (10.0, 3.0, 5.0, 1.0, 0.5)
TABLE = """posting (term INTEGER NOT NULL, part INTEGER NOT NULL, entries BLOB NOT NULL, fields BLOB NOT NULL,
  weights BLOB NOT NULL, PRIMARY KEY (term, part)) WITHOUT ROWID"""
# The usual constants of bm25.
_SATURATION, _LENGTH = 1.2, 0.75
# A weight is less than 1 + _SATURATION; as a whole number of 16 bits it is a multiple of this.
WEIGHT_UNIT = 1 / 25_000
_HOLDS = {fields: bytes(bool(bits & fields) for bits in range(256)) for fields in (AS_SUCH, NAMES, OWN, ANY)}


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a term stands in a part, by rising numbers of entries, each with the bits of its fields and its weight."""

    entries: Sequence[int]
    fields: bytes
    weights: bytes

    @classmethod
    def read(cls, entries: bytes, fields: bytes, weights: bytes) -> "Posting":
        """The posting of a row of the table."""
        return cls(struct.unpack(f"<{len(fields)}I", entries), fields, weights)

    def holds(self, fields: int) -> bytes:
        """For each entry 1 where the term stands in one of the fields, AS_SUCH, NAMES, OWN or ANY; else 0."""
        return self.fields.translate(_HOLDS[fields])

    def weighed(self) -> Iterator[tuple[int, int]]:
        """Each entry with what the term counts there, in WEIGHT_UNIT."""
        return zip(self.entries, struct.unpack(f"<{len(self.fields)}H", self.weights), strict=True)


class PostingsWriter:
    """Gathers where the terms of a part's entries stand."""

    def __init__(self) -> None:
        self._found: dict[int, dict[int, tuple[int, float]]] = defaultdict(dict)
        self._lengths: dict[int, int] = {}

    def add(self, entry: int, fields: Sequence[Sequence[int]]) -> None:
        """Note the terms in each field of an entry, in the order of the bits."""
        self._lengths[entry] = sum(map(len, fields))
        for place, (terms, weight) in enumerate(zip(fields, WEIGHTS, strict=True)):
            for term in terms:
                bits, uses = self._found[term].get(entry, (0, 0.0))
                self._found[term][entry] = (bits | 1 << place, uses + weight)

    def rows(self, part: int = 0) -> Iterator[tuple[int, int, bytes, bytes, bytes]]:
        """The rows of the table."""
        average = sum(self._lengths.values()) / max(len(self._lengths), 1)
        for term, places in sorted(self._found.items()):
            entries = sorted(places)
            weights = (self._weight(places[entry][1], self._lengths[entry] / average) for entry in entries)
            yield (
                term,
                part,
                struct.pack(f"<{len(entries)}I", *entries),
                bytes(places[entry][0] for entry in entries),
                struct.pack(f"<{len(entries)}H", *weights),
            )

    @staticmethod
    def _weight(uses: float, length: float) -> int:
        weight = uses * (_SATURATION + 1) / (uses + _SATURATION * (1 - _LENGTH + _LENGTH * length))
        return round(weight / WEIGHT_UNIT)
