"""A page for all towns that is read town by town: how much each has, and the way to its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request

from hytegraph.graph.query.towns import Town
from hytegraph.graph.results import text_of
from hytegraph.server.context import summaries, towns
from hytegraph.server.pages.shared.paging import PAGE, Part, no_such_value, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

TOWN_COUNTS = "town-counts"
ON_A_PAGE = 100
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class TownLine:
    """A town, the way to its page, and its counts in the order of the columns."""

    link: Link
    counts: tuple[int, ...]


def by_town(name: str, columns: Sequence[str], suffix: str | None) -> Response:
    """The page `/NAME` for all towns: the named counts of `town-counts` in columns, a row for each town.

    Raises the 400 for a parameter that only a town's page has.
    """
    for parameter in request.args:
        if parameter not in (PAGE.name, "lang"):
            raise no_such_value(parameter, request.args[parameter])
    counts = town_counts(columns)
    values = {
        "name": name,
        "columns": columns,
        "part": town_part(counts, columns, f"/{name}", reader_language(request)),
        "totals": {column: sum(of.get(column, 0) for of in counts.values()) for column in columns},
    }
    return respond(View("shared/by_town.html", values, town_table(name, counts, columns)), suffix)


def town_counts(columns: Sequence[str]) -> Counts:
    """The counts of each town by their names."""
    found: dict[str, dict[str, int]] = {}
    for (slug, what), n in summaries().sums(TOWN_COUNTS, ("town", "what")).items():
        if text_of(what) in columns:
            found.setdefault(text_of(slug), {})[text_of(what)] = n
    return found


def town_part(counts: Counts, columns: Sequence[str], path: str, language: Language) -> Part[TownLine]:
    """The towns that the address asks for, by name, each with the way to its own page at that path."""
    part = part_of(tuple(towns().values()), ON_A_PAGE)
    lines = [_line(town, counts, columns, path, language) for town in part.items]
    return Part(lines, part.number, part.parts, part.total, part.first)


def town_table(name: str, counts: Counts, columns: Sequence[str]) -> Table:
    """All towns with their counts as a table."""
    rows = tuple(
        (town.name("fi"), town.code or None, *(counts.get(slug, {}).get(column, 0) for column in columns))
        for slug, town in towns().items()
    )
    return Table(name, ("town", "code", *columns), rows)


def _line(town: Town, counts: Counts, columns: Sequence[str], path: str, language: Language) -> TownLine:
    of_town = counts.get(town.slug, {})
    link = Link(town.name(language), town.name_language(language), f"/{town.slug}{path}")
    return TownLine(link, tuple(of_town.get(column, 0) for column in columns))
