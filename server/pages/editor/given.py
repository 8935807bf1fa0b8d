"""The answer to a query in the address, as a person reads it: a browser's GET gets a page instead of a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from flask import request
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from hytegraph.graph.evaluation.question import Answer
from hytegraph.graph.formats import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE, GraphFormat, ResultFormat
from hytegraph.server.context import dataset, summaries
from hytegraph.server.http.exchange import Exchange
from hytegraph.server.pages.editor.hints import Hint, hints
from hytegraph.server.pages.queries.solutions import Shown, shown
from hytegraph.server.sparql.endpoint import Endpoint, Evaluation
from hytegraph.server.text.messages import Language

# More make a page that no one reads; the files hold all.
MOST_ROWS = 500
_MOST_TURTLE = 200_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: yes or no, a table, or triples as Turtle; how much of it is shown, and where the whole is.

    `unknown` names the graphs that were asked for and are not in the data; `is_cut` says that a limit has cut it.
    `hints` say why an answer that found nothing may be empty.
    """

    rows: int
    files: tuple[tuple[str, str], ...]
    boolean: bool | None = None
    table: Shown | None = None
    turtle: str = ""
    is_part: bool = False
    is_cut: bool = False
    unknown: str = ""
    is_empty: bool = False
    hints: tuple[Hint, ...] = ()


def given_answer(
    running: Exchange, endpoint: Endpoint, evaluate: Callable[[Evaluation], Answer], language: Language
) -> Given:
    """The answer to the query of a request; raises ProblemError and the errors of evaluating."""
    wishes = {**running.request.headers, "accept": f"{JSON.media_type}, {TURTLE.media_type}"}
    inner = Exchange(replace(running.request, headers=wishes))
    try:
        answer = endpoint.answer(inner, evaluate)
    finally:
        running.query, running.rows, running.worker = inner.query, inner.rows, inner.worker
        running.is_volatile, running.spans = inner.is_volatile, inner.spans
    read = _solutions if answer.headers["Content-Type"] == JSON.content_type else _triples
    given = read(answer.body or b"", language)
    # What is known of terms is known of the release that is served.
    is_silent = given.is_empty and not request.args.get("release")
    return replace(
        given,
        hints=tuple(hints(request.args.get("query", ""), dataset(), summaries())) if is_silent else (),
        is_cut="X-Result-Truncated" in answer.headers,
        unknown=answer.headers.get("X-Unknown-Graphs", ""),
    )


def _solutions(body: bytes, language: Language) -> Given:
    results = parse_query_results(body, format=QueryResultsFormat.JSON)
    files = _files(RESULT_FORMATS)
    if isinstance(results, QueryBoolean):
        return Given(1, files, boolean=bool(results), is_empty=not results)
    assert isinstance(results, QuerySolutions)
    names = tuple(variable.value for variable in results.variables)
    rows = [tuple(solution) for solution in islice(results, MOST_ROWS)]
    count = len(rows) + sum(1 for _ in results)
    table = shown(dataset(), names, rows, language)
    return Given(count, files, table=table, is_part=count > len(rows), is_empty=count == 0 or _is_zero(rows))


def _is_zero(rows: list[tuple[Any, ...]]) -> bool:
    """Whether the answer is one row of counts of nothing."""
    return len(rows) == 1 and all(term is None or getattr(term, "value", "") == "0" for term in rows[0])


def _triples(body: bytes, _language: Language) -> Given:
    text = body.decode("utf-8")
    # Turtle ends a statement with a line: what is shown ends with one too.
    end = len(text) if len(text) <= _MOST_TURTLE else text.rfind("\n\n", 0, _MOST_TURTLE) + 1
    is_empty = all(line.startswith("@prefix") for line in text.split("\n") if line)
    return Given(0, _files(GRAPH_FORMATS), turtle=text[:end], is_part=end < len(text), is_empty=is_empty)


def _files(formats: tuple[ResultFormat | GraphFormat, ...]) -> tuple[tuple[str, str], ...]:
    """The names and addresses of the answer in each format."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return tuple(
        (syntax.label, "/sparql?" + urlencode([*asked, ("format", syntax.name)])) for syntax in formats
    )
