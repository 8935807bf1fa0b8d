"""Bar charts as geometry: horizontal bars in groups, on one axis; `charts.html` draws them as SVG.

Lengths along the axis are percentages of the width and all else is in pixels, so that a chart fills a phone or a
screen while its texts keep their size. Every bar carries its own label and value, so no legend is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number

# Beyond the longest bar its value is written.
_MARGIN = 26.0
_WHOLE = 100.0
_LABEL, _BAR, _GAP, _HEADING, _AXIS = 18, 18, 10, 30, 26
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A value to draw: its label, its kind (which gives the pattern), and the value as text; None is no value.

    `language` is that of the label where it is not the reader's.
    """

    label: str
    kind: str
    value: Decimal | None
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars under a heading in a language; no heading where it is empty."""

    heading: str
    language: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place: `top` and the lines of its texts in pixels, the rest in percent of the width."""

    bar: Bar
    top: int
    start: float
    width: float
    value_at: float
    leftward: bool

    @property
    def label_line(self) -> int:
        """The base line of the label above the bar."""
        return self.top - 5

    @property
    def value_line(self) -> int:
        """The base line of the value beside the bar."""
        return self.top + _BAR - 4


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A group with the base line of its heading in pixels."""

    group: BarGroup
    line: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis, in percent of the width, and its number."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: its height in pixels, where the axis stands, and where zero is."""

    height: int
    axis: int
    zero: float
    bar_height: int
    groups: tuple[DrawnGroup, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal
    left: float
    right: float

    def at(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return round(self.left + share * (self.right - self.left), 2)


def bar_chart(groups: Iterable[BarGroup], language: Language, *, of_wholes: bool = False) -> Chart | None:
    """The chart of the groups; None if there is not one value that differs from zero.

    `of_wholes` are numbers of things: no step of the axis is a part of one.
    """
    listed = tuple(groups)
    values = [bar.value for group in listed for bar in group.bars if bar.value is not None]
    scale = _scale(values)
    if scale is None:
        return None
    drawn, y = [], 0
    for group in listed:
        line = y + _HEADING - 8
        y += _HEADING if group.heading else 0
        bars = []
        for bar in group.bars:
            y += _LABEL
            bars.append(_bar(bar, y, scale))
            y += _BAR + _GAP
        drawn.append(DrawnGroup(group, line, tuple(bars)))
    return Chart(
        y + _AXIS,
        y,
        scale.at(Decimal(0)),
        _BAR,
        tuple(drawn),
        _ticks(scale, language, Decimal(1) if of_wholes else Decimal(0)),
    )


def _scale(values: Sequence[Decimal]) -> _Scale | None:
    low, high = min((*values, Decimal(0))), max((*values, Decimal(0)))
    if low == high:
        return None
    return _Scale(low, high, _MARGIN if low < 0 else 0.0, _WHOLE - _MARGIN if high > 0 else _WHOLE)


def _bar(bar: Bar, top: int, scale: _Scale) -> DrawnBar:
    zero = scale.at(Decimal(0))
    end = scale.at(bar.value or Decimal(0))
    start, width = min(zero, end), round(abs(end - zero), 2)
    return DrawnBar(bar, top, start, width, end, leftward=end < zero)


def _ticks(scale: _Scale, language: Language, least: Decimal) -> tuple[Tick, ...]:
    step = max(_step(scale.high - scale.low), least)
    first = (scale.low / step).to_integral_value(rounding="ROUND_CEILING")
    last = (scale.high / step).to_integral_value(rounding="ROUND_FLOOR")
    return tuple(
        Tick(scale.at(n * step), number(n * step, language))
        for n in map(Decimal, range(int(first), int(last) + 1))
    )


def _step(span: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10, 20 … (or 0.1, 0.2 …) that fits into the span at most four times."""
    least = span / _STEPS
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in map(Decimal, (1, 2, 5, 10)) if factor * power >= least)
