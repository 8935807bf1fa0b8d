"""Responsibility: the parties by sector, result area and post, and the measures that nobody is named for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.responsibility.reading import (
    ORGANISATION,
    PARTY,
    POST,
    RESULT_AREA,
    ROLE,
    SCOPE,
    SECTOR,
    WAYS,
    Party,
    Responsibility,
    read_responsibility,
)
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.paging import PAGE, pages_of, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("responsibility", __name__)

T = TypeVar("T")
COLUMNS = ("party", "kind", "sector", "basis", "period", "measures", "measuresInTables")
# A page of a large graph has so many of each list.
SECTORS, PARTIES, UNASSIGNED = 12, 40, 60


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with its result areas, and the posts that are in it by how that is known."""

    party: Party
    areas: tuple[Party, ...]
    posts: tuple[tuple[str, tuple[Party, ...]], ...]


@blueprint.get("/responsibility")
@blueprint.get("/responsibility.<suffix>")
@in_towns
@asks(
    Parameter("period", "Period of the plan.", example="2026"),
    PAGE,
)
def responsibility_page(suffix: str | None = None) -> Response:
    """Who answers for what, by sector, result area and post; and the measures without a responsible party."""
    if is_of_all_towns():
        return by_town("responsibility", ("parties", "unassigned"), suffix)
    base, language = settings().base, reader_language(request)
    found = read_responsibility(dataset(), summaries(), town_of_rows(), base, language)
    period = request.args.get("period", "")
    if period and period not in found.periods:
        raise ProblemError(Problem(404, "not-found", f"No measure in the data has the period {period!r}."))
    periods = (period,) if period else found.answered
    sectors = _sectors(found)
    groups = (
        ("posts", tuple(each for each in found.of_kind(POST) if not found.ways_in(each))),
        ("roles", found.of_kind(ROLE)),
        ("scopes", found.of_kind(SCOPE)),
        ("parties", found.of_kind(PARTY)),
        ("organisations", found.of_kind(ORGANISATION)),
    )
    unassigned = tuple(each for each in found.unassigned if not period or each.period == period)
    lists = ((sectors, SECTORS), (unassigned, UNASSIGNED), *((members, PARTIES) for _, members in groups))
    # The lists are turned together, so the longest says which pages there are.
    longest = max(lists, key=lambda members_and_size: pages_of(len(members_and_size[0]), members_and_size[1]))
    part = part_of(*longest)
    page = part.number
    values = {
        "found": found,
        "period": period,
        "periods": periods,
        "sectors": _slice(sectors, page, SECTORS),
        "groups": tuple((name, len(each), _slice(each, page, PARTIES)) for name, each in groups),
        "unassigned": _slice(unassigned, page, UNASSIGNED),
        "unassigned_count": len(unassigned),
        "part": part,
    }
    things = [each.iri for each in found.parties] + [each.iri for each in found.unassigned]
    return respond(
        View("responsibility/responsibility.html", values, _table(found, periods), tuple(things)), suffix
    )


def _sectors(found: Responsibility) -> tuple[Sector, ...]:
    areas: dict[str, list[Party]] = {}
    posts: dict[tuple[str, str], list[Party]] = {}
    for each in found.of_kind(RESULT_AREA):
        areas.setdefault(found.sectors.get(each.iri, ""), []).append(each)
    for each in found.of_kind(POST):
        for sector, how in found.ways_in(each).items():
            posts.setdefault((sector, how), []).append(each)
    return tuple(
        Sector(
            sector,
            tuple(areas.get(sector.iri, ())),
            tuple((how, tuple(posts[sector.iri, how])) for how in WAYS if (sector.iri, how) in posts),
        )
        for sector in found.of_kind(SECTOR)
    )


def _slice(members: Sequence[T], page: int, size: int) -> Sequence[T]:
    return members[(page - 1) * size : page * size]


def _table(found: Responsibility, periods: Iterable[str]) -> Table:
    """A row for every party and period, and one without a party for the measures that name none."""
    names = {each.iri: each.link.text for each in found.parties}
    rows: list[tuple[Cell, ...]] = []
    for period in periods:
        for each in found.parties:
            sectors = found.ways_in(each)
            rows.append(
                (
                    *(each.link.text, each.kind.rpartition("#")[2]),
                    " | ".join(names[sector] for sector in sectors) or None,
                    " | ".join(sorted(set(sectors.values()))) or None,
                    *(period, each.named.get(period, 0), each.table.get(period)),
                )
            )
        without = sum(each.period == period for each in found.unassigned)
        rows.append((None, None, None, None, period, without, None))
    return Table("responsibility", COLUMNS, tuple(rows))
