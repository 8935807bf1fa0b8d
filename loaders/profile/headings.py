"""What the heading of a column or the label of a line says that its words are: the roles of `headings.tsv`."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hytegraph.graph.finnish.folding import ascii_words

ROLES = (
    "aim", "priority", "sector", "goal", "number", "measure", "responsible", "partner", "indicator", "baseline",
    "target", "schedule", "resource", "realisation", "status", "targetGroup", "note",
)  # fmt: skip
GROUPS = ("ageGroup", "sectorName")
# Of a table of plans at least one column is of these.
CARRYING = frozenset(("goal", "measure", "indicator"))
FILE = Path(__file__).parent / "headings.tsv"
_LONGEST = 90
_BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\s+(?!(?:ja|tai|sekä|och|eller|eli)\b)(?=[a-zåäö])")
_SOFT_HYPHEN = re.compile(r"\u00ad\s*")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_DATES = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\b(?:1[\d]?-)?\d{1,2}/\d{4}|\b(?:19|20)\d\d(?:\s*[-–]\s*(?:20)?\d\d)?"
)
_NUMBER_BEFORE = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+")
_JOINTS = re.compile(r"\s*(?:[/&,;+\n]|\s(?:ja|sekä|och|samt|tai|eller)\s)\s*")
_SIGNS = {"#": "number", "%": "status", "nro.": "number"}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return tuple((row["role"], re.compile(row["pattern"]), row["language"]) for row in rows)


@cache
def roles_of(heading: str) -> tuple[str, ...]:
    """The roles that a heading names, in its order; () for a heading that is none.

    >>> roles_of("Toimen-\\npiteet ja vastuutaho")
    ('measure', 'responsible')
    >>> roles_of("Mål / Tavoite")
    ('goal',)
    """
    return tuple(dict.fromkeys(role for role, _ in _readings(heading)))


@cache
def languages_of(heading: str) -> tuple[str, ...]:
    """The languages of a heading's words, in its order."""
    return tuple(dict.fromkeys(language for _, language in _readings(heading)))


@cache
def _readings(heading: str) -> tuple[tuple[str, str], ...]:
    """(role, language) of each part of a heading."""
    text = _BROKEN.sub("", _SOFT_HYPHEN.sub("", heading)).strip(" :\n\t*")
    if text in _SIGNS:
        return ((_SIGNS[text], ""),)
    if not text or len(text) > _LONGEST:
        return ()
    for form in dict.fromkeys((text, _IN_BRACKETS.sub("", text))):
        form = _NUMBER_BEFORE.sub("", _DATES.sub("", form))
        if reading := _whole(form):
            return (reading,)
        parts = [part for part in _JOINTS.split(form) if part.strip()]
        readings = [_whole(part) for part in parts]
        if len(parts) > 1 and all(readings):
            return tuple(reading for reading in readings if reading)
    return ()


def _whole(text: str) -> tuple[str, str] | None:
    return next(((role, language) for role, language in _matches(text) if role not in GROUPS), None)


def _matches(text: str) -> Iterator[tuple[str, str]]:
    key = "".join(ascii_words(text.replace("-", "").replace("\u2010", "")))
    return ((role, language) for role, pattern, language in _patterns() if pattern.fullmatch(key))


@cache
def group_of(heading: str) -> str:
    """`ageGroup` or `sectorName` where the heading of a column is such a group, else ''."""
    parts = [part for part in heading.split(" / ") if part.strip()]
    groups = {next((role for role, _ in _matches(part) if role in GROUPS), "") for part in parts}
    return groups.pop() if len(groups) == 1 and not roles_of(heading) else ""


def labelled(line: str) -> tuple[tuple[str, ...], str]:
    """The roles of a label before a colon at a line's beginning, and the words after it; ((), line) without one.

    >>> labelled("Vastuu: Nuorisopalvelut")
    (('responsible',), 'Nuorisopalvelut')
    """
    label, colon, words = line.partition(":")
    roles = roles_of(label) if colon and len(label) <= _LONGEST else ()
    return (roles, words.strip()) if roles else ((), line)


def parts_of_labels(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The parts of a running text by the labels in it: what stands before the first has no role."""
    starts = [0]
    for match in _LABEL.finditer(text):
        if roles_of(match[1]) and match.start(1) > starts[-1]:
            starts.append(match.start(1))
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield labelled(text[start:end].strip(" \n;,"))


_LABEL = re.compile(
    r"(?:^|(?<=[.;,)–!?\n])\s*|\s{2,}|(?<=\S)\s)((?:[A-ZÅÄÖ][\w-]*)(?:[ /][\w-]+){0,3})\s*:(?=\s|$)"
)
