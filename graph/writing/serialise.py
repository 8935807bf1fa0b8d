"""Triples and quads in each of the formats of the table; the same triples always give the same bytes."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple

from hytegraph.graph.formats import N_QUADS, GraphFormat
from hytegraph.graph.writing.json_ld import write_json_ld, write_json_ld_graphs
from hytegraph.graph.writing.order import Graphs, Statements, by_graph, sorted_statements
from hytegraph.graph.writing.turtle import write_trig, write_turtle
from hytegraph.graph.writing.xml import write_rdf_xml


def write_lines(statements: Iterable[Triple] | Iterable[Quad]) -> bytes:
    """N-Triples or N-Quads: each statement once, the lines in the order of their characters."""
    return "".join(sorted({f"{statement} .\n" for statement in statements})).encode()


def _write_lines(read: Statements, out: BinaryIO) -> None:
    out.writelines(f"{' '.join(terms)} .\n".encode() for terms in read())


_TRIPLES: Mapping[RdfFormat, Callable[[Statements, BinaryIO], None]] = {
    RdfFormat.TURTLE: write_turtle,
    RdfFormat.TRIG: write_turtle,
    RdfFormat.N_TRIPLES: _write_lines,
    RdfFormat.N_QUADS: _write_lines,
    RdfFormat.JSON_LD: write_json_ld,
    RdfFormat.RDF_XML: write_rdf_xml,
}
_QUADS: Mapping[RdfFormat, Callable[[Graphs, BinaryIO], None]] = {
    RdfFormat.TRIG: write_trig,
    RdfFormat.JSON_LD: write_json_ld_graphs,
}


def write_triples(read: Statements, syntax: GraphFormat, out: BinaryIO) -> None:
    """Write statements in their order in that syntax, without holding them.

    Raises NotWritableError for what it cannot express, before anything is written.
    """
    _TRIPLES[syntax.rdf](read, out)


def write_graphs(read: Graphs, syntax: GraphFormat, out: BinaryIO) -> None:
    """Write graphs in their order in TriG or JSON-LD, without holding them.

    Raises NotWritableError for what it cannot express, before anything is written.
    """
    _QUADS[syntax.rdf](read, out)


def serialise_triples(triples: Iterable[Triple], syntax: GraphFormat) -> bytes:
    """The triples in that syntax; raises NotWritableError for what it cannot express."""
    ordered, out = sorted_statements(triples), BytesIO()
    write_triples(lambda: ordered, syntax, out)
    return out.getvalue()


def serialise_quads(quads: Iterable[Quad], syntax: GraphFormat) -> bytes:
    """The quads in a syntax that holds graphs; raises NotWritableError for what it cannot express."""
    if syntax == N_QUADS:
        return write_lines(quads)
    graphs, out = by_graph(quads), BytesIO()
    write_graphs(lambda: graphs, syntax, out)
    return out.getvalue()
