"""When a measure is to be done by its printed schedule: years, halves, months, every year, or going on.

Only a schedule of which every word is known is read. A reading is never part of the graph; it stands beside the words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

YEARLY, ONGOING, UNREAD = "everyYear", "ongoing", "unread"
UNDATED = (YEARLY, ONGOING, UNREAD)
Step = Literal["year", "half", "month"]
STEPS: tuple[Step, ...] = ("year", "half", "month")
_MONTHS = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    *("heinä", "elo", "syys", "loka", "marras", "joulu"),
)
_LONGEST_YEARS = 20
_YEAR, _MONTH = r"(?:19|20)\d\d", r"0?[1-9]|1[0-2]"
_NAME = "|".join(_MONTHS)
_UNTIL = r"(?: loppuun)?(?: mennessä| aikana)?"
_ONGOING = re.compile(
    r"jatkuva(?:a|sti)?(?: toimin\w+| prosessi\w*)?|toistaiseksi|koko (?:suunnitelma|valtuusto)kau\w+(?: ajan)?"
    r"|fortlöpande|löpande|kontinuerlig\w*|tills vidare"
)
_YEARLY = re.compile(
    r"(?:joka vuosi|varje år|årlig(?:en|t)|(?:kerran|\w+ kertaa|\d+ krt) vuodessa|\d+ krt/v"
    r"|(?:puoli|neljännes)?vuosittain(?:en)?|kuukausittain(?:en)?|viikoittain(?:en)?)(?: prosessi)?"
    rf"(?: (?:{_NAME})(?:-?/ ?|-)?(?:{_NAME})?kuu(?:ssa)?)?"
)
_LEAD = re.compile(r"^(?:v\.|vuosi|vuodet|vuosina|vuoden|vuosien|år|åren|under|senast) ?")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first month to the last, each as months since year 0, and what the smallest printed unit was."""

    first: int
    last: int
    unit: Step

    def codes(self, step: Step) -> Iterable[str]:
        """The years, halves (`2022-H1`) or months (`2022-05`) that it lies in; years where no smaller are printed."""
        months = range(self.first, self.last + 1)
        if step == "year" or STEPS.index(self.unit) < STEPS.index(step):
            return dict.fromkeys(f"{month // 12}" for month in months)
        if step == "half":
            return dict.fromkeys(f"{month // 12}-H{month % 12 // 6 + 1}" for month in months)
        return (f"{month // 12}-{month % 12 + 1:02}" for month in months)


@dataclass(frozen=True, slots=True)
class Timing:
    """What a schedule says: spans of time, or one of UNDATED."""

    spans: tuple[Span, ...] = ()
    undated: str = ""

    def codes(self, step: Step) -> tuple[str, ...]:
        """Where it stands in a calendar of that step."""
        if self.undated:
            return (self.undated,)
        return tuple(dict.fromkeys(code for span in self.spans for code in span.codes(step)))


@lru_cache(maxsize=4096)
def read_schedule(words: str, last_year: int) -> Timing:
    """The timing that the words of a schedule give; one without an end goes on to the last year of the plan.

    >>> read_schedule("1–6/2022", 2025).codes("half")
    ('2022-H1',)
    >>> read_schedule("2024 alkaen", 2025).codes("year")
    ('2024', '2025')
    >>> read_schedule("kun ehditään", 2025).codes("year")
    ('unread',)
    """
    text = re.sub(r"\s+", " ", words.casefold().replace("–", "-").replace("—", "-")).strip(" .")
    if _ONGOING.fullmatch(text):
        return Timing(undated=ONGOING)
    if _YEARLY.fullmatch(text):
        return Timing(undated=YEARLY)
    spans = [_span(part, last_year) for part in re.split(r" ?[;,] ?| ja | och ", text)]
    read = tuple(span for span in spans if span)
    return Timing(read) if len(read) == len(spans) else Timing(undated=UNREAD)


def _span(text: str, last_year: int) -> Span | None:
    """The span of one part; None for what is no span, or none that a plan would have."""
    text = _LEAD.sub("", text)
    for pattern, read in _PATTERNS:
        if match := pattern.fullmatch(text):
            span = read(match, last_year)
            return span if 0 <= span.last - span.first < 12 * _LONGEST_YEARS else None
    return None


def _years(match: re.Match[str], last_year: int) -> Span:
    first, last = int(match["first"]), match["last"]
    if match["open"]:
        end = max(first, last_year)
    else:
        end = int(last if len(last) == 4 else f"{first // 100}{last}") if last else first
    return Span(first * 12, end * 12 + 11, "year")


def _months(match: re.Match[str], last_year: int) -> Span:
    year = int(match["year"])
    start = int(match["start_year"] or year) * 12 + int(match["first"] or match["last"]) - 1
    end = year * 12 + int(match["last"]) - 1
    return Span(start, max(end, last_year * 12 + 11) if match["open"] else end, "month")


def _named_months(match: re.Match[str], last_year: int) -> Span:
    year, last = int(match["year"]) * 12, _MONTHS.index(match["last"])
    first = _MONTHS.index(match["first"]) if match["first"] else last
    return Span(year + first, year + last, "month")


def _quarter(match: re.Match[str], last_year: int) -> Span:
    start = int(match["year"]) * 12 + 3 * (int(match["quarter"]) - 1)
    return Span(start, start + 2, "month")


def _half(match: re.Match[str], last_year: int) -> Span:
    start = int(match["year"]) * 12 + (0 if match["early"] else 6)
    return Span(start, start + 5, "half")


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Span]], ...] = (
    (
        re.compile(
            rf"(?P<first>{_YEAR})(?: ?- ?(?P<last>{_YEAR}|\d\d))?"
            rf"(?:(?P<open> ?-| alkaen| lähtien| alusta)|{_UNTIL})"
        ),
        _years,
    ),
    (
        re.compile(
            rf"(?:(?P<first>{_MONTH})(?:/(?P<start_year>{_YEAR}))? ?- ?)?"
            rf"(?:[0-3]?\d\.)?(?P<last>{_MONTH})[/.](?P<year>{_YEAR})"
            rf"(?:(?P<open> ?-| alkaen| lähtien)|{_UNTIL})"
        ),
        _months,
    ),
    (
        re.compile(
            rf"(?:(?P<first>{_NAME})(?:kuu)?(?:-?/|-) ?)?"
            rf"(?P<last>{_NAME})kuu(?:ssa|n|hun)? (?P<year>{_YEAR}){_UNTIL}"
        ),
        _named_months,
    ),
    (re.compile(rf"q(?P<quarter>[1-4])[ /](?P<year>{_YEAR})"), _quarter),
    (
        re.compile(
            r"(?:(?P<early>kevät|kevään|keväällä|alkuvuo\w+|våren)|syksy(?:n|llä)?|loppuvuo\w+|hösten)"
            rf" (?P<year>{_YEAR}){_UNTIL}"
        ),
        _half,
    ),
)
