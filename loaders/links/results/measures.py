"""What a report says came of each measure: a status only where its words speak of the measure, else a step.

A row of a report is one cell of words beside one or several measures. The words give a measure a status where they
name what the measure is about, where they name no subject and the row has one measure, or where they name what its
indicator asks for. What was done on the way to it, such as a working group that was founded, is a step.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hytegraph.loaders.links.continuity.terms import Word, words
from hytegraph.loaders.links.link import COMPOSITE, LinkAssertion, LinkEnd
from hytegraph.loaders.links.pairings import suggest_pairings
from hytegraph.loaders.links.results.measure_words import Subject, is_filler, same_action, subject_of
from hytegraph.loaders.links.status import (
    DONE,
    IN_PROGRESS,
    NOT_DONE,
    NOT_STARTED,
    ONGOING,
    PARTIAL,
    PLANNED,
    UNKNOWN,
    StatusReading,
    read_clauses,
    without_cues,
)
from hytegraph.loaders.links.town_graph import RowItems

METHOD = "measure-results/1"
STEP = "step"
RESULTS = (DONE, PARTIAL, IN_PROGRESS, ONGOING, PLANNED, NOT_STARTED, NOT_DONE, STEP, UNKNOWN)
# These say that a thing came to an end or did not, and are held to stricter rules than what is under way.
_FINAL = (DONE, NOT_DONE, NOT_STARTED)
# What says of any thing whatever that it came to its end.
_COMPLETED = re.compile(
    r"\b(?:valmi\w*|toteutu\w*|toteutettu|tehty|hyväksy\w*|laadittu|hankittu|otettu käyttöön|lainvoimai\w*)\b",
    re.IGNORECASE,
)
# What is said of a measure as such, whatever it is: `toteutunut suunnitellusti`.
_CARRIED_OUT = re.compile(r"\btoteutu\w*", re.IGNORECASE)
_SHARE, _HALF, _SURE_SHARE = 0.25, 0.5, 0.6
_STEP_LOSS, _UNSAID = 0.9, 0.5
_WHY = {
    "own": "Toteuman sanat nimeävät toimenpiteen asian.",
    "bare": "Rivillä on yksi toimenpide, eikä toteuma nimeä muuta asiaa.",
    "indicator": "Toteuman sanat vastaavat toimenpiteen mittaria.",
    STEP: "Toteuma kertoo askeleesta tai osasta, ei koko toimenpiteestä.",
    UNKNOWN: "Toteuma on toimenpiteen rivillä eikä kerro, kuinka pitkällä se on.",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What one clause says of a measure: the result, why, and the reading that it rests on."""

    result: str
    why: str
    reading: StatusReading


def suggest_results(rows: Iterable[RowItems]) -> tuple[LinkAssertion, ...]:
    """One link per measure and realisation that speaks of it; a measure that no realisation speaks of has none."""
    return tuple(link for row in rows if row.measures and row.realisations for link in _row(row))


def _row(row: RowItems) -> Iterator[LinkAssertion]:
    paired = _paired(row)
    for realisation in row.realisations:
        readings = read_clauses(realisation.text)
        for measure in row.measures:
            if (measure.id, realisation.id) not in paired:
                continue
            indicators = [item for item in row.indicators if (measure.id, item.id) in paired]
            told = [
                one
                for reading in readings
                if reading.status != UNKNOWN
                for one in _told(row, measure, indicators, realisation, reading)
            ]
            yield _link(measure, realisation, told, readings)


def _paired(row: RowItems) -> set[tuple[str, str]]:
    """The measures with the realisations and indicators that the row ties to them alone or in order."""
    return {
        (link.subject, link.object)
        for link in suggest_pairings([row])
        if len(row.measures) == 1 or link.confidence > _UNSAID
    }


def _told(
    row: RowItems,
    measure: LinkEnd,
    indicators: Sequence[LinkEnd],
    realisation: LinkEnd,
    reading: StatusReading,
) -> Iterator[_Told]:
    subject, topic = subject_of(measure.text), topic_of(reading)
    touches = not topic or any(map(subject.touches, topic))
    if len(row.measures) > 1 and not touches and not _runs_in_order(row, measure, realisation):
        return
    why = _speaks_of(subject, indicators, topic, reading)
    yield _Told(reading.status, why, reading) if why else _Told(STEP, STEP, reading)


def _runs_in_order(row: RowItems, measure: LinkEnd, realisation: LinkEnd) -> bool:
    if len(row.measures) != len(row.realisations):
        return False
    return row.measures.index(measure) == row.realisations.index(realisation)


def topic_of(reading: StatusReading) -> tuple[Word, ...]:
    """The words of a clause that name what its status is the status of."""
    denied = reading.status in (NOT_DONE, NOT_STARTED)
    cue = {word.surface for word in words(reading.words)} if not denied else set()
    return tuple(
        word
        for word in words(without_cues(reading.clause))
        if word.surface not in cue and not is_filler(word)
    )


def _speaks_of(
    subject: Subject, indicators: Sequence[LinkEnd], topic: Sequence[Word], reading: StatusReading
) -> str:
    """Why the clause speaks of the measure as a whole, '' where it tells of a step."""
    if reading.status not in _FINAL:
        return _under_way(subject, topic)
    if reading.status == DONE and not _finishes(subject, reading.words):
        return "indicator" if _by_indicator(indicators, topic, reading) else ""
    if not topic:
        return "bare"
    if all(map(subject.holds, topic)) and _names_all(subject, topic):
        return "own"
    if subject.holds(topic[0]) and subject.covered_by(topic) >= _SURE_SHARE:
        return "own"
    return "indicator" if _by_indicator(indicators, topic, reading) else ""


def _names_all(subject: Subject, topic: Sequence[Word]) -> bool:
    """Whether the words name what the measure brings about, such as the survey of `kokonaisselvitys`, or most of it."""
    made = any(word.lemma.endswith(action) for word in topic for action in subject.actions)
    return (made and not subject.has_parts) or subject.covered_by(topic) >= _HALF


def _under_way(subject: Subject, topic: Sequence[Word]) -> str:
    if not topic:
        return "bare"
    # What is under way for one of several things, or for another thing of the measure, is a part of it.
    least = _SURE_SHARE if subject.has_parts else _SHARE
    own = sum(map(subject.touches, topic)) / len(topic)
    return "own" if own >= _SURE_SHARE and subject.covered_by(topic) >= least else ""


def _finishes(subject: Subject, cue: str) -> bool:
    """Whether the words say that what the measure does is finished; what has no end is not finished by a deed."""
    if any(same_action(action, cue) for action in subject.actions) or _CARRIED_OUT.search(cue):
        return True
    return subject.can_be_finished and bool(_COMPLETED.search(cue))


def _by_indicator(indicators: Sequence[LinkEnd], topic: Sequence[Word], reading: StatusReading) -> bool:
    """Whether the clause says what an indicator asks for, in its words: `Kaikki koulut on auditoitu`."""
    cue = {word.root for word in words(reading.words)}
    for indicator in indicators:
        asked = subject_of(indicator.text)
        has_cue = bool(cue & asked.roots) or bool(_COMPLETED.search(indicator.text))
        if (
            topic
            and has_cue
            and asked.holds(topic[0])
            and asked.covered_by((*topic, *words(reading.words))) >= _SURE_SHARE
        ):
            return True
    return False


def _link(
    measure: LinkEnd, realisation: LinkEnd, told: Sequence[_Told], readings: Sequence[StatusReading]
) -> LinkAssertion:
    result, chosen = _joined(told)
    cues = [one.reading.words for one in chosen] or [reading.words for reading in readings if reading.words]
    why = chosen[0].why if chosen else UNKNOWN
    sure = min((one.reading.confidence for one in chosen), default=_UNSAID)
    return LinkAssertion(
        subject=measure.id,
        predicate="hyte:resultReportedBy",
        object=realisation.id,
        kind=result,
        confidence=round(sure * (_STEP_LOSS if result == STEP else 1), 2),
        method=METHOD,
        justification=COMPOSITE,
        cue=" | ".join(dict.fromkeys(cues)),
        rationale=_WHY[why],
        subject_label=measure.text,
        object_label=realisation.text,
        subject_evidence=measure.evidence,
        object_evidence=realisation.evidence,
    )


def _joined(told: Sequence[_Told]) -> tuple[str, list[_Told]]:
    """One result of a realisation for a measure: of the whole before steps, and what differs is partly done."""
    whole = [one for one in told if one.result != STEP]
    if not whole:
        return (STEP, list(told)) if told else (UNKNOWN, [])
    results = list(dict.fromkeys(one.result for one in whole))
    if len(results) == 1:
        return results[0], whole
    under_way = [one for one in whole if one.result in (IN_PROGRESS, ONGOING, PARTIAL)]
    return (under_way[0].result if under_way and DONE not in results else PARTIAL), whole
