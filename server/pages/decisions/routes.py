"""The decisions: their list, and each with what was decided, what it concerns and where it stands."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.vocab import DCT, HYTE, RDF
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.decisions import DecisionLine, decision_lines
from hytegraph.server.pages.shared.evidence import OUTGOING, Evidence, read_evidence, standing_of
from hytegraph.server.pages.shared.paging import PAGE, part_of_rows, with_next
from hytegraph.server.pages.shared.scope import town_link_of, town_name_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, iri_under, page_size, respond, split_suffix
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import translate

blueprint = Blueprint("decisions", __name__)

COLUMNS = ("decision", "title", "date", "body", "iri")
FACT_COLUMNS = ("fact", "value", "iri")
_REFERENCES = stored_query(__name__, "decision-references")
_CASE = stored_query(__name__, "case-decisions")
# What was decided comes first: the proposal may read alike.
_FACTS = (
    *(HYTE.decisionText, HYTE.proposalText, HYTE.decidedBy, DCT.date, HYTE.sectionNumber, HYTE.ofCase),
    *(HYTE.preparedByPost, HYTE.presentedByPost, HYTE.citesDecision),
)
_RELATIONS = (HYTE.adoptedBy, HYTE.setBy, HYTE.citesDecision, HYTE.rowCitesDecision)


@blueprint.get("/decisions")
@blueprint.get("/decisions.<suffix>")
@in_towns
@asks(PAGE)
def decisions(suffix: str | None = None) -> Response:
    """The decisions that the documents hold or refer to, the latest first."""
    language, slug = reader_language(request), town_of_rows()

    def read(offset: int, limit: int) -> Sequence[DecisionLine]:
        order = ("-date", "decision")
        rows = summaries().rows("decision-list", slug, order=order, offset=offset, limit=limit)
        return decision_lines(summaries(), [row.text("decision") for row in rows], settings().base, language)

    part = part_of_rows(summaries().count("decision-list", slug), read, page_size(suffix))
    table = Table("decisions", COLUMNS, tuple(_row(each) for each in part.items))
    if is_of_all_towns():
        table = table.of_towns([town_name_of(each.town) for each in part.items])
    values = {"part": part, "town_of": lambda each: town_link_of(each.town, language)}
    things = tuple(each.iri for each in part.items)
    return with_next(respond(View("decisions/decisions.html", values, table, things), suffix), part)


def _row(line: DecisionLine) -> tuple[Cell, ...]:
    texts = (link.text for link in (line.link, line.title, line.date, line.body))
    return (*(text or None for text in texts), line.iri)


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
    handlings = dataset().select(_CASE, decision=node)
    iris = {row.text("value") for row in facts} | {row.text("thing") for row in references}
    iris |= {row.text("other") for row in handlings}
    labels = labels_of(dataset(), {iri, *iris}, base, language)
    named = [(fact.value.rpartition("#")[2].rpartition("/")[2], fact) for fact in _FACTS]
    shown = [(name, found) for name, fact in named if (found := _values(facts, fact, labels))]
    values = {
        "title": labels.link(iri),
        "subject": next((labels.link(row["value"]) for row in facts if row["property"] == DCT.title), None),
        "standing_of_decision": standing_of(facts, labels),
        "facts": dict(shown),
        "handlings": tuple(_handling(row, labels) for row in handlings),
        "this": iri,
        "relations": {
            relation.value.rpartition("#")[2]: found
            for relation in _RELATIONS
            if (found := [labels.link(row["thing"]) for row in references if row["relation"] == relation])
        },
        "evidence": _in_order(read_evidence(dataset(), (iri,), base, language).get(iri, ())),
    }
    rows = tuple(
        (translate(f"decision.{name}", language), link.text, link.href)
        for name, links in shown
        for link in links
    )
    table = Table(f"decision-{stem.rpartition('/')[2]}", FACT_COLUMNS, rows)
    return respond(View("decisions/decision.html", values, table, (iri,)), suffix)


def _handling(row: Row, labels: Labels) -> DecisionLine:
    """A decision among those of its case."""
    date, title = (labels.link(row[name]) if row[name] else Link("") for name in ("date", "title"))
    return DecisionLine(row.text("other"), "", labels.link(row["other"]), title, date, Link(""))


def _values(facts: Iterable[Row], fact: NamedNode, labels: Labels) -> list[Link]:
    return [labels.link(row["value"]) for row in facts if row["property"] == fact]


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda each: (each.document.text, each.start, each.end)))
