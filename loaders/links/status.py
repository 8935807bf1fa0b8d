"""The status of what a report says was done, read clause by clause from the words of the realisation alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.finnish.forms import base_form
from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.link import LEXICAL, LinkAssertion, LinkEnd

METHOD = "status-from-words/2"
DONE, PARTIAL, NOT_DONE, NOT_STARTED = "done", "partial", "notDone", "notStarted"
IN_PROGRESS, ONGOING, PLANNED, UNKNOWN = "inProgress", "ongoing", "planned", "unknown"
STATUSES = (DONE, PARTIAL, IN_PROGRESS, ONGOING, PLANNED, NOT_STARTED, NOT_DONE, UNKNOWN)
# What was begun or meant and is denied was not begun; what was finished or goes on and is denied was not done.
_DENIED = {IN_PROGRESS: NOT_STARTED, PLANNED: NOT_STARTED, DONE: NOT_DONE, ONGOING: NOT_DONE}

_SENTENCE = re.compile(r"(?<!\d)[.;!?](?=\s|$)|\.(?=\s+[A-ZÅÄÖ])|\.\.|\s[–-]\s|\n")
_CLAUSE = re.compile(r"[,()/:]|\s(?:ja|mutta|vaan|sekä)\s")
# The third person of the present: a plural ending, or a long vowel; `käyttää`, `tukee`, `antavat`.
_PRESENT = re.compile(r"\b[^\W\d_]{3,}(?:vat|vät|aa|ää|ee|ii|oo|öö|uu|yy)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:ei|eivät|eikä|eivätkä|emme)\b", re.IGNORECASE)
# `Ei kartoitusta`: the negation word opens the clause, and a noun in the partitive stands where the verb would.
_NO_SUCH_THING = re.compile(r"^\s*(ei\s+\w+(?:a|ä))\b", re.IGNORECASE)

_VERB_CONFIDENCE = {"past": 0.9, "imperfect": 0.85, "present": 0.75}
_DENIED_CONFIDENCE, _NO_SUCH_CONFIDENCE = 0.95, 0.75
_ACTIVE_CONFIDENCE = 0.7
_AFFIRMED = "Vihjesana on myöntävässä lauseessa."
_STANDING = "Preesensissä oleva verbi kertoo pysyvästä toiminnasta."
_SILENT, _WORDLESS, _UNDECIDED = 0.8, 0.75, 0.5
_MIXED_LOSS = 0.05


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or words that tell a status, and how surely; a weak one counts only where its clause has no other."""

    words: str
    status: str
    confidence: float
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StatusReading:
    """What one clause says: the status, the words that say it as they stand in the text, how surely, and why.

    `clause` is the clause in which the words stand; empty where several clauses have been summed up.
    """

    status: str
    words: str
    confidence: float
    why: str
    clause: str = ""


@cache
def cues() -> tuple[Cue, ...]:
    """All cues of the lexicon, the longest first, so that `otettu käyttöön` goes before a part of it."""
    found = {
        row["cue"]: Cue(row["cue"], row["status"], float(row["confidence"]), row["strength"] == "weak")
        for row in read_lexicon("status-cues")
    }
    for row in read_lexicon("status-verbs"):
        for words, tense in _forms(row):
            status = row["present" if tense == "present" else "past"]
            found.setdefault(words, Cue(words, status, _VERB_CONFIDENCE[tense]))
    return tuple(sorted(found.values(), key=lambda cue: (-len(cue.words), cue.words)))


def _forms(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The finite forms of a verb: passive perfect, imperfect and present, active perfect in both numbers."""
    participle, space, rest = row["passive_past"].partition(" ")
    if participle:
        yield row["passive_past"], "past"
        yield f"{participle[:-1]}iin{space}{rest}", "imperfect"
        yield row["passive_present"], "present"
    active, space, rest = row["active_past"].partition(" ")
    if active:
        yield row["active_past"], "past"
        yield f"{active[:-2]}eet{space}{rest}", "past"


def verb_of(words: str) -> str:
    """The verb of the lexicon that the words are a form of; empty for none.

    >>> verb_of("päivitetty") == verb_of("päivitetään")
    True
    """
    return _verbs().get(words.lower(), "")


@cache
def _verbs() -> dict[str, str]:
    return {words: row["infinitive"] for row in read_lexicon("status-verbs") for words, _ in _forms(row)}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(cue.words) for cue in cues())})\b", re.IGNORECASE)


@cache
def _by_words() -> dict[str, Cue]:
    return {cue.words: cue for cue in cues()}


@cache
def _silence() -> re.Pattern[str]:
    words = sorted((row["words"] for row in read_lexicon("status-silence")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def read_status(text: str) -> tuple[StatusReading, ...]:
    """What a realisation says of its status: one reading per status, in the order of the text; at least one.

    >>> [(each.status, each.words) for each in read_status("Inventointia ei aloitettu. Työ käynnissä.")]
    [('notStarted', 'ei aloitettu'), ('inProgress', 'käynnissä')]
    """
    readings = read_clauses(text)
    told = [reading for reading in readings if reading.status != UNKNOWN]
    if told:
        return _per_status(told)
    return (readings[0] if readings else _nothing_said(text),)


def read_clauses(text: str) -> tuple[StatusReading, ...]:
    """What each clause of a realisation says, in the order of the text, before clauses of one status are joined."""
    return tuple(reading for sentence in _SENTENCE.split(text) if sentence for reading in _sentence(sentence))


def without_cues(clause: str) -> str:
    """The clause without the words that tell a status, denied or not: what is left says what the status is of."""
    return _NEGATION.sub(" ", _pattern().sub(" ", clause))


def _nothing_said(text: str) -> StatusReading:
    if re.search(r"\d", text):
        return StatusReading(UNKNOWN, "", _WORDLESS, "Tekstissä on lukuja, muttei tilaa kertovaa sanaa.")
    return StatusReading(UNKNOWN, "", _UNDECIDED, "Tekstissä ei ole tilaa kertovaa sanaa.")


def _sentence(sentence: str) -> list[StatusReading]:
    found = [reading for clause in _CLAUSE.split(sentence) for reading in _clause(clause)]
    # What another does instead (`Ei kartoitusta, toimiala solmii sopimukset`) is no service of its own.
    if any(reading.status in (NOT_DONE, NOT_STARTED) for reading in found):
        found = [reading for reading in found if reading.why != _STANDING]
    partial = [reading for reading in found if reading.status == PARTIAL]
    finished = [reading for reading in found if reading.status == DONE]
    if not partial:
        return found
    # `Half are ready` is neither done nor merely half: the two words make one reading.
    if finished:
        words = " | ".join(reading.words for reading in (*partial, *finished))
        merged = StatusReading(
            PARTIAL, words, partial[0].confidence, "Tekstin mukaan osa on tehty.", sentence
        )
        return [merged, *(reading for reading in found if reading.status not in (PARTIAL, DONE))]
    return [reading for reading in found if reading.status != PARTIAL]


def _clause(clause: str) -> Iterator[StatusReading]:
    silent = _silence().search(clause)
    if silent:
        why = "Nolla tapausta tai tiedon puute ei ole toteutumatta jäämistä."
        yield StatusReading(UNKNOWN, silent[0], _SILENT, why, clause)
        return
    negation = _NEGATION.search(clause)
    denied_from = negation.start() if negation else len(clause)
    for match, cue in _cues_in(clause):
        if match.start() < denied_from:
            why = _STANDING if cue.confidence == _ACTIVE_CONFIDENCE and cue.weak else _AFFIRMED
            yield StatusReading(cue.status, match[0], cue.confidence, why, clause)
        elif cue.status in _DENIED:
            words = " ".join(clause[denied_from : match.end()].split())
            why = "Vihjesana on kielteisessä lauseessa."
            yield StatusReading(_DENIED[cue.status], words, _DENIED_CONFIDENCE, why, clause)
            return
    absent = _NO_SUCH_THING.match(clause)
    if absent and negation and not _pattern().search(clause):
        why = "Tekstin mukaan sitä ei ollut."
        yield StatusReading(NOT_DONE, absent[1].strip(), _NO_SUCH_CONFIDENCE, why, clause)


def _cues_in(clause: str) -> list[tuple[re.Match[str], Cue]]:
    found = [(match, _by_words()[match[0].lower()]) for match in _pattern().finditer(clause)]
    found = found or list(_present_verbs(clause))
    # `Päätöksen valmistelussa käytetty arviota`: the preparation is where it happened, not what is going on.
    strong = [each for each in found if not each[1].weak]
    return strong or found


def _present_verbs(clause: str) -> Iterator[tuple[re.Match[str], Cue]]:
    """The finite verbs in the present: what is done as a rule, `järjestää tapahtumia`, is a standing service."""
    for match in _PRESENT.finditer(clause):
        status = _present_statuses().get(base_form(match[0].lower()))
        if status:
            yield match, Cue(match[0].lower(), status, _ACTIVE_CONFIDENCE, weak=True)


@cache
def _present_statuses() -> dict[str, str]:
    return {row["infinitive"]: row["present"] for row in read_lexicon("status-verbs") if row["active_past"]}


def _per_status(readings: list[StatusReading]) -> tuple[StatusReading, ...]:
    by_status: dict[str, list[StatusReading]] = {}
    for reading in readings:
        by_status.setdefault(reading.status, []).append(reading)
    loss = _MIXED_LOSS if len(by_status) > 1 else 0
    return tuple(
        StatusReading(
            status,
            " | ".join(dict.fromkeys(reading.words for reading in group)),
            round(max(reading.confidence for reading in group) - loss, 2),
            group[0].why,
        )
        for status, group in by_status.items()
    )


def suggest_status(realisations: Iterable[LinkEnd]) -> tuple[LinkAssertion, ...]:
    """One assessment per realisation and status; `unknown` is an assessment of its own, never a guess."""
    return tuple(
        LinkAssertion(
            subject=element.id,
            predicate="hyte:status",
            object=f"hyte:{reading.status}",
            kind=reading.status,
            confidence=reading.confidence,
            method=METHOD,
            justification=LEXICAL,
            cue=reading.words,
            rationale=reading.why,
            subject_label=element.text,
            object_label=reading.status,
            subject_evidence=element.evidence,
        )
        for element in realisations
        for reading in read_status(element.text)
    )
