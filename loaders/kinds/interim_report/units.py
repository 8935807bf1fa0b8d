"""The unit of measure a figure's heading or its values name."""

import re
from collections.abc import Iterable

# Words of Finnish administration by which headings name what is counted; the first that fits wins.
_UNITS = (
    (re.compile(r"\bk-m2\b"), "k-m2"),
    (re.compile(r"\bsm2\b"), "sm2"),
    (re.compile(r"\bm2\b|\bm²"), "m2"),
    (re.compile(r"\(h\)|\btunteina\b|\btuntia\b"), "h"),
    (re.compile(r"\bhtv\b|henkilötyövuo"), "htv"),
    (re.compile(r"\bhlö\b"), "hlö"),
    (re.compile(r"\bkpl\b"), "kpl"),
    (re.compile(r"€|\beuroa?\b|1000 €"), "€"),
    (re.compile(r"hoitopäivä|\bhtpv\b"), "hoitopäivä"),
    (re.compile(r"käynti\b|käynnit\b"), "käynti"),
    (re.compile(r"\basiakkaat\b|\basiakasta\b"), "asiakas"),
)


def unit_of(label: str, cells: Iterable[str]) -> str:
    """The unit the label names, else the one its values carry, else nothing."""
    return _first_in(label) or next((unit for cell in cells if (unit := _first_in(cell))), "")


def _first_in(text: str) -> str:
    lowered = text.lower()
    return next((unit for pattern, unit in _UNITS if pattern.search(lowered)), "")
