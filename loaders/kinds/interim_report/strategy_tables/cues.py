"""How much a text sounds like a measure, a responsibility, an indicator or a realisation."""

import re
from enum import IntEnum
from functools import cache

from hytegraph.loaders.kinds.interim_report.strategy_tables.cue_words import ending, whole
from hytegraph.loaders.kinds.interim_report.strategy_tables.schedule import read_item

_RESULT = re.compile(
    r"\b\w{2,}(?:tt[uy]|h[td][uy]|st[uy]|lt[uy]|rt[uy]|it[uy]|nt[uy]|n[uy]t|neet)\b", re.IGNORECASE
)
_PERFECT = re.compile(r"\bon\s+(?:\w+\s+)?\w+(?:t[uy]|n[uy]t)\b", re.IGNORECASE)
_READY = re.compile(r"\b(?<!on )(?:valmis|valmiina)\.?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b\w{3,}(?:[td]aan|[td]ään|[aä]{2}n)\b", re.IGNORECASE)
_ACTION = re.compile(r"\b\w{3,}(?:minen|mme|[td]aan|[td]ään|oidaan)\b", re.IGNORECASE)
# Things made or done, counted or waited for: "Valmiit suunnitelmat", "Päivitettyjen sopimusten", "Käytössä olevat".
_THINGS_DONE = re.compile(
    r"(?:käytössä olev\w+|\w+(?:tut|tyt|neet|tujen|tyjen|neiden)|valmi\w+)\s+\w", re.IGNORECASE
)
_FREQUENCY = re.compile(r"\bx\s*kpl|\bkrt\s*/\s*v|/\s*vrk\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.\-–/])\d+(?:[ ,]\d+)*(?!\w)(?!\s*[-–/.]?\s*\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\s*(?:19|20)\d\d\b")
_NUMBERED_LABEL = re.compile(r"\b(?:pilotti|iso)\s+\d+", re.IGNORECASE)
_FLOOR = -1.5
_POST = 2.5
_PARTIES = 2.5
_STRANGE = 0.45
_STRANGE_WITH_SCHEDULE = 2.0
_FLOOR_OF_UNIT = -0.5


class CellColumn(IntEnum):
    """The columns after the goal, in reading order."""

    MEASURE = 0
    RESPONSIBLE = 1
    INDICATOR = 2
    REALISATION = 3


@cache
def result_score(text: str) -> float:
    """How much an item sounds like a result (above 0) rather than something to be measured (below 0)."""
    score = _verb_score(text)
    number = bool(_NUMBER.search(_NUMBERED_LABEL.sub(" ", _YEAR.sub(" ", text))))
    frequency = bool(_FREQUENCY.search(text))
    if number and not frequency:
        score += 1.0
    if frequency:
        score -= 1.0
    score += _indicator_score(text, number)
    if _THINGS_DONE.match(text):
        score -= 1.8
    if score == 0 and len(text.split()) <= 5:
        score -= 0.4
    return max(-2.0, min(2.0, score))


def _verb_score(text: str) -> float:
    score = 0.0
    if _PERFECT.search(text):
        score += 0.2
    elif _RESULT.search(text):
        score += 1.4
    if whole("state").search(text) or _READY.search(text):
        score += 1.2
    if _PASSIVE.search(text):
        score += 0.3
    return score


def _indicator_score(text: str, number: bool) -> float:
    words = list(ending("indicator").finditer(text))
    if not words:
        return 0.0
    results = list(_RESULT.finditer(text))
    if results and results[-1].start() > words[-1].start():
        return -0.3
    return -0.5 if number else -1.4


@cache
def action_score(text: str) -> float:
    """How much an item sounds like something to be done."""
    score = 0.8 if _ACTION.search(text) else 0.0
    return score - max(0.0, result_score(text)) * 0.6


@cache
def indicator_score(text: str) -> float:
    """How much an item sounds like something to be measured."""
    return -result_score(text) - (_POST if names_parties(text) else 0.0)


@cache
def names_parties(text: str) -> bool:
    """Whether an item begins with a post, or is little else than posts."""
    return bool(ending("post").match(text)) or party_score(text) >= _PARTIES


@cache
def party_score(text: str) -> float:
    """How much an item sounds like posts, units and a schedule, and like nothing else."""
    said = read_item(text)
    words = re.findall(r"[^\W\d_][\w\-:]*", " ".join(said.parties))
    if not words:
        return 2.0 if said.schedule else -3.0
    known = sum(bool(ending("post", "unit").fullmatch(word)) for word in words)
    project = any(ending("project").fullmatch(word) for word in words)
    ends = bool(ending("post", "unit", "project").fullmatch(words[-1]))
    score = 3.0 if known and ends else 1.0 if known or project else -1.0
    score += 2.5 if said.schedule else 0.0
    strange = _STRANGE * sum(_is_strange(word) for word in words)
    score -= min(strange, _STRANGE_WITH_SCHEDULE) if said.schedule else strange
    begins = bool(ending("post", "unit").fullmatch(words[0]))
    return max(_FLOOR_OF_UNIT if begins or project else _FLOOR, score)


def _is_strange(word: str) -> bool:
    if word.endswith("-") or word.casefold() in ("ja", "sekä"):
        return False
    return not ending("post", "unit", "project").fullmatch(word)
