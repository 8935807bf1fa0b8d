"""Strategy tables: goal, measure, responsibility, indicator and realisation, by aim and sector."""

from collections import Counter
from collections.abc import Mapping, Sequence

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.goal_rows import ReadTable, read_tables
from hytegraph.loaders.kinds.interim_report.strategy_tables.goals import (
    ALIKE,
    GoalTable,
    LearntGoal,
    learn_goals,
    likeness,
    tables_of_pages,
)
from hytegraph.loaders.kinds.interim_report.strategy_tables.output import (
    aim_rows,
    goal_row,
    loss_rows,
    measure_row,
    passage_rows,
    with_ids,
)
from hytegraph.loaders.kinds.interim_report.strategy_tables.pages import read_pages
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import items_of, raw_lines
from hytegraph.loaders.kinds.interim_report.strategy_tables.schedule import read_item
from hytegraph.loaders.kinds.interim_report.strategy_tables.sectors import (
    SectorReading,
    assign_sectors,
    sectors_of,
)
from hytegraph.loaders.row_writer import Rows


def read_strategy_tables(
    document: SourceText,
    cleaner: Cleaner,
    first_line: int,
    known_goals: Mapping[str, str] | None = None,
) -> Rows:
    """Rows of measures, goals, aims, passages and losses from `first_line` to the end of the document.

    `known_goals` gives the aims of goals that stand in other documents, by squashed goal. A document without
    such tables gives no rows.
    """
    known = {wording_key(goal): aim for goal, aim in (known_goals or {}).items()}
    pages = read_pages(document, first_line)
    tables = tables_of_pages(document, pages.pages, known)
    goals = learn_goals(document, tables, cleaner, known)
    aims = _aims(tables, goals, known)
    read = read_tables(document, cleaner, tables, goals)
    sectors = _sectors(document, cleaner, first_line, read)
    measures = [
        measure_row(row, aims[entry.table.group], sectors[index], cleaner)
        for index, entry in enumerate(read)
        for row in entry.rows
        if row.lines()
    ]
    return {
        "measures": [{**row, "row": row["id"]} for row in with_ids(measures)],
        "goals": with_ids(goal_row(goal, aims[goal.group]) for goal in goals),
        "aims": with_ids(aim_rows(pages)),
        "passages": with_ids(passage_rows(document, cleaner, pages)),
        "losses": with_ids(loss_rows(document, pages)),
    }


def _aims(
    tables: Sequence[GoalTable], goals: Sequence[LearntGoal], known: Mapping[str, str]
) -> dict[int, str]:
    """The name of each group's aim: as printed over one of its tables, else as known, else empty."""
    aims: dict[int, str] = {}
    for table in tables:
        printed = [page.heading.aim for page in table.pages if page.heading and page.heading.aim]
        if printed and not aims.get(table.group):
            aims[table.group] = printed[0]
        aims.setdefault(table.group, "")
    for group in [group for group, aim in aims.items() if not aim]:
        aims[group] = _known_aim([goal for goal in goals if goal.group == group], known)
    return aims


def _known_aim(goals: Sequence[LearntGoal], known: Mapping[str, str]) -> str:
    votes = Counter(
        aim
        for goal in goals
        for text, aim in known.items()
        if likeness(wording_key(goal.text), text) >= ALIKE
    )
    return max(votes, key=lambda aim: votes[aim]) if votes else ""


def _sectors(
    document: SourceText, cleaner: Cleaner, first_line: int, read: Sequence[ReadTable]
) -> dict[int, SectorReading]:
    names = sectors_of(document, first_line)
    sectors: dict[int, SectorReading] = {}
    for group in dict.fromkeys(entry.table.group for entry in read):
        members = {index: entry for index, entry in enumerate(read) if entry.table.group == group}
        printed = {index: _printed_sector(entry.table) for index, entry in members.items()}
        parties = {index: _parties(entry, cleaner) for index, entry in members.items()}
        sectors |= assign_sectors(names, printed, parties)
    return sectors


def _printed_sector(table: GoalTable) -> str:
    return next((page.heading.sector for page in table.pages if page.heading and page.heading.sector), "")


def _parties(entry: ReadTable, cleaner: Cleaner) -> list[str]:
    items = [cleaner.clean(raw_lines(item)) for item in items_of(entry.responsible())]
    return [party for item in items for party in read_item(item).parties]
