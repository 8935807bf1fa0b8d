"""Reads a report on what was done in a year for the goals of the wellbeing plan."""

import re

from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.columns_by_aim import AIM, ColumnReader
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of

_REPORTED = re.compile(r"toteutuneet\s+toimenpiteet\s+(20\d\d)")


def matches(document: SourceText) -> bool:
    """Whether the aims' tables have a column of realised measures of a year."""
    return any(map(AIM.fullmatch, document.lines)) and any(map(_REPORTED.search, document.lines))


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Aims, goals, priorities, realisations and the council's decision on the priorities."""
    reader = ColumnReader(document, cleaner, reports=True)
    reader.read()
    years = (match[1] for match in map(_REPORTED.search, document.lines) if match)
    year = next(years, year_range(reader.title))
    return Extraction(reader.title, year, tables_of(reader.writer.rows), strategy=reader.strategy)


REALISATION_REPORT = Kind(
    "realisation-report", "toteumaraportti", HYTE.realisationReport, matches, extract, orders_goals=True
)
