"""The quads of retired names: who follows an old address is led on, and learns that it means nothing else now."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, Quad

from hytegraph.graph.iris import Iris, slug_of
from hytegraph.graph.vocab import DCT, OWL, PROV, RDF, RDFS, XSD
from hytegraph.loaders.documents.folder import Folder
from hytegraph.loaders.documents.slugs import Registry
from hytegraph.loaders.identity.retired import read_replaced
from hytegraph.loaders.identity.rows import retired_names

# Their paths have a segment between document and name that the registry does not know.
_NESTED = ("amendment", "observation")
LABELS = {
    "fi": "Käytöstä poistunut tunniste: {path}",
    "sv": "Identifierare ur bruk: {path}",
    "en": "Retired identifier: {path}",
}


def retired_quads(folder: Folder, registry: Registry, base: str) -> Iterator[Quad]:
    """The retired names of a folder's documents, each with what has taken its place where that is known."""
    if not folder.sources:
        return
    iris = Iris(base, slug_of(folder.sources[0].entry.town))
    replaced = dict(read_replaced(folder.path))
    for source in folder.sources:
        slug = source.entry.slug
        for type_, name in retired_names(slug, source.tables, registry):
            if type_ not in _NESTED:
                replaced.setdefault(f"{type_}/{slug}/{name}", "")
    yield from _quads(iris, replaced)


def _quads(iris: Iris, replaced: Mapping[str, str]) -> Iterator[Quad]:
    graph = iris.graph("retired")
    for path, successor in sorted(replaced.items()):
        node = iris.thing(path)
        yield Quad(node, RDF.type, PROV.Entity, graph)
        yield Quad(node, OWL.deprecated, Literal("true", datatype=XSD.boolean), graph)
        for language, label in LABELS.items():
            yield Quad(node, RDFS.label, Literal(label.format(path=path), language=language), graph)
        if successor:
            yield Quad(node, DCT.isReplacedBy, iris.thing(successor), graph)
            yield Quad(iris.thing(successor), DCT.replaces, node, graph)
