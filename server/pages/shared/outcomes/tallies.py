"""What came of measures in numbers: how many are in which state, as a sentence and as a stacked bar.

A state follows from what reports say of a measure: done, under way, not done, a step towards it, reported otherwise
(words that tell no status, or of the row alone), not reported.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from hytegraph.graph.summaries.tables import Summaries

DONE, UNDER_WAY, NOT_DONE, STEP = "done", "underWay", "notDone", "step"
OTHERWISE, NOT_REPORTED = "otherwise", "notReported"
STATES = (DONE, UNDER_WAY, NOT_DONE, STEP, OTHERWISE, NOT_REPORTED)
_STATE_OF = {
    "done": DONE,
    **dict.fromkeys(("inProgress", "ongoing", "partial"), UNDER_WAY),
    **dict.fromkeys(("notDone", "notStarted"), NOT_DONE),
    "step": STEP,
    "missing": NOT_REPORTED,
}
STATES_TABLE = "result-states"
WIDTH = 100.0
# A number fits into a part of this many percent of the bar.
_LEGIBLE = 5.0


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of the bar: its state, how many, its address, and where it stands in percent of the width."""

    state: str
    count: int
    href: str
    start: float
    width: float

    @property
    def is_legible(self) -> bool:
        """Whether its number fits into it."""
        return self.width >= _LEGIBLE


@dataclass(frozen=True, slots=True)
class ResultTally:
    """How many measures are in which state, and the address of those in a state, which ends in `state=`."""

    counts: tuple[tuple[str, int], ...]
    address: str

    @property
    def total(self) -> int:
        """How many measures there are."""
        return sum(count for _, count in self.counts)

    @property
    def parts(self) -> tuple[BarPart, ...]:
        """The parts of the bar from left to right; none where there is no measure."""
        parts, start = [], 0.0
        for state, count in self.counts:
            width = round(WIDTH * count / self.total, 2)
            parts.append(BarPart(state, count, f"{self.address}{state}", round(start, 2), width))
            start += width
        return tuple(parts)


def tally_of(states: Iterable[str], address: str) -> ResultTally:
    """The tally of measures by their states, those that none has left out."""
    counted = Counter(states)
    return ResultTally(tuple((state, counted[state]) for state in STATES if counted[state]), address)


def state_of(results: Iterable[str]) -> str:
    """The state of a measure from the names of what is said of it: results, `missing`, or that its row is reported."""
    states = {_STATE_OF.get(result, OTHERWISE) for result in results}
    final = states & {DONE, NOT_DONE, UNDER_WAY}
    if len(final) > 1:
        return UNDER_WAY
    return next((state for state in STATES if state in (final or states)), NOT_REPORTED)


def tallies_under(
    summaries: Summaries, things: Iterable[str], base: str, page: str
) -> Mapping[str, ResultTally]:
    """The tallies of those aims and goals among the things (IRIs) of whose measures a report tells.

    `page` is the address of the page of results; `base` that under which things lie.
    """
    chosen = [NamedNode(iri) for iri in sorted(set(things)) if iri]
    states: dict[str, dict[str, str]] = {}
    for column in ("goal", "aim"):
        for row in summaries.rows(STATES_TABLE, None, {column: chosen}):
            states.setdefault(row.text(column), {})[row.text("measure")] = row.text("state")
    return {iri: tally_of(found.values(), results_address(page, iri, base)) for iri, found in states.items()}


def results_address(page: str, thing: str, base: str) -> str:
    """The address of the measures of an aim or goal, or of all where it is empty, in a state that follows it."""
    chosen = urlencode({"goal": thing.removeprefix(f"{base}id/")}) + "&" if thing else ""
    return f"{page}?{chosen}state="


@lru_cache(maxsize=64)
def tally_of_town(summaries: Summaries, town: str | None, page: str) -> ResultTally:
    """The tally of a town (its slug), or of the only one; read once, as the data never change."""
    return tally_of(states_of_town(summaries, town).values(), f"{page}?state=")


def states_of_town(summaries: Summaries, town: str | None) -> Mapping[str, str]:
    """The states of the measures (IRIs) of a town's documents that report."""
    return {row.text("measure"): row.text("state") for row in summaries.rows(STATES_TABLE, town)}
