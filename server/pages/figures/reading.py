"""The figures of the data (kuviot, tunnusluvut): where they belong, and what is printed for each scenario and
period.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.labels import label_rows
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

BUDGET, FORECAST, ACTUAL, ACCOUNTS = "TA", "ENNUSTE", "TOTEUMA", "TP"
# The order in which the numbers of a year come to be.
SCENARIOS = (BUDGET, ACTUAL, FORECAST, ACCOUNTS)

FIGURES, CELLS = "figures", "figure-cells"


@dataclass(frozen=True, slots=True)
class Column:
    """A scenario of a period: what a column of the printed table holds."""

    scenario: str
    period: str
    name: str
    start: str
    end: str

    def within(self, other: "Column") -> bool:
        """Whether its period lies in the other's; never where the dates are not known."""
        return bool(self.start) and other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Observation:
    """A printed cell: its number (None where it is not one number), its text, and whether it may be read otherwise."""

    iri: str
    source: str
    column: Column
    value: Decimal | None
    text: str
    ambiguous: bool
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number beside the budget of its year in the same source; computed here, stated nowhere."""

    observation: Observation
    budget: Observation
    difference: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A printed number and the sum of its parts, which differs."""

    observation: Observation
    printed: Decimal
    total: Decimal


@dataclass(frozen=True)
class Figure:
    """A figure with its cells; `sector` and `area` are None where it has none, `parent` is an IRI."""

    iri: str
    link: Link
    unit: str
    place: str
    sector_iri: str
    sector: Link | None
    area: Link | None
    group: Link | None
    parent: str
    order: int
    ambiguous: bool
    observations: tuple[Observation, ...]

    def cells(self, column: Column) -> tuple[Observation, ...]:
        """What is printed for the column; several where several documents print it."""
        return tuple(each for each in self.observations if each.column == column)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Its numbers beside the budget of their year."""
        budgets = [each for each in self.observations if each.column.scenario == BUDGET]
        return tuple(
            found
            for each in self.observations
            if each.column.scenario != BUDGET
            for budget in budgets
            if budget.source == each.source and each.column.within(budget.column)
            if (found := _compared(each, budget))
        )

    @cached_property
    def forecast(self) -> Comparison | None:
        """Its last forecast beside the budget."""
        found = [each for each in self.comparisons if each.observation.column.scenario == FORECAST]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Figures in their order, the columns of each place, and the arithmetic faults of the source by figure."""

    figures: tuple[Figure, ...]
    columns: Mapping[str, tuple[Column, ...]]
    faults: Mapping[str, tuple[Fault, ...]]

    def parts(self, iri: str) -> tuple[Figure, ...]:
        """The figures that a figure is the sum of."""
        return tuple(each for each in self.figures if each.parent == iri)


@lru_cache(maxsize=6)
def read_figures(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> Figures:
    """All figures of a town (its slug), or of the data; kept, as the data never change within a dataset."""
    rows, cells = summaries.rows(FIGURES, town), summaries.rows(CELLS, town)
    return _read(dataset, rows, cells, base, language)


def read_figure(dataset: Dataset, summaries: Summaries, iri: str, base: str, language: Language) -> Figures:
    """A figure with its parent and its parts; empty if there is no such figure."""
    node = NamedNode(iri)
    own = summaries.rows(FIGURES, where={"figure": node})
    parents = [parent for row in own if (parent := row["parent"])]
    near = (*own, *summaries.rows(FIGURES, where={"figure": parents}))
    rows = (*near, *summaries.rows(FIGURES, where={"parent": node})) if own else ()
    figures = [figure for figure in dict.fromkeys(row["figure"] for row in rows) if figure]
    return _read(dataset, rows, summaries.rows(CELLS, where={"figure": figures}), base, language)


def columns_of(figures: Iterable[Figure]) -> tuple[Column, ...]:
    """The columns that any of the figures has a cell in: by year, then as the numbers come to be."""
    return tuple(sorted({each.column for figure in figures for each in figure.observations}, key=_place))


def sum_of(parts: Iterable[Figure], column: Column, source: str) -> Decimal | None:
    """The sum of the parts in a column of a source; None where a part has no number there."""
    total = Decimal(0)
    for part in parts:
        values = [
            each.value for each in part.cells(column) if each.source == source and each.value is not None
        ]
        if not values:
            return None
        total += sum(values)
    return total


def _read(
    dataset: Dataset, rows: Iterable[Row], cells: Iterable[Row], base: str, language: Language
) -> Figures:
    names = [Row(("node", "label"), (row["figure"], row["label"])) for row in rows]
    around = {row.text(name) for row in rows for name in ("place", "sector", "group")}
    labels = Labels((*names, *label_rows(dataset, around, base)), base, language)
    observations = _observations(cells, base, language)
    found: dict[str, Figure] = {}
    for row in rows:
        figure = _figure(row, labels, observations)
        found[figure.iri] = figure if figure.iri not in found or figure.ambiguous else found[figure.iri]
    figures = tuple(sorted(found.values(), key=lambda each: (each.order, each.iri)))
    places: dict[str, list[Figure]] = {}
    for figure in figures:
        places.setdefault(figure.place, []).append(figure)
    columns = {place: columns_of(members) for place, members in places.items()}
    return Figures(figures, columns, _faults(figures))


def _figure(row: Row, labels: Labels, observations: Mapping[str, list[Observation]]) -> Figure:
    iri, place, sector = row.text("figure"), row.text("place"), row.text("sector")
    return Figure(
        iri=iri,
        link=labels.link(iri),
        unit=row.text("unit"),
        place=place,
        sector_iri=sector or place,
        sector=labels.link(sector or place) if place else None,
        area=labels.link(place) if sector else None,
        group=labels.link(row.text("group")) if row["group"] else None,
        parent=row.text("parent"),
        order=int(row.text("order") or 0),
        ambiguous=row["certainty"] == HYTE.ambiguous,
        observations=tuple(
            sorted(observations.get(iri, ()), key=lambda each: (_place(each.column), each.iri))
        ),
    )


def _observations(rows: Iterable[Row], base: str, language: Language) -> dict[str, list[Observation]]:
    rows = tuple(rows)
    periods = dict.fromkeys((row["period"], row["name"]) for row in rows)
    labels = Labels((Row(("node", "label"), period) for period in periods), base, language)
    found: dict[str, dict[str, Observation]] = {}
    for row in rows:
        if row["scenario"] is None or row["period"] is None:
            continue
        column = Column(
            row.text("scenario").removeprefix(HYTE.iri),
            row.text("period"),
            labels.link(row.text("period")).text,
            row.text("start"),
            row.text("end"),
        )
        observation = Observation(
            iri=row.text("observation"),
            source=row.text("set"),
            column=column,
            value=Decimal(row.text("value")) if row["value"] else None,
            text=row.text("text"),
            ambiguous=row["certainty"] == HYTE.ambiguous,
            note=row.text("note"),
        )
        found.setdefault(row.text("figure"), {})[observation.iri] = observation
    return {figure: list(cells.values()) for figure, cells in found.items()}


def _compared(observation: Observation, budget: Observation) -> Comparison | None:
    if observation.value is None or budget.value is None:
        return None
    difference = observation.value - budget.value
    return Comparison(observation, budget, difference, difference / budget.value if budget.value else None)


def _faults(figures: tuple[Figure, ...]) -> dict[str, tuple[Fault, ...]]:
    """Where a number is not the sum of its parts, in cells for which every part has a number."""
    parts: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.parent:
            parts.setdefault(figure.parent, []).append(figure)
    found = {
        figure.iri: tuple(
            Fault(cell, cell.value, total)
            for cell in figure.observations
            if cell.value is not None
            and (total := sum_of(parts[figure.iri], cell.column, cell.source)) is not None
            and total != cell.value
        )
        for figure in figures
        if figure.iri in parts
    }
    return {iri: faults for iri, faults in found.items() if faults}


def _place(column: Column) -> tuple[str, int, str, str]:
    rank = SCENARIOS.index(column.scenario) if column.scenario in SCENARIOS else len(SCENARIOS)
    return column.end[:4], rank, column.start, column.period
