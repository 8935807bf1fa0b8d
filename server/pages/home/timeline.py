"""The periods of plans on a line of years, as geometry; `timeline.html` draws it as SVG.

Lengths along the line are percentages of the width and all else is in pixels, so that it fits a phone and a screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hytegraph.server.pages.plans.routes import PlanLine

_ROW, _BAR, _AXIS = 46, 14, 26
_MOST_TICKS = 8
_DAYS_OF_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Span:
    """The bar of a plan: where it starts and how wide it is in percent, and its lines in pixels."""

    plan: PlanLine
    start: float
    width: float
    top: int

    @property
    def label_line(self) -> int:
        """The base line of the name above the bar."""
        return self.top - 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of the plans that have a period, the years on the axis, and the size of it all."""

    spans: tuple[Span, ...]
    years: tuple[tuple[int, float], ...]
    height: int
    axis: int
    bar: int = _BAR


def timeline(plans: Sequence[PlanLine]) -> Timeline | None:
    """The periods of the plans from the earliest to the latest; None where fewer than two have one."""
    dated = [(plan, days) for plan in plans if (days := _days(plan))]
    if len(dated) < 2:
        return None
    dated.sort(key=lambda entry: entry[1])
    first = min(start for _, (start, _) in dated).year
    last = max(end for _, (_, end) in dated).year + 1
    origin, length = date(first, 1, 1), (last - first) * _DAYS_OF_YEAR

    def at(day: date) -> float:
        return round(100 * min(1.0, (day - origin).days / length), 2)

    spans = tuple(
        Span(plan, at(start), max(0.6, round(at(end) - at(start), 2)), place * _ROW + _ROW - _BAR - 6)
        for place, (plan, (start, end)) in enumerate(dated)
    )
    step = -(-(last - first) // _MOST_TICKS)
    years = tuple((year, at(date(year, 1, 1))) for year in range(first, last + 1, step))
    return Timeline(spans, years, len(spans) * _ROW + _AXIS, len(spans) * _ROW)


def _days(plan: PlanLine) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(plan.start), date.fromisoformat(plan.end)
    except ValueError:
        return None
