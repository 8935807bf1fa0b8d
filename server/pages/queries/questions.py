"""The competency questions: the answer of each as a page, CSV, JSON or RDF."""

from flask import Blueprint, Response, request

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import THING_FORMATS
from hytegraph.graph.query.named import (
    Answer,
    CompetencyQuestion,
    Solutions,
    answer,
    load_competency_questions,
)
from hytegraph.graph.results import Term
from hytegraph.server.context import dataset_of_town, settings
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.pages.queries.of_towns import choose_town, is_too_large
from hytegraph.server.pages.queries.question_list import with_base
from hytegraph.server.pages.queries.routes import given_values
from hytegraph.server.pages.queries.solutions import shown, solutions_response, values_of
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    VIEW_OFFERS,
    data,
    form_links,
    moved,
    page,
    split_suffix,
    varied,
    wanted,
)
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions")
@in_towns
@offers()
def questions() -> Response:
    """Leads to the list of tables and questions, of which this was a page of its own."""
    return moved(f"{at('/queries')}#questions")


@blueprint.get("/questions/<name>")
@in_towns
@asks(PAGE)
@offers(*VIEW_OFFERS)
def question(name: str) -> Response:
    """The answer of a question, as the suffix or Accept says."""
    stem, suffix = split_suffix(name)
    asked = find_question(stem)
    if is_too_large():
        form = wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix)
        return choose_town("questions", asked.query, form)
    language, served = reader_language(request), dataset_of_town()
    values = given_values(served, asked.query, language)
    complete = with_base(asked.query, values, settings().base)
    given = answer(served, asked.query, complete)
    forms = GRAPH_FORMS if isinstance(given, tuple) else TABLE_FORMS
    form = wanted({"html": HTML} | forms, suffix)
    if form != "html":
        if isinstance(given, tuple):
            syntax = next(syntax for syntax in THING_FORMATS if syntax.extension == form)
            return varied(data(given, syntax))
        return varied(solutions_response(served, stem, asked.query, complete, form))
    columns, rows = _cells(given)
    part = part_of(rows)
    return varied(
        page(
            "queries/question.html",
            question=asked,
            name=stem,
            values=values,
            lists=values_of(served, asked.query, language),
            part=part,
            table=shown(served, columns, part.items, language),
            yes=given if isinstance(given, bool) else None,
            triples=isinstance(given, tuple),
            alternates=form_links(forms),
        )
    )


def find_question(name: str) -> CompetencyQuestion:
    """The question of that name; raises UnknownNameError for any other."""
    known = load_competency_questions()
    if name not in known:
        raise UnknownNameError("question", name, known)
    return known[name]


def _cells(given: Answer) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    """The columns and rows of an answer; none for a yes or no."""
    if isinstance(given, bool):
        return (), ()
    if isinstance(given, Solutions):
        return given.variables, given.terms
    return ("subject", "property", "value"), tuple(
        (each.subject, each.predicate, each.object) for each in given
    )
