"""A value that is written into a query is one term and nothing else, for every engine."""

import re

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.results import Term
from hytegraph.graph.sparql.binding import normal_term, substitute, write_term
from hytegraph.graph.vocab import XSD

NASTY = (
    '"',
    "'",
    '""" . } DROP ALL #',
    "\\",
    "\\u0041",
    "\\\\u0041\\U00000041",
    "line\nline\r\ttab\x01\x7f",
    '") || true || CONTAINS("',
    "ä€😀",
    "?x $x <a:b>",
    "",
)


def read(text: str) -> list[tuple[Term | None, ...]]:
    solutions = Store().query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(each) for each in solutions]


@pytest.mark.parametrize("value", NASTY)
def test_a_literal_is_read_back_as_it_was(value: str) -> None:
    for literal in (Literal(value), Literal(value, language="fi"), Literal(value, datatype=NamedNode("x:y"))):
        assert read(substitute("SELECT ?x WHERE { BIND(?x AS ?y) }", {"x": literal})) == [(literal,)]


@pytest.mark.parametrize("value", NASTY)
def test_it_is_the_same_literal_where_code_points_are_decoded_before_the_grammar(value: str) -> None:
    written = f"SELECT ({write_term(Literal(value))} AS ?x) WHERE {{}}"
    # Only what stays harmless: a quote that is decoded early would end the string, and so it is never written like
    # that.
    decoded = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), written)
    assert read(decoded) == [(Literal(value),)]


def test_a_blank_node_cannot_be_named() -> None:
    with pytest.raises(QueryFailedError):
        write_term(BlankNode("x"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("SELECT ?x ?p WHERE { ?x ?p ?o }", "SELECT (<a:a> AS ?x) ?p WHERE { <a:a> ?p ?o }"),
        ("ASK { ?x ?p '?x' , \"?x\" # ?x\n , <a:?x> }", "ASK { <a:a> ?p '?x' , \"?x\" # ?x\n , <a:?x> }"),
        ("CONSTRUCT { ?x ?p ?xy } WHERE { ?x ?p ?xy }", "CONSTRUCT { <a:a> ?p ?xy } WHERE { <a:a> ?p ?xy }"),
        (
            "SELECT (STR(?x) AS ?y) WHERE { ?x ?p ?o } ORDER BY ?x STR(?x)",
            "SELECT (STR(<a:a>) AS ?y) WHERE { <a:a> ?p ?o } ORDER BY ?x STR(<a:a>)",
        ),
        (
            "SELECT ?x WHERE { { SELECT ?x ?n (COUNT(?x) AS ?c) WHERE { ?x ?p ?n } GROUP BY ?x ?n } }",
            "SELECT (<a:a> AS ?x) WHERE { { SELECT  ?n (COUNT(<a:a>) AS ?c) WHERE { <a:a> ?p ?n } GROUP BY (<a:a>) ?n } }",
        ),
        ("SELECT ?x { ?x ex:SELECT ?y } LIMIT 1", "SELECT (<a:a> AS ?x) { <a:a> ex:SELECT ?y } LIMIT 1"),
    ],
)
def test_a_variable_is_replaced_where_it_is_one(text: str, written: str) -> None:
    assert substitute(text, {"x": NamedNode("a:a")}) == written


@pytest.mark.parametrize(
    ("written", "datatype", "normal"),
    [
        ("1", "boolean", "true"),
        ("0", "boolean", "false"),
        ("1.50", "decimal", "1.5"),
        ("-.5", "decimal", "-0.5"),
        ("10.0", "decimal", "10"),
        ("100", "decimal", "100"),
        ("007", "integer", "7"),
        ("1000.0", "double", "1000.0"),
        ("1e3", "double", "1000.0"),
        ("abc", "decimal", "abc"),
        ("007", "string", "007"),
    ],
)
def test_engines_are_compared_by_value(written: str, datatype: str, normal: str) -> None:
    term = normal_term(Literal(written, datatype=XSD[datatype]))
    assert term == Literal(normal, datatype=XSD[datatype])


def test_language_tags_are_compared_in_small_letters() -> None:
    assert normal_term(Literal("a", language="fi-FI")) == Literal("a", language="fi-fi")
