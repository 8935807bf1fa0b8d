"""How many elements go on from one period to the next, by kind: numbers, and a drawing of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hytegraph.server.pages.periods.continuity import KINDS, Continuity
from hytegraph.server.pages.periods.elements import Column, Element, begins, columns_of

HEIGHT, WIDTH = 190.0, 420.0
_LEFT, _RIGHT, _THICK = 2.0, 150.0, 10.0
_PITCH, _GAP = 22.0, 6.0
# Three elements are not drawn as big as a hundred.
_MOST = 26.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many elements of `before` go on in `after` by a kind; `after` is None where nothing was found there.

    What is new (no predecessor was found) has no `before`.
    """

    before: Column | None
    after: Column | None
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """An outcome as it is drawn: the outline of its band, its bar on the right, and where its label stands."""

    outcome: Outcome
    path: str
    x: float
    y: float
    height: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The elements of one column and what is said to have become of them, in units of the drawing."""

    before: Column
    total: int
    bands: tuple[Band, ...]
    width: float
    height: float
    bar_x: float
    bar_width: float
    bar_height: float


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


def draw(outcomes: Iterable[Outcome]) -> tuple[Flow, ...]:
    """A drawing for each period that something was looked for from."""
    grouped: dict[Column, list[Outcome]] = {}
    for each in outcomes:
        if each.before is not None:
            grouped.setdefault(each.before, []).append(each)
    return tuple(_flow(before, those) for before, those in grouped.items())


def _flow(before: Column, outcomes: list[Outcome]) -> Flow:
    total = sum(each.count for each in outcomes)
    unit = min(HEIGHT / total, _MOST)
    left, right, bands = 0.0, 0.0, []
    for each in outcomes:
        thick = each.count * unit
        bands.append(_band(each, left, right, thick))
        left += thick
        right += max(thick, _PITCH - _GAP) + _GAP
    return Flow(before, total, tuple(bands), WIDTH, max(left, right), _LEFT, _THICK, left)


def _band(outcome: Outcome, left: float, right: float, thick: float) -> Band:
    start, end = _LEFT + _THICK, _RIGHT
    middle = (start + end) / 2
    # A thin bar stands in the middle of the line of its label.
    top = right + max(0.0, _PITCH - _GAP - thick) / 2
    path = (
        f"M{start:.1f} {left:.1f}C{middle:.1f} {left:.1f} {middle:.1f} {top:.1f} {end:.1f} {top:.1f}"
        f"V{top + thick:.1f}C{middle:.1f} {top + thick:.1f} {middle:.1f} {left + thick:.1f} "
        f"{start:.1f} {left + thick:.1f}Z"
    )
    return Band(outcome, path, end, top, thick, end + _THICK + 8, top + thick / 2)


def _order(outcome: Outcome) -> tuple[tuple[bool, str], tuple[bool, str], int]:
    before, after = (column.start if column else "" for column in (outcome.before, outcome.after))
    return begins(before), begins(after), KINDS.index(outcome.kind)
