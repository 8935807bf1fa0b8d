"""The VoID description of the data: sizes, partitions, vocabularies, graphs, dumps."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import DCT, FOAF, HYTE, PREFIXES, RDF, VOID, XSD
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dumps import dump_path, offered_dumps
from hytegraph.server.sparql.service_description import format_iri

# How many members each class has, how many triples each property: summaries.
CLASS_COUNTS, PROPERTY_COUNTS = "class-counts", "property-counts"


def void_description(about: About) -> tuple[Triple, ...]:
    """The description document and the dataset that it is about."""
    document = NamedNode(f"{about.root}.well-known/void")
    return (
        Triple(document, RDF.type, VOID.DatasetDescription),
        Triple(document, FOAF.primaryTopic, about.iri),
        *_dataset(about),
        *_partitions(about),
        *_graphs(about),
    )


def _dataset(about: About) -> Iterator[Triple]:
    yield Triple(about.iri, RDF.type, VOID.Dataset)
    for language, title in sorted(about.titles.items()):
        yield Triple(about.iri, DCT.title, Literal(title, language=language))
    if about.licence:
        yield Triple(about.iri, DCT.license, about.licence)
    yield Triple(about.iri, FOAF.homepage, NamedNode(about.root))
    if about.has_endpoint:
        yield Triple(about.iri, VOID.sparqlEndpoint, NamedNode(f"{about.root}sparql"))
    yield Triple(about.iri, VOID.triples, _number(about.data.default_size))
    yield Triple(about.iri, VOID.uriSpace, Literal(f"{about.base}id/"))
    for dump in offered_dumps(about):
        address = about.root.rstrip("/") + dump_path(about.data, dump.syntax)
        yield Triple(about.iri, VOID.dataDump, NamedNode(address))
        yield Triple(about.iri, VOID.feature, format_iri(dump.syntax.name))
    for thing in _examples(about.summaries):
        yield Triple(about.iri, VOID.exampleResource, thing)


def _examples(summaries: Summaries) -> list[NamedNode]:
    """A document, an aim and a measure, where there are."""
    documents = summaries.rows("documents", order=("document",), limit=1)
    elements = (
        summaries.rows("elements", where={"class": kind}, order=("node",), limit=1)
        for kind in (HYTE.StrategicAim, HYTE.Measure)
    )
    terms = [row["document"] for row in documents] + [row["node"] for rows in elements for row in rows]
    return sorted((term for term in terms if isinstance(term, NamedNode)), key=lambda node: node.value)


def _partitions(about: About) -> Iterator[Triple]:
    spaces: set[str] = set()
    counted = (("class", CLASS_COUNTS, "entities"), ("property", PROPERTY_COUNTS, "triples"))
    for kind, summary, measure in counted:
        sums = about.summaries.sums(summary, ("term",))
        rows = [(term, n) for (term,), n in sums.items() if isinstance(term, NamedNode)]
        names = {"class": VOID.classes, "property": VOID.properties}
        yield Triple(about.iri, names[kind], _number(len(rows)))
        for number, (term, n) in enumerate(rows, start=1):
            part = about.node(f"{kind}-{number}")
            spaces |= {space for space in PREFIXES.values() if term.value.startswith(space)}
            yield Triple(about.iri, VOID[f"{kind}Partition"], part)
            yield Triple(part, VOID[kind], term)
            yield Triple(part, VOID[measure], _number(n))
    for space in sorted(spaces):
        yield Triple(about.iri, VOID.vocabulary, NamedNode(space))


def _graphs(about: About) -> Iterator[Triple]:
    for graph in about.data.graphs():
        node = NamedNode(graph.name)
        yield Triple(about.iri, VOID.subset, node)
        yield Triple(node, RDF.type, VOID.Dataset)
        yield Triple(node, VOID.triples, _number(graph.triples))
        if licence := about.licence_of_graph(graph.name):
            yield Triple(node, DCT.license, licence)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)
