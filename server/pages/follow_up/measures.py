"""The measures as a table: who is responsible, when, by what they are measured and what is reported."""

from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, arranged
from hytegraph.server.pages.shared.measures import MeasureLine, MeasureReader
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.table import title_of_column
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

blueprint = Blueprint("measures", __name__)

COLUMNS = (
    Column("measure"),
    Column("party", "values"),
    Column("schedule", "values"),
    Column("indicator", "filled", is_wide=True),
    Column("realisation", "filled", is_wide=True),
    Column("goal", "values", is_wide=True),
    Column("aim", "values", is_shown=False),
    Column("sector", "values", is_shown=False),
    Column("target", is_shown=False),
    Column("period", "values"),
    Column("document", "values", is_shown=False),
    Column("lines"),
)
DATA = ("lineStart", "lineEnd", "iri")


@blueprint.get("/measures")
@blueprint.get("/measures.<suffix>")
@in_towns
@asks(
    *(
        Parameter(column.name, f"Narrows the rows by the column {column.name}.")
        for column in COLUMNS
        if column.facet
    ),
    *ARRANGED,
    PAGE,
)
def measures(suffix: str | None = None) -> Response:
    """The measures with responsible party, schedule, indicator and what is reported."""
    if is_of_all_towns():
        return by_town("measures", ("measures",), suffix)
    base, language = settings().base, reader_language(request)
    rows = read_measures(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("measures", COLUMNS, rows, DATA)
    values = {
        "table": table,
        "part": table.part(),
        "heading_of": lambda name: title_of_column(name, language, "measures"),
    }
    things = tuple(str(row.data[-1]) for row in table.rows)
    return respond(View("follow_up/measures.html", values, table.as_table, things), suffix)


@lru_cache(maxsize=16)
def read_measures(
    served: Dataset, kept: Summaries, town: str | None, base: str, language: Language
) -> tuple[DataRow, ...]:
    """The measures of a town (its slug) or of the data; kept, as the data never change within a dataset.

    Those of the latest period come first, and those that stand in no table last.
    """
    lines = sorted(
        MeasureReader(served, kept, base, language).of_town(town),
        key=lambda line: line.periods[:1],
        reverse=True,
    )
    lines.sort(key=lambda line: not line.in_table)
    return tuple(map(_row, lines))


def _row(line: MeasureLine) -> DataRow:
    cells = (
        *((line.link,), line.parties, line.schedule, line.indicators, line.reported, line.goals),
        *(line.aims, line.sectors, line.targets, tuple(Link(period) for period in line.periods)),
        *((each,) if each else () for each in (line.document, line.place)),
    )
    return DataRow(cells, (line.start, line.end, line.iri))
