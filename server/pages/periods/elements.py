"""The aims, goals, priorities and measures of all periods: in which they stand, under which aims, on which lines.

Things with a theme, among them indicators and realisations, are read in the same way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.results import Row
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.links import Labels, Link, naming, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

LEVELS = {"aim": "StrategicAim", "goal": "Goal", "priority": "HytePriority", "measure": "Measure"}
# Below what a plan sets: what stands in its rows and what is reported of it.
ALL_LEVELS = {**LEVELS, "indicator": "Indicator", "realisation": "Realisation"}


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its first day as in the data, and its name; both are empty where no document names one."""

    start: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a document that say something: their passage, the document with the period it is about, both as
    links.
    """

    passage: str
    document: Link
    period: Period
    link: Link
    cited: str


@dataclass(frozen=True, slots=True)
class Element:
    """An aim, goal, priority or measure of a plan, or another thing of a level.

    `level` is one of ALL_LEVELS; `aims` are the IRIs of those it stands under, an aim's own IRI for an aim.
    """

    iri: str
    level: str
    link: Link
    period: Period
    aims: tuple[str, ...]
    lines: tuple[Lines, ...]
    order: int

    @property
    def cited(self) -> str:
        """Its lines as tables cite them: `document:L12-L14`, several separated by a space."""
        return " ".join(dict.fromkeys(each.cited for each in self.lines))


@dataclass(frozen=True, slots=True)
class Column:
    """The periods that begin on one day, as a column: that day, and their names."""

    start: str
    name: str

    @property
    def short(self) -> str:
        """The first of the names, for where there is little room."""
        first, *others = self.name.split(", ")
        return first + "…" * bool(others)


@dataclass(frozen=True, slots=True)
class Source:
    """The summaries that hold some things with their class, name, plan and order, and the passages of these."""

    things: str
    passages: str


PLANNED = Source("elements", "element-passages")
THEMED = Source("themed-things", "themed-passages")


@lru_cache(maxsize=16)
def read_elements(
    summaries: Summaries, town: str | None, base: str, language: Language, source: Source = PLANNED
) -> dict[str, Element]:
    """The elements of a town (its slug) or of the only one by IRI, in the order of periods and of lines.

    They are read once, because the data never change.
    """
    rows = summaries.rows(source.things, town)
    labels = Labels(rows, base, language)
    periods = _periods(summaries.rows("holder-periods", town), base, language)
    documents = Labels(naming(summaries.rows("documents", town), "document", "title"), base, language)
    aims = _gathered(summaries.rows("element-aims", town), "aim")
    lines = _lines(summaries.rows(source.passages, town), documents, periods, base, language)
    found: dict[str, Element] = {}
    for row in rows:
        iri, plan = row.text("node"), row.text("plan")
        level = next(name for name, kind in ALL_LEVELS.items() if row["class"] == HYTE[kind])
        text, own_lines = labels.link(iri), tuple(lines.get(iri, ()))
        found[iri] = Element(
            iri,
            level,
            Link(text.text, text.language, path_under("trace", iri, base)) if level in LEVELS else text,
            periods.get(iri) or periods.get(plan) or _period_of(level, own_lines),
            (iri,) if level == "aim" else tuple(aims.get(iri, ())),
            own_lines,
            int(row.text("order") or 0),
        )
    ordered = sorted(
        found.values(), key=lambda each: (begins(each.period.start), _first(each), each.order, each.iri)
    )
    return {each.iri: each for each in ordered}


def columns_of(periods: Iterable[Period]) -> tuple[Column, ...]:
    """A column for each day on which periods begin, in order; last the one for what has no period."""
    names: dict[str, set[str]] = {}
    for period in periods:
        names.setdefault(period.start, set()).add(period.name)
    return tuple(Column(start, ", ".join(sorted(names[start]))) for start in sorted(names, key=begins))


def begins(start: str) -> tuple[bool, str]:
    """The order of a first day: what has none comes last."""
    return not start, start


def _first(element: Element) -> tuple[str, int]:
    """The document and line on which an element first stands, so that the order is that of the document."""
    if not element.lines:
        return "", 0
    document, _, line = element.lines[0].cited.rpartition(":L")
    return document, int(line.partition("-")[0])


def _periods(rows: tuple[Row, ...], base: str, language: Language) -> dict[str, Period]:
    labels = Labels(rows, base, language)
    found: dict[str, Period] = {}
    for row in rows:
        found.setdefault(
            row.text("holder"), Period(row.text("start"), labels.link(row["node"]).text.replace("-", "–"))
        )
    return found


def _period_of(level: str, lines: tuple[Lines, ...]) -> Period:
    """The period of what has none of its own and no plan: for what stands in rows that of its first document."""
    return lines[0].period if lines and level not in LEVELS else Period()


def _lines(
    rows: Iterable[Row], titles: Labels, periods: dict[str, Period], base: str, language: Language
) -> dict[str, list[Lines]]:
    found: dict[str, list[Lines]] = {}
    for row in rows:
        document, passage = row.text("document"), row.text("passage")
        start, end = int(row.text("start")), int(row.text("end"))
        found.setdefault(row.text("node"), []).append(
            Lines(
                passage,
                titles.link(document),
                periods.get(document, Period()),
                Link(
                    passage_name(start, end, language), "", source_path(document, start, end, base, passage)
                ),
                f"{row.text('name')}:L{start}" + (f"-L{end}" if end != start else ""),
            )
        )
    return found


def _gathered(rows: Iterable[Row], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, value in _pairs(rows, name):
        found.setdefault(node, []).append(value)
    return found


def _pairs(rows: Iterable[Row], name: str) -> Iterator[tuple[str, str]]:
    return ((row.text("node"), row.text(name)) for row in rows)
