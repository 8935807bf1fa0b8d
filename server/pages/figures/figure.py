"""One figure: what is printed for it, its chart, its parts, and the budget beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.figures.reading import (
    Column,
    Figure,
    Observation,
    columns_of,
    read_figure,
    sum_of,
)
from hytegraph.server.pages.figures.routes import column_name, figure_table
from hytegraph.server.pages.figures.slopes import slope_of
from hytegraph.server.pages.shared.charts import Bar, BarGroup, Chart, bar_chart
from hytegraph.server.pages.shared.evidence import OUTGOING, read_evidence, standing_of
from hytegraph.server.pages.shared.view import View, iri_under, respond, split_suffix
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, path_under
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import number, percent

blueprint = Blueprint("figure", __name__)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a figure and what it has in each column."""

    link: Link
    cells: tuple[tuple[Observation, ...], ...]


@blueprint.get("/figures/<path:name>")
def figure_page(name: str) -> Response:
    """A figure with its observations, parts and sources."""
    rest, suffix = split_suffix(name)
    iri, base, language = iri_under(rest), settings().base, reader_language(request)
    near = read_figure(dataset(), summaries(), iri, base, language)
    figure = next((each for each in near.figures if each.iri == iri), None)
    if figure is None:
        raise ProblemError(Problem(404, "not-found", f"<{iri}> is not a figure in the data."))
    parts = near.parts(iri)
    columns = columns_of((figure, *parts))
    own = (iri, *(each.iri for each in figure.observations))
    evidence = read_evidence(dataset(), own, base, language)
    values = {
        "figure": figure,
        "parent": next((_linked(each, base) for each in near.figures if each.iri == figure.parent), None),
        "parts": tuple(PartLine(_linked(each, base), tuple(map(each.cells, columns))) for each in parts),
        "columns": columns,
        "totals": tuple(_total(parts, column) for column in columns),
        "cells": tuple(map(figure.cells, columns)),
        "comparisons": figure.comparisons,
        "faults": near.faults.get(iri, ()),
        "standing_of_figure": standing_of(
            dataset().select(OUTGOING, thing=NamedNode(iri)), labels_of(dataset(), [], base, language)
        ),
        "place": figure.place.removeprefix(base),
        "sector_place": figure.sector_iri.removeprefix(base),
        "evidence": evidence.get(iri, ()),
        "lines": {
            thing: tuple(Link(each.place, "", each.href) for each in passages)
            for thing, passages in evidence.items()
        },
        "slope": slope_of(figure, language),
        "chart": _figure_chart(figure, columns, language),
        "parts_chart": _parts_chart(parts, columns, language),
        "column_name": partial(column_name, language),
        "number": partial(number, language=language),
        "percent": partial(percent, language=language, signed=True),
    }
    table = figure_table(iri.rpartition("/")[2], (figure, *parts), near)
    return respond(View("figures/figure.html", values, table, _things((figure, *parts))), suffix)


def _things(figures: Iterable[Figure]) -> tuple[str, ...]:
    """The figures and their observations."""
    return tuple(iri for one in figures for iri in (one.iri, *(cell.iri for cell in one.observations)))


def _linked(figure: Figure, base: str) -> Link:
    return Link(figure.link.text, figure.link.language, path_under("figures", figure.iri, base))


def _total(parts: tuple[Figure, ...], column: Column) -> Decimal | None:
    """The sum of the parts in a column; None where one has no number there, or where sources differ."""
    sources = {each.source for part in parts for each in part.cells(column)}
    return sum_of(parts, column, sources.pop()) if len(sources) == 1 else None


def _figure_chart(figure: Figure, columns: Iterable[Column], language: Language) -> Chart | None:
    return bar_chart([BarGroup("", "", _bars(figure, columns, language))], language)


def _parts_chart(parts: Iterable[Figure], columns: tuple[Column, ...], language: Language) -> Chart | None:
    groups = [BarGroup(each.link.text, each.link.language, _bars(each, columns, language)) for each in parts]
    return bar_chart(groups, language)


def _bars(figure: Figure, columns: Iterable[Column], language: Language) -> tuple[Bar, ...]:
    """A bar for every number, and one without a length where a column has none."""
    bars: list[Bar] = []
    for column in columns:
        name = column_name(language, column, "long")
        values = [each.value for each in figure.cells(column) if each.value is not None]
        bars.extend(Bar(name, column.scenario, value, number(value, language)) for value in values)
        if not values:
            bars.append(Bar(name, column.scenario, None, translate("figures.novalue", language)))
    return tuple(bars)
