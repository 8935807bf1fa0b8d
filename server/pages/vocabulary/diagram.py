"""A class diagram of the ontology as SVG, and the same content as rows of text for those who do not see it.

Everything comes from the ontology: layers by `hyte:layer`, boxes by class, the lines of a box by the object properties
whose domain, or `schema:domainIncludes`, is the class. The same ontology gives the same bytes.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hytegraph.graph.resources import data_folder, ontology
from hytegraph.graph.vocab import HYTE, OWL, RDF, RDFS, SCHEMA, SKOS
from hytegraph.server.pages.vocabulary.drawing import Box, Link, draw
from hytegraph.server.text.messages import Language, translate

LAYERS = ("document", "plan", "execution", "measurement", "organisation", "claim")


class Vocabulary:
    """The ontology and its code lists, looked up in one language."""

    def __init__(self, triples: Iterable[Triple], language: str) -> None:
        """The triples in their order."""
        self._language = language
        self._objects: dict[tuple[NamedNode, NamedNode], list[NamedNode | Literal]] = {}
        self._subjects: dict[tuple[NamedNode, NamedNode], list[NamedNode]] = {}
        for triple in triples:
            subject, term = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(term, NamedNode | Literal):
                self._objects.setdefault((subject, triple.predicate), []).append(term)
                if isinstance(term, NamedNode):
                    self._subjects.setdefault((triple.predicate, term), []).append(subject)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The things that a property leads to."""
        return [term for term in self._objects.get((subject, predicate), ()) if isinstance(term, NamedNode)]

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        """The things that a property leads from."""
        return self._subjects.get((predicate, value), [])

    def label(self, node: NamedNode) -> str:
        """The label in the language; the prefixed name's end for an outside term."""
        texts = {
            term.language: term.value
            for predicate in (RDFS.label, SKOS.prefLabel)
            for term in self._objects.get((node, predicate), ())
            if isinstance(term, Literal)
        }
        return texts.get(self._language) or node.value.replace("#", "/").rpartition("/")[2]


def boxes(language: str) -> tuple[Box, ...]:
    """The classes of the ontology by layer and label, with labels in that language."""
    vocabulary = vocabulary_in(language)
    inverses = {
        each for each in vocabulary.subjects(RDF.type, OWL.ObjectProperty) if is_inverse(vocabulary, each)
    }
    found = [
        _box(vocabulary, node, layer, inverses)
        for layer in LAYERS
        for node in vocabulary.subjects(HYTE.layer, HYTE[f"{layer}Layer"])
    ]
    return tuple(sorted(found, key=lambda box: (LAYERS.index(box.layer), box.label, box.node.value)))


@cache
def vocabulary_in(language: str) -> Vocabulary:
    """The ontology of this version, in a language."""
    return Vocabulary(_triples(), language)


@cache
def _triples() -> tuple[Triple, ...]:
    file = data_folder("ontology") / "codes.ttl"
    codes = (quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE))
    return tuple(sorted((*ontology(), *codes), key=str))


def _box(vocabulary: Vocabulary, node: NamedNode, layer: str, inverses: AbstractSet[NamedNode]) -> Box:
    above = [each for each in vocabulary.objects(node, RDFS.subClassOf) if each.value.startswith(HYTE.iri)]
    label = " ⊑ ".join(vocabulary.label(each) for each in above[:1])
    used = {
        *vocabulary.subjects(RDFS.domain, node),
        *vocabulary.subjects(SCHEMA.domainIncludes, node),
    } - inverses
    links = (
        _link(vocabulary, each) for each in used if OWL.ObjectProperty in vocabulary.objects(each, RDF.type)
    )
    ordered = tuple(sorted(links, key=lambda link: (link.label, link.values)))
    return Box(node, layer, vocabulary.label(node), above[0] if above else None, label, ordered)


def is_inverse(vocabulary: Vocabulary, node: NamedNode) -> bool:
    """Whether the property only reads another one backwards."""
    return bool(vocabulary.objects(node, OWL.inverseOf))


def _link(vocabulary: Vocabulary, node: NamedNode) -> Link:
    [*values] = vocabulary.objects(node, RDFS.range)
    lists = [each for each in vocabulary.objects(node, RDFS.seeAlso) if each.value.startswith(HYTE.iri)]
    shown = [vocabulary.label(each) for each in lists or values]
    target = values[0] if values and values[0].value.startswith(HYTE.iri) else None
    label, said = vocabulary.label(node), ", ".join(shown)
    # A code list is often called what its property is called.
    return Link(label, said if said != label else "", target)


def layer_labels(language: str) -> dict[str, str]:
    """The names of the layers, from left to right."""
    vocabulary = vocabulary_in(language)
    return {layer: vocabulary.label(HYTE[f"{layer}Layer"]) for layer in LAYERS}


def rows(language: str) -> tuple[tuple[str, str, str, str, str], ...]:
    """The diagram as text: layer, class, class above, property, values; a class without properties has one row."""
    layers = layer_labels(language)
    return tuple(
        (layers[box.layer], box.label, box.above_label, link.label, link.values)
        for box in boxes(language)
        for link in box.links or (Link("", "", None),)
    )


def svg(language: Language) -> str:
    """The diagram as an SVG document with a title and a description."""
    layers = layer_labels(language)
    title = translate("ontology.diagram.title", language)
    description = translate("ontology.diagram.layers", language, layers=", ".join(layers.values()))
    return draw(boxes(language), layers, (title, description), language)
