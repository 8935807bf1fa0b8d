"""Running heads, feet and page numbers: lines at the same place on most pages."""

import re
from collections.abc import Sequence

from hytegraph.loaders.sources.pdf.content import PageContent
from hytegraph.loaders.sources.pdf.lines import Line

_EDGE = 0.12
_SAME_PLACE = 4.0
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:sivu|sida|s\.|page)?\s*[-–]?\s*#\s*(?:[(/]\s*#\s*\)?|[-–])?", re.IGNORECASE)


def leave_out_running(pages: Sequence[PageContent], body_size: float) -> None:
    """Take the running lines out of the pages.

    A line is one where the same words stand at the same place on more than half of the pages, or words that differ
    in the number of the page only. Words larger than the body are a heading unless they are the same on each page.
    """
    places: dict[str, list[tuple[int, float]]] = {}
    for page in pages:
        for line in _at_edges(page):
            for key in _keys(line, page.number, body_size):
                places.setdefault(key, []).append((page.number, line.box.top))
    for page in pages:
        running = {
            id(line)
            for line in _at_edges(page)
            if any(_is_on_most(places[key], line, len(pages)) for key in _keys(line, page.number, body_size))
            or (
                len(pages) > 1
                and _PAGE_NUMBER.fullmatch(_NUMBER.sub("#", line.text))
                and _counts(line, page, pages)
            )
        }
        page.lines[:] = [line for line in page.lines if id(line) not in running]


def _at_edges(page: PageContent) -> list[Line]:
    edge = _EDGE * page.height
    return [line for line in page.lines if line.box.bottom < edge or line.box.top > page.height - edge]


def _keys(line: Line, page: int, body_size: float) -> list[str]:
    """The words as they are, and with one number told by its distance from the number of the page."""
    keys = [f"={line.text}"]
    if line.size > 1.05 * body_size or line.is_bold:
        return keys
    for number in _NUMBER.finditer(line.text):
        if len(number[0]) < 5:
            from_page = f"<{int(number[0]) - page}>"
            keys.append(line.text[: number.start()] + from_page + line.text[number.end() :])
    return keys


def _is_on_most(places: Sequence[tuple[int, float]], line: Line, pages: int) -> bool:
    near = {number for number, top in places if abs(top - line.box.top) < _SAME_PLACE}
    return len(near) >= 2 and len(near) > pages / 2


def _counts(line: Line, page: PageContent, pages: Sequence[PageContent]) -> bool:
    """Whether a number at the edge is that of the page."""
    number = int(_NUMBER.findall(line.text)[0]) if len(_NUMBER.findall(line.text)[0]) < 5 else 0
    return abs(number - page.number) <= 2 and number <= len(pages) + 2
