"""The targets that indicators set, the values that reports give, and whether the words say that a target was met.

A target is an outcome that can be measured with a time; where one of the two is missing, the target says which. Whether
it was met is told only by the words of a realisation: where they do not speak of it, it is unknown, and where nothing
is reported there is no assessment at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.links.link import LEXICAL, LinkAssertion, LinkEnd
from hytegraph.loaders.links.results.amounts import Amount, numbers_in, outcomes_in
from hytegraph.loaders.links.results.measure_words import subject_of
from hytegraph.loaders.links.results.met import Verdict, verdict_on
from hytegraph.loaders.links.results.times import sentences_of, times_in
from hytegraph.loaders.links.town_graph import RowItems

METHOD = "targets-from-words/1"
TARGET, WITHOUT_TIME, WITHOUT_OUTCOME, VALUE = "outcomeAndTime", "withoutTime", "withoutOutcome", "value"
TARGET_VALUE, REPORTED_VALUE, REPORTS_ON_TARGET = "targetValue", "reportedValue", "reportsOnTarget"
_STATED, _FROM_SCHEDULE, _NO_NUMBER, _ONE_PART = 0.9, 0.8, 0.75, 0.6
_OPEN_TIME = "jatkuva"
_WHY = {
    TARGET: "Mittarin sanoissa on mitattava tulos ja aika.",
    WITHOUT_TIME: "Mittarin sanoissa on mitattava tulos mutta ei aikaa.",
    WITHOUT_OUTCOME: "Mittarin sanoissa on aika mutta ei mitattavaa tulosta.",
    VALUE: "Toteuman sanoissa on luku.",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A target of an indicator; `schedule` is the cell that its time is from, where its own words have none."""

    indicator: LinkEnd
    amount: Amount | None
    time: str
    kind: str
    schedule: LinkEnd | None = None

    @property
    def written(self) -> str:
        """The target in one line."""
        if self.amount is None:
            return f"; {self.time}"
        return replace(self.amount, time=self.time).written()


def suggest_targets(rows: Iterable[RowItems]) -> tuple[LinkAssertion, ...]:
    """The targets, reported values and assessments of the rows, each once."""
    links = {link.key: link for row in rows for link in _row(row)}
    return tuple(links.values())


def _row(row: RowItems) -> Iterator[LinkAssertion]:
    targets = [target for indicator in row.indicators for target in targets_of(indicator, row.schedules)]
    for target in targets:
        yield _target_link(target)
    for realisation in row.realisations:
        yield from _values(row, realisation)
    for target in targets:
        if target.amount is not None and row.realisations:
            verdict = verdict_on(target.indicator, target.amount, row.realisations, alone=len(targets) == 1)
            yield _verdict_link(target, verdict)


def targets_of(indicator: LinkEnd, schedules: Sequence[LinkEnd]) -> Iterator[Target]:
    """The targets that an indicator sets, each sentence by itself; none where it only names what is measured."""
    for sentence in sentences_of(indicator.text):
        outcomes = outcomes_in(sentence)
        times = times_in(sentence)
        for amount in outcomes:
            if amount.time:
                yield Target(indicator, amount, amount.time, TARGET)
                continue
            schedule, time = _scheduled(schedules)
            yield Target(indicator, amount, time, TARGET if time else WITHOUT_TIME, schedule)
        if not outcomes and times:
            yield Target(indicator, None, times[0].form, WITHOUT_OUTCOME)


def _scheduled(schedules: Sequence[LinkEnd]) -> tuple[LinkEnd | None, str]:
    """The time that the schedule of the row gives, where all that it gives is one time with an end."""
    forms = {time.form for schedule in schedules for time in times_in(schedule.text) if not time.is_rate}
    open_ended = any(_OPEN_TIME in schedule.text.casefold() for schedule in schedules)
    return (schedules[0], forms.pop()) if len(forms) == 1 and not open_ended else (None, "")


def _target_link(target: Target) -> LinkAssertion:
    words = target.amount.words if target.amount else target.time
    own_number = target.amount is not None and target.amount.number is not None
    sure = _STATED if own_number else _NO_NUMBER
    schedule = target.schedule
    return LinkAssertion(
        subject=target.indicator.id,
        predicate=f"hyte:{TARGET_VALUE}",
        object=schedule.id if schedule else "",
        kind=target.kind,
        confidence=min(sure, _FROM_SCHEDULE) if schedule else sure,
        method=METHOD,
        justification=LEXICAL,
        cue=_cue(target.indicator.text, words),
        rationale=_WHY[target.kind],
        subject_label=target.indicator.text,
        object_label=schedule.text if schedule else "",
        subject_evidence=target.indicator.evidence,
        object_evidence=schedule.evidence if schedule else "",
        value=target.written,
    )


def _cue(text: str, words: str) -> str:
    """The words where they stand in the text; a time in its one form may not."""
    if words and words.casefold() in text.casefold():
        return words
    times = times_in(text)
    return times[0].words.strip() if times else ""


def _values(row: RowItems, realisation: LinkEnd) -> Iterator[LinkAssertion]:
    for sentence in sentences_of(realisation.text):
        for amount in numbers_in(sentence):
            indicator = _indicator_of(row, sentence)
            yield LinkAssertion(
                subject=realisation.id,
                predicate=f"hyte:{REPORTED_VALUE}",
                object=indicator.id if indicator else "",
                kind=VALUE,
                confidence=_STATED
                if indicator and len(row.indicators) == 1
                else _NO_NUMBER
                if indicator
                else _ONE_PART,
                method=METHOD,
                justification=LEXICAL,
                cue=amount.words,
                rationale=_WHY[VALUE],
                subject_label=realisation.text,
                object_label=indicator.text if indicator else "",
                subject_evidence=realisation.evidence,
                object_evidence=indicator.evidence if indicator else "",
                value=amount.written(),
            )


def _indicator_of(row: RowItems, sentence: str) -> LinkEnd | None:
    """The indicator that a sentence gives a value of: the only one that shares what the sentence is about."""
    topic = subject_of(sentence).words
    near = [(sum(map(subject_of(indicator.text).touches, topic)), indicator) for indicator in row.indicators]
    best = max((shared for shared, _ in near), default=0)
    nearest = [indicator for shared, indicator in near if shared == best]
    return nearest[0] if best and len(nearest) == 1 else None


def _verdict_link(target: Target, verdict: Verdict) -> LinkAssertion:
    realisation = verdict.realisation
    return LinkAssertion(
        subject=realisation.id,
        predicate=f"hyte:{REPORTS_ON_TARGET}",
        object=target.indicator.id,
        kind=verdict.outcome,
        confidence=verdict.confidence,
        method=METHOD,
        justification=LEXICAL,
        cue=" | ".join(dict.fromkeys(verdict.words)),
        rationale=verdict.why,
        subject_label=realisation.text,
        object_label=target.indicator.text,
        subject_evidence=realisation.evidence,
        object_evidence=target.indicator.evidence,
        value=target.written,
    )
