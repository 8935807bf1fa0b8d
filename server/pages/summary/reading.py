"""What a summary says: how many measures there are, what the documents say of them, and where."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.shared.charts import Bar, BarGroup, Chart, bar_chart
from hytegraph.server.pages.shared.measures import MeasureLine, MeasureReader
from hytegraph.server.pages.shared.outcomes.tallies import STATES_TABLE, ResultTally, tally_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language, translate

# What is counted of measures, each with how it is seen.
COUNTED: tuple[tuple[str, Callable[[MeasureLine], bool]], ...] = (
    ("measures", lambda line: True),
    ("party", lambda line: bool(line.parties)),
    ("schedule", lambda line: bool(line.schedule)),
    ("indicator", lambda line: bool(line.indicators)),
    ("reported", lambda line: bool(line.reported)),
)
# The cells of a measure: the name of their column, and where a line has them.
_CELLS = (
    ("party", "parties"),
    ("schedule", "schedule"),
    ("indicator", "indicators"),
    ("realisation", "reported"),
)


@dataclass(frozen=True, slots=True)
class OfPeriod:
    """Measures of a period ('' where none is named), and the cells that any, and that none of them has.

    A cell is the name of its column, and of the attribute of a line.
    """

    period: str
    lines: tuple[MeasureLine, ...]
    filled: tuple[tuple[str, str], ...]
    unfilled: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of an aim in a period, None where their rows name no aim, with the counts of `COUNTED`."""

    aim: Link | None
    period: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures of a subject, in groups, with the counts of `COUNTED`, what reports say of how many of them, and the
    documents that they stand in.
    """

    lines: tuple[MeasureLine, ...]
    groups: tuple[Group, ...]
    counts: tuple[int, ...]
    results: ResultTally
    documents: tuple[Link, ...]

    @property
    def reported(self) -> int:
        """How many measures have a reported outcome."""
        return self.counts[-1]

    def chart(self, language: Language) -> Chart | None:
        """The counts as bars; None without measures."""
        bars = (
            Bar(translate(f"summary.count.{name}", language), "TOTEUMA", Decimal(count), str(count))
            for (name, _), count in zip(COUNTED, self.counts, strict=True)
        )
        return bar_chart((BarGroup("", "", tuple(bars)),), language, of_wholes=True)


def of_subject(lines: Iterable[MeasureLine], path: str | None) -> list[MeasureLine]:
    """Those of the measures that are of the aim, goal, sector or party whose page has that path."""
    return [line for line in lines if path in _subjects(line)]


def summary_of(chosen: Sequence[MeasureLine], kept: Summaries, town: str | None) -> Summary:
    """The summary of the measures, which are of a town (its slug) or of the data; the latest period comes first."""
    chosen = sorted(chosen, key=_period, reverse=True)
    grouped: dict[tuple[str, str], list[MeasureLine]] = {}
    for line in chosen:
        grouped.setdefault((_period(line), line.aims[0].href or "" if line.aims else ""), []).append(line)
    groups = tuple(
        Group(next(iter(under[0].aims), None), period, _counts(under))
        for (period, _), under in grouped.items()
    )
    documents = {line.document.href: line.document for line in chosen if line.document}
    states = {row.text("measure"): row.text("state") for row in kept.rows(STATES_TABLE, town)}
    results = tally_of((states[line.iri] for line in chosen if line.iri in states), "")
    return Summary(tuple(chosen), groups, _counts(chosen), results, tuple(documents.values()))


def by_period(lines: Iterable[MeasureLine]) -> tuple[OfPeriod, ...]:
    """The measures, which are in the order of periods, under these."""
    return tuple(_of_period(period, tuple(under)) for period, under in groupby(lines, _period))


@lru_cache(maxsize=16)
def read_lines(
    served: Dataset, kept: Summaries, town: str | None, base: str, language: Language
) -> tuple[MeasureLine, ...]:
    """The measures of a town (its slug) or of the data; kept, as the data never change within a dataset."""
    return MeasureReader(served, kept, base, language).of_town(town)


def _of_period(period: str, lines: tuple[MeasureLine, ...]) -> OfPeriod:
    filled = tuple(cell for cell in _CELLS if any(getattr(line, cell[1]) for line in lines))
    return OfPeriod(period, lines, filled, tuple(cell for cell in _CELLS if cell not in filled))


def _subjects(line: MeasureLine) -> set[str | None]:
    return {link.href for links in (line.aims, line.goals, line.sectors, line.parties) for link in links}


def _period(line: MeasureLine) -> str:
    return line.periods[0] if line.periods else ""


def _counts(lines: Sequence[MeasureLine]) -> tuple[int, ...]:
    return tuple(sum(map(is_counted, lines)) for _, is_counted in COUNTED)
