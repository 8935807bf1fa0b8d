"""How many elements go on from one period to the next, by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hytegraph.server.pages.periods.continuity import KINDS, Continuity
from hytegraph.server.pages.periods.elements import Column, Element, begins, columns_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many elements of `before` go on in `after` by a kind; `after` is None where nothing was found there.

    What is new (no predecessor was found) has no `before`.
    """

    before: Column | None
    after: Column | None
    kind: str
    count: int


def outcomes_of(
    elements: Iterable[Element], known: Mapping[str, Element], continuity: Continuity
) -> tuple[Outcome, ...]:
    """The outcomes of the elements: each counts once as earlier, by its best claim, and once where it is new."""
    placed = tuple(elements)
    columns = {column.start: column for column in columns_of(each.period for each in known.values())}
    counted: Counter[tuple[str | None, str | None, str]] = Counter()
    for element in placed:
        start = element.period.start
        best = next((claim for claim in continuity.onward.get(element.iri, ()) if claim.stands), None)
        if best is not None:
            later = known.get(best.later)
            counted[start, later.period.start if later else None, best.kind] += 1
        if continuity.found_nothing(element.iri, "new"):
            counted[None, start, "new"] += 1
    found = [
        Outcome(
            None if before is None else columns[before],
            None if after is None else columns[after],
            kind,
            count,
        )
        for (before, after, kind), count in counted.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(outcome: Outcome) -> tuple[tuple[bool, str], tuple[bool, str], int]:
    before, after = (column.start if column else "" for column in (outcome.before, outcome.after))
    return begins(before), begins(after), KINDS.index(outcome.kind)
