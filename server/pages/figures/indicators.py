"""The indicators of the measures, and whether the documents give a value for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column, facets
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, arranged, table_view
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.view import respond
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, page_path, path_under
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("indicators", __name__)

VALUES = ("value", "digits", "none")
COLUMNS = (
    Column("indicator", is_wide=True),
    Column("measures", is_wide=True),
    Column("realisation", "filled", is_wide=True),
    Column("value"),
    Column("has", "values"),
    Column("sector", "values"),
    Column("period", "values"),
    Column("lines"),
)
DATA = ("document", "lineStart", "lineEnd", "iri")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """An indicator of a table row: the measures of the row, what is reported on the row, and the values, if any."""

    iri: str
    link: Link
    measures: tuple[tuple[str, Link], ...]
    periods: tuple[str, ...]
    sector: Link | None
    realisation: str
    values: tuple[str, ...]
    document: str
    start: int
    end: int
    row: Link | None

    @property
    def has(self) -> str:
        """`value` with a value in the data, `digits` with digits in what is reported on the row, else `none`."""
        return "value" if self.values else "digits" if _DIGIT.search(self.realisation) else "none"


@blueprint.get("/indicators")
@blueprint.get("/indicators.<suffix>")
@in_towns
@asks(*facets(COLUMNS), *ARRANGED, PAGE)
def indicators_page(suffix: str | None = None) -> Response:
    """The indicators with their measures, and honestly whether a value is in the data."""
    if is_of_all_towns():
        return by_town("indicators", ("indicators", *(f"indicators-{has}" for has in VALUES)), suffix)
    base, language = settings().base, reader_language(request)
    listed = read_indicators(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("indicators", COLUMNS, tuple(_row(each, language) for each in listed), DATA)
    measures = {each.iri: tuple(measure for measure, _ in each.measures) for each in listed}
    shown = (str(row.data[-1]) for row in table.rows)
    things = tuple(thing for iri in shown for thing in (iri, *measures[iri]))
    return respond(table_view(table, language, things), suffix)


def _row(indicator: ListedIndicator, language: Language) -> DataRow:
    cells = (
        (indicator.link,),
        tuple(link for _, link in indicator.measures),
        tuple(Link(text, "fi") for text in indicator.realisation.split(" | ") if text),
        tuple(map(Link, indicator.values)),
        (Link(translate(f"indicators.has.{indicator.has}", language), code=indicator.has),),
        (indicator.sector,) if indicator.sector else (),
        tuple(map(Link, indicator.periods)),
        (indicator.row,) if indicator.row else (),
    )
    place = (indicator.document or None, indicator.start or None, indicator.end or None, indicator.iri)
    return DataRow(cells, place)


@lru_cache(maxsize=6)
def read_indicators(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[ListedIndicator, ...]:
    """All indicators of a town (its slug) or of the data in the order of their documents; kept, as the data never
    change within a dataset.
    """
    rows = summaries.rows("indicator-rows", town)
    measures: dict[str, dict[str, Row]] = {}
    for row in summaries.rows("indicator-measures", town):
        measures.setdefault(row.text("indicator"), {})[row.text("measure")] = row
    observed: dict[str, list[str]] = {}
    for row in summaries.rows("indicator-values", town):
        observed.setdefault(row.text("indicator"), []).append(row.text("value"))
    sectors = {iri for row in rows if (iri := row.iri("sector"))}
    labels = labels_of(dataset, sectors, base, language)
    names = {iri: labels.link(iri) for iri in sectors}
    first = {(row.text("indicator"), row.text("row")): row for row in reversed(rows)}
    ordered = dict.fromkeys((row.text("indicator"), row.text("row")) for row in rows)
    return tuple(
        _listed(
            first[key],
            measures.get(key[0], {}),
            tuple(sorted(observed.get(key[0], ()))),
            names,
            base,
            language,
        )
        for key in ordered
    )


def _listed(
    row: Row,
    measures: Mapping[str, Row],
    values: tuple[str, ...],
    sectors: Mapping[str, Link],
    base: str,
    language: Language,
) -> ListedIndicator:
    start, end = int(row.text("start") or 0), int(row.text("end") or 0)
    iri = row.text("indicator")
    return ListedIndicator(
        iri=iri,
        link=Link(row.text("label"), row.language("label"), page_path(iri, base)),
        measures=tuple(
            (measure, Link(each.text("label"), each.language("label"), path_under("trace", measure, base)))
            for measure, each in measures.items()
        ),
        periods=tuple(sorted({each.text("period") for each in measures.values() if each["period"]})),
        sector=sectors.get(row.text("sector")),
        realisation=row.text("realisation"),
        values=values,
        document=row.text("name"),
        start=start,
        end=end,
        row=place_link(dataset(), (row.text("document"), start, end), base, language) if start else None,
    )
