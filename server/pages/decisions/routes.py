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
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column, facets
from hytegraph.server.pages.shared.data_table import DataRow, arranged, table_view
from hytegraph.server.pages.shared.decisions import DecisionLine, decision_lines
from hytegraph.server.pages.shared.evidence import OUTGOING, Evidence, read_evidence, standing_of
from hytegraph.server.pages.shared.paging import PAGE, part_of_rows, with_next
from hytegraph.server.pages.shared.scope import town_link_of, town_name_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, iri_under, page_size, respond, split_suffix
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("decisions", __name__)

LISTED = (
    Column("decision"),
    Column("title", "filled", is_wide=True),
    Column("date"),
    Column("body", "values"),
    Column("year", "values", is_shown=False),
)
DATA = ("iri",)
COLUMNS = (*(column.name for column in LISTED if column.is_shown), *DATA)
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
@asks(*facets(LISTED), *ARRANGED, PAGE)
def decisions(suffix: str | None = None) -> Response:
    """The decisions that the documents hold or refer to, the latest first."""
    language = reader_language(request)
    if is_of_all_towns():
        return _of_all_towns(language, suffix)
    rows = tuple(map(_row, _read(None, 0, town_of_rows(), language)))
    table = arranged("decisions", LISTED, rows, DATA)
    return respond(table_view(table, language, tuple(str(row.data[-1]) for row in table.rows)), suffix)


def _of_all_towns(language: Language, suffix: str | None) -> Response:
    """A part of the decisions of all towns."""
    part = part_of_rows(
        summaries().count("decision-list", None),
        lambda offset, limit: _read(limit, offset, None, language),
        page_size(suffix),
    )
    table = Table("decisions", COLUMNS, tuple(_cells(line) for line in part.items))
    table = table.of_towns([town_name_of(line.town) for line in part.items])
    values = {"part": part, "town_of": lambda line: town_link_of(line.town, language)}
    things = tuple(line.iri for line in part.items)
    return with_next(respond(View("decisions/decisions.html", values, table, things), suffix), part)


def _read(limit: int | None, offset: int, slug: str | None, language: Language) -> Sequence[DecisionLine]:
    """So many decisions of a town (its slug) or of the data, or all after the offset, the latest first."""
    order = ("-date", "decision")
    rows = summaries().rows("decision-list", slug, order=order, offset=offset, limit=limit)
    return decision_lines(summaries(), [row.text("decision") for row in rows], settings().base, language)


def _row(line: DecisionLine) -> DataRow:
    year = Link(line.date.value[:4])
    cells = (line.link, line.title, line.date, line.body, year)
    return DataRow(tuple((link,) if link.text else () for link in cells), (line.iri,))


def _cells(line: DecisionLine) -> tuple[Cell, ...]:
    return (*(link.value or None for link in (line.link, line.title, line.date, line.body)), line.iri)


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
