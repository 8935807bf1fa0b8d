"""The named queries: their list, and each as a form and a table, or as data."""

from flask import Blueprint, Response, request

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.query.named import NamedQuery, load_queries, named_query, run, written_out
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.context import dataset_of_town
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import RELEASE, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.queries.arranging import arranged, columns_of
from hytegraph.server.pages.queries.of_towns import choose_town, is_too_large
from hytegraph.server.pages.queries.question_list import question_groups
from hytegraph.server.pages.queries.solutions import (
    answer_table,
    choices_of,
    shown,
    solutions_response,
    valueless,
    values_of,
    without_empty,
)
from hytegraph.server.pages.shared.arrangement import COLUMNS, DENSITY, SORT, Arrangement
from hytegraph.server.pages.shared.paging import PAGE, ROWS, part_of
from hytegraph.server.pages.shared.table import heading, title_of_column
from hytegraph.server.pages.shared.view import (
    TABLE_FORMS,
    form_links,
    page,
    split_suffix,
    table_response,
    varied,
    wanted,
)
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import Language

blueprint = Blueprint("queries", __name__)

# What is asked for by suffix, `?format=` or Accept; the first is what everybody gets.
FORMATS = {"html": HTML} | TABLE_FORMS
SUBJECTS = ("plans", "results", "decisions", "links")
MAX_VALUE_LENGTH = 1000
# Of the values that the data list so many are named to who asks for another.
_MOST_NAMED = 50
# A row with so many columns takes the place of two, so that no page is heavier than a phone should load.
MANY_COLUMNS, ROWS_OF_MANY = 16, 50
_OF_THE_PAGE = ("format", "lang", RELEASE.name, PAGE.name, SORT.name, COLUMNS.name, DENSITY.name)


@blueprint.get("/queries")
@in_towns
def queries() -> Response:
    """The named queries by what they are about, and the questions by who asks them."""
    known = load_queries().values()
    groups = tuple((subject, [each for each in known if each.subject == subject]) for subject in SUBJECTS)
    return page("queries/queries.html", groups=groups, questions=question_groups())


@blueprint.get("/query/<name>")
@in_towns
@offers(*FORMATS.values())
def query(name: str) -> Response:
    """One named query: a form and a table, or the same rows as CSV, XLSX or JSON."""
    stem, suffix = split_suffix(name, TABLE_FORMS)
    named = named_query(stem)
    asked_form = suffix or request.args.get("format")
    form = wanted(FORMATS, None if asked_form == "html" else asked_form)
    if is_too_large():
        return choose_town("query", named, form)
    language, served = reader_language(request), dataset_of_town()
    values = given_values(served, named, language)
    is_arranged = any(request.args.get(each.name) for each in (SORT, COLUMNS))
    if form != "html" and (form == "json" or not is_arranged):
        return varied(solutions_response(served, stem, named, values, form))
    whole = run(served, named, values)
    asked = Arrangement.asked(columns_of(whole))
    solutions = arranged(whole, asked)
    if form != "html":
        return varied(table_response(answer_table(stem, solutions), form))
    part = part_of(solutions.terms, ROWS if len(solutions.variables) < MANY_COLUMNS else ROWS_OF_MANY)
    choices = choices_of(served, named, values, whole, language)
    lists = choices.lists
    return varied(
        page(
            "queries/query.html",
            query=named,
            values=values,
            lists=lists,
            empty=choices.empty,
            without=lambda given, name: {key: value for key, value in given.items() if key != name},
            part=part,
            table=shown(served, *without_empty(solutions, part), language, lists, stem),
            valueless=[heading(name, language, stem) for name in valueless(solutions)],
            text=written_out(named, values),
            alternates=form_links(TABLE_FORMS),
            arrangement=asked,
            columns=columns_of(whole),
            heading_of=lambda name: title_of_column(name, language, stem),
        )
    )


def given_values(served: Dataset, named: NamedQuery, language: Language) -> dict[str, str]:
    """The values that the address gives to a query, without those of the page itself.

    Raises the 400 for another name, and for a value that the data do not list.
    """
    lists = values_of(served, named, language)
    names = {parameter.name for parameter in named.parameters}
    given = {key: value for key, value in request.args.items() if key in names or key not in _OF_THE_PAGE}
    for name, value in given.items():
        if name not in names:
            raise ProblemError(Problem(400, "bad-request", str(UnknownNameError("parameter", name, names))))
        if len(value) > MAX_VALUE_LENGTH:
            detail = f"{name} is longer than {MAX_VALUE_LENGTH} characters."
            raise ProblemError(Problem(400, "too-long", detail))
        known = [each.value for each in lists.get(name, ())]
        if value and name in lists and value not in known:
            unknown = UnknownNameError(name, value, known, most=_MOST_NAMED)
            raise ProblemError(Problem(400, "bad-request", str(unknown)))
    return given
