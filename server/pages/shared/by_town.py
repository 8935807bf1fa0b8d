"""A page for all towns that is read town by town: how much each has, and the way to its own page."""

from collections.abc import Mapping, Sequence

from flask import Response, request

from hytegraph.server.context import towns
from hytegraph.server.pages.shared.paging import PAGE, Part, no_such_value, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.town_lists import (
    Counts,
    TownLine,
    counted_towns,
    sums_by_town,
    town_cells,
)
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import Language

TOWN_COUNTS = "town-counts"
ON_A_PAGE = 100


def by_town(name: str, columns: Sequence[str], suffix: str | None, path: str = "") -> Response:
    """The page `/NAME` (or of that path) for all towns: named counts of `town-counts` in columns, a row for each.

    Raises the 400 for a parameter that only a town's page has.
    """
    for parameter in request.args:
        if parameter not in (PAGE.name, "lang"):
            raise no_such_value(parameter, request.args[parameter])
    counts = sums_by_town(TOWN_COUNTS, "what")(tuple(towns()))
    values = {
        "name": name,
        "columns": columns,
        "part": town_part(counts, columns, path or f"/{name}", reader_language(request)),
        "totals": totals_of(counts, columns),
    }
    table = Table(
        name,
        ("town", "code", *columns),
        tuple(town_cells(town, columns, counts) for town in towns().values()),
    )
    return respond(View("shared/by_town.html", values, table), suffix)


def town_part(counts: Counts, columns: Sequence[str], path: str, language: Language) -> Part[TownLine]:
    """The towns that the address asks for, by name, each with the way to its own page at that path."""
    return counted_towns(part_of(tuple(towns().values()), ON_A_PAGE), columns, counts, language, path)


def totals_of(counts: Counts, columns: Sequence[str]) -> Mapping[str, int]:
    """The sum of each column over all towns."""
    return {column: sum(n for (_, name), n in counts.items() if name == column) for column in columns}
