"""Plans, strategies, reports and budgets of any town and layout, read by a profile of their tables."""

from hytegraph.graph.errors import DocumentError
from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of
from hytegraph.loaders.profile.model import OTHER
from hytegraph.loaders.profile.reader import propose, read_plan
from hytegraph.loaders.row_writer import iso_date


def matches(document: SourceText) -> bool:
    """Whether one of the tables has the headings of a plan."""
    return any(table.shape != OTHER for table in propose(document).tables)


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Aims, goals and measures by the profile; raises DocumentError where no row was found."""
    profile = propose(document)
    plan = read_plan(document, cleaner, profile)
    if not plan.read:
        raise DocumentError(document.name, "no measure, goal or indicator was found in its tables")
    head = [line for line in document.lines[:40] if line.strip()]
    period = next(filter(None, map(year_range, head)), "")
    date = next(filter(None, map(iso_date, head)), "")
    return Extraction(head[0].strip(), period, tables_of(plan.rows), date="" if period else date)


ANY_PLAN = Kind("any-plan", "suunnitelma", HYTE.actionPlan, matches, extract, states_goals=False)
