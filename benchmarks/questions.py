"""What the servers are asked: questions of readers, each with the things of the data that it is asked of."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

PREFIXES = """PREFIX dct: <http://purl.org/dc/terms/>
PREFIX hyte: <https://w3id.org/hytegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
TRACE = """SELECT ?label ?goal ?aim ?plan WHERE {{
  <{measure}> rdfs:label ?label ; hyte:inPlan ?p . ?p dct:title ?plan .
  OPTIONAL {{ <{measure}> hyte:supportsGoal ?g . ?g skos:prefLabel ?goal . OPTIONAL {{ ?g hyte:underAim ?a . ?a skos:prefLabel ?aim }} }}
}}"""
GOAL = "SELECT ?measure ?label WHERE {{ ?measure hyte:supportsGoal <{goal}> ; rdfs:label ?label }} ORDER BY ?label"
DESCRIBE = "DESCRIBE <{measure}>"
LABEL = "SELECT ?label WHERE {{ <{measure}> rdfs:label ?label }}"
HISTORY_PLAIN = """SELECT DISTINCT ?measure ?label ?year WHERE {{
  ?measure a hyte:Measure ; rdfs:label ?label ; hyte:inPlan/hyte:nominalPeriod/skos:notation ?year ;
    hyte:supportsGoal <{goal}> .
}} ORDER BY ?year ?label"""
HISTORY = """SELECT DISTINCT ?measure ?label ?year WHERE {{
  ?measure hyte:supportsGoal <{goal}> ; rdfs:label ?label ; hyte:inPlan ?plan .
  ?plan hyte:nominalPeriod ?period . ?period skos:notation ?year .
}} ORDER BY ?year ?label"""
CLASSES = "SELECT ?class (COUNT(?thing) AS ?n) WHERE {{ ?thing a ?class }} GROUP BY ?class"
GAPS = """SELECT ?measure WHERE {{
  ?row hyte:rowMeasure ?measure . FILTER NOT EXISTS {{ ?row hyte:rowIndicator ?indicator }}
}}"""
SEARCH = """SELECT ?thing ?label WHERE {{
  ?thing rdfs:label ?label FILTER(CONTAINS(LCASE(?label), "{word}"))
}} LIMIT 100"""
WORDS = ("uimahalli", "nuorten", "liikunta", "osallisuus", "kirjasto", "ikäihmisten", "koulutus", "hanke")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, and the forms it is asked in as query strings."""

    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Things:
    """The measures and goals of the data, in the order of the file."""

    measures: tuple[str, ...]
    goals: tuple[str, ...]


def read_things(data: Path) -> Things:
    """The measures and goals in an N-Quads file."""
    found: dict[str, list[str]] = {"Measure": [], "Goal": []}
    kind = re.compile(r"<([^>]+)> <[^>]+#type> <https://w3id.org/hytegraph/ns#(Measure|Goal)> ")
    with data.open(encoding="utf-8") as lines:
        for line in lines:
            match = kind.match(line)
            if match:
                found[match[2]].append(match[1])
    return Things(tuple(found["Measure"]), tuple(dict.fromkeys(found["Goal"])))


def questions_of(things: Things, forms: int) -> tuple[Question, ...]:
    """All questions, with so many forms of those that are asked of one thing; always the same for the same data."""
    chosen = random.Random(5)
    measures = chosen.sample(things.measures, min(forms, len(things.measures)))
    goals = chosen.sample(things.goals, min(forms, len(things.goals)))
    light = [
        text.format(measure=measure, goal=goals[number % len(goals)])
        for number, measure in enumerate(measures)
        for text in (TRACE, GOAL, DESCRIBE, LABEL)
    ]
    return (
        Question("light mix", _asked(light)),
        Question("repeated queries", _asked(light[:8])),
        Question("history of a goal, plain", _asked(HISTORY_PLAIN.format(goal=goal) for goal in goals)),
        Question("history of a goal, selective first", _asked(HISTORY.format(goal=goal) for goal in goals)),
        Question("class counts", _asked([CLASSES.format()])),
        Question("measures without indicator", _asked([GAPS.format()])),
        Question("text search", _asked(SEARCH.format(word=word) for word in WORDS)),
    )


def _asked(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(urlencode({"query": PREFIXES + text}) for text in texts)
