"""The decisions: their list, and each with what was decided, what it concerns and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.vocab import DCT, HYTE, RDF
from hytegraph.server.context import dataset, settings
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.evidence import OUTGOING, Evidence, read_evidence, standing_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, iri_under, respond, split_suffix
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import translate

blueprint = Blueprint("decisions", __name__)

COLUMNS = ("decision", "title", "date", "body", "iri")
FACT_COLUMNS = ("fact", "value", "iri")
_DECISIONS = stored_query(__name__, "decisions")
_REFERENCES = stored_query(__name__, "decision-references")
# What was decided comes first: the proposal may read alike.
_FACTS = (
    *(HYTE.decisionText, HYTE.proposalText, HYTE.decidedBy, DCT.date, HYTE.sectionNumber, HYTE.ofCase),
    *(HYTE.preparedByPost, HYTE.presentedByPost, HYTE.citesDecision),
)
_RELATIONS = (HYTE.adoptedBy, HYTE.setBy, HYTE.citesDecision, HYTE.rowCitesDecision)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in the list."""

    iri: str
    link: Link
    title: Link
    date: Link
    body: Link


@blueprint.get("/decisions")
@blueprint.get("/decisions.<suffix>")
def decisions(suffix: str | None = None) -> Response:
    """The decisions that the documents hold or refer to, the latest first."""
    rows = dataset().select(_DECISIONS)
    iris = {row.text(name) for row in rows for name in ("decision", "body")}
    labels = labels_of(dataset(), iris, settings().base, reader_language(request))
    lines = tuple({row.text("decision"): _line(row, labels) for row in rows}.values())
    table = Table(
        "decisions",
        COLUMNS,
        tuple(
            (
                each.link.text,
                each.title.text or None,
                each.date.text or None,
                each.body.text or None,
                each.iri,
            )
            for each in lines
        ),
    )
    return respond(
        View("decisions/decisions.html", {"decisions": lines}, table, tuple(each.iri for each in lines)),
        suffix,
    )


@blueprint.get("/decisions/<path:rest>")
def decision(rest: str) -> Response:
    """One decision: what was decided, what it concerns, what refers to it, and the lines it stands on."""
    stem, suffix = split_suffix(rest)
    iri = iri_under(stem)
    node, base, language = NamedNode(iri), settings().base, reader_language(request)
    facts = dataset().select(OUTGOING, thing=node)
    if not any(row["property"] == RDF.type and row["value"] == HYTE.Decision for row in facts):
        raise ProblemError(Problem(404, "not-found", f"<{iri}> is no decision in the data."))
    references = dataset().select(_REFERENCES, decision=node)
    iris = {row.text("value") for row in facts} | {row.text("thing") for row in references}
    labels = labels_of(dataset(), {iri, *iris}, base, language)
    named = [(fact.value.rpartition("#")[2].rpartition("/")[2], fact) for fact in _FACTS]
    shown = [(name, found) for name, fact in named if (found := _values(facts, fact, labels))]
    values = {
        "title": labels.link(iri),
        "subject": next((labels.link(row["value"]) for row in facts if row["property"] == DCT.title), None),
        "standing_of_decision": standing_of(facts, labels),
        "facts": shown,
        "relations": [
            (relation.value.rpartition("#")[2], found)
            for relation in _RELATIONS
            if (found := [labels.link(row["thing"]) for row in references if row["relation"] == relation])
        ],
        "evidence": _in_order(read_evidence(dataset(), (iri,), base, language).get(iri, ())),
    }
    rows = tuple(
        (translate(f"decision.{name}", language), link.text, link.href)
        for name, links in shown
        for link in links
    )
    table = Table(f"decision-{stem.rpartition('/')[2]}", FACT_COLUMNS, rows)
    return respond(View("decisions/decision.html", values, table, (iri,)), suffix)


def _line(row: Row, labels: Labels) -> DecisionLine:
    title, date, body = (
        labels.link(row[name]) if row[name] is not None else Link("") for name in ("title", "date", "body")
    )
    return DecisionLine(row.text("decision"), labels.link(row["decision"]), title, date, body)


def _values(facts: Iterable[Row], fact: NamedNode, labels: Labels) -> list[Link]:
    return [labels.link(row["value"]) for row in facts if row["property"] == fact]


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda each: (each.document.text, each.start, each.end)))
