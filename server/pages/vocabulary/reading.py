"""What the documentation of the ontology shows: its header, its terms by layer, its code lists, its alignments."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, OWL, RDF, RDFS, SCHEMA, SKOS, VANN
from hytegraph.server.catalogue.about import ONTOLOGY
from hytegraph.server.pages.vocabulary.diagram import LAYERS
from hytegraph.server.pages.vocabulary.terms import Facts, TermEntry, entry_of
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language

FACTS = stored_query(__name__, "graph-facts")
VERSION = stored_query(__name__, "version")
CORE, CODES, SDG, ALIGNMENTS = "ontology", "vocabulary", "vocabulary/sdg", "alignments"
# The terms that no class of a layer uses, such as those that annotate other terms.
SHARED = "shared"
CLASS, PROPERTY, OTHER = "classes", "properties", "others"
_PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_MATCHES = tuple(SKOS[f"{name}Match"] for name in ("exact", "close", "broad", "narrow", "related"))
_OUTSIDE = {
    "http://metadata.un.org/sdg/ontology#": "UN SDG",
    "https://ontology.commonapproach.org/cids#": "CIDS 3",
    "urn:ISO:std:iso:17469:tech:xsd:stratml_core#": "StratML (ISO 17469)",
    "http://ontology.eil.utoronto.ca/ISO21972/iso21972#": "ISO 21972",
    "http://data.vlaanderen.be/ns/besluit#": "OSLO Besluit",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the model (`shared` for the terms outside all): groups of terms by the key of their heading."""

    key: str
    label: str
    definition: Link
    groups: tuple[tuple[str, tuple[TermEntry, ...]], ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A concept scheme and its concepts."""

    scheme: TermEntry
    concepts: tuple[TermEntry, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A term of the ontology, how it compares, and the outside term with its vocabulary."""

    term: Link
    relation: Link
    outside: Link
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the ontology says of itself."""

    title: Link
    version: str
    version_iri: str
    licence: str
    descriptions: tuple[Link, ...]
    creator: str
    modified: str
    prefix: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole documentation in one language."""

    header: Header
    layers: tuple[Layer, ...]
    codes: tuple[CodeList, ...]
    alignments: tuple[Alignment, ...]
    alignments_note: Link


@lru_cache(maxsize=8)
def rows_of(dataset: Dataset, base: str, *names: str) -> tuple[Row, ...]:
    """The statements of the common graphs of those names, a query for each."""
    return tuple(
        row for name in names for row in dataset.select(FACTS, graph=NamedNode(f"{base}graph/{name}"))
    )


@lru_cache(maxsize=6)
def _facts(dataset: Dataset, base: str, language: Language) -> Facts:
    """The ontology and its code lists."""
    return Facts((*rows_of(dataset, base, CORE), *rows_of(dataset, base, CODES)), base, language)


@lru_cache(maxsize=6)
def read_ontology(dataset: Dataset, base: str, language: Language) -> Ontology | None:
    """The documentation in that language; None if the data hold no ontology."""
    if not rows_of(dataset, base, CORE):
        return None
    facts = _facts(dataset, base, language)
    outside = Facts(rows_of(dataset, base, ALIGNMENTS), base, language)
    return Ontology(
        header=_header(facts),
        layers=_layers(facts),
        codes=_codes(facts),
        alignments=tuple(_alignments(facts, outside)),
        alignments_note=outside.text(NamedNode(f"{ONTOLOGY.value}/alignments"), DCT.description),
    )


@lru_cache(maxsize=6)
def unused_terms(
    dataset: Dataset, base: str, language: Language, used: frozenset[NamedNode]
) -> frozenset[str]:
    """The names of classes and properties that no fact of the data uses, nor a term below them.

    They are the same in each language; it says only which reading of the ontology is there already.
    """
    facts = _facts(dataset, base, language)

    def is_used(node: NamedNode) -> bool:
        below = (*facts.subjects(RDFS.subClassOf, node), *facts.subjects(RDFS.subPropertyOf, node))
        return node in used or any(is_used(each) for each in below)

    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    terms = (node for node in _own(facts) if kinds & set(facts.named(node, RDF.type)))
    return frozenset(node.value.removeprefix(HYTE.iri) for node in terms if not is_used(node))


def version_of(dataset: Dataset, base: str) -> str:
    """The version of the ontology in the data; empty where there is none."""
    rows = dataset.select(VERSION, graph=NamedNode(f"{base}graph/{CORE}"))
    return next((row.text("version") for row in rows), "")


def _header(facts: Facts) -> Header:
    return Header(
        title=facts.text(ONTOLOGY, DCT.title),
        version=facts.first(ONTOLOGY, OWL.versionInfo),
        version_iri=facts.first(ONTOLOGY, OWL.versionIRI),
        licence=facts.first(ONTOLOGY, DCT.license),
        descriptions=tuple(
            text for each in (DCT.description, DCT.abstract) if (text := facts.text(ONTOLOGY, each)).text
        ),
        creator=facts.first(ONTOLOGY, DCT.creator),
        modified=facts.first(ONTOLOGY, DCT.modified),
        prefix=facts.first(ONTOLOGY, VANN.preferredNamespacePrefix) or "hyte",
        namespace=HYTE.iri,
    )


def _own(facts: Facts) -> Iterable[NamedNode]:
    return (node for node in facts.nodes if node.value.startswith(HYTE.iri))


def _group(facts: Facts, node: NamedNode) -> str:
    types = facts.named(node, RDF.type)
    if OWL.Class in types:
        return CLASS
    return PROPERTY if any(each in types for each in _PROPERTY_TYPES) else OTHER


def _layers(facts: Facts) -> tuple[Layer, ...]:
    members: dict[str, dict[str, list[TermEntry]]] = {}
    coded = {SKOS.Concept, SKOS.ConceptScheme}
    for node in _own(facts):
        if not coded & set(facts.named(node, RDF.type)):
            layer, group = _layer_of(facts, node), _group(facts, node)
            members.setdefault(layer, {}).setdefault(group, []).append(entry_of(facts, node))
    return tuple(_layer(facts, key, members[key]) for key in (*LAYERS, SHARED) if key in members)


def _layer(facts: Facts, key: str, groups: dict[str, list[TermEntry]]) -> Layer:
    node = HYTE[f"{key}Layer"]
    known = key != SHARED and bool(facts.objects(node, SKOS.prefLabel))
    ordered = tuple(
        (group, tuple(sorted(groups[group], key=lambda entry: entry.name.casefold())))
        for group in (CLASS, PROPERTY, OTHER)
        if group in groups
    )
    return Layer(
        key, facts.labels.link(node).text if known else "", facts.text(node, SKOS.definition), ordered
    )


def _layer_of(facts: Facts, node: NamedNode, depth: int = 0) -> str:
    """The layer of a class, of the classes a property is used on, or of the property it is read from."""
    layers = facts.named(node, HYTE.layer)
    if not layers:
        users = (*facts.named(node, RDFS.domain), *facts.named(node, SCHEMA.domainIncludes))
        layers = [layer for user in users for layer in facts.named(user, HYTE.layer)]
    names = [layer.value.removeprefix(HYTE.iri).removesuffix("Layer") for layer in layers]
    found = [name for name in LAYERS if name in names]
    if found or depth > 2:
        return found[0] if found else SHARED
    related = (*facts.named(node, OWL.inverseOf), *facts.named(node, RDFS.subPropertyOf))
    above = (_layer_of(facts, each, depth + 1) for each in related)
    return next((name for name in above if name != SHARED), SHARED)


def _codes(facts: Facts) -> tuple[CodeList, ...]:
    schemes = [node for node in _own(facts) if SKOS.ConceptScheme in facts.named(node, RDF.type)]
    return tuple(
        CodeList(
            entry_of(facts, scheme),
            tuple(entry_of(facts, each) for each in facts.subjects(SKOS.inScheme, scheme)),
        )
        for scheme in schemes
    )


def _alignments(facts: Facts, outside: Facts) -> Iterable[Alignment]:
    for node in sorted(outside.nodes, key=lambda node: node.value):
        for relation in _MATCHES:
            for other in outside.named(node, relation):
                space = next((each for each in _OUTSIDE if other.value.startswith(each)), "")
                name = other.value.removeprefix(space)
                href = other.value if other.value.startswith("http") else None
                yield Alignment(
                    facts.labels.link(node),
                    facts.labels.link(relation),
                    Link(name, "", href, outside=True),
                    _OUTSIDE.get(space, ""),
                )
