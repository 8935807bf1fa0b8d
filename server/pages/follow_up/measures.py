"""The measures as a table: who is responsible, when, by what they are measured and what is reported."""

import re
from collections.abc import Mapping
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.pages.follow_up.schedules import UNDATED, Step, read_schedule
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column, facets
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, arranged, table_view
from hytegraph.server.pages.shared.measures import MeasureLine, MeasureReader
from hytegraph.server.pages.shared.outcomes.tallies import states_of_town
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.view import respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("measures", __name__)

# In which column stands where the schedule lies in a calendar of years, halves or months.
DUE: Mapping[Step, str] = {"year": "dueYear", "half": "dueHalf", "month": "dueMonth"}
COLUMNS = (
    Column("measure"),
    Column("party", "values"),
    Column("schedule", "values"),
    Column("indicator", "filled", is_wide=True),
    Column("state", "values"),
    Column("realisation", "filled", is_wide=True),
    Column("goal", "values", is_wide=True),
    Column("aim", "values", is_shown=False),
    Column("sector", "values", is_shown=False),
    Column("target", is_shown=False),
    Column("period", "values"),
    Column("document", "values", is_shown=False),
    *(Column(name, "values", is_shown=False) for name in DUE.values()),
    Column("lines"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HALVES = {"H1": "1–6", "H2": "7–12"}
DATA = ("lineStart", "lineEnd", "iri")


@blueprint.get("/measures")
@blueprint.get("/measures.<suffix>")
@in_towns
@asks(*facets(COLUMNS), *ARRANGED, PAGE)
def measures(suffix: str | None = None) -> Response:
    """The measures with responsible party, schedule, indicator and what is reported."""
    if is_of_all_towns():
        return by_town("measures", ("measures",), suffix)
    base, language = settings().base, reader_language(request)
    rows = read_measures(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("measures", COLUMNS, rows, DATA)
    things = tuple(str(row.data[-1]) for row in table.rows)
    return respond(table_view(table, language, things), suffix)


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
    states = states_of_town(kept, town)
    return tuple(_row(line, states.get(line.iri, ""), language) for line in lines)


def _row(line: MeasureLine, state: str, language: Language) -> DataRow:
    reported = Link(translate(f"results.state.{state}", language), code=state) if state else None
    cells = (
        *((line.link,), line.parties, line.schedule, line.indicators, (reported,) if reported else ()),
        *(line.reported, line.goals, line.aims, line.sectors, line.targets),
        tuple(Link(period) for period in line.periods),
        (line.document,) if line.document else (),
        *(due_links(line, step, language) for step in DUE),
        (line.place,) if line.place else (),
    )
    return DataRow(cells, (line.start, line.end, line.iri))


def due_links(line: MeasureLine, step: Step, language: Language) -> tuple[Link, ...]:
    """Where the schedule of a measure lies in a calendar of that step, each once."""
    years = [int(year) for period in line.periods for year in _YEAR.findall(period)]
    codes = (
        code
        for words in line.schedule
        for code in read_schedule(words.text, max(years, default=0)).codes(step)
    )
    return tuple(Link(due_text(code, language), code=code) for code in dict.fromkeys(codes))


def due_text(code: str, language: Language) -> str:
    """A year, half or month as it is written, or that a schedule lies in none.

    >>> due_text("2022-H2", "fi"), due_text("2022-05", "fi"), due_text("2022", "fi")
    ('7–12/2022', '5/2022', '2022')
    """
    if code in UNDATED:
        return translate(f"calendar.{code}", language)
    year, _, part = code.partition("-")
    if not part:
        return year
    return f"{_HALVES[part]}/{year}" if part in _HALVES else f"{int(part)}/{year}"
