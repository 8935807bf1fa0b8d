"""The SPARQL 1.1 service description of the endpoint, without blank nodes and without federation."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from hytegraph.graph.vocab import RDF, VOID, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMAT = "http://www.w3.org/ns/formats/"
# The W3C list of format IRIs names the syntaxes in its own way.
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def service_description(dataset: Dataset, endpoint: str) -> tuple[Triple, ...]:
    """The triples that describe the endpoint at that address."""
    service = NamedNode(endpoint)
    described = NamedNode(endpoint + "#dataset")
    triples = [
        Triple(service, RDF.type, SD.Service),
        Triple(service, SD.endpoint, service),
        Triple(service, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(service, SD.defaultDataset, described),
        Triple(described, RDF.type, SD.Dataset),
    ]
    for syntax in (*RESULT_FORMATS, *GRAPH_FORMATS):
        triples.append(Triple(service, SD.resultFormat, NamedNode(FORMAT + _FORMAT_NAMES[syntax.name])))
    triples.extend(_graphs(dataset, described))
    return tuple(triples)


def _graphs(dataset: Dataset, described: NamedNode) -> Iterator[Triple]:
    default = NamedNode(described.value.replace("#dataset", "#default-graph"))
    yield Triple(described, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, VOID.triples, Literal(dataset.default_size))
    for number, graph in enumerate(dataset.graphs(), start=1):
        named = NamedNode(described.value.replace("#dataset", f"#named-graph-{number}"))
        content = NamedNode(described.value.replace("#dataset", f"#graph-{number}"))
        yield Triple(described, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, NamedNode(graph.name))
        yield Triple(named, SD.graph, content)
        yield Triple(content, RDF.type, SD.Graph)
        yield Triple(content, VOID.triples, Literal(graph.triples))
