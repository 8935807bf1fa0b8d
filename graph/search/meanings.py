"""What a word that a reader wrote may mean: terms of the index, by its form, its parts, its beginning or its
spelling.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.search.akin import akin_to
from hytegraph.graph.search.part_index import PART
from hytegraph.graph.search.tokens import FILLERS, STEMMED, stem, tokens

# How a word was understood: as it is, as the beginning of words, as misspelt, or not at all.
How = Literal["word", "beginning", "spelling", "unknown"]
_SHORTEST_BEGINNING = 2
_MOST_TERMS = 60
_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of a query was taken for.

    `terms` are the numbers of its terms, `further` those of the words it may become while it is being typed, and
    `instead` is what a misspelt word was taken for, or what to try in place of an unknown compound: its last part.
    `same` and `narrower` are the words of the index that are looked for as well, `akin` the numbers of their terms.
    """

    word: str
    terms: tuple[int, ...]
    how: How
    instead: str = ""
    further: tuple[int, ...] = ()
    same: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    akin: tuple[int, ...] = ()

    @property
    def any_terms(self) -> tuple[int, ...]:
        """The terms, the further ones and those that are akin."""
        return tuple(dict.fromkeys((*self.terms, *self.further, *self.akin)))


def meanings(
    connection: sqlite3.Connection, text: str, *, is_being_typed: bool = False
) -> tuple[Meaning, ...]:
    """What the words of a query mean, each word once; the last may be unfinished while it is being typed."""
    words = dict.fromkeys(form for _, _, form in tokens(text))
    told = [word for word in words if word not in FILLERS] or list(words)
    return tuple(_meaning(connection, word, may_go_on=is_being_typed and word == told[-1]) for word in told)


def _meaning(connection: sqlite3.Connection, word: str, *, may_go_on: bool) -> Meaning:
    terms = _whole(connection, word)
    others = _akin(connection, word, terms)
    if terms or others["akin"]:
        further = _beginning(connection, word) if may_go_on else ()
        return Meaning(word, terms, "word", further=further, **others)
    begun = _beginning(connection, word)
    if begun:
        return Meaning(word, begun, "beginning")
    instead = _respelt(connection, word)
    if instead:
        return Meaning(word, _whole(connection, instead), "spelling", instead)
    return Meaning(word, (), "unknown", _last_part(connection, word))


def _akin(connection: sqlite3.Connection, word: str, terms: tuple[int, ...]) -> dict[str, Any]:
    """The words that are looked for beside a word, as far as the index has them."""
    wanted = akin_to(word)
    words = (*wanted.same, *wanted.narrower)
    marks = ", ".join("?" * len(words))
    rows = connection.execute(f"SELECT term, id FROM term WHERE term IN ({marks})", words) if words else ()
    known = {term: number for term, number in rows if number not in terms}
    return {
        "same": tuple(each for each in wanted.same if each in known),
        "narrower": tuple(each for each in wanted.narrower if each in known),
        "akin": tuple(sorted(known.values())),
    }


def _whole(connection: sqlite3.Connection, word: str) -> tuple[int, ...]:
    """The terms of a form that is known, or of a compound whose last part is."""
    stems = tuple(stem(word, language) for language in STEMMED)
    found = _column(
        connection,
        "SELECT term FROM form WHERE form = ? AND level <> ? UNION SELECT id FROM term WHERE term IN (?, ?)",
        (word, PART, *stems),
    )
    return found or _compound(connection, word)


def _compound(connection: sqlite3.Connection, word: str) -> tuple[int, ...]:
    for at in range(2, len(word) - 2):
        found = _column(
            connection,
            "SELECT DISTINCT whole.id FROM form JOIN term AS tail ON tail.id = form.term "
            "JOIN term AS whole ON whole.term = ? || tail.term WHERE form.form = ? AND form.level <> ?",
            (word[:at], word[at:], PART),
        )
        if found:
            return found
    return ()


def _last_part(connection: sqlite3.Connection, word: str) -> str:
    """The longest known word, in its basic form, that an unknown one ends with; empty where there is none."""
    for at in range(2, len(word) - 3):
        row = connection.execute(
            "SELECT term.term FROM form JOIN term ON term.id = form.term WHERE form.form = ? AND form.level <> ?",
            (word[at:], PART),
        ).fetchone()
        if row:
            return str(row[0])
    return ""


def _beginning(connection: sqlite3.Connection, word: str) -> tuple[int, ...]:
    """The terms of the forms that begin so, the shortest first."""
    if len(word) < _SHORTEST_BEGINNING:
        return ()
    return _column(
        connection,
        "SELECT term.id FROM term WHERE term.id IN (SELECT term FROM form WHERE form >= ? AND form < ? AND level <> ?) "
        "ORDER BY length(term.term), term.term LIMIT ?",
        (word, f"{word}\U0010ffff", PART, _MOST_TERMS),
    )


def _respelt(connection: sqlite3.Connection, word: str) -> str:
    """The form nearest to a misspelt one, of equally near ones the most used; empty where none is near."""
    target = slip_key(word)
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    padded = f"^{target}$"
    shared: Counter[int] = Counter()
    for at in range(len(padded) - 2):
        piece = padded[at : at + 3].replace('"', '""')
        shared.update(
            _column(connection, "SELECT rowid FROM spellings WHERE spellings MATCH ?", (f'"{piece}"',))
        )
    candidates = sorted(shared, key=lambda number: (-shared[number], number))[:_COMPARED]
    ranked = []
    for number in candidates:
        form, uses = connection.execute("SELECT form, uses FROM spelling WHERE id = ?", (number,)).fetchone()
        far = _distance(target, slip_key(form))
        if far <= allowed:
            ranked.append((far, -uses, form))
    return min(ranked, default=(0, 0, ""))[2]


def _distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row, older = row, [at], before
        before = last
        for to, against in enumerate(other, 1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != against))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == against:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
    return row[-1]


def _column(connection: sqlite3.Connection, query: str, values: tuple[str | int, ...]) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.execute(query, values))
