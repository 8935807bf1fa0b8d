"""Terms of N-Triples are taken apart as the engine understands them."""

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from hytegraph.graph.vocab import XSD
from hytegraph.graph.writing.order import sorted_statements
from hytegraph.graph.writing.terms import iri_of, is_iri, is_literal, literal_of, unescaped

IRI = NamedNode("https://town.example/id/a")
LITERALS = [
    Literal(""),
    Literal('a "quoted" \\ back\\n'),
    Literal("\t\b\n\r\f\x01\x7f\ufffe🌲"),
    Literal("7", datatype=XSD.integer),
    Literal("metsä", language="fi"),
    Literal("x@fi", datatype=IRI),
]


@pytest.mark.parametrize("literal", LITERALS, ids=str)
def test_a_literal_has_the_value_language_and_datatype_of_the_engine(literal: Literal) -> None:
    found = literal_of(str(literal))

    assert (found.value, found.language) == (literal.value, literal.language or "")
    assert literal.language or found.datatype == literal.datatype.value


def test_the_direction_of_a_text_is_told_from_its_language() -> None:
    found = literal_of(str(Literal("x", language="ar", direction=BaseDirection("rtl"))))

    assert (found.value, found.language, found.direction) == ("x", "ar", "rtl")


def test_long_and_short_escapes_are_signs() -> None:
    assert unescaped(r"\U0001F332 \u00E4 \' \\u") == "🌲 ä ' \\u"


def test_kinds_of_terms_are_told_apart() -> None:
    nested = str(Triple(IRI, IRI, IRI))
    assert [is_iri(str(term)) for term in (IRI, BlankNode("a"), Literal("<a>"))] == [True, False, False]
    assert not is_iri(f"<<( {nested} )>>")
    assert is_literal('"a"')
    assert iri_of(str(IRI)) == IRI.value


def test_statements_come_in_the_order_of_their_lines_each_once() -> None:
    triples = [Triple(BlankNode("b"), IRI, Literal("a b")), Triple(IRI, IRI, BlankNode("b"))]

    assert sorted_statements([*triples, *reversed(triples)]) == [
        (str(IRI), str(IRI), "_:b"),
        ("_:b", str(IRI), '"a b"'),
    ]
