"""Divides the first part of an interim report into its headings, narratives and tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hytegraph.loaders.kinds.interim_report.budget_changes import is_amendment_header
from hytegraph.loaders.kinds.interim_report.figure_columns import is_header_part, read_columns, starts_header
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine, is_capitals

SECTOR = "sector"
RESPONSIBLE = "responsible"
STATISTICS = "statistics"
AREA = "area"
FIGURES = "figures"
AMENDMENTS = "amendments"
PROSE = "prose"

_RESPONSIBLE = re.compile(r"\s*Vastuuhenkilö\w*\b")
_STATISTICS = re.compile(r"\s*Suoritteet\s*/\s*Tunnusluvut\s*", re.IGNORECASE)
_AREA = re.compile(r"\s*Tulosalue\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A run of lines of one sort; the heading lines of a table or unit stand apart from its body."""

    sort: str
    heading: tuple[ReportLine, ...]
    body: tuple[ReportLine, ...]


def outline(lines: Sequence[ReportLine]) -> list[ReportSection]:
    """The sections in order; lines before the first sector are prose of no sector."""
    starts = [(at, sort) for at in range(len(lines)) if (sort := _sort(lines, at))]
    bounds = [*(at for at, _ in starts), len(lines)]
    sections = [ReportSection(PROSE, (), tuple(lines[: bounds[0]]))]
    for (at, sort), end in zip(starts, bounds[1:], strict=True):
        sections.extend(_sections(sort, lines[at:end]))
    return [section for section in sections if section.heading or any(line.is_text for line in section.body)]


def area_name(heading: Sequence[ReportLine]) -> list[str]:
    """The texts of a result area's heading without the word that announces it."""
    return [_AREA.sub("", line.text, count=1) for line in heading]


def _sort(lines: Sequence[ReportLine], at: int) -> str:
    text = lines[at].text
    if not lines[at].is_text:
        return ""
    if _RESPONSIBLE.match(text):
        return RESPONSIBLE
    if _STATISTICS.fullmatch(text):
        return STATISTICS
    if _AREA.match(text):
        return AREA
    if starts_header(text):
        return FIGURES
    if is_amendment_header(text):
        return AMENDMENTS
    return SECTOR if is_capitals(text) and _is_before_responsible(lines, at) else ""


def _is_before_responsible(lines: Sequence[ReportLine], at: int) -> bool:
    below = next((line for line in lines[at + 1 :] if line.is_text), None)
    return below is not None and bool(_RESPONSIBLE.match(below.text))


def _sections(sort: str, lines: Sequence[ReportLine]) -> list[ReportSection]:
    """The section and the prose that follows it where its own lines end."""
    length = _heading_length(sort, lines)
    heading, body = tuple(lines[:length]), tuple(lines[length:])
    if sort in (FIGURES, AMENDMENTS):
        return [ReportSection(sort, heading, body)]
    return [ReportSection(sort, heading, ()), ReportSection(PROSE, (), body)]


def _heading_length(sort: str, lines: Sequence[ReportLine]) -> int:
    if sort in (SECTOR, STATISTICS, AMENDMENTS):
        return 1
    if sort == FIGURES:
        return _header_length(lines)
    # A long name wraps directly; an empty line or blanks end it.
    return next((at for at, line in enumerate(lines) if at and not _wraps(lines, at)), len(lines))


def _wraps(lines: Sequence[ReportLine], at: int) -> bool:
    return lines[at].is_text and not _sort(lines, at)


def _header_length(lines: Sequence[ReportLine]) -> int:
    length = 1
    for at, line in enumerate(lines):
        if line.is_text and not is_header_part(line.text):
            break
        if line.is_text:
            length = at + 1
        columns = read_columns([part.text for part in lines[:length]])
        if any(column.scenario == "ENNUSTE" for column in columns):
            break
    return length
