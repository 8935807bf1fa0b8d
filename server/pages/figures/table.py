"""The figures as a table that a reader arranges: a row for every printed cell."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.pages.figures.reading import Comparison, Figure, Observation, read_figures
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column, facets
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, arranged, table_view
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.table import code_text
from hytegraph.server.pages.shared.view import respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, path_under
from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number

blueprint = Blueprint("figure_table", __name__)

COLUMNS = (
    Column("figure"),
    Column("sector", "values"),
    Column("resultArea", "values", is_shown=False),
    Column("group", "values", is_shown=False),
    Column("parent", "values", is_shown=False),
    Column("unit", "values"),
    Column("scenario", "values"),
    Column("period", "values"),
    Column("value", is_numeric=True),
    Column("budgetSameYear", is_numeric=True),
    Column("differenceFromBudget", "filled", is_numeric=True),
    Column("differencePercent", is_numeric=True),
    Column("sourceText", is_shown=False),
    Column("certainty", "values", is_shown=False),
)
DATA = ("iri",)


@blueprint.get("/figures/table")
@blueprint.get("/figures/table.<suffix>")
@in_towns
@asks(*facets(COLUMNS), *ARRANGED, PAGE)
def figure_table(suffix: str | None = None) -> Response:
    """The figures as a table: every printed number beside the budget of its year."""
    if is_of_all_towns():
        return by_town("figure-table", ("figure-cells",), suffix, "/figures/table")
    base, language = settings().base, reader_language(request)
    rows = read_cells(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("figure-table", COLUMNS, rows, DATA)
    return respond(table_view(table, language, tuple(str(row.data[-1]) for row in table.rows)), suffix)


@lru_cache(maxsize=6)
def read_cells(
    served: Dataset, kept: Summaries, town: str | None, base: str, language: Language
) -> tuple[DataRow, ...]:
    """A row for every printed cell of a town (its slug) or of the data, in the order of the figures."""
    figures = read_figures(served, kept, town, base, language)
    by_iri = {figure.iri: figure for figure in figures.figures}
    return tuple(
        row for figure in figures.figures for row in _rows(figure, by_iri.get(figure.parent), base, language)
    )


def _rows(figure: Figure, parent: Figure | None, base: str, language: Language) -> Iterator[DataRow]:
    link = Link(figure.link.text, figure.link.language, path_under("figures", figure.iri, base))
    compared = {each.observation.iri: each for each in figure.comparisons}
    own = (
        (link,),
        *((place,) if place else () for place in (figure.sector, figure.area, figure.group)),
        (parent.link,) if parent else (),
        (Link(figure.unit, "fi"),) if figure.unit else (),
    )
    for cell in figure.observations:
        yield DataRow((*own, *_of_cell(cell, compared.get(cell.iri), language)), (cell.iri,))


def _of_cell(
    cell: Observation, compared: Comparison | None, language: Language
) -> tuple[tuple[Link, ...], ...]:
    share = None if compared is None or compared.share is None else round(compared.share * 100, 1)
    certainty = "ambiguous" if cell.ambiguous else "sure"
    return (
        (_coded("scenario", cell.column.scenario, language),),
        (Link(cell.column.name),),
        _number(cell.value, language),
        _number(compared.budget.value if compared else None, language),
        _number(compared.difference if compared else None, language, signed=True),
        _number(share, language, signed=True),
        (Link(cell.text, "fi"),) if cell.text else (),
        (_coded("certainty", certainty, language),),
    )


def _coded(column: str, code: str, language: Language) -> Link:
    return Link(code_text(column, code, language), code=code)


def _number(value: Decimal | None, language: Language, *, signed: bool = False) -> tuple[Link, ...]:
    return () if value is None else (Link(number(value, language, signed=signed), code=str(value)),)
