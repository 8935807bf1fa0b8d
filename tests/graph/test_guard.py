import pytest

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.guard import REFUSALS, check_query

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
    "with an escaped letter": f"SELECT * {{ SERV\\u0049CE <http://elsewhere.example/> {ANY} }}",
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


@pytest.mark.parametrize("text", ["", "SELEC", "SELECT * { ?s ?p", "HELLO", "INSERT nothing", "\0"])
def test_a_malformed_text_is_a_syntax_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_query(text)


def test_a_syntax_error_names_line_and_column() -> None:
    with pytest.raises(QuerySyntaxError) as error:
        check_query("SELECT * WHERE {\n ?s ?p }")

    assert (error.value.line, error.value.column) == (2, 9)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"SELECT * {ANY}", "SELECT"),
        (f"ASK {ANY}", "ASK"),
        (f"CONSTRUCT WHERE {ANY}", "CONSTRUCT"),
        ("DESCRIBE <a:b>", "DESCRIBE"),
    ],
)
def test_the_form_of_a_query_is_told(text: str, form: str) -> None:
    assert check_query(text).form == form


def test_from_is_allowed_for_graphs_of_the_dataset() -> None:
    parsed = check_query(f"PREFIX g: <g:> SELECT * FROM g:1 FROM NAMED <g:2> {ANY}", ["g:1", "g:2"])

    assert (parsed.from_graphs, parsed.from_named) == (("g:1",), ("g:2",))


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <file:///etc/passwd>",
        "FROM NAMED <http://127.0.0.1/>",
        "FROM <g:1> FROM <g:3>",
        "FROM g:3",
        "FROM <relative>",
    ],
)
def test_from_is_refused_for_graphs_outside(clause: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(f"BASE <http://b.example/> PREFIX g: <g:> SELECT * {clause} {ANY}", ["g:1"])

    assert refusal.value.kind == "graph"


def test_what_only_the_store_understands_is_refused() -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(f"SELECT * {{ ?s ?p ?o LATERAL {ANY} }}")

    assert refusal.value.kind == "unsupported"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * " + "{" * 20_000 + "}" * 20_000, "nesting"),
        ("SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "nesting"),
        ("SELECT * { ?s ?p ?o " + "MINUS { ?s ?p ?o } " * 3000 + "}", "size"),
        ("SELECT * { ?s ?p ?o FILTER(" + "!" * 10_000 + "1) }", "size"),
        ("SELECT * { ?s ?p ?o FILTER(1" + "+1" * 10_000 + ") }", "size"),
    ],
)
def test_a_text_that_would_overflow_the_stack_of_the_store_is_refused(text: str, kind: str) -> None:
    with pytest.raises(QueryRefusedError) as refusal:
        check_query(text)

    assert refusal.value.kind == kind
    assert kind in REFUSALS


def test_rdflib_is_told_not_to_load_graphs() -> None:
    from rdflib.plugins import sparql

    check_query("ASK { ?guard ?loads ?nothing }")

    assert sparql.SPARQL_LOAD_GRAPHS is False
