"""Planning periods as the documents write them: `2026`, `2022-2025`, `1-6/2022`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_MONTHS = re.compile(r"(\d{1,2})-(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its notation, slug and first and last day."""

    notation: str
    slug: str
    start: date
    end: date


def parse_period(notation: str) -> Period:
    """The period of a notation; raises ValueError for any other form.

    >>> parse_period("1-6/2022").end
    datetime.date(2022, 6, 30)
    """
    text = notation.strip().replace("–", "-")
    if match := _YEARS.fullmatch(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last:
            return Period(text, text, date(first, 1, 1), date(last, 12, 31))
    if match := _MONTHS.fullmatch(text):
        first, last, year = (int(part) for part in match.groups())
        if 1 <= first <= last <= 12:
            end = date(year, last, monthrange(year, last)[1])
            return Period(text, f"{year}-m{first:02}-m{last:02}", date(year, first, 1), end)
    raise ValueError(f"'{notation}' is not a period such as 2026, 2022-2025 or 1-6/2022")


def year_range(text: str) -> str:
    """The years written in running text, as a notation; '' when there are none.

    >>> year_range("Kaupunkistrategia 2022–25:")
    '2022-2025'
    """
    match = re.search(r"\b(20\d\d)\s*[–-]\s*(20\d\d|\d\d)\b", text)
    if not match:
        single = re.search(r"\b(20\d\d)\b", text)
        return single[1] if single else ""
    last = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
    return f"{match[1]}-{last}"
