"""A question to a dataset and its answer, within limits of rows and bytes: what runs in a worker or in-process."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from traceback import clear_frames

from pyoxigraph import QueryTriples, Triple

from hytegraph.graph.errors import HytegraphError, NotOfferedError, QueryLimitError
from hytegraph.graph.evaluation.cutting import count_rows, cut_rows
from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    GraphFormat,
    ResultFormat,
)
from hytegraph.graph.results import Result
from hytegraph.graph.sparql.engine_errors import evaluation_error
from hytegraph.graph.sparql.guard import ParsedQuery, check_update
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.graph.writing.solutions import clean_results

SOLUTION_FORMS = ("SELECT", "ASK")
_RESULTS = {each.name: each for each in RESULT_FORMATS}
_GRAPHS = {each.name: each for each in GRAPH_FORMATS}
# No row of any format takes fewer bytes: a line end in TSV.
_SMALLEST_ROW = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A query, or an update that will be refused, with the formats its answer may have and the limits it must keep.

    `result_format` is for SELECT and ASK, `graph_format` for CONSTRUCT and DESCRIBE: which of them is wanted is known
    only when the text has been read. `parsed` spares reading a text that has been judged before. The graphs of an
    update are those of its `using-graph-uri` and `using-named-graph-uri`.
    """

    text: str
    result_format: str | None
    graph_format: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    max_rows: int = 0
    max_bytes: int = 0
    cut: bool = False
    is_update: bool = False
    parsed: ParsedQuery | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The serialised answer, the query as judged, its rows where they are known, and which limit cut it, if any."""

    body: bytes
    parsed: ParsedQuery
    rows: int | None = None
    cut_by: str | None = None


class _FullError(Exception):
    """The writer has all the bytes that it may take."""


class _Bounded(io.BytesIO):
    """Takes so many bytes and no more; a streaming SELECT stops when its writer raises."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: bytes) -> int:  # type: ignore[override] # pyoxigraph writes bytes
        count = super().write(data)
        if self.limit and self.tell() > self.limit:
            raise _FullError
        return count


def evaluate(dataset: Dataset, question: Question) -> Answer:
    """The answer of a guarded query.

    Raises QuerySyntaxError, QueryRefusedError, NotOfferedError, QueryLimitError (rows, bytes) or QueryFailedError.
    """
    try:
        return _evaluate(dataset, question)
    except HytegraphError as error:
        _forget_frames(error)
        raise


def _evaluate(dataset: Dataset, question: Question) -> Answer:
    if question.is_update:
        check_update(question.text, has_graphs=bool(question.default_graphs or question.named_graphs))
    parsed = dataset.check(question.parsed or question.text)
    # Asked first, so that a malformed query is called so, whatever formats were wanted.
    result = dataset.query(parsed, None, question.default_graphs, question.named_graphs)
    syntax = _syntax(question, parsed.form)
    try:
        if isinstance(result, QueryTriples):
            return _graph_answer(question, parsed, result, syntax)
        return _solution_answer(question, parsed, result, syntax)
    except (OSError, RuntimeError, ValueError) as error:
        raise evaluation_error(str(error)) from error


def _forget_frames(error: BaseException | None) -> None:
    """Drop what the frames of an error hold.

    The engine lets no thread but its own drop an answer. A frame of a traceback holds one as long as the error lives:
    where errors refer to each other in a ring, until some thread looks for garbage.
    """
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__


def _syntax(question: Question, form: str) -> ResultFormat | GraphFormat:
    syntax: ResultFormat | GraphFormat | None
    if form in SOLUTION_FORMS:
        syntax = _RESULTS.get(question.result_format or "")
    else:
        syntax = _GRAPHS.get(question.graph_format or "")
    if syntax is None:
        raise NotOfferedError(form)
    return syntax


def _solution_answer(
    question: Question, parsed: ParsedQuery, result: Result, syntax: ResultFormat | GraphFormat
) -> Answer:
    assert isinstance(syntax, ResultFormat)
    assert not isinstance(result, QueryTriples)
    writer = _Bounded(question.max_bytes)
    is_full = False
    try:
        result.serialize(writer, syntax.results)
    except _FullError:
        is_full = True
    written = writer.getvalue()[: question.max_bytes] if is_full else writer.getvalue()
    body = clean_results(written, syntax)
    if parsed.form == "ASK":
        return Answer(body, parsed, 1)
    if is_full and not question.cut:
        raise _too_much("bytes", question.max_bytes)
    if not is_full and (not question.max_rows or len(body) <= question.max_rows * _SMALLEST_ROW):
        return Answer(body, parsed, count_rows(body, syntax.name))
    rows = count_rows(body, syntax.name)
    if not is_full and rows <= question.max_rows:
        return Answer(body, parsed, rows)
    if not question.cut:
        raise _too_much("rows", question.max_rows)
    cut_by = "rows" if question.max_rows and rows >= question.max_rows else "bytes"
    limit = question.max_rows if cut_by == "rows" else question.max_bytes
    cut, kept = cut_rows(body, syntax.name, question.max_rows or rows, (cut_by, limit))
    return Answer(cut, parsed, kept, cut_by)


def _graph_answer(
    question: Question, parsed: ParsedQuery, result: Iterable[Triple], syntax: ResultFormat | GraphFormat
) -> Answer:
    assert isinstance(syntax, GraphFormat)
    limit = question.max_rows
    triples = list(islice(result, limit + 1)) if limit else list(result)
    cut_by = "rows" if limit and len(triples) > limit else None
    if cut_by and not question.cut:
        raise _too_much("rows", limit)
    kept = triples[:limit] if limit else triples
    body = serialise_triples(kept, syntax)
    while question.max_bytes and len(body) > question.max_bytes:
        if not question.cut:
            raise _too_much("bytes", question.max_bytes)
        cut_by = "bytes"
        kept = kept[: int(len(kept) * 0.9 * question.max_bytes / len(body))]
        body = serialise_triples(kept, syntax)
        if not kept:
            break
    return Answer(body, parsed, len(kept), cut_by)


def _too_much(kind: str, limit: int) -> QueryLimitError:
    what = "rows" if kind == "rows" else "bytes"
    return QueryLimitError(
        kind,
        limit,
        f"The answer has more than {limit} {what}. Narrow the query, use LIMIT and OFFSET, or ask for the first part "
        "with on_limit=cut.",
    )
