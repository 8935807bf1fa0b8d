"""What of an index holds the words of a query: how many entries of each combination, and the best of them.

To count matches is cheap, to rank them by bm25 is not: of very many matches only some of each kind are ranked.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hytegraph.graph.search.build_index import COMBINATION
from hytegraph.graph.search.meanings import Meaning

# What a word counts for in a name, as part of a compound there, in a text, as part there, and in what is above.
_WEIGHTS = "10.0, 3.0, 5.0, 1.0, 0.5"
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
    query = f"SELECT rowid / {COMBINATION}, COUNT(*) FROM words WHERE words MATCH ? GROUP BY 1"
    return dict(connection.execute(query, (expression.text,)).fetchall())


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
    for first, last in ranges:
        score = f"bm25(words, {_WEIGHTS})" if is_by_score else "0.0"
        query = f"SELECT rowid, {score} FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        found = connection.execute(query, (expression.text, first, last, most - len(scored))).fetchall()
        scored += found
        if found and expression.as_such and is_by_score:
            query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
            values = (expression.as_such, found[0][0], found[-1][0])
            as_such.update(row[0] for row in connection.execute(query, values))
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


def _range(run: Sequence[int]) -> Range:
    return run[0] * COMBINATION, (run[-1] + 1) * COMBINATION - 1


def _any_of(terms: Iterable[int]) -> str:
    return f"({' OR '.join(map(str, terms))})"
