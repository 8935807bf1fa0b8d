"""A store's answers, read strictly: what it cuts, or spells in its own way, does not pass as data."""

import json
from collections.abc import Iterator, Sequence

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from hytegraph.graph.errors import StoreError
from hytegraph.graph.results import Result, Row, text_of
from hytegraph.graph.sparql.binding import normal_quad, normal_term, write_term
from hytegraph.graph.store.client import N_TRIPLES, StoreClient
from hytegraph.graph.vocab import XSD
from hytegraph.graph.writing.order import sorted_triples

# What engines keep in named graphs for themselves.
SYSTEM_GRAPHS = ("http://www.openlinksw.com/", "http://www.w3.org/ns/ldp#", "http://localuriqaserver/")
PAGE = 4000
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_SPELLED_BOOLEAN = f'"{XSD.boolean.value}"'.encode()


def sizes_of(client: StoreClient) -> dict[str, int]:
    """The named graphs of a store with their numbers of triples, without those of the engine itself."""
    counted = {row.text("g"): int(row.text("n")) for row in rows_of(client, _SIZES)}
    return {name: n for name, n in counted.items() if n and not name.startswith(SYSTEM_GRAPHS)}


def rows_of(client: StoreClient, text: str, default_graphs: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a SELECT of our own; raises StoreError."""
    result = solutions_of(client.query_url, client.query(text, default_graphs=default_graphs))
    assert isinstance(result, QuerySolutions)
    names = tuple(variable.value for variable in result.variables)
    return tuple(Row(names, tuple(solution)) for solution in result)


def read_triples(client: StoreClient, graph: str | None, size: int) -> tuple[Triple, ...]:
    """All triples of a graph, in normal form; raises StoreError when the store sends more or fewer than it has
    counted.

    Read from the graph store where there is one. Otherwise in pages by the hash of the subject: unlike LIMIT and
    OFFSET these need no order, which some engines refuse for large graphs.
    """
    if graph is not None and client.graph_url:
        found = set(triples_of(client.graph_url, client.read_graph(graph)))
    else:
        found = set()
        for prefix in _pages(size):
            body = client.query(_page(graph, prefix), N_TRIPLES)
            found.update(triples_of(client.query_url, body))
    triples = sorted_triples(normal_quad(Quad(*triple)).triple for triple in found)
    if len(triples) != size:
        raise StoreError(client.query_url, f"it sent {len(triples)} of the {size} triples of {graph}")
    return triples


def triples_of(url: str, body: bytes) -> Iterator[Triple]:
    """The triples of an answer in N-Triples; raises StoreError where it is none."""
    try:
        for quad in parse(body, format=RdfFormat.N_TRIPLES):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise StoreError(url, f"its answer is not N-Triples: {error}") from error


def _pages(size: int) -> tuple[str, ...]:
    digits = 0
    while size > PAGE * 16**digits:
        digits += 1
    return tuple(f"{number:0{digits}x}" for number in range(16**digits)) if digits else ("",)


def _page(graph: str | None, prefix: str) -> str:
    digits = len(prefix)
    chosen = f'FILTER(SUBSTR(MD5(STR(?s)), 1, {digits}) = "{prefix}")' if prefix else ""
    pattern = f"?s ?p ?o {chosen}"
    if graph is not None:
        pattern = f"GRAPH {write_term(NamedNode(graph))} {{ {pattern} }}"
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"


def solutions_of(url: str, body: bytes) -> Result:
    """The solutions or boolean of an answer in SPARQL JSON; a body that is cut or holds an error is not JSON."""
    try:
        answer = json.loads(body)
        if _SPELLED_BOOLEAN in body:
            _spell_booleans(answer["results"]["bindings"])
            body = json.dumps(answer).encode()
        return parse_query_results(body, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, KeyError) as error:
        raise StoreError(url, f"its answer is not a whole SPARQL result: {error}") from error


def _spell_booleans(rows: list[dict[str, dict[str, str]]]) -> None:
    """Virtuoso writes booleans as 1 and 0."""
    for row in rows:
        for cell in row.values():
            if cell.get("datatype") == XSD.boolean.value:
                cell["value"] = text_of(normal_term(Literal(cell["value"], datatype=XSD.boolean)))


def as_result(triples: Iterator[Triple]) -> Result:
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
