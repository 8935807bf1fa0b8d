"""The named queries as RDF: `sh:SPARQLExecutable` with text, comment, keywords and prefixes, without blank nodes."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.query.named import NamedQuery, load_queries, written_out
from hytegraph.graph.vocab import PREFIXES, RDF, RDFS, SH, XSD, Namespace

SCHEMA = Namespace("https://schema.org/")


def example_triples(document: str, endpoint: str) -> tuple[Triple, ...]:
    """The named queries as examples: things of the document at that address, to be asked at the endpoint."""
    prefixes = NamedNode(f"{document}#prefixes")
    triples = list(_prefixes(prefixes))
    for query in load_queries().values():
        triples.extend(_example(query, NamedNode(f"{document}#{query.name}"), prefixes))
        triples.append(Triple(NamedNode(f"{document}#{query.name}"), SCHEMA.target, NamedNode(endpoint)))
    return tuple(triples)


def runnable(query: NamedQuery) -> str:
    """The query's text with the examples of its parameters in their place, so that it runs as it is."""
    return written_out(query, {each.name: each.example for each in query.parameters if each.example})


def _example(query: NamedQuery, node: NamedNode, prefixes: NamedNode) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SH.SPARQLExecutable)
    yield Triple(node, RDF.type, SH.SPARQLSelectExecutable)
    for summary in query.summary.literals():
        yield Triple(node, RDFS.label, summary)
        yield Triple(node, RDFS.comment, summary)
    for description in query.description.literals():
        yield Triple(node, SCHEMA.description, description)
    yield Triple(node, SH.prefixes, prefixes)
    yield Triple(node, SH.select, Literal(runnable(query)))
    for tag in query.tags:
        yield Triple(node, SCHEMA.keywords, Literal(tag))


def _prefixes(node: NamedNode) -> Iterator[Triple]:
    for prefix, space in PREFIXES.items():
        declaration = NamedNode(f"{node.value}-{prefix}")
        yield Triple(node, SH.declare, declaration)
        yield Triple(declaration, RDF.type, SH.PrefixDeclaration)
        yield Triple(declaration, SH.prefix, Literal(prefix))
        yield Triple(declaration, SH.namespace, Literal(space, datatype=XSD.anyURI))
