"""What of an index holds the words of a query: how many entries of each combination, and the best of them.

To count matches is cheap, to rank them by bm25 is not: of very many matches only some of each kind are ranked.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hytegraph.graph.search.build_index import words_table
from hytegraph.graph.search.meanings import Meaning
from hytegraph.graph.search.part_index import COMBINATION, OF_PART

# What a word counts for in a name, as part of a compound there, in a text, as part there, and in what is above.
WEIGHTS = "10.0, 3.0, 5.0, 1.0, 0.5"
OWN = "{name name_parts text text_parts}"
NAMES = "{name name_parts}"
# So many matches are all ranked.
ALL_RANKED = 3000
# Not more pieces of the index than these are looked through for one kind.
_MOST_RANGES = 60

Range = tuple[int, int]
_EVERYWHERE: Range = (0, (1 << 63) - 1)


@dataclass(frozen=True, slots=True)
class Expression:
    """What FTS5 is asked: what matches at all, and what holds the words as such, which comes first."""

    text: str
    as_such: str = ""

    @classmethod
    def of_all(cls, meant: Sequence[Meaning], fields: str = OWN) -> "Expression | None":
        """What holds all the words, one of them in these fields; None where a word is unknown."""
        if not meant or not all(meaning.any_terms for meaning in meant):
            return None
        words = [_any_of(meaning.any_terms) for meaning in meant]
        as_such = " AND ".join(_any_of(meaning.terms) for meaning in meant if meaning.terms)
        return cls(
            f"{fields} : ({' OR '.join(words)}) AND {' AND '.join(words)}",
            f"{{name text}} : ({as_such})" if as_such else "",
        )

    @classmethod
    def of_any(cls, meant: Sequence[Meaning]) -> "Expression | None":
        """What holds any of the words; None where none is known."""
        words = " OR ".join(_any_of(meaning.terms) for meaning in meant if meaning.terms)
        return cls(f"{OWN} : ({words})") if words else None


def count(connection: sqlite3.Connection, expression: Expression) -> Mapping[int, int]:
    """How many entries of each combination match."""
    counts: dict[int, int] = {}
    for part in range(_parts(connection)):
        words = words_table(part)
        query = f"SELECT (? + rowid) / {COMBINATION}, COUNT(*) FROM {words} WHERE {words} MATCH ? GROUP BY 1"
        counts.update(connection.execute(query, (part * OF_PART, expression.text)))
    return counts


def rank(
    connection: sqlite3.Connection,
    expression: Expression,
    ranges: Iterable[Range] = (_EVERYWHERE,),
    most: int = ALL_RANKED,
    *,
    is_by_score: bool = True,
) -> list[int]:
    """The first `most` numbers in the ranges: by score those with the words as such first, then by bm25."""
    scored: list[tuple[int, float]] = []
    as_such: set[int] = set()
    parts = _parts(connection)
    for part, first, last in (piece for each in ranges for piece in _by_part(each, parts)):
        before, words = part * OF_PART, words_table(part)
        score = f"bm25({words}, {WEIGHTS})" if is_by_score else "0.0"
        query = f"SELECT rowid, {score} FROM {words} WHERE {words} MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        found = connection.execute(query, (expression.text, first, last, most - len(scored))).fetchall()
        scored += ((before + number, value) for number, value in found)
        if found and expression.as_such and is_by_score:
            query = f"SELECT rowid FROM {words} WHERE {words} MATCH ? AND rowid BETWEEN ? AND ?"
            values = (expression.as_such, found[0][0], found[-1][0])
            as_such.update(before + row[0] for row in connection.execute(query, values))
        if len(scored) >= most:
            break
    ordered = sorted((number not in as_such, score, number) for number, score in scored)
    return [number for _, _, number in ordered]


def ranges_of(matched: Iterable[int], allowed: frozenset[int]) -> Iterator[Range]:
    """The pieces of the index in which only the allowed of the combinations have matches, in their order.

    Beyond _MOST_RANGES there are no more: who narrows a search down sees what lies behind them.
    """
    run: list[int] = []
    given = 0
    for combination in sorted(matched):
        if combination in allowed:
            run.append(combination)
        elif run:
            yield _range(run)
            run, given = [], given + 1
            if given >= _MOST_RANGES:
                return
    if run:
        yield _range(run)


def _parts(connection: sqlite3.Connection) -> int:
    """How many parts the data were indexed in."""
    return int(connection.execute("SELECT value FROM meta WHERE key = 'parts'").fetchone()[0])


def _by_part(numbers: Range, parts: int) -> Iterator[tuple[int, int, int]]:
    """The range in each part that it reaches into: the part, and the first and the last number there."""
    first, last = numbers
    for part in range(first // OF_PART, min(last // OF_PART, parts - 1) + 1):
        before = part * OF_PART
        yield part, max(first - before, 0), min(last - before, OF_PART - 1)


def _range(run: Sequence[int]) -> Range:
    return run[0] * COMBINATION, (run[-1] + 1) * COMBINATION - 1


def _any_of(terms: Iterable[int]) -> str:
    return f"({' OR '.join(map(str, terms))})"
