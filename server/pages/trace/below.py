"""The way down from an aim or goal: its goals and measures, who answers for each, and what was reported."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.trace.statements import MISSING, How, Sources, Statement, local, missing, traced
from hytegraph.server.text.links import Labels, Link

BELOW = stored_query(__name__, "below")
RESPONSIBLE = stored_query(__name__, "responsible")
REPORTED = stored_query(__name__, "reported")
ON_AIM = stored_query(__name__, "reported-on-aim")
SUGGESTED = stored_query(__name__, "suggested")
# The row reports something, and nothing tells of which of its measures.
UNPAIRED = "unpaired"
UNKNOWN, STEP = "unknown", "step"


@dataclass(frozen=True, slots=True)
class MeasureBelow:
    """A measure, who answers for it, and its states: names of statuses, MISSING or UNPAIRED, with their words.

    The latter two have none, for the page says them in its own.
    """

    statement: Statement
    responsible: tuple[Link, ...]
    states: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class GoalBelow:
    """A goal with its measures, and how many of them are in which state."""

    statement: Statement
    measures: tuple[MeasureBelow, ...]

    @property
    def counts(self) -> tuple[tuple[tuple[str, Link], int], ...]:
        """The states and how many measures have each, the commonest first."""
        return tuple(Counter(state for each in self.measures for state in each.states).most_common())


@dataclass(frozen=True, slots=True)
class Below:
    """What stands under a thing, before it is put into words; by the IRI of the measure or realisation where mapped.

    `reported` are the measures on whose rows something is reported; `results` what the report is suggested to say of a
    measure, `statuses` what the words of a realisation say.
    """

    rows: tuple[Row, ...]
    on_aim: tuple[Row, ...]
    responsible: Mapping[str, list[str]]
    reported: frozenset[str]
    results: Mapping[str, list[str]]
    statuses: Mapping[str, list[str]]

    def iris(self) -> set[str]:
        """All that has to be named."""
        named = {
            each
            for found in (*self.responsible.values(), *self.statuses.values(), *self.results.values())
            for each in found
        }
        return named | self.resting()

    def resting(self) -> set[str]:
        """What is shown with the lines that it rests on."""
        measures = {row.text(name) for row in self.rows for name in ("goal", "measure")}
        return (measures | {row.text("realisation") for row in self.on_aim}) - {""}

    def states(self, measure: str) -> tuple[str, ...]:
        """The names of what the report says came of a measure: of a step only where it says nothing of the whole."""
        codes = {local(code) for code in self.results.get(measure, ())} - {UNKNOWN}
        if not codes:
            return (UNPAIRED if measure in self.reported else MISSING,)
        return tuple(sorted(codes - {STEP} or codes))


def read_below(dataset: Dataset, node: NamedNode) -> Below:
    """What stands under an aim or goal."""
    rows, on_aim = (dataset.select(query, node=node) for query in (BELOW, ON_AIM))
    measures = {row.text("measure") for row in rows}
    responsible, reported = (
        select_values(dataset, query, "measure", measures) for query in (RESPONSIBLE, REPORTED)
    )
    things = measures | {row.text("realisation") for row in on_aim}
    suggested = select_values(dataset, SUGGESTED, "thing", things)
    return Below(
        rows=rows,
        on_aim=on_aim,
        responsible=_by(responsible, "measure", "party"),
        reported=frozenset(row.text("measure") for row in reported),
        results=_by((row for row in suggested if row["property"] == HYTE.result), "thing", "value"),
        statuses=_by((row for row in suggested if row["property"] == HYTE.status), "thing", "value"),
    )


def _by(rows: Iterable[Row], key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.text(key), []).append(row.text(value))
    return found


def goals_below(below: Below, labels: Labels, sources: Sources, base: str) -> tuple[GoalBelow, ...]:
    """The goals in the order of the document, each with its measures."""
    goals: dict[str, dict[str, Row]] = {}
    first: dict[str, Row] = {}
    for row in below.rows:
        measures = goals.setdefault(row.text("goal"), {})
        first.setdefault(row.text("goal"), row)
        if row["measure"] is not None:
            measures.setdefault(row.text("measure"), row)
    return tuple(
        GoalBelow(
            _statement(
                "goal", "underAim", goal, How(local(first[goal].text("goalBasis"))), labels, sources, base
            ),
            tuple(_measure(iri, row, below, labels, sources, base) for iri, row in measures.items()),
        )
        for goal, measures in goals.items()
    )


def _statement(
    step: str, relation: str, iri: str, how: How, labels: Labels, sources: Sources, base: str
) -> Statement:
    told = How(how.basis, how.certainty, evidence=sources.get(iri, ()))
    return Statement(step, relation, iri, traced(labels, iri, base), told)


def _measure(iri: str, row: Row, below: Below, labels: Labels, sources: Sources, base: str) -> MeasureBelow:
    how = How(local(row.text("basis")), local(row.text("certainty")))
    return MeasureBelow(
        _statement("measure", "supportsGoal", iri, how, labels, sources, base),
        tuple(labels.link(party) for party in below.responsible.get(iri, ())),
        tuple((state, _word(state, labels)) for state in below.states(iri)),
    )


def _word(state: str, labels: Labels) -> Link:
    link = Link("") if state in (MISSING, UNPAIRED) else labels.link(HYTE[state])
    return Link(link.text, link.language)


def below_statements(goals: tuple[GoalBelow, ...]) -> Iterator[Statement]:
    """The tree as statements, one after the other."""
    for goal in goals:
        yield goal.statement
        if not goal.measures:
            yield missing("measure", "supportsGoal")
        for each in goal.measures:
            yield each.statement
            for party in each.responsible:
                yield Statement("responsible", "rowResponsible", "", party, How())
            for state, word in each.states:
                if state in (MISSING, UNPAIRED):
                    yield missing("realisation", state)
                else:
                    yield Statement("status", "status", HYTE[state].value, word, How(review="suggested"))


def realisations_on_aim(below: Below, labels: Labels, sources: Sources) -> tuple[Statement, ...]:
    """What a report says of the aim as a whole, each with the status that its words suggest."""
    told = []
    for row in below.on_aim:
        iri = row.text("realisation")
        how = How(local(row.text("basis")), local(row.text("certainty")), evidence=sources.get(iri, ()))
        also = tuple(
            Statement("status", "status", each, Link(labels.link(each).text), How(review="suggested"))
            for each in below.statuses.get(iri, ())
        )
        told.append(Statement("realisation", "reportsOnAim", iri, labels.link(iri), how, also))
    return tuple(told)
