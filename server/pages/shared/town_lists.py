"""Lists of towns to choose from, with counts of what the data hold of each: pages that only one town can have whole."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.query.towns import Town
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.summaries.tables import Wanted
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import summaries, towns
from hytegraph.server.http.parameters import Parameter
from hytegraph.server.pages.shared.paging import Part, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import NO_THINGS
from hytegraph.server.text.links import Link, town_link
from hytegraph.server.text.messages import Language, translate

TOWN_NAME = Parameter("q", "A part of a town's name or its official code.", example="kemi")
ON_A_PAGE = 60
_LONGEST = 100
# The headings of how many things are linked, by the state of the review of the link.
LINKED_STATES = {"suggested": "linked.suggested", "accepted": "linked.accepted"}

# How many of each column some towns have, by slug and column.
Counts = Mapping[tuple[str, str], int]
Count = Callable[[Collection[str]], Counts]


@dataclass(frozen=True, slots=True)
class TownLine:
    """A town in a list: the way to its page, and its count in each column."""

    link: Link
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TownList:
    """The towns whose names hold the words that a reader looks for, and the part of them that a page shows.

    `columns` are the names of the counts in data, `headings` those on the page.
    """

    words: str
    found: tuple[Town, ...]
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    count: Count
    part: Part[TownLine]

    def table(self, name: str) -> Table:
        """All of the towns that were found, with their counts, as a table of that name."""
        counts = self.count([town.slug for town in self.found])
        rows = ((*town_cells(town, self.columns, counts), town.iri) for town in self.found)
        return Table(name, ("town", "code", *self.columns, "iri"), tuple(rows))

    @property
    def things(self) -> tuple[str, ...]:
        """The IRIs of the towns that were found."""
        return tuple(town.iri for town in self.found) or NO_THINGS


def asked_towns(columns: Mapping[str, str], count: Count, language: Language) -> TownList:
    """The list that the address asks for, with these columns; a column is a name and the key of its heading."""
    words = request.args.get(TOWN_NAME.name, "").strip()[:_LONGEST]
    found = find_towns(words)
    part = part_of(found, ON_A_PAGE)
    counts = count([town.slug for town in part.items])
    shown = counted_towns(part, tuple(columns), counts, language)
    headings = tuple(translate(key, language) for key in columns.values())
    return TownList(words, found, tuple(columns), headings, count, shown)


def counted_towns(
    part: Part[Town], columns: Sequence[str], counts: Counts, language: Language, path: str = ""
) -> Part[TownLine]:
    """The towns of a part with their counts, each with the way to its page at the path."""
    lines = tuple(
        TownLine(town_link(town, language, path), _counts_of(town, columns, counts)) for town in part.items
    )
    return Part(lines, part.number, part.parts, part.total, part.first)


def town_cells(town: Town, columns: Iterable[str], counts: Counts) -> tuple[str | int | None, ...]:
    """The cells of a town in a table: its Finnish name, its code if it has one, its counts."""
    return (town.name("fi"), town.code or None, *_counts_of(town, columns, counts))


def _counts_of(town: Town, columns: Iterable[str], counts: Counts) -> tuple[int, ...]:
    return tuple(counts.get((town.slug, column), 0) for column in columns)


def find_towns(words: str) -> tuple[Town, ...]:
    """The towns whose names hold the words, however they are accented, or whose code is that; all without words."""
    wanted = slip_key(words.casefold())
    return tuple(
        town
        for town in towns().values()
        if town.code == words or any(wanted in slip_key(name.casefold()) for name in town.names.values())
    )


def sums_by_town(name: str, column: str, where: Wanted | None = None) -> Count:
    """Sums the counts of a summary by the values of a column, which are named without our namespace."""

    def count(slugs: Collection[str]) -> Counts:
        found = summaries().sums(name, ("town", column), tuple(slugs), where)
        return {(text_of(town), text_of(code).removeprefix(HYTE.iri)): n for (town, code), n in found.items()}

    return count


def sums_of_all(
    name: str, column: str
) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]:
    """The counts of a summary of all towns, and in how many towns they are, by IRI in the column and by review."""
    columns = (column, "review")
    return (_by_review(summaries().sums(name, columns)), _by_review(summaries().counts(name, columns)))


def _by_review(counts: Mapping[tuple[Term | None, ...], int]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (thing, review), n in counts.items():
        found.setdefault(text_of(thing), {})[text_of(review).removeprefix(HYTE.iri)] = n
    return found
