"""The SPARQL 1.1 service description of the endpoint, without blank nodes; of federation only where it is allowed."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.vocab import DCT, RDF, RDFS, VOID, Namespace
from hytegraph.server.settings import Settings
from hytegraph.server.text.messages import TEXTS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMAT = "http://www.w3.org/ns/formats/"
SIMPLE_ENTAILMENT = NamedNode("http://www.w3.org/ns/entailment/Simple")
# Where more is said of the service and its data.
SEE_ALSO = (".well-known/sparql-examples", ".well-known/void", "catalog", "openapi.json")
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


def format_iri(name: str) -> NamedNode:
    """The W3C's IRI of a format by its short name."""
    return NamedNode(FORMAT + _FORMAT_NAMES[name])


def service_description(dataset: Dataset, settings: Settings, endpoint: str) -> tuple[Triple, ...]:
    """The triples that describe the endpoint at that address."""
    return (
        *_service(dataset, settings, endpoint),
        *_default_graph(dataset, endpoint),
        *_named_graphs(dataset, endpoint),
    )


def _service(dataset: Dataset, settings: Settings, endpoint: str) -> Iterator[Triple]:
    service = NamedNode(endpoint)
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, SD.defaultDataset, NamedNode(f"{endpoint}#dataset"))
    yield Triple(service, SD.availableGraphs, NamedNode(f"{endpoint}#graphs"))
    yield Triple(service, SD.defaultEntailmentRegime, SIMPLE_ENTAILMENT)
    for syntax in (*RESULT_FORMATS, *GRAPH_FORMATS):
        yield Triple(service, SD.resultFormat, format_iri(syntax.name))
    if _is_union(dataset):
        yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    if settings.services and not settings.store:
        yield Triple(service, SD.feature, SD.BasicFederatedQuery)
    for title in TEXTS["catalogue.service"].literals():
        yield Triple(service, DCT.title, title)
    for path in SEE_ALSO:
        yield Triple(service, RDFS.seeAlso, NamedNode(endpoint.removesuffix("sparql") + path))


def _is_union(dataset: Dataset) -> bool:
    """Whether the default graph leaves no named graph out, so that the feature can be claimed."""
    names = [graph.name for graph in dataset.graphs()]
    return bool(names) and not any(name.endswith(NOT_IN_DEFAULT_GRAPH) for name in names)


def _default_graph(dataset: Dataset, endpoint: str) -> Iterator[Triple]:
    described, default = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    yield Triple(described, RDF.type, SD.Dataset)
    yield Triple(described, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, VOID.triples, Literal(dataset.default_size))
    for text in TEXTS["sparql.default"].literals():
        yield Triple(default, DCT.description, text)


def _named_graphs(dataset: Dataset, endpoint: str) -> Iterator[Triple]:
    described, available = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#graphs")
    yield Triple(available, RDF.type, SD.GraphCollection)
    for number, graph in enumerate(dataset.graphs(), start=1):
        named, content = (
            NamedNode(f"{endpoint}#named-graph-{number}"),
            NamedNode(f"{endpoint}#graph-{number}"),
        )
        yield Triple(described, SD.namedGraph, named)
        yield Triple(available, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, NamedNode(graph.name))
        yield Triple(named, SD.graph, content)
        yield Triple(content, RDF.type, SD.Graph)
        yield Triple(content, VOID.triples, Literal(graph.triples))
