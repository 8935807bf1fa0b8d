"""The competency questions: their list with today's answers, and each answer as a page, CSV, JSON or RDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import THING_FORMATS
from hytegraph.graph.query.named import (
    Answer,
    CompetencyQuestion,
    NamedQuery,
    Solutions,
    answer,
    load_competency_questions,
)
from hytegraph.graph.results import Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.context import dataset, dataset_of_town, has_several_towns, settings
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.pages.queries.of_towns import choose_town, is_too_large
from hytegraph.server.pages.queries.routes import given_values
from hytegraph.server.pages.queries.solutions import shown, solutions_response, values_of
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    VIEW_OFFERS,
    data,
    form_links,
    page,
    split_suffix,
    varied,
    wanted,
)
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("questions", __name__)

AUDIENCES = ("policy", "researcher", "publisher")
_BASE = "base"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list, and the answer in short; `yes` is None but for a yes or no.

    `form` is empty where the answer is not given beside the question.
    """

    question: CompetencyQuestion
    form: str = ""
    count: int = 0
    yes: bool | None = None


@blueprint.get("/questions")
@in_towns
def questions() -> Response:
    """The questions by who asks them."""
    if has_several_towns():
        # Some fifty queries over each town: their answers are a step away.
        listed = tuple(map(Listed, load_competency_questions().values()))
    else:
        listed = _listed(dataset(), settings().base)
    groups = tuple(
        (audience, tuple(each for each in listed if each.question.audience == audience))
        for audience in AUDIENCES
    )
    return page("queries/questions.html", groups=groups, total=len(listed))


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
    complete = _with_base(asked.query, values, settings().base)
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


@lru_cache(maxsize=4)
def _listed(served: Dataset, base: str) -> tuple[Listed, ...]:
    """The answers in short; the data never change, so they are found once."""
    return tuple(
        _short(each, answer(served, each.query, _with_base(each.query, {}, base)))
        for each in load_competency_questions().values()
    )


def _short(asked: CompetencyQuestion, given: Answer) -> Listed:
    if isinstance(given, bool):
        return Listed(asked, "ask", 0, given)
    if isinstance(given, Solutions):
        return Listed(asked, "select", len(given.terms), None)
    return Listed(asked, "construct", len(given), None)


def _with_base(query: NamedQuery, values: Mapping[str, str], base: str) -> dict[str, str]:
    """The values; a query that asks for the base gets that of the service unless the reader gives another."""
    needs_base = any(parameter.name == _BASE for parameter in query.parameters)
    return {_BASE: base} | dict(values) if needs_base else dict(values)


def _cells(given: Answer) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    """The columns and rows of an answer; none for a yes or no."""
    if isinstance(given, bool):
        return (), ()
    if isinstance(given, Solutions):
        return given.variables, given.terms
    return ("subject", "property", "value"), tuple(
        (each.subject, each.predicate, each.object) for each in given
    )
