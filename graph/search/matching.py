"""What of an index holds the words of a query, and how well: read from the postings of the terms that are meant."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, compress

from hytegraph.graph.search.meanings import Meaning
from hytegraph.graph.search.part_index import OF_PART
from hytegraph.graph.search.postings import ANY, AS_SUCH, OWN, WEIGHT_UNIT, Posting

# So many matches are all put in order.
ALL_RANKED = 20_000
_LEAST_RARITY = 1e-6
# More than what all words of a query count together.
_AS_SUCH = 1e6

# The numbers of entries by part.
Matched = Mapping[int, AbstractSet[int]]


class Matcher:
    """The postings of all terms that the words of a query may mean."""

    def __init__(
        self, connection: sqlite3.Connection, meant: Sequence[Meaning], parts: Collection[int] | None = None
    ) -> None:
        """Those in some parts, or in all."""
        self._meant = meant
        inside = f" AND part IN ({', '.join(map(str, sorted(parts)))})" if parts is not None else ""
        query = f"SELECT part, entries, fields, weights FROM posting WHERE term = ?{inside}"
        self._of: dict[int, dict[int, Posting]] = {
            term: {part: Posting.read(*blobs) for part, *blobs in connection.execute(query, (term,))}
            for meaning in meant
            for term in meaning.any_terms
        }

    def holding_all(self, fields: int = OWN) -> Matched:
        """The entries that hold all the words, one of them in these fields; none where a word is unknown."""
        if not self._meant or not all(meaning.any_terms for meaning in self._meant):
            return {}
        held = self._holding((term for meaning in self._meant for term in meaning.any_terms), fields)
        if len(self._meant) == 1:
            return held
        words = [self._holding(meaning.any_terms, ANY) for meaning in self._meant]
        found = {
            part: entries.intersection(*(word.get(part, ()) for word in words))
            for part, entries in held.items()
        }
        return {part: entries for part, entries in found.items() if entries}

    def holding_any(self) -> Matched:
        """The entries that hold any of the words in a field of their own."""
        return self._holding((term for meaning in self._meant for term in meaning.terms), OWN)

    def scores(self, matched: Matched, entries: int) -> Mapping[int, float]:
        """How well each entry that matches does, by its identifier: by bm25, above all what holds the words as such.

        `entries`: how many entries the index has.
        """
        scores: dict[int, float] = {}
        as_such = self._as_such()
        units = {term: unit_of(of_parts.values(), entries) for term, of_parts in self._of.items()}
        for part, wanted in matched.items():
            of_part = dict.fromkeys(wanted, 0.0)
            of_part.update(dict.fromkeys(wanted & as_such.get(part, set()), _AS_SUCH))
            for term, of_parts in self._of.items():
                if posting := of_parts.get(part):
                    unit = units[term]
                    for number, weight in posting.weighed():
                        if number in of_part:
                            of_part[number] += unit * weight
            before = part * OF_PART
            scores.update((before + number, score) for number, score in of_part.items())
        return scores

    def _as_such(self) -> Matched:
        """The entries that hold all known words themselves, not as parts of compounds or words akin."""
        words = [self._holding(meaning.terms, AS_SUCH) for meaning in self._meant if meaning.terms]
        if not words:
            return {}
        first, *others = words
        return {
            part: numbers.intersection(*(word.get(part, ()) for word in others))
            for part, numbers in first.items()
        }

    def _holding(self, terms: Iterable[int], fields: int) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for term in terms:
            for part, posting in self._of[term].items():
                found[part].update(compress(posting.entries, posting.holds(fields)))
        return {part: entries for part, entries in found.items() if entries}


def unit_of(postings: Iterable[Posting], entries: int) -> float:
    """What one unit of the weights of a term counts, by how rare the term is among so many entries, as bm25 has it."""
    holding = sum(len(posting.entries) for posting in postings)
    rarity = math.log((entries - holding + 0.5) / (holding + 0.5)) if holding < entries else 0.0
    return max(rarity, _LEAST_RARITY) * WEIGHT_UNIT


def sizes_of(matched: Matched, of_entry: Mapping[int, Sequence[int]]) -> Mapping[int, int]:
    """How many entries of each combination match."""
    return Counter(
        chain.from_iterable(map(of_entry[part].__getitem__, numbers) for part, numbers in matched.items())
    )


def kept(matched: Matched, of_entry: Mapping[int, Sequence[int]], allowed: Collection[int]) -> Matched:
    """What matches and has one of the combinations."""
    found = {
        part: {number for number in numbers if of_entry[part][number] in allowed}
        for part, numbers in matched.items()
    }
    return {part: numbers for part, numbers in found.items() if numbers}


def by_part(identifiers: Iterable[int]) -> Matched:
    """The numbers of entries by part."""
    found: dict[int, set[int]] = defaultdict(set)
    for identifier in identifiers:
        part, number = divmod(identifier, OF_PART)
        found[part].add(number)
    return found
