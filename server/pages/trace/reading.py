"""The reading of a trace, which the page, the command `trace` and their data forms show."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, RDF
from hytegraph.server.pages.shared.evidence import OUTGOING, Evidence, Standing, read_evidence, standing_of
from hytegraph.server.pages.trace.below import (
    GoalBelow,
    below_statements,
    goals_below,
    read_below,
    realisations_on_aim,
)
from hytegraph.server.pages.trace.chain import (
    chain_steps,
    priority_statements,
    read_chain,
    standing_statements,
)
from hytegraph.server.pages.trace.claims import Links, iris_of, read_claims, read_ends, resting_claims
from hytegraph.server.pages.trace.statements import Statement
from hytegraph.server.pages.trace.table_rows import ROWS, PlanRow, Rows, row_iris, row_parts
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

# The more special class first: a project is a measure too.
KINDS = ("StrategicProject", "Measure", "Goal", "HytePriority", "StrategicAim")
MEASURES = ("StrategicProject", "Measure")


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that the trace page shows.

    `kind` is one of KINDS; `said` is what the rules make of an aim; `steps` are the way up, each step with its
    statements; `evidence` is that of the thing and its table rows;
    `reports` are the paragraphs of reports that seem to be about it.
    """

    iri: str
    kind: str
    title: Link
    standing: Standing
    said: tuple[Statement, ...]
    steps: tuple[tuple[str, tuple[Statement, ...]], ...]
    priorities: tuple[Statement, ...]
    rows: tuple[PlanRow, ...]
    partners: tuple[Statement, ...]
    sdg: tuple[Statement, ...]
    earlier: tuple[Statement, ...]
    later: tuple[Statement, ...]
    below: tuple[GoalBelow, ...]
    reported: tuple[Statement, ...]
    reports: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]

    def statements(self) -> tuple[Statement, ...]:
        """All that is said, in the order of the page."""
        return (
            *self.said,
            *(each for _, step in self.steps for each in step),
            *(each for row in self.rows for cell in row.cells for each in cell.statements),
            *self.partners,
            *below_statements(self.below),
            *self.reported,
            *self.reports,
            *self.priorities,
            *self.sdg,
            *self.earlier,
            *self.later,
        )


def read_trace(dataset: Dataset, iri: str, base: str, language: Language) -> Trace | None:
    """The trace of a thing; None if it is none that has one."""
    node = NamedNode(iri)
    own = dataset.select(OUTGOING, thing=node)
    types = {row["value"] for row in own if row["property"] == RDF.type}
    kind = next((each for each in KINDS if HYTE[each] in types), None)
    if kind is None:
        return None
    chain = read_chain(dataset, node, base, language)
    facts = dataset.select(ROWS, measure=node) if kind in MEASURES else ()
    claims = read_claims(dataset, node)
    below = read_below(dataset, node)
    ends = read_ends(dataset, {end for claim in claims for end in (claim.subject, claim.object)})
    plans = {plan for end in ends.values() for plan in end.get("inPlan", ())}
    named = {iri, *chain.iris(), *row_iris(facts), *iris_of(claims), *below.iris(), *plans}
    labels = labels_of(dataset, named, base, language)
    resting = {iri, *chain.resting(), *row_parts(facts), *below.resting(), *resting_claims(claims)}
    sources = read_evidence(dataset, resting, base, language)
    # What a rule says of an aim is told apart from the notes of those who read the document.
    ruled = {row["comment"] for row in chain.standing if row.text("aim") == iri}
    links = Links(iri, claims, ends, labels, sources, base)
    lines = dict.fromkeys(each for thing in (iri, *row_parts(facts)) for each in sources.get(thing, ()))
    return Trace(
        iri=iri,
        kind=kind,
        title=labels.link(iri),
        standing=standing_of(tuple(row for row in own if row["value"] not in ruled), labels),
        said=tuple(standing_statements(iri, chain, labels, sources, base)),
        steps=chain_steps(chain, kind, labels, sources, base),
        priorities=priority_statements(chain, labels, sources, base),
        rows=Rows(facts, own, links, labels).read(),
        partners=links.partners(),
        sdg=links.sdg(),
        earlier=links.earlier(),
        later=links.later(),
        below=goals_below(below, labels, sources, base),
        reported=realisations_on_aim(below, labels, sources),
        reports=links.reports(),
        evidence=tuple(sorted(lines, key=lambda each: (each.document.text, each.start, each.end))),
    )
