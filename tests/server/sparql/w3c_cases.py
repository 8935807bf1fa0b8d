"""The W3C's query tests as their manifests describe them, and what they say of an answer."""

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.binding import normal_term
from hytegraph.graph.sparql.guard import check_query
from hytegraph.graph.vocab import RDF, Namespace

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HOST = "http://w3c.example/"
EMPTY = f"{HOST}an-empty-graph"
SUITES = (
    "sparql10/manifest-evaluation.ttl",
    "sparql10/manifest-syntax.ttl",
    "sparql11/manifest-all.ttl",
    "sparql12/manifest.ttl",
)
# Updates, entailment and federation are not offered; the protocols have tests of their own.
LEFT_OUT = tuple(
    f"sparql11/{part}/"
    for part in (
        "entailment",
        "service",
        "syntax-fed",
        "protocol",
        "http-rdf-update",
        "graph-store-protocol",
        "service-description",
    )
)
KINDS = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "csv",
    "PositiveSyntaxTest": "positive",
    "PositiveSyntaxTest11": "positive",
    "NegativeSyntaxTest": "negative",
    "NegativeSyntaxTest11": "negative",
}
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)

Term = NamedNode | BlankNode | Literal | Triple
Solution = tuple[tuple[str, Term], ...]
Graph = dict[Term, dict[NamedNode, list[Term]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A test: its name in our list, its kind (KINDS), and its files below the folder of the tests."""

    name: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query has to answer: a boolean, solutions, triples (as solutions of ?s ?p ?o), or lines of CSV."""

    boolean: bool | None = None
    rows: tuple[Solution, ...] = ()
    lines: tuple[str, ...] = ()


def folder() -> Path:
    """Where the tests of the W3C lie on this machine, beside the project unless the environment says otherwise."""
    beside = Path(__file__).parents[4] / "shared" / "conformance"
    return Path(os.environ.get("HYTEGRAPH_CONFORMANCE", beside)) / "w3c" / "sparql"


def read_cases(root: Path) -> tuple[Case, ...]:
    """The query tests of all manifests."""
    return tuple(case for suite in SUITES for case in _manifest(root, root / suite))


def all_quads(root: Path, cases: Sequence[Case]) -> Iterator[Quad]:
    """The data of the cases, each file a graph of its own name; graphs within a file keep theirs."""
    files = {name for case in cases for name in (*case.data, *case.named, *_from_files(root, case))}
    for name in sorted(files):
        for quad in _parsed(root / name, HOST + name):
            graph = NamedNode(HOST + name) if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def graphs_within(root: Path, case: Case) -> tuple[str, ...]:
    """The names of graphs that the data files of a case hold."""
    files = [name for name in case.data if name.endswith((".trig", ".nq"))]
    names = {
        q.graph_name.value
        for name in files
        for q in _parsed(root / name, HOST + name)
        if isinstance(q.graph_name, NamedNode)
    }
    return tuple(sorted(names))


def request_of(root: Path, case: Case) -> dict[str, list[str]]:
    """The parameters of the protocol that ask the query of a case of its data."""
    text = (root / case.query).read_bytes().decode("utf-8")
    parameters = {"query": [f"BASE <{HOST}{case.query}>\n{text}"]}
    if not _FROM.search(text):
        parameters["default-graph-uri"] = [HOST + name for name in case.data] or [EMPTY]
        parameters["named-graph-uri"] = [*(HOST + name for name in case.named), *graphs_within(root, case)]
    return parameters


def wanted(root: Path, case: Case) -> Wanted:
    """What the result file of a case says."""
    assert case.result
    file, base = root / case.result, HOST + case.result
    formats = {
        ".srx": QueryResultsFormat.XML,
        ".srj": QueryResultsFormat.JSON,
        ".tsv": QueryResultsFormat.TSV,
    }
    if file.suffix in formats:
        return read_results(file.read_bytes(), formats[file.suffix])
    if file.suffix == ".csv":
        return Wanted(lines=csv_lines(file.read_text("utf-8")))
    graph = _graph(_parsed(file, base))
    sets = [node for node, facts in graph.items() if RS.ResultSet in facts.get(RDF.type, ())]
    if not sets:
        return Wanted(rows=as_rows(quad.triple for quad in _parsed(file, base)))
    facts = graph[sets[0]]
    if RS.boolean in facts:
        return Wanted(boolean=_text(facts[RS.boolean][0]) == "true")
    return Wanted(rows=tuple(_solution(graph, node) for node in facts.get(RS.solution, ())))


def read_results(body: bytes, syntax: QueryResultsFormat) -> Wanted:
    """The boolean or the solutions of an answer."""
    results = parse_query_results(body, format=syntax)
    if isinstance(results, QueryBoolean):
        return Wanted(boolean=bool(results))
    assert isinstance(results, QuerySolutions)
    names = [variable.value for variable in results.variables]
    rows = (zip(names, solution, strict=True) for solution in results)
    return Wanted(rows=tuple(tuple((n, t) for n, t in sorted(row) if t is not None) for row in rows))


def as_rows(triples: Iterator[Triple]) -> tuple[Solution, ...]:
    """Triples as solutions."""
    return tuple((("o", t.object), ("p", t.predicate), ("s", t.subject)) for t in set(triples))


def csv_lines(text: str) -> tuple[str, ...]:
    """The records of CSV, the head first and the others in order, blank nodes without their names."""
    head, *rows = (json.dumps(row) for row in csv.reader(io.StringIO(text)))
    return (head, *sorted(re.sub(r"_:\w+", "_:", row) for row in rows))


def in_values(told: Wanted) -> Wanted:
    """The answer with each number in one form, however it was spelled."""
    rows = (tuple((name, normal_term(term)) for name, term in row) for row in told.rows)
    return Wanted(told.boolean, tuple(rows), told.lines)


def is_same(left: Wanted, right: Wanted) -> bool:
    """Whether two answers say the same, whatever their blank nodes are called and their rows' order is."""
    if (left.boolean, left.lines) != (right.boolean, right.lines) or len(left.rows) != len(right.rows):
        return False
    if Counter(map(_shape, left.rows)) != Counter(map(_shape, right.rows)):
        return False
    rows = sorted(left.rows, key=lambda row: str(_shape(row)))
    return _match(rows, list(right.rows), {}) is not None


def _match(rows: list[Solution], others: list[Solution], names: dict[str, str]) -> dict[str, str] | None:
    """Names for the blank nodes with which each row is one of the others."""
    if not rows:
        return names
    for number, other in enumerate(others):
        extended = _renamed(rows[0], other, names)
        if extended is not None:
            found = _match(rows[1:], others[:number] + others[number + 1 :], extended)
            if found is not None:
                return found
    return None


def _renamed(row: Solution, other: Solution, names: dict[str, str]) -> dict[str, str] | None:
    mine, theirs = (re.findall(r"_:\w+", str([(n, str(t)) for n, t in each])) for each in (row, other))
    if _shape(row) != _shape(other):
        return None
    extended = dict(names)
    for left, right in zip(mine, theirs, strict=True):
        if extended.setdefault(left, right) != right:
            return None
    return extended if len(set(extended.values())) == len(extended) else None


def _shape(row: Solution) -> tuple[tuple[str, str], ...]:
    return tuple((name, re.sub(r"_:\w+", "_:", str(term))) for name, term in row)


def _manifest(root: Path, file: Path) -> Iterator[Case]:
    base = file.as_uri()
    graph = _graph(parse(file.read_bytes(), format=RdfFormat.TURTLE, base_iri=base))
    for facts in list(graph.values()):
        for head in facts.get(MF.include, ()):
            for included in _items(graph, head):
                path = _path(root, included)
                if not path.startswith(LEFT_OUT):
                    yield from _manifest(root, root / path)
        for head in facts.get(MF.entries, ()):
            for entry in _items(graph, head):
                yield from _case(root, file, graph, entry)


def _case(root: Path, file: Path, graph: Graph, entry: Term) -> Iterator[Case]:
    facts = graph.get(entry, {})
    types = (str(kind)[1:-1].removeprefix(MF.iri) for kind in facts.get(RDF.type, ()))
    kinds = [KINDS[name] for name in types if name in KINDS]
    if not kinds:
        return
    action = facts[MF.action][0]
    told = graph.get(action, {})
    short = str(entry)[1:-1].rpartition("#")[2].rpartition("/")[2]
    name = f"{file.parent.relative_to(root)}/{short}"
    result = facts.get(MF.result)
    yield Case(
        name,
        kinds[0],
        _path(root, told[QT.query][0] if QT.query in told else action),
        tuple(_path(root, term) for term in told.get(QT.data, ())),
        tuple(_path(root, term) for term in told.get(QT.graphData, ())),
        _path(root, result[0]) if result else None,
    )


def _path(root: Path, term: Term) -> str:
    assert isinstance(term, NamedNode)
    return term.value.removeprefix(root.as_uri() + "/")


def _text(term: Term) -> str:
    assert isinstance(term, Literal)
    return term.value


def _solution(graph: Graph, node: Term) -> Solution:
    bindings = (graph[binding] for binding in graph.get(node, {}).get(RS.binding, ()))
    pairs = ((_text(binding[RS.variable][0]), binding[RS.value][0]) for binding in bindings)
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def _items(graph: Graph, head: Term) -> Iterator[Term]:
    while head != RDF.nil:
        yield graph[head][RDF.first][0]
        [head] = graph[head][RDF.rest]


def _parsed(file: Path, base: str) -> list[Quad]:
    syntax = RdfFormat.from_extension(file.suffix.removeprefix(".")) or RdfFormat.TURTLE
    return list(parse(file.read_bytes(), format=syntax, base_iri=base, rename_blank_nodes=True))


def _graph(quads: Iterator[Quad] | list[Quad]) -> Graph:
    graph: Graph = {}
    for quad in quads:
        graph.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return graph


def engine_answer(root: Path, case: Case) -> Wanted | None:
    """What the engine says without the service, the data of the case in a store of their own; None for an error."""
    store = Store()
    for name in case.data:
        store.extend(_parsed(root / name, HOST + name))
    for name in (*case.named, *_from_files(root, case)):
        graph = NamedNode(HOST + name)
        store.extend(Quad(q.subject, q.predicate, q.object, graph) for q in _parsed(root / name, HOST + name))
    try:
        result = store.query(request_of(root, case)["query"][0])
        if isinstance(result, QueryTriples):
            return Wanted(rows=as_rows(result))
        if case.result and case.result.endswith(".csv"):
            body = result.serialize(format=QueryResultsFormat.CSV) or b""
            return Wanted(lines=csv_lines(body.decode()))
        return read_results(result.serialize(format=QueryResultsFormat.JSON) or b"", QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        return None


def _from_files(root: Path, case: Case) -> tuple[str, ...]:
    """The files that the FROM clauses of a query name."""
    [text] = request_of(root, case)["query"]
    if case.kind not in ("evaluation", "csv") or not _FROM.search(text):
        return ()
    try:
        parsed = check_query(text)
    except (QueryRefusedError, QuerySyntaxError):
        return ()
    names = (iri.removeprefix(HOST) for iri in (*parsed.from_graphs, *parsed.from_named))
    return tuple(name for name in names if (root / name).is_file())
