"""What came of each goal of a town: its measures by state with the words behind them, and its targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.pages.shared.outcomes.reported import STANDING, Mention, Reports
from hytegraph.server.pages.shared.outcomes.tallies import STATES_TABLE, ResultTally, tally_of
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Labels, Link, path_under
from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number


@dataclass(frozen=True, slots=True)
class Words:
    """What a realisation says: the name of the result, the words that say so, the whole of it, and its lines.

    `review` tells whether a rule suggests so or a reviewer has accepted it.
    """

    result: str
    word: Link
    cues: tuple[str, ...]
    text: str
    place: Link
    lines: tuple[str, int, int]
    review: str


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure, its state, and what reports say of it; `place` is where its row begins.

    `words` are those of its row, `mentions` the paragraphs elsewhere that are said to speak of it.
    """

    iri: str
    link: Link
    state: str
    words: tuple[Words, ...]
    place: Link
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A target as its indicator words it, what a rule read from it, and whether reports say that it was met."""

    label: str
    comparison: str
    number: str
    unit: str
    time: str
    completeness: str
    outcome: str
    cues: tuple[str, ...]
    text: str
    place: Link


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal with its measures by state, its targets, and the paragraphs of reports that are said to speak of it.

    `aim` is empty where the rows name none, and `aim_iri` too.
    """

    iri: str
    link: Link
    aim: Link
    aim_iri: str
    tally: ResultTally
    measures: tuple[MeasureResult, ...]
    targets: tuple[TargetResult, ...]
    mentions: tuple[Mention, ...]

    @property
    def all_mentions(self) -> tuple[Mention, ...]:
        """The paragraphs that are said to speak of the goal or of one of its measures."""
        return (*self.mentions, *(each for measure in self.measures for each in measure.mentions))


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reading of a town's results needs."""

    dataset: Dataset
    kept: Summaries
    reports: Reports
    town: str | None
    base: str
    language: Language

    def states(self) -> tuple[Row, ...]:
        """Every measure of a document that reports, under each goal of its row."""
        return tuple(self.kept.rows(STATES_TABLE, self.town))

    def goals(self, rows: Iterable[Row], addresses: Mapping[str, str]) -> tuple[GoalResult, ...]:
        """The goals of the rows with their measures and targets; `addresses` are those of a goal's measures."""
        by_goal: dict[str, list[Row]] = {}
        for row in rows:
            by_goal.setdefault(row.text("goal"), []).append(row)
        listed = [row for found in by_goal.values() for row in found]
        claims = self._claims({row.text("measure") for row in listed})
        targets = self._targets(by_goal)
        named = {row.text(name) for row in listed for name in ("goal", "aim")} - {""}
        named |= {row.text("result") for found in claims.values() for row in found}
        labels = labels_of(self.dataset, named, self.base, self.language)
        return tuple(
            self._goal(goal, found, claims, targets.get(goal, ()), labels, addresses[goal])
            for goal, found in by_goal.items()
        )

    def _goal(
        self,
        goal: str,
        rows: Sequence[Row],
        claims: Mapping[str, Sequence[Row]],
        targets: Sequence[TargetResult],
        labels: Labels,
        address: str,
    ) -> GoalResult:
        link, aim = labels.link(goal), rows[0].text("aim")
        measures = tuple(self._measure(row, claims.get(row.text("measure"), ()), labels) for row in rows)
        return GoalResult(
            goal,
            Link(link.text, link.language, path_under("trace", goal, self.base) if goal else ""),
            labels.link(aim) if aim else Link(""),
            aim,
            tally_of((measure.state for measure in measures), address),
            measures,
            tuple(targets),
            self.reports.mentions.get(goal, ()),
        )

    def _measure(self, row: Row, claims: Sequence[Row], labels: Labels) -> MeasureResult:
        iri = row.text("measure")
        start = int(row.text("start") or 0)
        by_report: dict[tuple[str, str], list[Row]] = {}
        for claim in claims:
            by_report.setdefault((claim.text("realisation"), claim.text("result")), []).append(claim)
        return MeasureResult(
            iri,
            Link(row.text("label"), row.language("label"), path_under("trace", iri, self.base)),
            row.text("state"),
            tuple(self._words(result, found, labels) for (_, result), found in by_report.items()),
            self._place(row.text("document"), start, start),
            self.reports.mentions.get(iri, ()),
        )

    def _words(self, result: str, rows: Sequence[Row], labels: Labels) -> Words:
        document = rows[0].text("document")
        start = min(int(row.text("start")) for row in rows)
        end = max(int(row.text("end")) for row in rows)
        name = labels.link(result)
        return Words(
            result.removeprefix(HYTE.iri),
            Link(name.text, name.language),
            _different(row.text("word") for row in rows),
            rows[0].text("text"),
            self._place(document, start, end),
            (document, start, end),
            rows[0].text("review").removeprefix(HYTE.iri),
        )

    def _place(self, document: str, start: int, end: int) -> Link:
        return place_link(self.dataset, (document, start, end), self.base, self.language)

    def _claims(self, measures: Iterable[str]) -> dict[str, list[Row]]:
        chosen = {"measure": [NamedNode(iri) for iri in sorted(measures)]}
        found: dict[str, list[Row]] = {}
        for row in self.kept.rows("result-claims", self.town, chosen):
            if row["review"] in STANDING:
                found.setdefault(row.text("measure"), []).append(row)
        return found

    def _targets(self, goals: Iterable[str]) -> dict[str, list[TargetResult]]:
        chosen = {"goal": [NamedNode(goal) for goal in goals if goal]}
        by_target: dict[tuple[str, str], list[Row]] = {}
        for row in self.kept.rows("target-claims", self.town, chosen):
            by_target.setdefault((row.text("goal"), row.text("target")), []).append(row)
        found: dict[str, list[TargetResult]] = {}
        for (goal, _), rows in by_target.items():
            found.setdefault(goal, []).append(self._target(rows))
        return found

    def _target(self, rows: Sequence[Row]) -> TargetResult:
        first = rows[0]
        return TargetResult(
            first.text("label"),
            first.text("comparison").removeprefix(HYTE.iri),
            number(Decimal(first.text("number")), self.language) if first["number"] else "",
            first.text("unit"),
            first.text("time"),
            first.text("completeness").removeprefix(HYTE.iri),
            first.text("outcome").removeprefix(HYTE.iri) or "notReported",
            _different(row.text("word") for row in rows),
            first.text("text"),
            self._place(first.text("document"), int(first.text("start")), int(first.text("end"))),
        )


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
