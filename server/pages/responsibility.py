"""Responsibility: the parties by sector, result area and post, and the measures that nobody is named for."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, settings
from hytegraph.server.languages import reader_language
from hytegraph.server.pages.answers import Cell, Table, View, respond
from hytegraph.server.pages.responsibility_reading import (
    ORGANISATION,
    PARTY,
    POST,
    RESULT_AREA,
    ROLE,
    SCOPE,
    SECTOR,
    Party,
    Responsibility,
    read_responsibility,
)
from hytegraph.server.parameters import Parameter, asks
from hytegraph.server.problems import Problem, ProblemError

blueprint = Blueprint("responsibility", __name__)

COLUMNS = ("party", "kind", "sector", "basis", "period", "measures", "measuresInTables")
WAYS = ("stated", "accepted", "suggested")
# More of them are folded behind their count.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with its result areas, and the posts that are in it by how that is known."""

    party: Party
    areas: tuple[Party, ...]
    posts: tuple[tuple[str, tuple[Party, ...]], ...]


@blueprint.get("/responsibility")
@blueprint.get("/responsibility.<suffix>")
@asks(Parameter("period", "Period of the plan.", example="2026"))
def responsibility_page(suffix: str | None = None) -> Response:
    """Who answers for what, by sector, result area and post; and the measures without a responsible party."""
    found = read_responsibility(dataset(), settings().base, reader_language(request))
    period = request.args.get("period", "")
    if period and period not in found.periods:
        raise ProblemError(Problem(404, "not-found", f"No measure in the data has the period {period!r}."))
    periods = (period,) if period else found.answered
    sectors = _sectors(found)
    placed = {post.iri for sector in sectors for _, posts in sector.posts for post in posts}
    values = {
        "found": found,
        "period": period,
        "periods": periods,
        "sectors": sectors,
        "groups": (
            ("posts", tuple(each for each in found.of_kind(POST) if each.iri not in placed)),
            ("roles", found.of_kind(ROLE)),
            ("scopes", found.of_kind(SCOPE)),
            ("parties", found.of_kind(PARTY)),
            ("organisations", found.of_kind(ORGANISATION)),
        ),
        "unassigned": tuple(each for each in found.unassigned if not period or each.period == period),
        "shown": SHOWN,
    }
    things = [each.iri for each in found.parties] + [each.iri for each in found.unassigned]
    return respond(View("responsibility.html", values, _table(found, periods), tuple(things)), suffix)


def _sectors(found: Responsibility) -> tuple[Sector, ...]:
    return tuple(
        Sector(
            sector,
            tuple(each for each in found.of_kind(RESULT_AREA) if found.sector_of(each.iri) == sector.iri),
            _posts(sector.iri, found),
        )
        for sector in found.of_kind(SECTOR)
    )


def _posts(sector: str, found: Responsibility) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    """The posts in a sector, by how that is known, the surest first."""
    ways = [(post, _how(post, sector, found)) for post in found.of_kind(POST)]
    groups = ((how, tuple(post for post, way in ways if way == how)) for how in WAYS)
    return tuple((how, posts) for how, posts in groups if posts)


def _how(post: Party, sector: str, found: Responsibility) -> str:
    """The surest way in which a post is known to be in a sector; empty if it is not."""
    ways = {each.how for each in post.memberships if found.sector_of(each.unit) == sector}
    return next((how for how in WAYS if how in ways), "")


def _table(found: Responsibility, periods: Iterable[str]) -> Table:
    """A row for every party and period, and one without a party for the measures that name none."""
    names = {each.iri: each.link.text for each in found.parties}
    rows: list[tuple[Cell, ...]] = []
    for period in periods:
        for each in found.parties:
            sectors = {found.sector_of(above.unit): above.how for above in each.memberships}
            rows.append(
                (
                    *(each.link.text, each.kind.rpartition("#")[2]),
                    " | ".join(names[sector] for sector in sectors if sector) or None,
                    " | ".join(sorted({how for sector, how in sectors.items() if sector})) or None,
                    *(period, each.named.get(period, 0), each.table.get(period)),
                )
            )
        without = sum(each.period == period for each in found.unassigned)
        rows.append((None, None, None, None, period, without, None))
    return Table("responsibility", COLUMNS, tuple(rows))
