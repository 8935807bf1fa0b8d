"""The amounts in the words of an indicator or a report: number, comparison, unit and time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hytegraph.graph.finnish.forms import base_form
from hytegraph.loaders.links.results.times import Time, times_in, without_times

AT_LEAST, AT_MOST, EXACTLY, ABOUT = "atLeast", "atMost", "exactly", "about"
ALL, COMPLETE, INCREASE, DECREASE = "all", "complete", "increase", "decrease"
SIGNS = {
    AT_LEAST: "≥",
    AT_MOST: "≤",
    EXACTLY: "=",
    ABOUT: "≈",
    ALL: "kaikki",
    COMPLETE: "valmis",
    INCREASE: "↑",
    DECREASE: "↓",
}
_BY_SIGN = {sign: name for name, sign in SIGNS.items()}
_WRITTEN = re.compile(
    r"(?P<sign>[^\s;]+)(?: (?P<number>-?\d+(?:\.\d+)?))?(?: (?P<unit>[^;]+))?(?:; (?P<time>.+))?"
)
_NUMERALS = {
    "yksi": 1,
    "kaksi": 2,
    "kolme": 3,
    "neljä": 4,
    "viisi": 5,
    "kuusi": 6,
    "seitsemän": 7,
    "kahdeksan": 8,
    "yhdeksän": 9,
    "kymmenen": 10,
}
# The lemma of an inflected numeral is not always in the dictionary.
_INFLECTED = {
    "yhden": "yksi",
    "yhtä": "yksi",
    "kahden": "kaksi",
    "kahta": "kaksi",
    "kolmessa": "kolme",
    "kolmen": "kolme",
    "kolmea": "kolme",
    "neljälle": "neljä",
    "neljän": "neljä",
    "neljää": "neljä",
}
# No number: a part of a word, a range, an age (`30 v.`, `25-vuotias`), the name of a project.
_NUMBER = (
    r"(?<![\w.,/-])(?P<digits>\d{1,3}(?: \d{3})+|\d+(?:,\d+)?)"
    r"(?!\w|[.,]\d|\s?[-–]\s?(?:\d|vuoti|hank)|\.?\s?v\.)"
)
_HALF = r"(?P<half>\bpuolet\b)"
_WORD = r"(?P<word>\b[^\W\d_]{4,12}\b)"
_AMOUNT = re.compile(rf"{_NUMBER}|{_HALF}|{_WORD}", re.IGNORECASE)
_BEFORE = (
    (re.compile(r"\b(?:vähintään|ainakin|yli|enemmän kuin)\s$", re.IGNORECASE), AT_LEAST),
    (re.compile(r"\b(?:enintään|korkeintaan|alle)\s$", re.IGNORECASE), AT_MOST),
    (re.compile(r"\b(?:noin|n\.|lähes|lähemmäs)\s?$", re.IGNORECASE), ABOUT),
)
_NAME_BEFORE = re.compile(r"\b[A-ZÅÄÖ]{2,}\s$|\bpilotti\s$")
_UNIT = re.compile(r"\s?(%|€|M\s?€|krt(?:/v)?|kpl|hlö\w*|vrk|htv)(?![^\W\d_])", re.IGNORECASE)
_UNIT_BEFORE = (
    (re.compile(r"\bka\s$", re.IGNORECASE), "ka"),
    (re.compile(r"\bsijoi\w+(?:\s\w+)?\s$", re.IGNORECASE), "sija"),
)
_NOUN = re.compile(r"(?:\s|:lle\s)(?:uutta\s|eri\s|yhteistä\s)?(?P<noun>[^\W\d_]+(?:a|ä))\b")
_UNITS = {"henkilö": "hlö", "kerta": "krt", "kappale": "kpl", "M €": "M€", "prosentti": "%"}
_ALL = re.compile(
    r"\b(?:kaik(?:ki|illa|kien|issa|kia|kiin)|joka|jokai\w+)\s(?P<noun>[^\W\d_]+)", re.IGNORECASE
)
_COMPLETE = re.compile(
    r"\bvalmi(?:s|it|in)\b|\bvalmistumi\w+|\bkäyttöön\s?otettu\b|\bkäyttöönotto\b|\bpäivitetty\b|\bhyväksytään\b"
    r"|\bauditoitu\b",
    re.IGNORECASE,
)
_FALL = re.compile(r"\b\w*(?:lasku|väheneminen|vähentäminen|vähentyminen|poistaminen)\b", re.IGNORECASE)
_RISE = re.compile(r"\b\w*(?:kasvu|nousu|lisääntyminen|parantuminen|lisäys)\b", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: a comparison, with a number where there is one, its unit, its time and the words that say so."""

    comparison: str
    number: Decimal | None = None
    unit: str = ""
    time: str = ""
    words: str = ""

    def written(self) -> str:
        """The amount in one line, as a table holds it: `≥ 50 %; 2022`."""
        parts = [SIGNS[self.comparison], f"{self.number:f}" if self.number is not None else "", self.unit]
        amount = " ".join(filter(None, parts))
        return f"{amount}; {self.time}" if self.time else amount


def read_written(text: str) -> Amount:
    """The amount that `Amount.written` wrote; raises ValueError for another text.

    >>> read_written("≥ 2 krt; /v").number
    Decimal('2')
    """
    match = _WRITTEN.fullmatch(text)
    if not match or match["sign"] not in _BY_SIGN:
        raise ValueError(f"'{text}' is no amount such as '≥ 50 %; 2022'")
    number = Decimal(match["number"]) if match["number"] else None
    return Amount(_BY_SIGN[match["sign"]], number, match["unit"] or "", match["time"] or "")


def numbers_in(text: str) -> Iterator[Amount]:
    """The numbers that a text gives, not those of a date, a name, an age or a comparison in parentheses."""
    times = times_in(text)
    plain = without_times(_PARENTHESES.sub(lambda match: " " * len(match[0]), text))
    for match in _AMOUNT.finditer(plain):
        number = _number(match, plain)
        if number is not None:
            unit, end = _unit(match, plain)
            words = " ".join(text[match.start() : end].split())
            yield Amount(_comparison(plain[: match.start()]), number, unit, _time(times, match, end), words)


def _number(match: re.Match[str], text: str) -> Decimal | None:
    if match["half"]:
        return Decimal(50)
    if match["digits"]:
        if _NAME_BEFORE.search(text[: match.start()]):
            return None
        return Decimal(match["digits"].replace(" ", "").replace(",", "."))
    word = match["word"].lower()
    numeral = _NUMERALS.get(_INFLECTED.get(word, word))
    return None if numeral is None or text[match.end() :].startswith(" oven") else Decimal(numeral)


def _unit(match: re.Match[str], text: str) -> tuple[str, int]:
    """The unit of a number, and where its words end."""
    if match["half"]:
        return "%", match.end()
    unit = _UNIT.match(text, match.end())
    if unit:
        name = "hlö" if unit[1].lower().startswith("hlö") else unit[1].lower().partition("/")[0]
        return _UNITS.get(unit[1], name), unit.end()
    for pattern, name in _UNIT_BEFORE:
        if pattern.search(text[: match.start()]):
            return name, match.end()
    noun = _NOUN.match(text, match.end())
    if noun:
        base = base_form(noun["noun"].lower())
        return _UNITS.get(base, base), noun.end()
    return "kpl", match.end()


def _comparison(before: str) -> str:
    return next((name for pattern, name in _BEFORE if pattern.search(before)), EXACTLY)


def _time(times: tuple[Time, ...], match: re.Match[str], end: int) -> str:
    """The rate right after the number, else the nearest time before it, else the first after it, else any rate."""
    rate = next((time for time in times if time.is_rate and 0 <= time.start - end <= 1), None)
    before = [time for time in times if time.end <= match.start() and not time.is_rate]
    after = [time for time in times if time.start >= end]
    chosen = rate or (before[-1] if before else next(iter((*after, *times)), None))
    return chosen.form if chosen else ""


def outcomes_in(text: str) -> tuple[Amount, ...]:
    """The measurable outcomes that an indicator asks for: numbers, all of something, a thing ready, a rise or fall."""
    found = list(numbers_in(text))
    times = [time.form for time in times_in(text)]
    time = times[0] if times else ""
    if found:
        return tuple(found)
    whole = _ALL.search(text)
    if whole:
        return (Amount(ALL, None, base_form(whole["noun"].lower()), time, whole[0]),)
    for pattern, comparison in ((_COMPLETE, COMPLETE), (_FALL, DECREASE), (_RISE, INCREASE)):
        match = pattern.search(text)
        if match:
            return (Amount(comparison, None, "", time, match[0]),)
    return ()
