"""A figure over the years as geometry: what came about, what was budgeted, and what is forecast, as lines.

Only numbers of whole years stand on one line; a part of a year is no point of it. Everything is in pixels of a drawing
of one width, so that texts keep their size on a phone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hytegraph.server.pages.figures.reading import ACCOUNTS, BUDGET, FORECAST, Figure
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import number, percent

WIDTH, HEIGHT = 320.0, 128.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 128.0, 22.0, 96.0
# Two labels at one year stand at least so far apart.
_APART = 17.0
_LEAST_SPAN = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class SlopePoint:
    """A number: its scenario, its place, its text and the base line of that; `anchor` as SVG names it."""

    scenario: str
    x: float
    y: float
    text: str
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """A line between two numbers; `scenario` is that of the later one."""

    scenario: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Slope:
    """A figure's drawing, and the sentence that it shows."""

    figure: Figure
    finding: str
    years: tuple[tuple[str, float], ...]
    lines: tuple[SlopeLine, ...]
    points: tuple[SlopePoint, ...]
    width: float = WIDTH
    height: float = HEIGHT


def slope_of(figure: Figure, language: Language) -> Slope | None:
    """The drawing of a figure; None where it has no numbers of two whole years."""
    values = _values_of_years(figure)
    years = sorted({year for year, _ in values})
    if len(years) < 2:
        return None
    step = (WIDTH - _LEFT - _RIGHT) / (len(years) - 1)
    across = {year: round(_LEFT + place * step, 1) for place, year in enumerate(years)}
    down = _scale(values.values())

    lines = []
    for before, after in pairwise(years):
        start = next((values[before, one] for one in (ACCOUNTS, FORECAST) if (before, one) in values), None)
        for scenario in (ACCOUNTS, FORECAST, BUDGET):
            if start is not None and (after, scenario) in values:
                end = values[after, scenario]
                lines.append(SlopeLine(scenario, across[before], down(start), across[after], down(end)))
    points = [
        point
        for year in years
        for point in _points(
            {scenario: value for (of, scenario), value in values.items() if of == year},
            {scenario: down(value) for (of, scenario), value in values.items() if of == year},
            (across[year], "end" if year == years[0] else "start" if year == years[-1] else "middle"),
            language,
        )
    ]
    return Slope(figure, _finding(figure, language), tuple(across.items()), tuple(lines), tuple(points))


def _scale(values: Collection[Decimal]) -> Callable[[Decimal], float]:
    """How far down a number stands; the height is a fifth of the largest at least, so that little looks little."""
    low, high = min(values), max(values)
    span = max(high - low, _LEAST_SPAN * max(abs(low), abs(high))) or Decimal(1)
    start = (low + high - span) / 2
    return lambda value: round(_BOTTOM - float((value - start) / span) * (_BOTTOM - _TOP), 1)


def _values_of_years(figure: Figure) -> dict[tuple[str, str], Decimal]:
    """The first printed number of each whole year and scenario; accounts in place of a forecast of their year."""
    found: dict[tuple[str, str], Decimal] = {}
    for cell in figure.observations:
        column = cell.column
        is_year = column.start[4:] == "-01-01" and column.end == f"{column.start[:4]}-12-31"
        if is_year and cell.value is not None and column.scenario in (ACCOUNTS, BUDGET, FORECAST):
            found.setdefault((column.start[:4], column.scenario), cell.value)
    return {
        (year, scenario): value
        for (year, scenario), value in found.items()
        if scenario != FORECAST or (year, ACCOUNTS) not in found
    }


def _points(
    values: Mapping[str, Decimal], heights: Mapping[str, float], place: tuple[float, str], language: Language
) -> list[SlopePoint]:
    """The points of a year from the top down, with texts that do not stand on each other."""
    (x, anchor), points, last = place, [], float("-inf")
    for scenario in sorted(heights, key=lambda scenario: heights[scenario]):
        text_y = max(heights[scenario] + 4, last + _APART) - (12 if anchor == "middle" else 0)
        last = text_y
        written = number(values[scenario], language)
        text = f"{translate(f'scenario.of.{scenario}', language)} {written}" if anchor == "start" else written
        points.append(SlopePoint(scenario, x, heights[scenario], text, round(text_y, 1), anchor))
    return points


def _finding(figure: Figure, language: Language) -> str:
    """How the forecast stands to the budget; empty where they cannot be compared."""
    forecast = figure.forecast
    if forecast is None:
        return ""
    if not forecast.difference:
        return translate("figures.slope.same", language)
    return translate(
        f"figures.slope.{'above' if forecast.difference > 0 else 'below'}",
        language,
        difference=number(forecast.difference, language, signed=True),
        share="" if forecast.share is None else f" ({percent(forecast.share, language, signed=True)})",
    )
