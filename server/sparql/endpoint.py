"""The SPARQL endpoint without a transport: from an exchange to its answer, evaluated by whoever calls.

An ASK in CSV or TSV, which the W3C note leaves open, is the one word `true` or `false`. An answer that a limit has
cut says so in X-Result-Truncated and X-Result-Limit, and in JSON in the member `truncated` beside `results`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from hytegraph.graph.errors import HytegraphError, NotOfferedError, QueryCrashedError, QueryLimitError
from hytegraph.graph.evaluation.question import SOLUTION_FORMS, Answer, Question
from hytegraph.graph.evaluation.workers import ClientGoneError
from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    GraphFormat,
    ResultFormat,
    by_media_type,
    graph_format,
    result_format,
)
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.http.caching import address_key, answer_key, is_volatile
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.http.exchange import QUERY_PATH, Exchange, HttpAnswer, query_hash
from hytegraph.server.http.negotiation import HTML, choose
from hytegraph.server.http.problems import Problem, ProblemError, not_acceptable, problem_of
from hytegraph.server.settings import Settings
from hytegraph.server.sparql.protocol import FORM, QUERY, Operation, read_operation
from hytegraph.server.sparql.service_description import service_description
from hytegraph.server.text.problem_documents import problem_document

Syntax = ResultFormat | GraphFormat
CLIENT_GONE = 499
_LONGEST_ACCEPT = 2000
_IRI_SIGNS = ":/?#[]@!$&'()*+,;=%~"
ACCEPT_QUERY = f'"{QUERY}", "{FORM}"'
# Where more is said of the endpoint.
_LINKS = (
    '</.well-known/sparql-examples>; rel="describedby", '
    '</openapi.json>; rel="service-desc"; type="application/json"'
)

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Evaluation:
    """A query that is to be evaluated for an exchange, and the formats that its answer may have."""

    exchange: Exchange
    operation: Operation
    question: Question
    results: tuple[str, str] | None
    graphs: tuple[str, str] | None


class Endpoint:
    """The endpoint of one dataset; safe to use from several threads."""

    def __init__(self, dataset: Dataset, settings: Settings, delivery: Delivery) -> None:
        self._dataset = dataset
        self._settings = settings
        self._delivery = delivery

    def answer(self, exchange: Exchange, evaluate: Callable[[Evaluation], Answer]) -> HttpAnswer:
        """The answer to a request of the protocol; raises ProblemError and the errors of evaluating."""
        begun = self.begin(exchange)
        if isinstance(begun, HttpAnswer):
            return begun
        try:
            answer = evaluate(begun)
        except NotOfferedError as error:
            # Without a name: a frame that names the error that it raises is a ring, and keeps what it holds.
            raise self.refusal(begun, error) from error
        except HytegraphError as error:
            self.refusal(begun, error)
            raise
        return self.complete(begun, answer)

    def begin(self, exchange: Exchange) -> HttpAnswer | Evaluation:
        """The answer where it is kept or needs no data, else what is to be evaluated; raises ProblemError."""
        exchange.route = QUERY_PATH
        operation = read_operation(exchange.request)
        text = operation.text
        if text is None:
            return self._describe(exchange, operation.format_name)
        exchange.query = query_hash(text)
        longest = self._settings.max_query_length
        if len(text) > longest:
            detail = f"The query is longer than {longest} characters."
            raise ProblemError(Problem(413, "too-long", detail, limit=longest))
        exchange.is_volatile = operation.is_update or is_volatile(text)
        if not exchange.is_volatile:
            exchange.key = _query_key(self._delivery.checksum, exchange, operation, text)
            kept = self._delivery.recall(exchange)
            if kept is not None:
                return kept
        return self._evaluation(exchange, operation, text)

    def complete(self, evaluation: Evaluation, answer: Answer) -> HttpAnswer:
        """The answer of the protocol to a query that has been evaluated."""
        exchange, question = evaluation.exchange, evaluation.question
        exchange.worker, exchange.rows = "answered", answer.rows
        is_solution = answer.parsed.form in SOLUTION_FORMS
        chosen = evaluation.results if is_solution else evaluation.graphs
        assert chosen
        headers = {"Content-Type": chosen[1], "Vary": "Accept", "Accept-Query": ACCEPT_QUERY}
        if not is_solution:
            headers["Link"] = _LINKS
        if answer.cut_by is not None:
            limit = question.max_rows if answer.cut_by == "rows" else question.max_bytes
            headers["X-Result-Truncated"] = "true"
            headers["X-Result-Limit"] = f"{answer.cut_by}={limit}"
        # A client may name any graph; one that is not here is empty, and the client is told so.
        graphs = (*question.default_graphs, *question.named_graphs)
        named = dict.fromkeys(graphs or (*answer.parsed.from_graphs, *answer.parsed.from_named))
        if not evaluation.operation.release and (unknown := self._dataset.unknown(named)):
            headers["X-Unknown-Graphs"] = " ".join(f"<{quote(iri, safe=_IRI_SIGNS)}>" for iri in unknown)
        return HttpAnswer(200, headers, answer.body)

    def refusal(self, evaluation: Evaluation, error: Exception) -> Exception:
        """The error to answer with where evaluating has failed with another."""
        exchange = evaluation.exchange
        match error:
            case QueryLimitError():
                exchange.worker = error.kind
            case QueryCrashedError():
                exchange.worker = "crashed"
            case ClientGoneError():
                exchange.worker = "left"
            case NotOfferedError():
                formats: tuple[Syntax, ...] = (
                    RESULT_FORMATS if error.form in SOLUTION_FORMS else GRAPH_FORMATS
                )
                names = tuple(syntax.name for syntax in formats)
                is_named = evaluation.operation.format_name is not None
                return not_acceptable(names if is_named else _media_types(formats))
            case _:
                pass
        return error

    def explain(self, exchange: Exchange, error: Exception) -> HttpAnswer:
        """The answer that states an error as a problem, for a program; failures of the service are logged."""
        problem = problem_of(error)
        if problem.status >= 500:
            trace = None if isinstance(error, HytegraphError) else error
            _log.error("%s %s failed: %s", exchange.request.method, QUERY_PATH, error, exc_info=trace)
        answer = problem_document(problem, exchange.request)
        answer.headers["Accept-Query"] = ACCEPT_QUERY
        return answer

    def _evaluation(self, exchange: Exchange, operation: Operation, text: str) -> Evaluation:
        accept = _accept(exchange)
        results = _negotiated(False, operation.format_name, accept)
        graphs = _negotiated(True, operation.format_name, accept)
        question = Question(
            text,
            results and results[0],
            graphs and graphs[0],
            operation.default_graphs,
            operation.named_graphs,
            self._settings.max_rows,
            self._settings.max_bytes,
            operation.is_cut_allowed,
            operation.is_update,
        )
        return Evaluation(exchange, operation, question, results, graphs)

    def _describe(self, exchange: Exchange, format_name: str | None) -> HttpAnswer:
        if exchange.key is None and exchange.kept is None:
            exchange.key = address_key(self._delivery.checksum, exchange.request)
            kept = self._delivery.recall(exchange)
            if kept is not None:
                return kept
        chosen = _negotiated(True, format_name, _accept(exchange))
        if chosen is None:
            raise not_acceptable(_media_types(GRAPH_FORMATS))
        name, content_type = chosen
        syntax = graph_format(name)
        assert syntax
        triples = service_description(self._dataset, self._settings, exchange.request.root + "sparql")
        headers = {"Content-Type": content_type, "Vary": "Accept", "Accept-Query": ACCEPT_QUERY}
        return HttpAnswer(200, headers | {"Link": _LINKS}, serialise_triples(triples, syntax))


def wants_page(exchange: Exchange) -> bool:
    """Whether a request is a browser's, which gets the editor with the answer instead of a file or a description."""
    if exchange.request.method not in ("GET", "HEAD"):
        return False
    operation = read_operation(exchange.request)
    if operation.format_name is not None:
        return False
    formats = GRAPH_FORMATS if operation.text is None else (*RESULT_FORMATS, *GRAPH_FORMATS)
    return choose(_accept(exchange), (*_media_types(formats), HTML)) == HTML


def _query_key(checksum: str, exchange: Exchange, operation: Operation, text: str) -> bytes:
    """The name of a query's answers: whatever changes them, so neither the method nor a time limit."""
    pairs = [
        ("query", text.replace("\r\n", "\n").strip()),
        ("format", operation.format_name or ""),
        ("on_limit", "cut" if operation.is_cut_allowed else ""),
        ("release", operation.release),
        *(("default-graph-uri", iri) for iri in operation.default_graphs),
        *(("named-graph-uri", iri) for iri in operation.named_graphs),
    ]
    return answer_key(checksum, exchange.request, pairs)


def _accept(exchange: Exchange) -> str:
    # The choice is remembered, so a header that is long beyond reason is not looked at.
    return exchange.request.headers.get("accept", "")[:_LONGEST_ACCEPT]


@lru_cache(maxsize=512)
def _negotiated(for_graphs: bool, format_name: str | None, accept: str) -> tuple[str, str] | None:
    """The name of the format and the content type of the answer; `?format=` wins over Accept."""
    formats: tuple[Syntax, ...] = GRAPH_FORMATS if for_graphs else RESULT_FORMATS
    if format_name is not None:
        named = graph_format(format_name) if for_graphs else result_format(format_name)
        return (named.name, named.content_type) if named else None
    by_type = by_media_type(formats)
    chosen = choose(accept, tuple(by_type))
    if chosen is None:
        return None
    syntax = by_type[chosen]
    return syntax.name, syntax.content_type_of(chosen)


def _media_types(formats: tuple[Syntax, ...]) -> tuple[str, ...]:
    return tuple(syntax.media_type for syntax in formats)
