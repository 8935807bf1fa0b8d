"""Forecasts beside the budget: the largest deviations as bars, a sentence that says them, and counts by sector."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hytegraph.server.pages.figures.reading import Figure, Figures
from hytegraph.server.pages.shared.charts import Bar, BarGroup, Chart, bar_chart
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import number, percent

CHARTED = 12
SORTS = ("above", "same", "below")
_LONGEST_LABEL = 46


@dataclass(frozen=True, slots=True)
class Deviation:
    """A figure whose forecast differs from its budget: by how much, and by which share of the budget."""

    figure: Figure
    name: str
    difference: Decimal
    share: Decimal

    def absolute(self, language: Language) -> str:
        """The difference with the unit of the figure, where it has one that its name does not tell."""
        unit = self.figure.unit if self.figure.unit not in self.figure.link.text else ""
        return f"{number(self.difference, language, signed=True)} {unit}".rstrip()

    def label(self, language: Language) -> str:
        """Its name, shortened, and the difference, as short as a phone needs it."""
        difference = self.absolute(language)
        room = _LONGEST_LABEL - len(difference) - 2
        name = self.name if len(self.name) <= room else f"{self.name[: room - 1].rstrip()}…"
        return f"{name}: {difference}"


@dataclass(frozen=True, slots=True)
class SectorCounts:
    """In how many figures of a sector the forecast is above the budget, the same, below, or cannot be compared.

    `parts` are the start and width of each of SORTS in percent of a bar.
    """

    sector: Link
    place: str
    counts: Mapping[str, int]
    uncompared: int
    parts: tuple[tuple[str, float, float], ...]


def deviations_of(shown: Iterable[Figure], figures: Figures) -> tuple[Deviation, ...]:
    """The figures whose forecast differs from a budget that is not zero, the largest share first."""
    names = {figure.iri: figure.link.text for figure in figures.figures}
    found = []
    for figure in shown:
        forecast = figure.forecast
        if forecast and forecast.share:
            above = names.get(figure.parent)
            name = f"{above}: {figure.link.text}" if above else figure.link.text
            found.append(Deviation(figure, name, forecast.difference, forecast.share))
    return tuple(sorted(found, key=lambda one: abs(one.share), reverse=True))


def deviation_chart(deviations: Sequence[Deviation], language: Language) -> Chart | None:
    """The largest deviations in per cent of the budget, each with its absolute number; None for fewer than two."""
    bars = tuple(
        Bar(
            one.label(language),
            "above" if one.share > 0 else "below",
            one.share * 100,
            percent(one.share, language, signed=True),
            one.figure.link.language,
        )
        for one in sorted(deviations[:CHARTED], key=lambda one: one.share, reverse=True)
    )
    return bar_chart([BarGroup("", "", bars)], language) if len(bars) > 1 else None


def finding(deviations: Sequence[Deviation], language: Language) -> str:
    """Where the forecast is most above the budget and where most below, in per cent and in numbers."""
    ordered = sorted(deviations, key=lambda one: one.share)
    ends = [("above", one) for one in ordered[-1:] if one.share > 0]
    ends += [("below", one) for one in ordered[:1] if one.share < 0]
    return " ".join(
        translate(
            f"figures.finding.{sort}",
            language,
            name=one.name,
            difference=one.absolute(language),
            share=percent(one.share, language, signed=True),
        )
        for sort, one in ends
    )


def sector_counts(figures: Iterable[Figure], base: str) -> tuple[SectorCounts, ...]:
    """The sectors that have figures, in their order, each with its counts."""
    by_sector: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.sector:
            by_sector.setdefault(figure.sector_iri, []).append(figure)
    return tuple(_counted(iri, members, base) for iri, members in by_sector.items())


def _counted(iri: str, members: Sequence[Figure], base: str) -> SectorCounts:
    counts = dict.fromkeys(SORTS, 0)
    for figure in members:
        if forecast := figure.forecast:
            counts[
                "same" if not forecast.difference else "above" if forecast.difference > 0 else "below"
            ] += 1
    compared = sum(counts.values())
    parts, start = [], 0.0
    for sort, count in counts.items():
        width = round(100 * count / compared, 2) if compared else 0.0
        if width:
            parts.append((sort, round(start, 2), width))
        start += width
    sector = members[0].sector or Link("")
    return SectorCounts(sector, iri.removeprefix(base), counts, len(members) - compared, tuple(parts))
