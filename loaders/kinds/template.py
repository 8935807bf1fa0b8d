"""Reads the empty template of the wellbeing plan: aims, goals and priorities, nothing reported."""

import re

from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.columns_by_aim import AIM, ColumnReader
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of

_TO_REPORT = re.compile(r"toteutuminen\s+toimialoittain")


def matches(document: SourceText) -> bool:
    """Whether the aims' tables have a column for what the sectors are to report."""
    return any(map(AIM.fullmatch, document.lines)) and any(map(_TO_REPORT.search, document.lines))


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Aims, goals and priorities, and the header whose council reference is empty."""
    reader = ColumnReader(document, cleaner, reports=False)
    reader.read()
    period, tables = year_range(reader.title), tables_of(reader.writer.rows)
    return Extraction(reader.title, period, tables, strategy=reader.strategy)


TEMPLATE = Kind("template", "lomake", HYTE.template, matches, extract)
