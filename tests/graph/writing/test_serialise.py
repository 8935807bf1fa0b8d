"""Each format holds exactly the triples that were written, also for other readers, in an order that is always the
same.
"""

import errno
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    GraphFormat,
)
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, RDF, RDFS, SKOS, XSD
from hytegraph.graph.writing.order import Statement, sorted_statements
from hytegraph.graph.writing.serialise import serialise_quads, serialise_triples, write_triples

BASE = "https://town.example/"
GOAL, AIM = (NamedNode(f"{BASE}id/mallila/{path}") for path in ("goal/2026/metsa", "aim/2026/luonto"))
ODD = NamedNode(f"{BASE}id/mallila/goal/2026/a.b-")
BLANK = BlankNode("5ab")
TYPED = [
    Literal("1.5", datatype=XSD.decimal),
    Literal("7", datatype=XSD.integer),
    Literal("-99999999999999999999", datatype=XSD.integer),
    Literal("true", datatype=XSD.boolean),
    Literal("2026-11-29", datatype=XSD.date),
    Literal("1E3", datatype=XSD.double),
    Literal("x", datatype=NamedNode(f"{BASE}type")),
]
TEXTS = [
    Literal('a "quoted" \\ back\n\tslash <&> \r\n ]]>'),
    Literal("@id"),
    Literal("hyte:Goal"),
    Literal(""),
    Literal("  metsä 🌲 ", language="fi"),
    Literal("skog", language="sv"),
    Literal("skogen", language="sv"),
]
TRIPLES = [
    Triple(GOAL, RDF.type, HYTE.Goal),
    Triple(GOAL, RDF.type, SKOS.Concept),
    Triple(GOAL, HYTE.underAim, AIM),
    Triple(GOAL, HYTE.certainty, HYTE.sure),
    Triple(GOAL, HYTE.certainty, NamedNode(f"{BASE}certainty")),
    Triple(GOAL, HYTE.lineStart, TYPED[1]),
    Triple(GOAL, HYTE.lineStart, Literal("7")),
    Triple(GOAL, DCT.relation, ODD),
    Triple(ODD, RDF.type, NamedNode(f"{BASE}ns/Kind")),
    Triple(BLANK, HYTE.underAim, BlankNode("b")),
    Triple(AIM, SKOS.related, BLANK),
    *(Triple(AIM, RDFS.label, text) for text in TEXTS),
    *(Triple(AIM, SKOS.note, value) for value in (*TYPED, *TEXTS)),
]
QUADS = [
    *(Quad(t.subject, t.predicate, t.object, NamedNode(f"{BASE}graph/one")) for t in TRIPLES),
    *(Quad(*triple) for triple in TRIPLES[:3]),
    Quad(GOAL, RDF.type, HYTE.Goal, NamedNode(f"{BASE}graph/two")),
]


def rdflib_graph(body: bytes, syntax: GraphFormat) -> rdflib.Graph:
    names = {"jsonld": "json-ld", "rdf": "xml"}
    return rdflib.Graph().parse(data=body, format=names.get(syntax.name, syntax.name))


@pytest.mark.parametrize("syntax", GRAPH_FORMATS, ids=lambda syntax: syntax.name)
def test_the_engine_reads_back_what_was_written(syntax: GraphFormat) -> None:
    body = serialise_triples(TRIPLES, syntax)
    found = {quad.triple for quad in parse(body, format=syntax.rdf)}

    if syntax is RDF_XML:
        # Its blank nodes get other names.
        assert len(found) == len(set(TRIPLES))
    else:
        assert found == set(TRIPLES)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("syntax", [TURTLE, N_TRIPLES, JSON_LD, RDF_XML], ids=lambda syntax: syntax.name)
def test_rdflib_reads_the_same_triples_without_a_network(syntax: GraphFormat) -> None:
    wanted = rdflib_graph(serialise_triples(TRIPLES, N_TRIPLES), N_TRIPLES)

    assert isomorphic(rdflib_graph(serialise_triples(TRIPLES, syntax), syntax), wanted)


@pytest.mark.parametrize("syntax", [TRIG, N_QUADS, JSON_LD], ids=lambda syntax: syntax.name)
def test_graphs_and_the_default_graph_are_read_back(syntax: GraphFormat) -> None:
    assert set(parse(serialise_quads(QUADS, syntax), format=syntax.rdf)) == set(QUADS)


@pytest.mark.parametrize("syntax", GRAPH_FORMATS, ids=lambda syntax: syntax.name)
def test_the_order_of_what_is_given_makes_no_difference(syntax: GraphFormat) -> None:
    assert serialise_triples(reversed(TRIPLES), syntax) == serialise_triples(TRIPLES, syntax)


def test_turtle_groups_subjects_has_types_first_and_own_prefixes() -> None:
    given = [
        Triple(GOAL, DCT.title, Literal("Metsä", language="fi")),
        Triple(GOAL, RDF.type, HYTE.Goal),
        Triple(GOAL, DCT.relation, ODD),
        Triple(ODD, RDF.type, HYTE.Goal),
        Triple(ODD, HYTE.lineStart, TYPED[1]),
    ]

    assert serialise_triples(given, TURTLE).decode() == (
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix hyte: <https://w3id.org/hytegraph/ns#> .\n"
        "@prefix mallila-goal-2026: <https://town.example/id/mallila/goal/2026/> .\n"
        "\n"
        "mallila-goal-2026:a.b- a hyte:Goal ;\n"
        "    hyte:lineStart 7 .\n"
        "\n"
        "mallila-goal-2026:metsa a hyte:Goal ;\n"
        "    dct:relation mallila-goal-2026:a.b- ;\n"
        '    dct:title "Metsä"@fi .\n'
    )


def test_json_ld_is_compact_with_the_terms_of_the_published_context() -> None:
    given = [
        Triple(GOAL, RDF.type, HYTE.Goal),
        Triple(GOAL, HYTE.underAim, AIM),
        Triple(GOAL, HYTE.certainty, HYTE.sure),
        Triple(GOAL, HYTE.lineStart, TYPED[1]),
        Triple(GOAL, RDFS.label, Literal("Metsä", language="fi")),
        Triple(GOAL, RDFS.label, Literal("Skog", language="sv")),
        Triple(GOAL, RDFS.label, Literal("?")),
    ]
    document = json.loads(serialise_triples(given, JSON_LD))
    published = json.loads((Path(__file__).parents[3] / "ontology" / "context.jsonld").read_text("utf-8"))

    assert document["@graph"] == [
        {
            "id": GOAL.value,
            "type": "Goal",
            "label": {"fi": "Metsä", "sv": "Skog"},
            "rdfs:label": "?",
            "certainty": "sure",
            "lineStart": 7,
            "underAim": AIM.value,
        }
    ]
    assert document["@context"].items() <= published["@context"].items()
    assert len(document["@context"]) < 15


def test_what_json_ld_cannot_hold_is_refused_with_the_reason() -> None:
    nested = Triple(GOAL, HYTE.underAim, Triple(GOAL, HYTE.underAim, AIM))
    with pytest.raises(NotWritableError, match="triple terms"):
        serialise_triples([nested], JSON_LD)
    with pytest.raises(NotWritableError, match="scheme"):
        serialise_triples([Triple(NamedNode("dct:x"), HYTE.underAim, AIM)], JSON_LD)


@pytest.mark.parametrize("name", ["123", "a/", "a#", "1-2", "%C3%A4/5"])
@pytest.mark.parametrize("is_class", [True, False])
def test_a_name_that_rdf_xml_cannot_write_is_refused(name: str, is_class: bool) -> None:
    odd = NamedNode(BASE + name)
    with pytest.raises(NotWritableError, match="does not end in a name of XML"):
        serialise_triples([Triple(GOAL, RDF.type, odd) if is_class else Triple(GOAL, odd, AIM)], RDF_XML)


@pytest.mark.parametrize("name", ["1x", "a/ä·b", "a:b", "a?b=c", "%C3%A4"])
def test_a_name_that_ends_in_one_of_xml_is_written(name: str) -> None:
    triple = Triple(GOAL, NamedNode(BASE + name), AIM)

    assert {
        quad.triple for quad in parse(serialise_triples([triple], RDF_XML), format=RdfFormat.RDF_XML)
    } == {triple}


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_does_not_have_is_refused_in_rdf_xml_only(character: str) -> None:
    triple = Triple(GOAL, RDFS.label, Literal(f"a{character}b"))
    with pytest.raises(NotWritableError, match=rf"U\+{ord(character):04X}"):
        serialise_triples([triple], RDF_XML)
    for syntax in (TURTLE, JSON_LD, N_TRIPLES):
        assert {quad.triple for quad in parse(serialise_triples([triple], syntax), format=syntax.rdf)} == {
            triple
        }


def test_a_carriage_return_is_not_read_as_a_line_feed_in_xml() -> None:
    body = serialise_triples([Triple(GOAL, RDFS.label, Literal("a\r\nb\rc"))], RDF_XML)

    assert ElementTree.fromstring(body)[0][0].text == "a\r\nb\rc"  # our own


def test_words_of_rdf_xml_are_no_properties() -> None:
    with pytest.raises(NotWritableError, match="reserved"):
        serialise_triples([Triple(GOAL, RDF.li, AIM)], RDF_XML)


@pytest.mark.parametrize("syntax", GRAPH_FORMATS, ids=lambda syntax: syntax.name)
@pytest.mark.slow
def test_every_format_of_the_kemi_data_holds_the_same(kemi: Dataset, syntax: GraphFormat) -> None:
    quads = kemi.quads()
    if syntax.holds_graphs:
        assert set(parse(kemi.dump(syntax), format=syntax.rdf)) == set(quads)
    else:
        wanted = set(parse(kemi.dump(N_TRIPLES), format=RdfFormat.N_TRIPLES))
        assert set(parse(kemi.dump(syntax), format=syntax.rdf)) == wanted


@pytest.mark.parametrize("syntax", [JSON_LD, RDF_XML], ids=lambda syntax: syntax.name)
def test_nothing_is_written_of_what_a_format_cannot_hold(syntax: GraphFormat) -> None:
    nested = Triple(GOAL, HYTE.underAim, Triple(GOAL, HYTE.underAim, AIM))
    impossible = Triple(GOAL, RDFS.label, Literal("a\x01b"))
    given, out = sorted_statements([*TRIPLES, nested if syntax is JSON_LD else impossible]), BytesIO()

    with pytest.raises(NotWritableError):
        write_triples(lambda: given, syntax, out)

    assert out.getvalue() == b""


@pytest.mark.parametrize("label", ["a:b", "1", "_", "ä"])
def test_blank_nodes_get_names_of_xml_also_within_triple_terms(label: str) -> None:
    node, name = BlankNode(label), RDF.iri + "reifies"
    triples = [
        Triple(node, HYTE.underAim, AIM),
        Triple(GOAL, NamedNode(name), Triple(node, HYTE.underAim, AIM)),
    ]

    read = [quad.triple for quad in parse(serialise_triples(triples, RDF_XML), format=RdfFormat.RDF_XML)]

    [inner] = [triple.object for triple in read if isinstance(triple.object, Triple)]
    assert inner.subject in {triple.subject for triple in read}
    assert len(read) == 2


def test_a_disk_that_is_full_is_no_limit_of_a_format() -> None:
    def read() -> Iterator[Statement]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield

    for syntax in GRAPH_FORMATS:
        with pytest.raises(OSError, match="No space left"):
            write_triples(read, syntax, BytesIO())


def test_a_number_of_thousands_of_digits_is_written() -> None:
    number = Literal("9" * 5000, datatype=XSD.integer)
    for syntax in GRAPH_FORMATS:
        body = serialise_triples([Triple(AIM, SKOS.note, number)], syntax)
        assert [quad.object for quad in parse(body, format=syntax.rdf)] == [number]


@pytest.mark.parametrize("odd", ["urn:a b", "urn:a>b", 'urn:a"b', "urn:a\\u0041"])
def test_an_iri_that_was_read_leniently_stays_one_term(odd: str) -> None:
    written = "".join(f"\\u{ord(sign):04X}" if sign in ' >"\\' else sign for sign in odd)
    body = f'<{written}> <{written}> "x"^^<{written}> .\n'.encode()
    triples = [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES, lenient=True)]
    [node] = json.loads(serialise_triples(triples, JSON_LD))["@graph"]

    assert node == {"id": odd, odd: {"@value": "x", "@type": odd}}


def test_an_iri_with_a_space_that_was_read_leniently_is_one_term() -> None:
    body = b"<urn:a b> <urn:p> <urn:c d> .\n"
    triples = [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES, lenient=True)]

    assert serialise_triples(triples, TURTLE) == body
