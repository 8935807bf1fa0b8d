"""Schedules: how a responsibility cell says when, and where its posts and units end."""

import re
from dataclasses import dataclass

from hytegraph.loaders.kinds.interim_report.strategy_tables.cue_words import ending

_YEARS = r"(?:v\.\s*|vuo(?:si|det|sina)\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d)?)?"
_MONTH = r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)(?:-/|-\s|[-–])?"
_MONTHS = rf"(?:{_MONTH})+kuu\w*"
_REPEATED = r"(?:puoli)?vuosittai\w+|kuukausittai\w+|viikoittai\w+|neljännesvuosittai\w+"
_SCHEDULE = re.compile(
    rf"(?:^|(?<=[\s/,;]))(?:"
    rf"{_YEARS}(?:\s+alkaen)?"
    rf"|(?:vuoden|vuosien|kevään|syksyn|kesän)\s+{_YEARS}\s+(?:loppuun\s+mennessä|aikana|alusta)"
    rf"|(?:kevät|syksy|kesä|talvi)\s+{_YEARS}"
    rf"|jatkuva\w*(?:\s+(?:toiminta\w*|prosessi\w*))?"
    rf"|(?:{_REPEATED})(?:\s+prosessi)?(?:\s+{_MONTHS})?"
    rf"|{_MONTHS}"
    rf"|toistaiseksi"
    rf")\s*\.?\s*$",
    re.IGNORECASE,
)
_SPLITS = re.compile(r"\s*[,;]\s*|\s*(?<!-)/\s*|(?<!-)\s+(?:ja|sekä|yhteistyössä)\s+|:\s+|\.\s+(?=[A-ZÅÄÖ])")
# A name of one word before another name: "Digipolis, Vihreä Kemi -hanke".
_NAME = re.compile(r"[A-ZÅÄÖ]\w{3,}")


@dataclass(frozen=True, slots=True)
class ResponsibilityItem:
    """What one item of a responsibility cell says: who, and when."""

    parties: tuple[str, ...]
    schedule: str


def cut_schedule(text: str) -> tuple[str, str]:
    """The item without its schedule, and the schedule; the years of a project are none."""
    match = _SCHEDULE.search(text)
    if not match:
        return text, ""
    head = text[: match.start()]
    bare = head.rstrip(" ,;/")
    if "/" not in head[len(bare) :] and _ends_in(bare, "project"):
        return text, ""
    return bare, text[match.start() :].strip()


def read_item(text: str) -> ResponsibilityItem:
    """The parties and the schedule of one item of a responsibility cell."""
    parts = text.split(", ")
    for index in range(1, len(parts)):
        if all(_is_occasion(part) for part in parts[index:]) and _ends_in(parts[index - 1], "post", "unit"):
            return ResponsibilityItem(split_parties(", ".join(parts[:index])), ", ".join(parts[index:]))
    head, schedule = cut_schedule(text)
    return ResponsibilityItem(split_parties(head), schedule.rstrip(" ."))


def _is_occasion(part: str) -> bool:
    """Whether the part names what is done and then when, and nobody who does it."""
    head, schedule = cut_schedule(part)
    listed = "/" in part[len(head) : part.rfind(schedule)] or ")" in head
    return bool(schedule and head) and not listed and not _ends_in(head, "post", "unit")


def split_parties(text: str) -> tuple[str, ...]:
    """The parties of a list, cut where a complete party stands before the separator."""
    parties: list[str] = []
    start = 0
    for match in _SPLITS.finditer(text):
        left, right = text[start : match.start()].strip(), text[match.end() :]
        if left.count("(") > left.count(")") or not right.strip():
            continue
        named = bool(_NAME.fullmatch(left)) and right[:1].isupper()
        if named or _ends_in(left, "post", "unit", "project") or left.endswith(")"):
            parties.append(left)
            start = match.end()
    last = text[start:].strip().strip("/,; ")
    return (*parties, last) if last else tuple(parties)


def _ends_in(text: str, *kinds: str) -> bool:
    words = text.rstrip(" .)").split()
    return bool(words) and bool(ending(*kinds).fullmatch(words[-1].strip("(),./").rsplit("/", 1)[-1]))
