"""The times that a target or a report names, each in one form: `2022`, `5/2022`, `2022-12-31`, `/v`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    *(
        "tammi",
        "helmi",
        "maalis",
        "huhti",
        "touko",
        "kesä",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ),
)
_MONTH = "|".join(_MONTHS)
_RATES = (
    (r"/\s?v(?:uosi)?\b|per vuosi\b|vuosittai\w+|vuosittain\b|vuodessa\b|1 krt/v\b", "/v"),
    (r"/\s?kk\b|kuukausittai\w+|kuukaudessa\b", "/kk"),
    (r"/\s?vi?ko?\b|viikoi?ttai\w+|viikossa\b", "/vko"),
    (r"valtuustokausittain\b", "/valtuustokausi"),
    (r"puolivuosittain\b", "/puolivuosi"),
)
_YEAR = r"(?P<year>20\d\d)"
_FORMS = (
    (r"\d{1,2}\.\d{1,2}\.(?:20\d\d)?\s*[-–]\s*\d{1,2}\.\d{1,2}\.(?:20\d\d)?", "as printed"),
    (r"\d{1,2}(?:-\d{1,2})?/20\d\d", "as printed"),
    (r"(?:v\.\s?|vuosi(?:na)?\s)?20\d\d\s?[-–]\s?(?P<last>20\d\d)", "last"),
    (rf"(?:vuoden\s)?{_YEAR}\s(?:loppuun(?:\smennessä)?|lopussa)", "end"),
    (rf"(?P<season>kevä|syks|kesä|talv)\w*\s{_YEAR}", "season"),
    (rf"(?:v\.\s?|vuo(?:den|nna|teen|delta|desta)\s)?{_YEAR}(?:\saikana)?(?!\s?alkaen)\b", "year"),
    (rf"\(?(?P<from>{_MONTH})\w*\s?-\s?(?P<to>{_MONTH})kuu\w*\)?", "months"),
    (r"suunnitelmakau\w+", "suunnitelmakausi"),
    (r"valtuustokau(?:den|della|si)\b", "valtuustokausi"),
)
_SEASONS = {"kevä": "kevät", "syks": "syksy", "kesä": "kesä", "talv": "talvi"}


# No sentence ends after an abbreviation or inside a number: `v. 2022`, `14.3.`, `mm. koulut`.
_SENTENCE = re.compile(
    r"(?<!\bv)(?<!\bn)(?<!\bmm)(?<!\besim)(?<!\bka)(?<!\d)[.;](?=\s|$)|(?<=\d)\.(?=\s+[A-ZÅÄÖ])|\n"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text: its one form, its words, and where they stand."""

    form: str
    words: str
    start: int
    end: int

    @property
    def is_rate(self) -> bool:
        """Whether it says how often and not when."""
        return self.form.startswith("/")


def times_in(text: str) -> tuple[Time, ...]:
    """The times that a text names, in its order; where two overlap the one that is told first in this module."""
    found: list[Time] = []
    for time in _all(text):
        if not any(time.start < other.end and other.start < time.end for other in found):
            found.append(time)
    return tuple(sorted(found, key=lambda time: time.start))


def _all(text: str) -> Iterator[Time]:
    for pattern, name in _FORMS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Time(_form(match, name), match[0], match.start(), match.end())
    for pattern, form in _RATES:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Time(form, match[0], match.start(), match.end())


def _form(match: re.Match[str], name: str) -> str:
    given = match.groupdict()
    match name:
        case "as printed":
            return re.sub(r"\s", "", match[0])
        case "last":
            return re.sub(r"[^\d-]", "", match[0].replace("–", "-"))
        case "end":
            return f"{given['year']}-12-31"
        case "season":
            return f"{_SEASONS[given['season'].lower()]} {given['year']}"
        case "year":
            return str(given["year"])
        case "months":
            return f"{_MONTHS.index(given['from'].lower()) + 1}-{_MONTHS.index(given['to'].lower()) + 1}"
        case _:
            return name


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a cell, without what ends them."""
    return tuple(piece.strip() for piece in _SENTENCE.split(text) if piece.strip())


def without_times(text: str) -> str:
    """The text with blanks where it names a time, so that no number of a date counts as an amount."""
    for time in times_in(text):
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return text
