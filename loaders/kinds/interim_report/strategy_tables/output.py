"""Rows of the reviewable tables made from what was read of strategy tables."""

from collections import Counter
from collections.abc import Iterable, Mapping

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS, SEPARATOR, SURE
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.identity.parties import PartyKind, party_kind
from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import CellColumn
from hytegraph.loaders.kinds.interim_report.strategy_tables.goal_rows import GoalRow
from hytegraph.loaders.kinds.interim_report.strategy_tables.goals import LearntGoal
from hytegraph.loaders.kinds.interim_report.strategy_tables.pages import PAGE_NUMBER, Pages
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import (
    items_of,
    lines_holding,
    raw_lines,
    spans_text,
    text_of,
)
from hytegraph.loaders.kinds.interim_report.strategy_tables.schedule import read_item
from hytegraph.loaders.kinds.interim_report.strategy_tables.sectors import SectorReading

_EMPTY_GOAL = "Tavoitesolu on tyhjä: rivi jatkaa yllä olevaa tavoitetta."
_NO_GOAL = "Tavoitetta ei löytynyt riviltä eikä sen yltä."
_NO_AIM = "Päämäärän nimeä ei ole painettu asiakirjaan."
_NO_SECTOR = "Toimialaa ei voi päätellä vastuutahoista."
_ELIMINATED = "Toimiala on päätelty poissulkemalla."
_NO_PARTY = "Vastuun solussa on muutakin kuin vastuutahoja: se voi kuulua toimenpiteeseen."
_REFERENCE = "Viittaus päätökseen voi olla rivin toteuma."
_SDG = "SDG"

Cells = dict[str, str]


def measure_row(row: GoalRow, aim: str, sector: SectorReading, cleaner: Cleaner) -> Cells:
    """A line of the table of measures."""
    cells = {"aim": aim, "sector": sector.sector, **_goal_cells(row)}
    names = {
        CellColumn.MEASURE: "measure",
        CellColumn.INDICATOR: "indicator",
        CellColumn.REALISATION: "realisation",
    }
    for column, name in names.items():
        pieces = row.cells.get(column, ())
        cells[name] = text_of(pieces, cleaner)
        cells[f"{name}_lines"] = spans_text(piece.line for piece in pieces)
    cells["cites"] = text_of(row.cites, cleaner)
    cells["cites_lines"] = spans_text(piece.line for piece in row.cites)
    cells |= _responsible_cells(row, cleaner)
    doubts = [*row.doubts, *([] if aim else [_NO_AIM]), *([] if sector.sector else [_NO_SECTOR])]
    parties = cells["responsible"].split(SEPARATOR) if cells["responsible"] else []
    doubts += [_NO_PARTY] if PartyKind.NONE in map(party_kind, parties) else []
    doubts += [] if row.found else [_NO_GOAL]
    doubts += [_REFERENCE] if row.cites and CellColumn.REALISATION not in row.cells else []
    remarks = [_EMPTY_GOAL] if row.found and not row.own else []
    remarks += [_ELIMINATED] if sector.eliminated else []
    return {
        "id": f"L{row.lines()[0]}",
        **cells,
        "certainty": AMBIGUOUS if doubts else SURE,
        "note": " ".join([*doubts, *remarks]),
    }


def _goal_cells(row: GoalRow) -> Cells:
    if not row.found:
        return {}
    text = SEPARATOR.join(goal.text for goal in row.found.goals)
    return {"goal": text, "goal_lines": spans_text(row.found.lines)}


def _responsible_cells(row: GoalRow, cleaner: Cleaner) -> Cells:
    parties: list[str] = []
    schedules: list[str] = []
    party_lines: list[int] = []
    schedule_lines: list[int] = []
    for item in items_of(row.cells.get(CellColumn.RESPONSIBLE, ())):
        said = read_item(cleaner.clean(raw_lines(item)))
        end = 0
        for party in said.parties:
            lines, end = lines_holding(item, party, end)
            parties.append(party)
            party_lines += lines
        if said.schedule:
            lines, end = lines_holding(item, said.schedule, end)
            schedules.append(said.schedule)
            schedule_lines += lines
    return {
        "responsible": SEPARATOR.join(parties),
        "responsible_lines": spans_text(party_lines),
        "schedule": SEPARATOR.join(schedules),
        "schedule_lines": spans_text(schedule_lines),
    }


def goal_row(goal: LearntGoal, aim: str) -> Cells:
    """A line of the table of goals."""
    return {
        "id": f"L{goal.lines[0]}",
        "aim": aim,
        "goal": goal.text,
        "lines": spans_text(goal.lines),
        "certainty": SURE if aim else AMBIGUOUS,
        "note": "" if aim else _NO_AIM,
    }


def aim_rows(pages: Pages) -> Iterable[Cells]:
    """The aims whose headings are printed, each once."""
    seen: set[str] = set()
    for page in pages.pages:
        if page.heading and page.heading.aim not in seen:
            seen.add(page.heading.aim)
            yield _line_row(page.heading.line, aim=page.heading.aim)


def passage_rows(document: SourceText, cleaner: Cleaner, pages: Pages) -> Iterable[Cells]:
    """Table headers, printed headings and page numbers."""
    for page in pages.pages:
        if page.heading:
            text = cleaner.clean([document.line(page.heading.line)])
            yield _line_row(page.heading.line, kind="heading", text=text)
        yield _line_row(page.header, kind="tableHeader", text=cleaner.clean([document.line(page.header)]))
    for number in pages.loose:
        line = document.line(number)
        if PAGE_NUMBER.fullmatch(line):
            yield _line_row(number, kind="furniture", text="")
        else:
            yield _line_row(number, kind="heading", text=cleaner.clean([line]))


def loss_rows(document: SourceText, pages: Pages) -> Iterable[Cells]:
    """One lost column of icons for each table header that names it."""
    for page in pages.pages:
        if _SDG in document.line(page.header):
            yield _line_row(page.header, kind="sdgColumn", text=_SDG)


def _line_row(number: int, **cells: str) -> Cells:
    return {"id": f"L{number}", **cells, "lines": f"L{number}", "certainty": SURE, "note": ""}


def with_ids(rows: Iterable[Cells]) -> list[Mapping[str, str]]:
    """The rows in the order of their lines, an id that is used before told apart by a number."""
    counts: Counter[str] = Counter()
    numbered: list[Mapping[str, str]] = []
    for row in sorted(rows, key=lambda row: int(row["id"][1:])):
        counts[row["id"]] += 1
        count = counts[row["id"]]
        numbered.append({**row, "id": row["id"] if count == 1 else f"{row['id']}-{count}"})
    return numbered
