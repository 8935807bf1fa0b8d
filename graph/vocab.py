"""The namespaces used in the graph, as constants whose attributes are pyoxigraph nodes."""

from pyoxigraph import NamedNode


class Namespace:
    """A namespace whose terms are attributes or items: `HYTE.Goal` and `HYTE["Goal"]` are one cached NamedNode."""

    __slots__ = ("_nodes", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._nodes: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = NamedNode(self.iri + name)
        return node

    def __getattr__(self, name: str) -> NamedNode:
        # inspect, doctest and copy probe for names such as `__wrapped__`; a node would mislead them.
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __str__(self) -> str:
        return self.iri

    def __repr__(self) -> str:
        return f"Namespace({self.iri!r})"


DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
HYTE = Namespace("https://w3id.org/hytegraph/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
SDMX_ATTRIBUTE = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
SDMX_CODE = Namespace("http://purl.org/linked-data/sdmx/2009/code#")
SDMX_DIMENSION = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
SDMX_MEASURE = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
VANN = Namespace("http://purl.org/vocab/vann/")
VOID = Namespace("http://rdfs.org/ns/void#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: dict[str, str] = {
    "dcat": DCAT.iri,
    "dct": DCT.iri,
    "foaf": FOAF.iri,
    "hyte": HYTE.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "sdgo": SDGO.iri,
    "sdmx-attribute": SDMX_ATTRIBUTE.iri,
    "sdmx-code": SDMX_CODE.iri,
    "sdmx-dimension": SDMX_DIMENSION.iri,
    "sdmx-measure": SDMX_MEASURE.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "vann": VANN.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
}
"""Namespace by prefix, sorted by prefix, for serialisation and queries."""
