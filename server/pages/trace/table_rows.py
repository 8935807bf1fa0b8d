"""Sideways: what the table rows of a measure say of responsibility, schedule, indicators and realisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.shared.evidence import Standing, standing_of
from hytegraph.server.pages.trace.claims import Claim, Links
from hytegraph.server.pages.trace.statements import INFERRED, MISSING, How, Statement, local, missing
from hytegraph.server.text.links import Labels, Link

ROWS = stored_query(__name__, "measure-rows")
# Which cell of the row tells what, beside the nodes that were read from it.
CELLS = (
    ("responsible", "rowResponsible", "responsibleText"),
    ("schedule", "", "scheduleText"),
    ("indicator", "rowIndicator", "indicatorText"),
    ("realisation", "rowRealisation", "realisationText"),
    ("cites", "rowCitesDecision", "citesText"),
)
# The key of the text for what a rule says of a measure that stands alone on its row.
RULE = "rule"
_RULED = (HYTE.measuredBy, HYTE.reportedBy)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the row: what was read from it, or a break; and its text as it stands there."""

    kind: str
    statements: tuple[Statement, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A table row that holds the measure, and how many measures share it."""

    link: Link
    cells: tuple[Cell, ...]
    measures: int
    standing: Standing


def row_iris(facts: Iterable[Row]) -> set[str]:
    """All that has to be named."""
    return {iri for row in facts for iri in (row.iri("row"), row.iri("value")) if iri}


def row_parts(facts: Iterable[Row]) -> tuple[str, ...]:
    """The rows, their indicators and realisations: what the trace of a measure rests on beside itself."""
    parts = (HYTE.rowIndicator, HYTE.rowRealisation)
    found = (row.text("row") if row["property"] not in parts else row.text("value") for row in facts)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Rows:
    """The table rows of a measure with all that is needed to put them into words."""

    facts: tuple[Row, ...]
    own: tuple[Row, ...]
    links: Links
    labels: Labels

    def read(self) -> tuple[PlanRow, ...]:
        """Each row with its cells."""
        by_row: dict[str, list[Row]] = {}
        for fact in self.facts:
            by_row.setdefault(fact.text("row"), []).append(fact)
        return tuple(self._row(iri, rows) for iri, rows in by_row.items())

    def _row(self, iri: str, facts: list[Row]) -> PlanRow:
        standing = standing_of(tuple(facts), self.labels)
        shared = len(_values(facts, "rowMeasure"))
        how = How(next(iter(standing.bases), ""), next(iter(standing.certainties), ""))
        cells = []
        for kind, node, text in CELLS:
            told = " | ".join(value.value for value in _values(facts, text))
            items = sorted(
                (
                    self._item(kind, node, value.value, how, alone=shared == 1)
                    for value in _values(facts, node)
                ),
                key=lambda item: (item.also[:1] == () or item.also[0].how.basis == MISSING, item.link.text),
            )
            if told and not items:
                also = self._paired("scheduleStatedIn") if kind == "schedule" else ()
                items = [Statement(kind, text, "", Link(told, "fi"), how, also)]
            if not items and kind != "cites":
                items = [missing(kind, node or text)]
            cells.append(Cell(kind, tuple(items), told))
        return PlanRow(self.labels.link(iri), tuple(cells), shared, standing)

    def _item(self, kind: str, relation: str, iri: str, how: How, *, alone: bool) -> Statement:
        # The passages of a party are those of all its rows.
        evidence = () if kind == "responsible" else self.links.sources.get(iri, ())
        told = (*self.links.results(iri), *self.links.statuses(iri)) if kind == "realisation" else ()
        own = How(how.basis, how.certainty, evidence=evidence)
        return Statement(
            kind, relation, iri, self.labels.link(iri), own, (*self._pairing(iri, alone=alone), *told)
        )

    def _pairing(self, item: str, *, alone: bool) -> tuple[Statement, ...]:
        """Whether an item of the row belongs to this measure: what a rule says, else a suggestion, else nothing."""
        if any(row.text("value") == item and row["property"] in _RULED for row in self.own):
            return (Statement("pairing", "", "", Link(RULE), How(INFERRED)),)
        claims = [claim for claim in self.links.pairings() if claim.object == item]
        if claims or alone:
            return tuple(self._suggested(claim) for claim in claims)
        return (missing("pairing", ""),)

    def _paired(self, predicate: str) -> tuple[Statement, ...]:
        found = (claim for claim in self.links.pairings() if local(claim.predicate) == predicate)
        return tuple(self._suggested(claim) for claim in found)

    def _suggested(self, claim: Claim) -> Statement:
        how = claim.how(self.labels, self.links.sources)
        return Statement("pairing", local(claim.predicate), "", Link(claim.pairing), how)


def _values(facts: list[Row], name: str) -> list[NamedNode | Literal]:
    found = [fact["value"] for fact in facts if name and fact["property"] == HYTE[name]]
    return [value for value in found if isinstance(value, NamedNode | Literal)]
