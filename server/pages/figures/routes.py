"""The figures of the reports: their list by sector and result area, as a page and as data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby, islice

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.figures.deviations import (
    CHARTED,
    SORTS,
    deviation_chart,
    deviations_of,
    finding,
    sector_counts,
)
from hytegraph.server.pages.figures.losses import read_losses
from hytegraph.server.pages.figures.reading import (
    Column,
    Comparison,
    Figure,
    Figures,
    Observation,
    read_figures,
)
from hytegraph.server.pages.figures.slopes import Slope, slope_of
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, path_under
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import number, percent

blueprint = Blueprint("figures", __name__)

LARGE = Decimal("0.2")
# So many figures of a place have a drawing over the years, those with the largest deviations.
SLOPES = 12
COLUMNS = (
    *(
        "sector",
        "resultArea",
        "group",
        "parent",
        "figure",
        "unit",
        "scenario",
        "period",
        "value",
        "sourceText",
    ),
    *("certainty", "sumOfParts", "budgetSameYear", "differenceFromBudget", "differencePercent"),
)
ONLY: Mapping[str, Callable[[Figure, Figures], bool]] = {
    "faults": lambda figure, figures: figure.iri in figures.faults,
    "deviates": lambda figure, figures: _deviates(figure.forecast),
    "missing": lambda figure, figures: (
        not all(
            any(each.value is not None for each in figure.cells(column))
            for column in _section_columns(figures, figure.place)
        )
    ),
    "ambiguous": lambda figure, figures: figure.ambiguous,
}


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A figure in the list: its cells by column, and the forecast beside the budget."""

    figure: Figure
    href: str
    nested: bool
    cells: tuple[tuple[Observation, ...], ...]
    forecast: Comparison | None
    faulty: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of a sector or result area, in groups (with the heading None where the source has no group)."""

    sector: Link | None
    area: Link | None
    columns: tuple[Column, ...]
    groups: tuple[tuple[Link | None, tuple[ListedFigure, ...]], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A sector or result area in the overview, with how many figures it has, its own and those below it."""

    value: str
    link: Link
    count: int
    below: tuple["Place", ...]


@blueprint.get("/figures")
@blueprint.get("/figures.<suffix>")
@in_towns
@asks(
    Parameter("place", "Path of a sector or result area.", example="id/kemi/unit/keskusvirasto"),
    Parameter("only", "Which figures.", values=tuple(ONLY)),
    PAGE,
)
def figures_page(suffix: str | None = None) -> Response:
    """The figures of the data by sector and result area; data forms hold all that the filters let through."""
    if is_of_all_towns():
        return by_town("figures", ("figures", "figure-cells", "figures-ambiguous"), suffix)
    base, language, town = settings().base, reader_language(request), town_of_rows()
    figures = read_figures(dataset(), summaries(), town, base, language)
    places = _places(figures.figures, base)
    place, only = request.args.get("place", ""), request.args.get("only", "")
    here = _in_place(figures.figures, places, place, base)
    if only and only not in ONLY:
        raise ProblemError(Problem(400, "bad-request", f"only is none of {', '.join(ONLY)}."))
    marked = _marked(figures)
    shown = tuple(each for each in here if not only or each.iri in marked[only])
    part, deviations = part_of(shown), deviations_of(shown, figures)
    values = {
        "figures": figures,
        "places": places,
        "place": place,
        "only": only,
        "counts": {name: sum(each.iri in iris for each in here) for name, iris in marked.items()},
        "here": len(here),
        "sections": _sections(part.items, figures, base),
        "part": part,
        "chart": deviation_chart(deviations, language),
        "finding": finding(deviations, language),
        "charted": CHARTED,
        "sorts": SORTS,
        "sectors": () if place else sector_counts(figures.figures, base),
        "slopes": _slopes([one.figure for one in deviations], base, language) if place else (),
        "losses": read_losses(summaries(), "chartValues", town, base, language),
        "column_name": partial(column_name, language),
        "number": partial(number, language=language),
        "percent": partial(percent, language=language, signed=True),
    }
    table = partial(figure_table, "figures", shown, figures)
    return respond(View("figures/figures.html", values, table, partial(_things, shown)), suffix)


def _things(shown: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(iri for each in shown for iri in (each.iri, *(cell.iri for cell in each.observations)))


def _slopes(figures: Iterable[Figure], base: str, language: Language) -> tuple[tuple[Slope, str], ...]:
    """The drawings of the first of the figures that have one, each with the address of its figure."""
    drawn = ((slope, figure) for figure in figures if (slope := slope_of(figure, language)))
    return tuple((slope, path_under("figures", figure.iri, base)) for slope, figure in islice(drawn, SLOPES))


def column_name(language: Language, column: Column, length: str = "short") -> str:
    """How a scenario and period are called, `short` or `long`."""
    return translate(f"scenario.{length}.{column.scenario}", language, period=column.name)


def figure_table(name: str, shown: Iterable[Figure], figures: Figures) -> Table:
    """The figures as rows, one for every printed cell; one with empty cells for a figure that has none."""
    names = {each.iri: each.link.text for each in figures.figures}
    rows: list[tuple[Cell, ...]] = []
    for figure in shown:
        own = tuple(link.text if link else None for link in (figure.sector, figure.area, figure.group))
        start = (*own, names.get(figure.parent), figure.link.text, figure.unit or None)
        compared = {each.observation.iri: each for each in figure.comparisons}
        totals = {fault.observation.iri: fault.total for fault in figures.faults.get(figure.iri, ())}
        for each in figure.observations:
            rows.append((*start, *_cell_values(each, totals.get(each.iri), compared.get(each.iri))))
        if not figure.observations:
            rows.append((*start, *([None] * (len(COLUMNS) - len(start)))))
    return Table(name, COLUMNS, tuple(rows))


def _cell_values(each: Observation, total: Decimal | None, compared: Comparison | None) -> tuple[Cell, ...]:
    share = compared.share if compared else None
    return (
        *(each.column.scenario, each.column.name, each.value, each.text or None),
        "ambiguous" if each.ambiguous else "sure",
        total,
        *((compared.budget.value, compared.difference) if compared else (None, None)),
        round(share * 100, 1) if share is not None else None,
    )


def _deviates(forecast: Comparison | None) -> bool:
    return forecast is not None and forecast.share is not None and abs(forecast.share) >= LARGE


def _section_columns(figures: Figures, place: str) -> tuple[Column, ...]:
    return figures.columns.get(place, ())


@lru_cache(maxsize=6)
def _marked(figures: Figures) -> Mapping[str, frozenset[str]]:
    """Which figures each filter lets through."""
    return {
        name: frozenset(each.iri for each in figures.figures if test(each, figures))
        for name, test in ONLY.items()
    }


def _places(figures: Iterable[Figure], base: str) -> tuple[Place, ...]:
    """The sectors with their result areas, in the order in which the source has them."""
    sectors: dict[str, tuple[Link, dict[str, Link], list[str]]] = {}
    for figure in figures:
        if figure.sector:
            sector = sectors.setdefault(figure.sector_iri, (figure.sector, {}, []))
            sector[2].append(figure.place)
            if figure.area:
                sector[1][figure.place] = figure.area
    return tuple(
        Place(
            iri.removeprefix(base),
            link,
            len(all_of),
            tuple(
                Place(area.removeprefix(base), name, all_of.count(area), ()) for area, name in areas.items()
            ),
        )
        for iri, (link, areas, all_of) in sectors.items()
    )


def _in_place(
    figures: tuple[Figure, ...], places: tuple[Place, ...], place: str, base: str
) -> tuple[Figure, ...]:
    if not place:
        return figures
    known = {each.value for above in places for each in (above, *above.below)}
    if place not in known:
        raise ProblemError(Problem(404, "not-found", "There are no figures of that place."))
    return tuple(each for each in figures if base + place in (each.place, each.sector_iri))


def _sections(shown: Iterable[Figure], figures: Figures, base: str) -> list[Section]:
    sections = []
    for place, members in groupby(shown, key=lambda each: each.place):
        listed = tuple(members)
        columns = _section_columns(figures, place)
        groups = tuple(
            (group, tuple(_listed(each, columns, figures, base) for each in each_group))
            for group, each_group in groupby(listed, key=lambda each: each.group)
        )
        sections.append(Section(listed[0].sector, listed[0].area, columns, groups))
    return sections


def _listed(figure: Figure, columns: tuple[Column, ...], figures: Figures, base: str) -> ListedFigure:
    return ListedFigure(
        figure=figure,
        href=path_under("figures", figure.iri, base),
        nested=bool(figure.parent),
        cells=tuple(figure.cells(column) for column in columns),
        forecast=figure.forecast,
        faulty=figure.iri in figures.faults,
    )
