"""What every release holds whatever its documents: ontology, vocabularies and shapes."""

from collections.abc import Iterator

from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, parse
from pyoxigraph import Dataset as QuadSet

from hytegraph.graph.iris import common_graph
from hytegraph.graph.resources import data_files, ontology_quads


def common_quads(base: str) -> Iterator[Quad]:
    """Ontology, code lists, SDGs, alignments and shapes, with canonical names for their blank nodes."""
    common, shapes = QuadSet(ontology_quads(base)), common_graph(base, "shapes")
    for file in data_files("shapes", "*.ttl"):
        for triple in parse(file.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True):
            common.add(Quad(triple.subject, triple.predicate, triple.object, shapes))
    common.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from common
