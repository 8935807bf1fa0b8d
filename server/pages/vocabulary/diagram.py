"""A class diagram of the ontology as SVG, and the same content as rows of text for those who do not see it.

Everything comes from the ontology: layers by `hyte:layer`, boxes by class, the lines of a box by the object properties
whose domain, or `schema:domainIncludes`, is the class. The same ontology gives the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hytegraph.graph.resources import data_folder, ontology
from hytegraph.graph.vocab import HYTE, OWL, RDF, RDFS, SCHEMA, SKOS
from hytegraph.server.text.messages import Language, translate

LAYERS = ("document", "plan", "execution", "measurement", "organisation", "claim")
_WIDTH, _LINE, _PAD, _GAP, _COLUMN_GAP, _TOP = 330, 16, 8, 22, 70, 64
_CHARACTERS = 54
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}" viewBox="0 0 {width} {height}" '
    'width="{width}" height="{height}" aria-labelledby="diagram-title diagram-description" '
    'font-family="sans-serif" font-size="12">'
)
_ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0,0 L8,4 L0,8 z" fill="#4a5568"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class Link:
    """A property of a class, by label, and what its values are, by label and class where it is one."""

    label: str
    values: str
    target: NamedNode | None


@dataclass(frozen=True, slots=True)
class Box:
    """A class with its layer, the class above it and its properties."""

    node: NamedNode
    layer: str
    label: str
    above: NamedNode | None
    above_label: str
    links: tuple[Link, ...]

    @property
    def height(self) -> int:
        """How tall the box is drawn."""
        return 2 * _PAD + _LINE * (1 + len(self.links) + bool(self.above_label))


@dataclass(frozen=True, slots=True)
class _Place:
    x: int
    y: int
    height: int


class _Vocabulary:
    """The ontology and its code lists, looked up in one language."""

    def __init__(self, triples: Iterable[Triple], language: str) -> None:
        self._language = language
        self._objects: dict[tuple[NamedNode, NamedNode], list[NamedNode | Literal]] = {}
        self._subjects: dict[tuple[NamedNode, NamedNode], list[NamedNode]] = {}
        for triple in sorted(triples, key=str):
            subject, term = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(term, NamedNode | Literal):
                self._objects.setdefault((subject, triple.predicate), []).append(term)
                if isinstance(term, NamedNode):
                    self._subjects.setdefault((triple.predicate, term), []).append(subject)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [term for term in self._objects.get((subject, predicate), ()) if isinstance(term, NamedNode)]

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
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
    vocabulary = _Vocabulary((*ontology(), *_codes()), language)
    found = [
        _box(vocabulary, node, layer)
        for layer in LAYERS
        for node in vocabulary.subjects(HYTE.layer, HYTE[f"{layer}Layer"])
    ]
    return tuple(sorted(found, key=lambda box: (LAYERS.index(box.layer), box.label, box.node.value)))


@cache
def _codes() -> tuple[Triple, ...]:
    file = data_folder("ontology") / "codes.ttl"
    return tuple(quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE))


def _box(vocabulary: _Vocabulary, node: NamedNode, layer: str) -> Box:
    above = [each for each in vocabulary.objects(node, RDFS.subClassOf) if each.value.startswith(HYTE.iri)]
    label = " ⊑ ".join(vocabulary.label(each) for each in above[:1])
    inverses = {
        each for each in vocabulary.subjects(RDF.type, OWL.ObjectProperty) if _is_inverse(vocabulary, each)
    }
    used = {
        *vocabulary.subjects(RDFS.domain, node),
        *vocabulary.subjects(SCHEMA.domainIncludes, node),
    } - inverses
    links = (
        _link(vocabulary, each) for each in used if OWL.ObjectProperty in vocabulary.objects(each, RDF.type)
    )
    ordered = tuple(sorted(links, key=lambda link: (link.label, link.values)))
    return Box(node, layer, vocabulary.label(node), above[0] if above else None, label, ordered)


def _is_inverse(vocabulary: _Vocabulary, node: NamedNode) -> bool:
    """Whether the property only reads another one backwards."""
    return bool(vocabulary.objects(node, OWL.inverseOf))


def _link(vocabulary: _Vocabulary, node: NamedNode) -> Link:
    [*values] = vocabulary.objects(node, RDFS.range)
    lists = [each for each in vocabulary.objects(node, RDFS.seeAlso) if each.value.startswith(HYTE.iri)]
    shown = [vocabulary.label(each) for each in lists or values]
    target = values[0] if values and values[0].value.startswith(HYTE.iri) else None
    label, said = vocabulary.label(node), ", ".join(shown)
    # A code list is often called what its property is called.
    return Link(label, said if said != label else "", target)


def layer_labels(language: str) -> dict[str, str]:
    """The names of the layers, from left to right."""
    vocabulary = _Vocabulary(_codes(), language)
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
    drawn, layers = boxes(language), layer_labels(language)
    places = _places(drawn)
    title = translate("ontology.diagram.title", language)
    description = translate("ontology.diagram.layers", language, layers=", ".join(layers.values()))
    width = len(LAYERS) * (_WIDTH + _COLUMN_GAP) + _COLUMN_GAP
    height = max(place.y + place.height for place in places.values()) + _GAP
    parts = [
        _SVG.format(language=language, width=width, height=height),
        f'<title id="diagram-title">{escape(title)}</title>',
        f'<desc id="diagram-description">{escape(description)}</desc>',
        _ARROW,
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_layer(number, name) for number, name in enumerate(layers.values())),
        *(_edge(box, link, places) for box in drawn for link in box.links if link.target in places),
        *(_drawn(box, places[box.node]) for box in drawn),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _places(drawn: Sequence[Box]) -> dict[NamedNode, _Place]:
    """Where each box stands: a column per layer, from the top down."""
    places: dict[NamedNode, _Place] = {}
    bottoms = dict.fromkeys(LAYERS, _TOP)
    for box in drawn:
        x = _COLUMN_GAP + LAYERS.index(box.layer) * (_WIDTH + _COLUMN_GAP)
        places[box.node] = _Place(x, bottoms[box.layer], box.height)
        bottoms[box.layer] += box.height + _GAP
    return places


def _layer(number: int, name: str) -> str:
    x = _COLUMN_GAP + number * (_WIDTH + _COLUMN_GAP)
    return f'<text x="{x}" y="36" font-size="18" font-weight="bold" fill="#1a365d">{escape(name)}</text>'


def _edge(box: Box, link: Link, places: dict[NamedNode, _Place]) -> str:
    assert link.target
    start, end = places[box.node], places[link.target]
    y1 = start.y + _PAD + _LINE * (1 + bool(box.above_label) + box.links.index(link)) + _LINE // 2
    y2 = end.y + _PAD + _LINE // 2
    rightwards = end.x > start.x
    x1 = start.x + _WIDTH if end.x >= start.x else start.x
    x2 = end.x if rightwards else end.x + _WIDTH
    bend = _COLUMN_GAP - 12
    c1, c2 = x1 + (bend if end.x >= start.x else -bend), x2 + (-bend if rightwards else bend)
    return (
        f'<path d="M{x1},{y1} C{c1},{y1} {c2},{y2} {x2},{y2}" fill="none" stroke="#718096" stroke-width="1" '
        f'marker-end="url(#arrow)"><title>{escape(f"{box.label}: {link.label} → {link.values}")}</title></path>'
    )


def _drawn(box: Box, place: _Place) -> str:
    lines = [f'<tspan font-weight="bold">{escape(box.label)}</tspan>']
    if box.above_label:
        lines.append(f'<tspan fill="#4a5568">⊑ {escape(box.above_label)}</tspan>')
    lines += [
        escape(_cut(f"{link.label} → {link.values}" if link.values else link.label)) for link in box.links
    ]
    texts = "".join(
        f'<text x="{place.x + _PAD}" y="{place.y + _PAD + 12 + number * _LINE}" fill="#1a202c">{line}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<g><rect x="{place.x}" y="{place.y}" width="{_WIDTH}" height="{place.height}" rx="4" fill="#f7fafc" '
        f'stroke="#2b6cb0"/>{texts}</g>'
    )


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"
