"""Triples and quads in each of the formats of the table; the same triples always give the same bytes."""

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import Quad, RdfFormat, Triple

from hytegraph.graph.formats import GraphFormat
from hytegraph.graph.writing.json_ld import write_json_ld, write_json_ld_graphs
from hytegraph.graph.writing.turtle import write_trig, write_turtle
from hytegraph.graph.writing.xml import write_rdf_xml


def write_lines(statements: Iterable[Triple] | Iterable[Quad]) -> bytes:
    """N-Triples or N-Quads: each statement once, the lines in the order of their characters."""
    return "".join(sorted({f"{statement} .\n" for statement in statements})).encode()


_TRIPLES: Mapping[RdfFormat, Callable[[Iterable[Triple]], bytes]] = {
    RdfFormat.TURTLE: write_turtle,
    RdfFormat.TRIG: write_turtle,
    RdfFormat.N_TRIPLES: write_lines,
    RdfFormat.N_QUADS: write_lines,
    RdfFormat.JSON_LD: write_json_ld,
    RdfFormat.RDF_XML: write_rdf_xml,
}
_QUADS: Mapping[RdfFormat, Callable[[Iterable[Quad]], bytes]] = {
    RdfFormat.TRIG: write_trig,
    RdfFormat.N_QUADS: write_lines,
    RdfFormat.JSON_LD: write_json_ld_graphs,
}


def serialise_triples(triples: Iterable[Triple], syntax: GraphFormat) -> bytes:
    """The triples in that syntax; raises NotWritableError for what it cannot express."""
    return _TRIPLES[syntax.rdf](triples)


def serialise_quads(quads: Iterable[Quad], syntax: GraphFormat) -> bytes:
    """The quads in a syntax that holds graphs; raises NotWritableError for what it cannot express."""
    return _QUADS[syntax.rdf](quads)
