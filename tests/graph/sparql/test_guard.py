from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from pyoxigraph import Store

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.guard import REFUSALS, check_query
from hytegraph.graph.sparql.parser import read_query
from hytegraph.graph.store.dataset import Dataset

ANY = "{ ?s ?p ?o }"
SERVICE = {
    "constant": f"SELECT * {{ SERVICE <http://elsewhere.example/> {ANY} }}",
    "variable": f"SELECT * {{ ?s ?p ?where . SERVICE ?where {ANY} }}",
    "silent": f"SELECT * {{ SERVICE SILENT <http://elsewhere.example/> {ANY} }}",
    "lower case": f"SELECT * {{ service <http://elsewhere.example/> {ANY} }}",
    "in exists": f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE <http://elsewhere.example/> {ANY} }} }}",
    "in a bound exists": f"SELECT * {{ BIND(EXISTS {{ SERVICE <http://elsewhere.example/> {ANY} }} AS ?x) }}",
    "in a sub-select": f"SELECT * {{ {{ SELECT ?s {{ SERVICE <http://elsewhere.example/> {ANY} }} }} }}",
    "in a union": f"SELECT * {{ {ANY} UNION {{ SERVICE <http://elsewhere.example/> {ANY} }} }}",
    "in optional": f"SELECT * {{ OPTIONAL {{ SERVICE <http://elsewhere.example/> {ANY} }} }}",
    "in minus": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <http://elsewhere.example/> {ANY} }} }}",
    "in a graph": f"SELECT * {{ GRAPH ?g {{ SERVICE <http://elsewhere.example/> {ANY} }} }}",
    "in construct": f"CONSTRUCT {ANY} WHERE {{ SERVICE <http://elsewhere.example/> {ANY} }}",
    "in describe": f"DESCRIBE ?s {{ SERVICE <http://elsewhere.example/> {ANY} }}",
    "in order by": f"SELECT * {ANY} ORDER BY EXISTS {{ SERVICE <http://elsewhere.example/> {ANY} }}",
    "in mixed case": f"SELECT * {{ sErViCe <http://elsewhere.example/> {ANY} }}",
    "with an escaped letter": f"SELECT * {{ SERV\\u0049CE <http://elsewhere.example/> {ANY} }}",
    "with a long escape": f"SELECT * {{ SERV\\U00000069CE <http://elsewhere.example/> {ANY} }}",
    "wholly escaped": (
        "SELECT * { "
        + "".join(f"\\u{ord(letter):04X}" for letter in "service")
        + f" <http://elsewhere.example/> {ANY} }}"
    ),
    "without a space": f"SELECT*{{SERVICE<http://elsewhere.example/>{ANY}}}",
    "by a prefixed name": f"PREFIX x: <http://elsewhere.example/> SELECT * {{ SERVICE x:sparql {ANY} }}",
    # pyoxigraph ends a comment at a lone carriage return, rdflib only at a line feed.
    "after a comment that ends in a carriage return": (
        f"SELECT * {{ ?s ?p ?o # comment\r SERVICE <http://elsewhere.example/> {ANY}\n}}"
    ),
}
UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "PREFIX a: <a:> DELETE WHERE { ?s a:b ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://elsewhere.example/>",
    "CLEAR ALL",
    "DROP GRAPH <a:g>",
    "CREATE GRAPH <a:g>",
    "COPY <a:g> TO <a:h>",
]


@pytest.mark.parametrize("text", SERVICE.values(), ids=SERVICE)
def test_service_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(text)

    assert refusal.value.kind == "service"


def test_a_service_that_only_one_parser_sees_does_not_reach_the_store() -> None:
    """rdflib decodes escapes before it reads strings, pyoxigraph after; both get the decoded text."""
    text = 'SELECT * { ?s ?p "\\u0022#" . SERVICE <http://elsewhere.example/> { ?a ?b ?c }\n}'

    assert (
        check_query(text).text
        == 'SELECT * { ?s ?p ""#" . SERVICE <http://elsewhere.example/> { ?a ?b ?c }\n}'
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX service: <a:> SELECT * { ?s service:service ?o }",
        "SELECT * { ?s ?p 'SERVICE <a:b> { }' } # SERVICE",
        "SELECT * { ?s <http://a.example/SERVICE> ?o }",
    ],
)
def test_the_word_service_is_no_reason_to_refuse(text: str) -> None:
    assert check_query(text).form == "SELECT"


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused_and_not_called_malformed(text: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(text)

    assert refusal.value.kind == "update"


MALFORMED = [
    "",
    "SELEC",
    "SELECT",
    "SELECT * { ?s ?p",
    "SELECT nonsense",
    "ASK { ?s ?p ?o } DROP ALL",
    "SELECT * { ?s unknown:prefix ?o }",
    "HELLO",
    "INSERT nothing",
    "\0",
    "SELECT * FROM { ?s ?p ?o }",
    "SELECT * { SERVICE }",
]


@pytest.fixture
def empty() -> Dataset:
    return Dataset(Store())


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_text_is_a_syntax_error(empty: Dataset, text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        empty.query(text)


@pytest.mark.parametrize("text", MALFORMED)
def test_a_strict_check_finds_a_malformed_text_itself(text: str) -> None:
    if "unknown:" in text:
        pytest.skip("the parser of the guard declares no prefixes")
    with pytest.raises(QuerySyntaxError):
        check_query(text, is_strict=True)


def test_a_syntax_error_names_line_and_column(empty: Dataset) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        empty.query("SELECT * WHERE {\n ?s ?p }")

    assert (error.value.line, error.value.column) == (2, 9)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"SELECT * {ANY}", "SELECT"),
        (f"ASK {ANY}", "ASK"),
        (f"CONSTRUCT WHERE {ANY}", "CONSTRUCT"),
        ("DESCRIBE <a:b>", "DESCRIBE"),
        (f"base <a:b> prefix select: <ask> # describe\r\nPREFIX :<c>\rask{ANY}", "ASK"),
        (f"PREFIX ask: <a:b> SELECT (ask:f(1) AS ?x) {ANY}", "SELECT"),
        (f"# SELECT\nCONSTRUCT {ANY} WHERE {{ ?s ?p 'ASK', ?o }}", "CONSTRUCT"),
    ],
)
def test_the_form_of_a_query_is_told(text: str, form: str) -> None:
    assert check_query(text).form == form


@pytest.mark.parametrize("is_strict", [True, False])
@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("FROM g:1 FROM NAMED <g:2>", ("g:1",), ("g:2",)),
        ("FROM<g:1>from named<g:2>", ("g:1",), ("g:2",)),
        ("# FROM <g:5>\nFROM <g:1> # FROM <g:6>\n FROM <g:2>", ("g:1", "g:2"), ()),
        ("FROM <file:///etc/passwd>", ("file:///etc/passwd",), ()),
        ("FROM h:from", ("http://h.example/from",), ()),
    ],
)
def test_the_graphs_of_from_are_read_alike_from_tokens_and_by_the_parser(
    clauses: str, default: tuple[str, ...], named: tuple[str, ...], is_strict: bool
) -> None:
    parsed = check_query(
        f"PREFIX g: <g:> PREFIX h: <http://h.example/> SELECT (1 AS ?from) {clauses} {ANY}",
        is_strict=is_strict,
    )

    assert (parsed.from_graphs, parsed.from_named) == (default, named)


def test_a_base_is_put_before_the_relative_graph_of_from() -> None:
    assert check_query(f"BASE <http://b.example/> ASK FROM <g> {ANY}").from_graphs == ("http://b.example/g",)
    with pytest.raises(QuerySyntaxError, match="relative"):
        check_query(f"ASK FROM <g> {ANY}")


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ ?s ?p ?o {{ SELECT * FROM <g:1> {ANY} }} }}",
        f"ASK FROM {ANY}",
        f"ASK FROM g:1 {ANY}",
        f"ASK FROM 'g:1' {ANY}",
    ],
)
def test_what_is_no_from_clause_is_a_syntax_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_query(text)


BEYOND = {
    "lateral": f"SELECT * {{ ?s ?p ?o LATERAL {ANY} }}",
    "triple term": "SELECT * { ?s ?p <<( ?a ?b ?c )>> }",
    "direction": "SELECT (LANGDIR('a'@fi--ltr) AS ?x) {}",
    "version": f'VERSION "1.2" PREFIX a: <a:> SELECT * {ANY}',
    "version and from": f'VERSION "1.2" SELECT * FROM <g:1> {ANY}',
    "triple term and from": "SELECT * FROM <g:1> { ?s ?p <<( ?a ?b ?c )>> }",
    "direction and from": f"SELECT (LANGDIR('a'@fi--ltr) AS ?x) FROM NAMED <g:1> {ANY}",
}


@pytest.mark.parametrize("text", BEYOND.values(), ids=BEYOND)
def test_what_is_newer_than_sparql_1_1_is_answered(empty: Dataset, text: str) -> None:
    empty.query(text)


@pytest.mark.parametrize("text", BEYOND.values(), ids=BEYOND)
def test_what_is_newer_than_sparql_1_1_is_refused_where_every_word_must_be_read(text: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(text, is_strict=True)

    assert refusal.value.kind == "unsupported"


def test_service_beside_what_is_newer_is_not_run() -> None:
    text = f"SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE <http://elsewhere.example/> {ANY} }} }}"

    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check_query(text)


# Each hides brackets in what one lexer takes for an IRI, a comment or a string, and the other does not.
HIDING = {
    "in an iri": f"SELECT * {{ ?s ?p ?o FILTER(?s<?p&&{'STR(' * 3000}?o>1{')' * 3000}) }}",
    "behind a number sign": f"PREFIX a: <a:> SELECT * {{ ?s ?p a:\\#{'(' * 3000}\n1{')' * 3000} }}",
    "behind an apostrophe": f"PREFIX a: <a:> SELECT * {{ ?s a:\\' {'(' * 3000}1, a:\\' {')' * 3000} }}",
    "as reified triples": f"SELECT * {{ {'<< ' * 3000}?s ?p ?o{' ?p ?o >>' * 3000} ?p ?o }}",
}


@pytest.mark.parametrize("text", HIDING.values(), ids=HIDING)
def test_brackets_that_are_hidden_from_the_guard_do_not_reach_the_store_unread(text: str) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check_query(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * " + "{" * 20_000 + "}" * 20_000, "nesting"),
        ("SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "nesting"),
        ("SELECT * { ?s ?p ?o " + "MINUS { ?s ?p ?o } " * 3000 + "}", "size"),
        ("SELECT * { ?s ?p ?o FILTER(" + "!" * 10_000 + "1) }", "size"),
        ("SELECT * { ?s ?p ?o FILTER(1" + "+1" * 10_000 + ") }", "size"),
        ("SELECT * { ?s ?p (" + " 1" * 6000 + ") }", "size"),
        ("SELECT * { ?s ?p (" + "?a" * 6000 + ") }", "size"),
        ("SELECT * { ?s ?p (" + " 'a'@fi <a:b> 1" * 2000 + ") }", "size"),
        ("SELECT * { ?s ?p ?o" + ", 1" * 6000 + " }", "size"),
    ],
)
def test_a_text_that_would_overflow_the_stack_of_the_store_is_refused(text: str, kind: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(text)

    assert refusal.value.kind == kind
    assert kind in REFUSALS


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES ?o {" + " 1" * 6000 + " } ?s ?p ?o }",
        "SELECT * { VALUES (?s ?o) {" + " (1 2)" * 900 + " } ?s ?p ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (1" + ", 1" * 6000 + ")) }",
        "SELECT" + " ?a" * 6000 + " { ?s ?p (1 2 3) }",
        "SELECT * { ?s ?p '(" + " 1" * 6000 + ")' } # (" + " 1" * 6000 + ")",
    ],
)
def test_values_and_arguments_are_no_patterns(text: str) -> None:
    assert check_query(text).form == "SELECT"


def test_rdflib_is_told_not_to_load_graphs() -> None:
    from rdflib.plugins import sparql

    check_query("ASK { ?guard ?loads ?nothing }")

    assert sparql.SPARQL_LOAD_GRAPHS is False


def test_a_forked_process_reads_queries_that_its_parent_has_read_with_a_thread() -> None:
    text = "ASK { ?a ?b ?c }"
    read_query(text, text)
    with ProcessPoolExecutor(1, get_context("fork")) as processes:
        assert processes.submit(_reads, text).result(timeout=30)


def _reads(text: str) -> bool:
    return read_query(text, text) is not None
