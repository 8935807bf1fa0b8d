"""Where the tokeniser sees no keyword that reaches outside, rdflib's parser finds none either."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.guard import check_query
from hytegraph.graph.sparql.lexer import listed_terms, outside_keywords, undeclared_prefix

HARMLESS = (
    "SELECT * { ?s prov:wasDerivedFrom ?o }",
    "SELECT ?from ?fromPeriod { ?from a:service $load }",
    "SELECT * { ?s ?p 'from the service', \"load\", 'it\\'s from' }",
    "SELECT * { <http://a.example/service#from> ?p ?o }",
    "SELECT * { ?s ?p ?o # from the service\n}",
)
DOUBTFUL = (
    "ASKFROM<http://a.example/>{}",
    "ASK FROM:x {}",
    "SELECT * { ?s ?p 1SERVICE ?x {} }",
    "SELECT * { ?s ?p 'x'@from }",
    "SELECT * { ?s ?p '''from''' }",
    "SELECT * { ?s a:b\\#' 'SERVICE ?x {} }",
    "SELECT * { FILTER(?a<?b)SERVICE#>\n?x{} }",
    "SELECT * { ?s <it's> ?o . SERVICE ?x {} . ?s <it's> ?o }",
    "SELECT * { ?s <a#b> ?o . SERVICE ?x {} }",
    'SELECT * { ?s ?p "unclosed\n SERVICE ?x {} }',
    "load <http://a.example/>",
    "SELECT * { \u017fervice ?x {} }",
)
PIECES = (
    *(
        "SERVICE",
        "service",
        "FROM",
        "from",
        "LOAD",
        "NAMED",
        "SILENT",
        "SELECT",
        "ASK",
        "WHERE",
        "FILTER",
        "*",
    ),
    *("?x", "$y", "?service", "a:b", "a:from", ":x", "_:b", "a", "1", "true", "@fi", "^^", "INTO", "GRAPH"),
    *(
        "<http://a.example/>",
        "<http://a.example/#from>",
        "<a>",
        "<it's>",
        "<a#b>",
        "<",
        ">",
        "<b",
        "&&",
        "||",
    ),
    *("'", '"', "'''", '"""', "'x'", '"from"', "\\'", "\\", "#", "# from", "\n", " ", ".", ";", ",", "-"),
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "{ ?s ?p ?o }",
        "?s ?p ?o .",
        "PREFIX a: <http://a.example/>",
        "=",
        "/",
        "|",
    ),
)
WHOLE = st.lists(st.sampled_from(PIECES), max_size=25).flatmap(
    lambda pieces: st.sampled_from(("", " ")).map(lambda joint: joint.join(pieces))
)
FRAMED = WHOLE.map(lambda text: f"PREFIX a: <http://a.example/> SELECT * {{ ?s ?p ?o . {text} }}")
HEADED = WHOLE.map(lambda text: f"PREFIX a: <http://a.example/> ASK{text}{{ ?s ?p ?o }}")


def reaches_outside(text: str) -> bool:
    """Whether rdflib reads a SERVICE, a FROM or a LOAD in the text."""
    for parse in (parseQuery, parseUpdate):
        try:
            waiting = [parse(text)]
        except Exception:  # noqa: BLE001, S112 # rdflib raises bare errors of many kinds for what it cannot read
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, CompValue):
                if node.name in ("ServiceGraphPattern", "Load") or "datasetClause" in node:
                    return True
                waiting.extend(node.values())
            elif not isinstance(node, str) and hasattr(node, "__iter__"):
                waiting.extend(node)
    return False


@pytest.mark.parametrize("text", HARMLESS)
def test_words_in_names_strings_and_comments_are_no_keywords(text: str) -> None:
    assert not outside_keywords(text)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_in_doubt_a_keyword_may_be_there(text: str) -> None:
    assert outside_keywords(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK FROM <http://a.example/> {}",
        "ASK { SERVICE ?x {} }",
        "LOAD <http://a.example/>",
    ],
)
def test_the_judge_of_this_test_sees_the_keywords(text: str) -> None:
    assert reaches_outside(text)


@pytest.mark.whole
@settings(max_examples=500, deadline=None)
@given(WHOLE | FRAMED | HEADED)
def test_no_keyword_that_a_parser_reads_is_overlooked(text: str) -> None:
    assert outside_keywords(text) or not reaches_outside(text)


GRAPHS = st.lists(
    st.sampled_from(
        ("FROM <http://a.example/1>", "FROM a:2", "FROM NAMED a:3", "FROM", "NAMED", "<b>", "(1 AS ?x)", "\n")
    ),
    max_size=6,
).map(lambda pieces: f"PREFIX a: <http://a.example/> SELECT * {' '.join(pieces)} {{ ?s ?p ?o }}")


@settings(max_examples=300, deadline=None)
@given(GRAPHS | HEADED)
def test_the_tokens_name_the_graphs_that_a_parser_reads(text: str) -> None:
    try:
        strict = check_query(text, is_strict=True)
    except (QueryRefusedError, QuerySyntaxError):
        return

    assert check_query(text) == strict


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SELECT * { ?s ex:p ?o }", "ex:p"),
        ("PREFIX a: <a:> SELECT * { ?s a:p _:b . ?s a b:c }", "b:c"),
        ("SELECT * { ?s :p 'ex:p' }", ":p"),
        ("SELECT * { ?s ?p '1'^^xsd:date }", "xsd:date"),
    ],
)
def test_the_first_name_without_a_declared_prefix_is_found(text: str, name: str) -> None:
    token = undeclared_prefix(text)

    assert token
    assert (token.text, token.start) == (name, text.index(name))


def test_declared_prefixes_blank_nodes_strings_and_iris_are_no_undeclared_names() -> None:
    text = "PREFIX a: <a:> PREFIX : <b:> SELECT * { _:x a:p 'b:c' ; :q <c:d> ; a:r.s 1.5 } # e:f"

    assert undeclared_prefix(text) is None


def test_each_term_of_a_collection_after_the_first_is_listed() -> None:
    assert listed_terms("SELECT * { ?s ?p (1 <a:b> 'c'@fi \"d\"^^<e:f> (?g 2.5)) }") == 4


def test_a_name_with_the_word_is_not_read_by_the_slow_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hytegraph.graph.sparql.guard._read", None)

    assert check_query("SELECT ?x { ?x <http://a.example/wasDerivedFrom> ?from }").form == "SELECT"
