"""The competency questions: their list with today's answers, and each answer as a page, CSV, JSON or RDF."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.queries import (
    CompetencyQuestion,
    NamedQuery,
    Solutions,
    answer,
    load_competency_questions,
)
from hytegraph.graph.results import Term, text_of
from hytegraph.server.context import dataset, settings
from hytegraph.server.i18n import TEXTS, Language, translate
from hytegraph.server.labels import labels_of
from hytegraph.server.languages import reader_language
from hytegraph.server.links import Link
from hytegraph.server.pages.answers import (
    HTML,
    THING_FORMATS,
    cached,
    data,
    page,
    split_suffix,
    varied,
    wanted,
)
from hytegraph.server.pages.queries import given_values

blueprint = Blueprint("questions", __name__)

AUDIENCES = ("policy", "researcher", "publisher")
SHOWN = 600
TABLE_FORMS = {"html": HTML, "csv": "text/csv", "json": "application/json"}
GRAPH_FORMS = {"html": HTML} | {syntax.extension: syntax.media_type for syntax in THING_FORMATS}
Answer = Solutions | bool | tuple[Triple, ...]
_BASE = "base"


DOCUMENTS = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX hyte: <https://w3id.org/hytegraph/ns#>
SELECT ?document ?identifier WHERE { ?document a hyte:SourceDocument ; dct:identifier ?identifier }"""
_DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list: its name, the question, and the answer in short; `yes` is None but for a yes or no."""

    question: CompetencyQuestion
    form: str
    count: int
    yes: bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as it is shown: its columns (variable, heading), and the rows up to a limit."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Link | None, ...], ...]
    total: int


@blueprint.get("/questions")
def questions() -> Response:
    """The questions by who asks them."""
    listed = _listed(dataset(), settings().base)
    groups = tuple(
        (audience, tuple(each for each in listed if each.question.audience == audience))
        for audience in AUDIENCES
    )
    return page("questions.html", groups=groups, total=len(listed))


@blueprint.get("/questions/<name>")
def question(name: str) -> Response:
    """The answer of a question, as the suffix or Accept says."""
    stem, suffix = split_suffix(name, {*TABLE_FORMS, *GRAPH_FORMS})
    asked = find_question(stem)
    values = given_values(asked.query)
    given = _answer(dataset(), asked.query, values, settings().base)
    form = wanted(GRAPH_FORMS if isinstance(given, tuple) else TABLE_FORMS, suffix)
    if form != "html":
        return varied(_as_data(stem, given, form))
    response = page(
        "question.html",
        question=asked,
        name=stem,
        values=values,
        table=_table(given),
        yes=given if isinstance(given, bool) else None,
        forms=_labels_of_forms(given),
    )
    return varied(response)


def find_question(name: str) -> CompetencyQuestion:
    """The question of that name; raises UnknownNameError for any other."""
    known = load_competency_questions()
    if name not in known:
        raise UnknownNameError("question", name, known)
    return known[name]


def written_out(query: NamedQuery, values: Mapping[str, str]) -> str:
    """The text of a query with its parameters put in, so that it runs anywhere."""
    text = query.text
    for parameter in query.parameters:
        variable = re.compile(rf" ?\?_{re.escape(parameter.name)}\b")
        literal = str(Literal(values.get(parameter.name, parameter.default)))
        text = "\n".join(
            variable.sub("", line)
            if line.lstrip().startswith(("SELECT ", "GROUP BY "))
            else variable.sub(lambda found: found[0].partition("?")[0] + literal, line)  # noqa: B023 # used at once
            for line in text.split("\n")
        )
    return text


@lru_cache(maxsize=4)
def _listed(served: Dataset, base: str) -> tuple[Listed, ...]:
    """The answers in short; the data never change, so they are found once."""
    return tuple(
        _short(each, _answer(served, each.query, {}, base)) for each in load_competency_questions().values()
    )


def _short(asked: CompetencyQuestion, given: Answer) -> Listed:
    if isinstance(given, bool):
        return Listed(asked, "ask", 0, given)
    if isinstance(given, Solutions):
        return Listed(asked, "select", len(given.terms), None)
    return Listed(asked, "construct", len(given), None)


def _answer(served: Dataset, query: NamedQuery, values: Mapping[str, str], base: str) -> Answer:
    """The answer; a query that asks for the base gets that of the service unless the reader gives another."""
    needs_base = any(parameter.name == _BASE for parameter in query.parameters)
    return answer(served, query, {_BASE: base} | dict(values) if needs_base else values)


def _as_data(name: str, given: Answer, form: str) -> Response:
    if isinstance(given, tuple):
        return data(given, next(syntax for syntax in THING_FORMATS if syntax.extension == form))
    # A yes or no as a table of one cell, and as the SPARQL JSON results say.
    if isinstance(given, bool):
        said = str(given).lower()
        written = f"answer\r\n{said}\r\n" if form == "csv" else f'{{"head": {{}}, "boolean": {said}}}\n'
    else:
        written = given.as_csv() if form == "csv" else given.as_json()
    if form == "json":
        return cached(Response(written, content_type="application/json"))
    response = cached(Response(written, content_type="text/csv; charset=utf-8; header=present"))
    response.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
    return response


def _heading(name: str, language: Language) -> str:
    """The heading of a column; that of an exchange format, such as SSSOM's, stays as it is."""
    key = f"column.{name}"
    return translate(key, language) if key in TEXTS else name


def _labels_of_forms(given: Answer) -> tuple[tuple[str, str], ...]:
    if isinstance(given, tuple):
        return tuple((syntax.extension, syntax.label) for syntax in THING_FORMATS)
    return ("csv", "CSV"), ("json", "JSON")


def _table(given: Answer) -> Table | None:
    """The rows with labels and links; None for a yes or no."""
    if isinstance(given, bool):
        return None
    cells: list[tuple[Term | None, ...]]
    if isinstance(given, Solutions):
        columns, cells = given.variables, list(given.terms)
    else:
        columns = ("subject", "property", "value")
        cells = [(triple.subject, triple.predicate, triple.object) for triple in given]
    documents = {row.text("identifier"): row["document"] for row in dataset().select(DOCUMENTS)}
    place = columns.index(_DOCUMENT) if _DOCUMENT in columns else len(columns)
    # A document is named by its title, and leads to its page, rather than by the name of its file.
    shown = [
        tuple(
            documents.get(text_of(term), term) if number == place else term for number, term in enumerate(row)
        )
        for row in cells[:SHOWN]
    ]
    iris = [term.value for row in shown for term in row if isinstance(term, NamedNode)]
    language = reader_language(request)
    labels = labels_of(dataset(), iris, settings().base, language)
    rows = tuple(tuple(None if term is None else labels.link(term) for term in row) for row in shown)
    headings = tuple((name, _heading(name, language)) for name in columns)
    return Table(headings, rows, len(cells))
