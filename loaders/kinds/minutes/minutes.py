"""Reads minutes of governing bodies: matters with their preparation, proposal and decision."""

from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of
from hytegraph.loaders.kinds.minutes.handlings import Minutes, read_minutes
from hytegraph.loaders.kinds.minutes.rows import HandlingWriter

# Of a plan that ends with the minutes of its approval, the minutes are the smaller part.
_LATEST_START = 0.5
_SHORT = 60


def matches(document: SourceText) -> bool:
    """Whether a governing body, a day and a section head a matter with a proposal or a decision."""
    minutes = read_minutes(document)
    dated = [handling for handling in minutes.handlings if handling.date and handling.decides]
    return bool(dated) and not _is_appendix(document, minutes)


def _is_appendix(document: SourceText, minutes: Minutes) -> bool:
    start = min(minutes.handlings[0].heading)
    return start > _SHORT and start > _LATEST_START * len(document.lines)


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Decisions with what they cite, the preparation's text, and the projects it lists."""
    writer = HandlingWriter(document, cleaner)
    writer.write(read_minutes(document))
    rows = writer.rows.rows
    adopted = [row["date"] for row in rows.get("citations", ()) if row["what"] == "strategy"]
    first = next(iter(rows["decisions"]), {})
    title, date = first.get("title", ""), first.get("date", "")
    return Extraction(title, year_range(title), tables_of(rows), date, next(iter(adopted), ""))


MINUTES = Kind("minutes-extract", "poytakirjanote", HYTE.minutesExtract, matches, extract, states_goals=False)
