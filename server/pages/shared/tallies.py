"""What came of measures in numbers: how many are in which state, as a sentence and as a stacked bar.

A state follows from what reports say of a measure: done, under way, not done, a step towards it, reported otherwise
(words that tell no status, or of the row alone), not reported.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
