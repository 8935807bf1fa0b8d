"""The way up: goal, aim, plan, strategy and decision, and whether the aim stands in an adopted strategy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.trace.statements import (
    INFERRED,
    How,
    Sources,
    Statement,
    local,
    missing,
    traced,
)
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

CHAIN = stored_query(__name__, "chain")
STANDING = stored_query(__name__, "standing")
PRIORITIES = stored_query(__name__, "aim-priorities")
_STEPS = (
    ("goal", (HYTE.supportsGoal,)),
    ("aim", (HYTE.underAim,)),
    ("plan", (HYTE.inPlan, HYTE.reportedUnder)),
    ("strategy", (HYTE.implementsStrategy,)),
    ("decision", (HYTE.adoptedBy, HYTE.setBy)),
)
# From which step the way up begins.
_FIRST = {"Measure": 0, "StrategicProject": 0, "Goal": 1, "HytePriority": 1, "StrategicAim": 2}


@dataclass(frozen=True, slots=True)
class Chain:
    """What the data say of the way up from a thing, before it is put into words."""

    links: tuple[Row, ...]
    standing: tuple[Row, ...]
    comments: Labels
    priorities: tuple[Row, ...]

    def iris(self) -> set[str]:
        """All that has to be named."""
        named = (*self.standing, *self.links, *self.priorities)
        columns = ("subject", "object", "aim", "earlier", "strategy", "decision", "priority")
        return {row.text(name) for row in named for name in columns if name in row.variables} - {""}

    def resting(self) -> set[str]:
        """What is shown with the lines that it rests on: not a plan, which rests on those of all its elements."""
        passed = {
            row.text("object")
            for row in self.links
            if row["property"] in (HYTE.inPlan, HYTE.reportedUnder, HYTE.decidedBy)
        }
        strategies = {row.text("object") for row in self.links if row.text("isStrategy") == "true"}
        return self.iris() - (passed - strategies)


def read_chain(dataset: Dataset, node: NamedNode, base: str, language: Language) -> Chain:
    """The way up from a thing."""
    links, inferred = dataset.select(CHAIN, node=node), NamedNode(f"{base}graph/inferred")
    aims = {row.text("object") for row in links if row["property"] == HYTE.underAim} | {node.value}
    # One look-up an aim: a path to the aims would be followed from every standing in the data.
    standing = tuple(
        row for aim in sorted(aims) for row in dataset.select(STANDING, aim=NamedNode(aim), inferred=inferred)
    )
    comments = (Row(("node", "label"), (row["aim"], row["comment"])) for row in standing)
    return Chain(
        links=links,
        standing=standing,
        comments=Labels(comments, base, language),
        priorities=tuple(
            row for row in select_values(dataset, PRIORITIES, "aim", aims) if row["priority"] != node
        ),
    )


def chain_steps(
    chain: Chain, kind: str, labels: Labels, sources: Sources, base: str
) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """The steps from the thing upward, each with its statements; a single break where there are none."""
    steps = []
    for step, properties in _STEPS[_FIRST[kind] :]:
        rows = [row for row in chain.links if row["property"] in properties]
        told = tuple(_statements(step, rows, chain, labels, sources, base))
        if step == "plan" and not told and rows:
            # A plan that is the strategy itself is one link of the chain, not two.
            continue
        steps.append((step, told or (missing(step, local(properties[0].value)),)))
    return tuple(steps)


def _statements(
    step: str, rows: Iterable[Row], chain: Chain, labels: Labels, sources: Sources, base: str
) -> Iterator[Statement]:
    own = {
        row.text("object")
        for row in chain.links
        if row["property"] in (HYTE.inPlan, HYTE.reportedUnder) and row.text("isStrategy") == "true"
    }
    found = {row.text("object"): row for row in rows}
    if step == "plan":
        found = {iri: row for iri, row in found.items() if iri not in own}
    if step == "strategy":
        found |= {row.text("object"): row for row in chain.links if row.text("object") in own}
    for iri, row in found.items():
        relation = local(row.text("property"))
        yield Statement(
            step,
            relation,
            iri,
            _link(step, iri, labels, base),
            How(local(row.text("basis")), local(row.text("certainty")), evidence=sources.get(iri, ())),
            tuple(_said_of(step, iri, chain, labels, sources, base)),
        )


def _link(step: str, iri: str, labels: Labels, base: str) -> Link:
    if step == "decision":
        return labels.link(iri)
    return traced(labels, iri, base, "tree" if step in ("plan", "strategy") else "trace")


def _said_of(
    step: str, iri: str, chain: Chain, labels: Labels, sources: Sources, base: str
) -> Iterator[Statement]:
    if step == "aim":
        yield from standing_statements(iri, chain, labels, sources, base)
    if step == "decision":
        for row in chain.links:
            how = How(local(row.text("basis")), local(row.text("certainty")))
            if row.text("object") == iri:
                adopted = row.text("subject")
                relation = local(row.text("property"))
                link = traced(labels, adopted, base, "trace" if relation == "setBy" else "tree")
                yield Statement("adopted", relation, adopted, link, How())
            if row.text("subject") == iri and row["property"] == HYTE.decidedBy:
                yield Statement("body", "decidedBy", row.text("object"), labels.link(row["object"]), how)


def standing_statements(
    aim: str, chain: Chain, labels: Labels, sources: Sources, base: str
) -> Iterator[Statement]:
    """What the rules make of an aim, and the strategy in which a reviewed link finds it."""
    told = [row for row in chain.standing if row.text("aim") == aim]
    seen: set[str] = set()
    for row in told[:1]:
        said = chain.comments.link(aim)
        link = Link(said.text, said.language)
        yield Statement("standing", "standing", row.text("standing"), link, How(INFERRED))
    for row in told:
        evidence = {step: sources.get(row.text(step), ()) for step in ("earlier", "strategy", "decision")}
        for step, relation, how in (
            ("earlier", "continues", How(review=local(row.text("review")), evidence=evidence["earlier"])),
            ("strategy", "inPlan", How(local(row.text("earlierBasis")), evidence=evidence["strategy"])),
            ("decision", "adoptedBy", How(local(row.text("strategyBasis")), evidence=evidence["decision"])),
        ):
            iri = row.text(step)
            if iri and iri not in seen:
                seen.add(iri)
                yield Statement(step, relation, iri, _link(step, iri, labels, base), how)


def priority_statements(chain: Chain, labels: Labels, sources: Sources, base: str) -> tuple[Statement, ...]:
    """The priorities that stand under the same aims."""
    found = {row.text("priority"): row for row in chain.priorities}
    return tuple(
        Statement(
            "priority",
            "underAim",
            iri,
            traced(labels, iri, base),
            How(local(row.text("basis")), local(row.text("certainty")), evidence=sources.get(iri, ())),
        )
        for iri, row in found.items()
    )
