"""The pages of the strategy tables: header lines, content lines, printed headings and page numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hytegraph.loaders.documents.document import SourceText

HEADER = re.compile(r"\s*Tavoit\w*\s*Toimenpi\w*\s*(?:Vastuu|Kuka vastaa)", re.IGNORECASE)
_HEADING = re.compile(
    r"\s*Strategi(?:nen|set) päämäärä\w*\s*:?\s*(?P<aim>[^,]+?)\s*(?:,\s*(?P<sector>.+?))?\s*", re.IGNORECASE
)
PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading over a table: its line, the aim, and the sector where it names one."""

    line: int
    aim: str
    sector: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a table: the header line, the lines below it, and the heading printed over it."""

    header: int
    lines: tuple[int, ...]
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages in order, and the loose lines above headers that belong to no table."""

    pages: tuple[Page, ...]
    loose: tuple[int, ...]


def read_pages(document: SourceText, first_line: int) -> Pages:
    """The pages from `first_line` to the end of the document."""
    numbers = range(first_line, len(document.lines) + 1)
    headers = [number for number in numbers if HEADER.match(document.line(number))]
    if not headers:
        return Pages((), ())
    ends = [*headers[1:], len(document.lines) + 1]
    above, loose = _above(document, range(first_line, headers[0]))
    outside = [*loose]
    pages = []
    for header, end in zip(headers, ends, strict=True):
        lines = [number for number in range(header + 1, end) if document.line(number).strip()]
        cut = _cut(document, lines)
        pages.append(Page(header, tuple(lines[:cut]), above))
        above, loose = _above(document, lines[cut:])
        outside += loose
    return Pages(tuple(pages), tuple(outside))


def _cut(document: SourceText, lines: Sequence[int]) -> int:
    """Where the table ends: at the heading of the next one, or before a lone page number."""
    for index, number in enumerate(lines):
        if _HEADING.fullmatch(document.line(number)):
            return index
    last = lines[-1] if lines else 0
    alone = last and PAGE_NUMBER.fullmatch(document.line(last)) and not document.line(last - 1).strip()
    return len(lines) - 1 if alone else len(lines)


def _above(document: SourceText, lines: Sequence[int]) -> tuple[Heading | None, list[int]]:
    heading = None
    loose = []
    for number in lines:
        match = _HEADING.fullmatch(document.line(number))
        if match:
            heading = Heading(number, match["aim"].capitalize(), (match["sector"] or "").capitalize())
        elif document.line(number).strip():
            loose.append(number)
    return heading, loose
