"""The decisions in lists: their names, dates, bodies and subjects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.text.links import Labels, Link, naming
from hytegraph.server.text.messages import Language


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in the list, and its town."""

    iri: str
    town: str
    link: Link
    title: Link
    date: Link
    body: Link


def latest_decisions(
    summaries: Summaries, town: str | None, base: str, language: Language, most: int
) -> tuple[DecisionLine, ...]:
    """The latest decisions of a town (its slug) or of the data."""
    rows = summaries.rows("decision-list", town, order=("-date", "decision"), limit=most)
    return decision_lines(summaries, [row.text("decision") for row in rows], base, language)


def decision_lines(
    summaries: Summaries, iris: Sequence[str], base: str, language: Language
) -> tuple[DecisionLine, ...]:
    """What is known of these decisions, in their order."""
    rows = summaries.rows("decisions", None, {"decision": [NamedNode(iri) for iri in iris]})
    labels = Labels((*naming(rows, "decision", "label"), *naming(rows, "body", "name")), base, language)
    lines: dict[str, DecisionLine] = {}
    for row in rows:
        lines.setdefault(row.text("decision"), _line(row, labels))
    return tuple(lines[iri] for iri in iris)


def _line(row: Row, labels: Labels) -> DecisionLine:
    title, date, body = (
        labels.link(row[name]) if row[name] is not None else Link("") for name in ("title", "date", "body")
    )
    dated = replace(date, code=row.text("date"))
    return DecisionLine(
        row.text("decision"), row.text("town"), labels.link(row["decision"]), title, dated, body
    )
