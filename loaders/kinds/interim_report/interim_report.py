"""The interim report: narratives, amendments and figures per sector, then the strategy tables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import format_spans, parse_spans, spans_of
from hytegraph.loaders.documents.table_kinds import SEPARATOR, SURE
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.budget_changes import read_amendments
from hytegraph.loaders.kinds.interim_report.figure_columns import FigureColumn, read_columns
from hytegraph.loaders.kinds.interim_report.figures import FigureTable, read_figures
from hytegraph.loaders.kinds.interim_report.groups import sentence_case
from hytegraph.loaders.kinds.interim_report.narratives import paragraphs
from hytegraph.loaders.kinds.interim_report.outline import (
    AMENDMENTS,
    AREA,
    FIGURES,
    PROSE,
    RESPONSIBLE,
    SECTOR,
    STATISTICS,
    ReportSection,
    area_name,
    outline,
)
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine
from hytegraph.loaders.kinds.interim_report.strategy_tables.assembly import read_strategy_tables
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of
from hytegraph.loaders.row_writer import Rows

_STATISTICS = re.compile(r"Suoritteet\s*/\s*Tunnusluvut", re.IGNORECASE)
_ACTUALS = re.compile(r"\bTOTEUMA\s+(\d{1,2})[-–](\d{1,2}/\d{4})")
_STRATEGY_HEADER = re.compile(r"\s*Tavoite\s+Toimenpi\w+\s+Vastuu\w*")


def matches(document: SourceText) -> bool:
    """Whether the text holds figure tables with the actuals of a part of a year."""
    text = " ".join(" ".join(document.lines).split())
    return bool(_STATISTICS.search(text) and _ACTUALS.search(text))


def extract(document: SourceText, cleaner: Cleaner, known_goals: tuple[KnownGoal, ...]) -> Extraction:
    """Read the report into tables; raises DocumentError when no part of a year is named."""
    text = " ".join(" ".join(document.lines).split())
    actuals = _ACTUALS.search(text)
    if not actuals:
        raise DocumentError(document.name, Reason("no column TOTEUMA with its months and year"))
    period = f"{actuals[1]}-{actuals[2]}"
    first = _first_strategy_line(document)
    reader = _ReportReader(cleaner)
    reader.read([ReportLine(at, text) for at, text in enumerate(document.lines[: first - 1], 1)])
    rows = {name: _with_ids(found) for name, found in reader.rows.items()}
    if first <= len(document.lines):
        aims = {goal.text: goal.aim for goal in known_goals}
        rows = _merged(rows, read_strategy_tables(document, cleaner, first, aims))
    columns = tuple(column.name for column in reader.columns)
    strategy = _strategy([row["goal"] for row in rows.get("goals", ())], known_goals, period)
    tables = tables_of(rows, extra=columns)
    return Extraction(f"Osavuosikatsaus {period}", period, tables, strategy=strategy)


def _strategy(goals: Sequence[str], known_goals: Iterable[KnownGoal], period: str) -> str:
    """The strategy that most of the goals are known from; the report itself names none."""
    strategies = {wording_key(goal.text): goal.strategy for goal in known_goals}
    votes = Counter(strategies[key] for key in map(wording_key, goals) if key in strategies)
    if votes:
        return max(sorted(votes), key=lambda strategy: votes[strategy])
    return period.rpartition("/")[2] if goals else ""


INTERIM_REPORT = Kind(
    "interim-report",
    "osavuosiraportti",
    HYTE.interimReport,
    matches,
    extract,
    states_goals=False,
    needs_goals=True,
    is_report=True,
)


def _first_strategy_line(document: SourceText) -> int:
    """The number of the first strategy table's header, one past the end when there is none."""
    found = (at for at, line in enumerate(document.lines, 1) if _STRATEGY_HEADER.match(line))
    return next(found, len(document.lines) + 1)


def _merged(rows: Rows, others: Rows) -> Rows:
    """Both parts' rows; ids that both use are told apart."""
    return {
        name: _told_apart([*rows.get(name, []), *others.get(name, [])]) for name in sorted({*rows, *others})
    }


def _with_ids(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows in the order of their lines, each named by its first line."""
    ordered = sorted(rows, key=lambda row: parse_spans(row["lines"])[0].first)
    return _told_apart([{"id": f"L{parse_spans(row['lines'])[0].first}", **row} for row in ordered])


def _told_apart(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    used: set[str] = set()
    found: list[Mapping[str, str]] = []
    for row in rows:
        name, count = row["id"], 1
        while name in used:
            count += 1
            name = f"{row['id']}-{count}"
        used.add(name)
        found.append({**row, "id": name})
    return found


@dataclass(slots=True)
class _ReportReader:
    """Reads the sections in order and remembers the sector and result area they stand under."""

    cleaner: Cleaner
    rows: Rows = field(default_factory=dict)
    columns: list[FigureColumn] = field(default_factory=list)
    sector: str = ""
    area: str = ""
    is_new_sector: bool = False

    def read(self, lines: Sequence[ReportLine]) -> None:
        """Read the lines into rows, which carry no ids yet."""
        readers = {
            SECTOR: self._read_sector,
            RESPONSIBLE: self._read_responsible,
            STATISTICS: self._read_statistics,
            AREA: self._read_area,
            FIGURES: self._read_figures,
            AMENDMENTS: self._read_amendments,
            PROSE: self._read_prose,
        }
        for section in outline(lines):
            readers[section.sort](section)

    def _add(self, table: str, lines: Sequence[ReportLine], **cells: str) -> None:
        spans = format_spans(spans_of(line.number for line in lines if line.is_text))
        self.rows.setdefault(table, []).append({**cells, "lines": spans, "certainty": SURE})

    def _clean(self, lines: Sequence[ReportLine]) -> str:
        return self.cleaner.clean(line.text for line in lines)

    def _read_sector(self, section: ReportSection) -> None:
        self.sector = sentence_case(self._clean(section.heading))
        self.area = ""
        self.is_new_sector = True
        self._add("units", section.heading, kind="sector", unit=self.sector, parent="")

    def _read_area(self, section: ReportSection) -> None:
        self.area = self.cleaner.clean(area_name(section.heading))
        self._add("units", section.heading, kind="resultArea", unit=self.area, parent=self.sector)
        self._add("passages", section.heading, kind="heading", text=self._clean(section.heading))

    def _read_responsible(self, section: ReportSection) -> None:
        self._add("passages", section.heading, kind="personalData", text="")

    def _read_statistics(self, section: ReportSection) -> None:
        self._add("passages", section.heading, kind="heading", text=self._clean(section.heading))

    def _read_figures(self, section: ReportSection) -> None:
        columns = read_columns([line.text for line in section.heading])
        self.columns.extend(column for column in columns if column not in self.columns)
        self._add("passages", section.heading, kind="tableHeader", text=self._clean(section.heading))
        table = FigureTable(self.sector, self.area, columns)
        for name, found in read_figures(table, section.body, self.cleaner).items():
            self.rows.setdefault(name, []).extend(found)

    def _read_amendments(self, section: ReportSection) -> None:
        header = section.heading[0]
        self._add("passages", section.heading, kind="tableHeader", text=self._clean(section.heading))
        table = read_amendments(header.text, section.body, self.sector, self.cleaner)
        self.rows.setdefault("amendments", []).extend(table.rows)
        self._read_prose(ReportSection(PROSE, (), section.body[table.length :]))

    def _read_prose(self, section: ReportSection) -> None:
        found = paragraphs(section.body)
        if not self.sector:
            self._read_chart(found)
            return
        for paragraph in found:
            text = self._clean(paragraph)
            # The first words of a sector, ending in a colon, are the question the narrative answers.
            if self.is_new_sector and text.endswith(":"):
                self._add("passages", paragraph, kind="heading", text=text)
            else:
                self._add("narratives", paragraph, sector=self.sector, text=text)
            self.is_new_sector = False

    def _read_chart(self, found: Sequence[Sequence[ReportLine]]) -> None:
        """What stands before the first sector is a chart's title and legend: its values were a picture."""
        lines = [line for paragraph in found for line in paragraph if line.is_text]
        if lines:
            text = SEPARATOR.join(self._clean([line]) for line in lines)
            self._add("losses", lines, kind="chartValues", text=text)
