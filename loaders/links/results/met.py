"""Whether the words of a report say that a target was met: met, partly met, not met, or not told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hytegraph.loaders.links.continuity.terms import words
from hytegraph.loaders.links.link import LinkEnd
from hytegraph.loaders.links.results.amounts import (
    ALL,
    AT_MOST,
    COMPLETE,
    DECREASE,
    INCREASE,
    Amount,
    numbers_in,
)
from hytegraph.loaders.links.results.measure_words import is_filler, subject_of
from hytegraph.loaders.links.results.times import sentences_of
from hytegraph.loaders.links.status import (
    DONE,
    NOT_DONE,
    NOT_STARTED,
    ONGOING,
    read_clauses,
    verb_of,
    without_cues,
)

MET, PARTLY_MET, NOT_MET, NOT_TOLD = "met", "partlyMet", "notMet", "notTold"
_SURE, _COUNTED, _NOT_YET, _UNSAID = 0.85, 0.8, 0.65, 0.5
_EVERY = re.compile(r"\bkaik(?:ki|illa|kien|issa|kia)\b|\bjoka\b|\bjokai\w+", re.IGNORECASE)
_SOME = re.compile(r"\bpuolet\b|\bosa\b|\bosin\b|\bosittain\b|\bjäljellä\b", re.IGNORECASE)
_LEFT = re.compile(r"\bjäljellä\b", re.IGNORECASE)
_FELL = re.compile(r"\blasken?ut\b|\blaski\b|\bvähentyn\w+|\bpienentyn\w+|\bväheni\b", re.IGNORECASE)
_ROSE = re.compile(r"\bkasva(?:nut|a)\b|\bnous(?:sut|i)\b|\blisääntyn\w+|\bkasvussa\b", re.IGNORECASE)
# `3/5 koulua`, and no month of a year.
_RATIO = re.compile(r"(?<![\d/.,–-])(?P<done>\d{1,3})/(?P<all>\d{1,3})(?![\d/.,–-])\s+[^\W\d_]{3,}")
_CLAUSES = re.compile(r"[,()]")
_COUNTS = frozenset(("%", "€", "M€", "ka", "vrk", "sija", "htv"))
_WHY = {
    MET: "Toteuman sanat kertovat tavoitteen täyttyneen.",
    PARTLY_MET: "Toteuman sanat kertovat osan tavoitteesta täyttyneen.",
    NOT_MET: "Toteuman sanat kertovat, ettei tavoite ole täyttynyt.",
    NOT_TOLD: "Toteuman sanat eivät kerro, täyttyikö tavoite.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a realisation says of a target, the words that say it, and how surely they do."""

    outcome: str
    realisation: LinkEnd
    words: tuple[str, ...]
    confidence: float

    @property
    def why(self) -> str:
        """The reason in a sentence."""
        return _WHY[self.outcome]


def verdict_on(
    indicator: LinkEnd, target: Amount, realisations: Sequence[LinkEnd], *, alone: bool
) -> Verdict:
    """The verdict of the first realisation that tells of the target; unknown, with no words, where none does.

    `alone` is a target that is the only one of its row: what names no other thing is then said of it.
    """
    for realisation in realisations:
        for sentence in sentences_of(realisation.text):
            if _is_about(indicator, target, sentence, alone=alone):
                found = next(_told(target, sentence), None)
                if found is not None:
                    outcome, told, sure = found
                    return Verdict(outcome, realisation, told, sure)
            denied = next(_denied_in_part(indicator, target, sentence), None)
            if denied is not None:
                return Verdict(NOT_MET, realisation, denied, _SURE)
    return Verdict(NOT_TOLD, realisations[0], (), _UNSAID)


def _denied_in_part(indicator: LinkEnd, target: Amount, sentence: str) -> Iterator[tuple[str, ...]]:
    """The words of a clause that denies a thing to be finished, in a sentence that tells of others too.

    What a clause affirms may be true of a part only, so it does not tell that the target was met.
    """
    if target.comparison == COMPLETE:
        for clause in _CLAUSES.split(sentence):
            if clause != sentence and _names_a_kind(indicator, clause):
                denied = [one for one in read_clauses(clause) if one.status in (NOT_DONE, NOT_STARTED)]
                if denied:
                    yield tuple(one.words for one in denied)


def _names_a_kind(indicator: LinkEnd, clause: str) -> bool:
    """Whether a clause names what the indicator is about, or a kind of it: `katusuunnitelmia` of `suunnitelmat`."""
    asked = subject_of(indicator.text)
    topic = [word for word in words(without_cues(clause)) if not is_filler(word)]
    return any(asked.holds(word) or (word.parts and word.parts[-1] in asked.roots) for word in topic)


def _is_about(indicator: LinkEnd, target: Amount, sentence: str, *, alone: bool) -> bool:
    asked = subject_of(indicator.text)
    topic = [word for word in words(without_cues(sentence)) if not is_filler(word)]
    named = sum(asked.touches(word) or asked.holds(word) for word in topic)
    # `Hallin kilpailutus käynnissä` is about the call for tenders, and `Halli käytössä` is not.
    least = len(topic) / 2 if target.comparison == COMPLETE else 0
    return named > least if topic else alone


def _told(target: Amount, sentence: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """What a sentence says of a target: outcome, words, confidence; nothing where it does not tell."""
    match target.comparison:
        case comparison if comparison in (DECREASE, INCREASE):
            yield from _direction(comparison, sentence)
        case comparison if comparison == COMPLETE:
            yield from _readiness(target, sentence)
        case comparison if comparison == ALL:
            yield from _whole(sentence)
        case _:
            yield from _number(target, sentence)


def _direction(comparison: str, sentence: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    wanted, other = (_FELL, _ROSE) if comparison == DECREASE else (_ROSE, _FELL)
    for pattern, outcome in ((wanted, MET), (other, NOT_MET)):
        match = pattern.search(sentence)
        if match:
            yield outcome, (match[0],), _SURE


def _readiness(target: Amount, sentence: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    readings = [one for one in read_clauses(sentence) if one.words]
    done = [one for one in readings if one.status == DONE]
    other = [one for one in readings if one.status not in (DONE, ONGOING)]
    told = tuple(one.words for one in readings)
    if done and other:
        yield PARTLY_MET, told, _COUNTED
    elif done:
        yield MET, told, _SURE
    elif other:
        denied = any(one.status in (NOT_DONE, NOT_STARTED) for one in other)
        yield NOT_MET, told, _SURE if denied else _NOT_YET
    elif any(one.status == ONGOING and verb_of(one.words) == verb_of(target.words) != "" for one in readings):
        # `Sivuja päivitetään` of a target that has them `päivitetty`.
        yield PARTLY_MET, told, _NOT_YET


def _whole(sentence: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    readings = [one for one in read_clauses(sentence) if one.words]
    denied = [one for one in readings if one.status in (NOT_DONE, NOT_STARTED)]
    ratio = _ratio(sentence)
    some, every = _SOME.search(sentence), _EVERY.search(sentence)
    if denied:
        yield NOT_MET, tuple(one.words for one in denied), _SURE
    elif ratio:
        share, told = ratio
        yield (MET if share == 1 else PARTLY_MET if share else NOT_MET), (told,), _COUNTED
    elif some:
        yield PARTLY_MET, (some[0],), _COUNTED
    elif every:
        yield MET, (every[0], *(one.words for one in readings)), _SURE


def _ratio(sentence: str) -> tuple[Decimal, str] | None:
    """How many of all a sentence gives as a fraction, from 0 to 1, with its words."""
    match = _RATIO.search(sentence)
    if match is None or not 0 < int(match["all"]) >= int(match["done"]):
        return None
    return Decimal(match["done"]) / Decimal(match["all"]), match[0]


def _number(target: Amount, sentence: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    denied = [one for one in read_clauses(sentence) if one.status in (NOT_DONE, NOT_STARTED)]
    amounts = list(numbers_in(sentence))
    if target.number is None:
        return
    value, told = _comparable(target, amounts, sentence)
    if value is not None:
        yield _compared(target, value), told, _COUNTED
    elif denied and not amounts:
        yield NOT_MET, tuple(one.words for one in denied), _SURE


def _comparable(
    target: Amount, amounts: Sequence[Amount], sentence: str
) -> tuple[Decimal | None, tuple[str, ...]]:
    """The number of a sentence that can be held against the target; what is done and left make a share."""
    ratio = _ratio(sentence)
    if target.unit == "%" and ratio:
        share, told = ratio
        return 100 * share, (told,)
    left = _LEFT.search(sentence)
    if target.unit == "%" and left and len(amounts) == 2:
        done, rest = (amount.number or Decimal(0) for amount in amounts)
        return 100 * done / (done + rest), (*(amount.words for amount in amounts), left[0])
    for amount in amounts:
        if amount.unit == target.unit or not _COUNTS & {amount.unit, target.unit}:
            return amount.number, (amount.words,)
    return None, ()


def _compared(target: Amount, value: Decimal) -> str:
    wanted = target.number or Decimal(0)
    if target.comparison == AT_MOST:
        return MET if value <= wanted else NOT_MET
    if value >= wanted:
        return MET
    return NOT_MET if target.unit in _COUNTS or not value else PARTLY_MET
