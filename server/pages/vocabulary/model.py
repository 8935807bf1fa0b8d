"""The model as the data fill it: the classes that have things, the relations between them, and how many there are.

Both are counted when the release is built. A relation is a property between two classes; its query lists its triples,
so it gives as many rows as are counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, OWL, RDF
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.pages.vocabulary.diagram import LAYERS, Vocabulary, is_inverse, layer_labels
from hytegraph.server.pages.vocabulary.drawing import Box, Link, draw
from hytegraph.server.text.messages import Language, translate

RELATION_COUNTS = "relation-counts"
COLUMNS = ("subjectClass", "property", "objectClass", "triples", "inferredTriples", "query")
_MEMBERS, _RELATION = stored_query(__name__, "members"), stored_query(__name__, "relation")


@dataclass(frozen=True, slots=True)
class Relation:
    """A property between things of two classes, by their names, with its triples and those that a rule inferred."""

    subject: str
    term: str
    object: str
    triples: int
    inferred: int

    @property
    def query(self) -> str:
        """The query that lists it."""
        named = _RELATION.replace("SUBJECT", self.subject).replace("TERM", self.term)
        return named.replace("OBJECT", self.object)

    @property
    def href(self) -> str:
        """The editor with the query and its answer."""
        return _editor(self.query)


@dataclass(frozen=True, slots=True)
class Model:
    """How many things each class has, and the relations in the order of layers and names."""

    classes: Mapping[str, int]
    relations: tuple[Relation, ...]
    language: Language

    def label(self, name: str) -> str:
        """A term in the reader's language."""
        return _vocabulary(self.language).label(HYTE[name])

    def boxes(self) -> Iterator[Box]:
        """A box for each class that has things, by layer and name."""
        vocabulary = _vocabulary(self.language)
        for layer in LAYERS:
            names = (_name(node) for node in vocabulary.subjects(HYTE.layer, HYTE[f"{layer}Layer"]))
            for name in sorted((name for name in names if name in self.classes), key=self.label):
                own = (each for each in self.relations if each.subject == name)
                links = sorted(map(self._link, own), key=lambda link: (link.label, link.values))
                href = _editor(_MEMBERS.replace("SUBJECT", name))
                note = f" · {self.classes[name]}"
                yield Box(HYTE[name], layer, self.label(name), None, "", tuple(links), note, href)

    def _link(self, relation: Relation) -> Link:
        """The relation as an arrow; everything has passages, so arrows to them would cover all others."""
        return Link(
            self.label(relation.term),
            self.label(relation.object),
            HYTE[relation.object],
            f" · {relation.triples}",
            relation.href,
            relation.inferred == relation.triples,
            relation.object == _name(HYTE.Passage),
        )

    def svg(self) -> str:
        """The drawing, to be put into a page."""
        layers = layer_labels(self.language)
        title = translate("model.title", self.language)
        description = translate("ontology.diagram.layers", self.language, layers=", ".join(layers.values()))
        return draw(tuple(self.boxes()), layers, (title, description), self.language)

    def rows(self) -> tuple[tuple[str | int, ...], ...]:
        """The relations as rows of COLUMNS."""
        return tuple(
            (*(f"hyte:{name}" for name in (r.subject, r.term, r.object)), r.triples, r.inferred, r.query)
            for r in self.relations
        )


def read_model(summaries: Summaries, language: Language) -> Model:
    """The classes and relations of the facts; what only reads a relation backwards is left out."""
    vocabulary = _vocabulary(language)
    inferred = _relations(summaries, "inferred")
    relations = (
        Relation(
            _name(subject), _name(term), _name(target), triples, inferred.get((subject, term, target), 0)
        )
        for (subject, term, target), triples in _relations(summaries, "all").items()
        if OWL.ObjectProperty in vocabulary.objects(term, RDF.type) and not is_inverse(vocabulary, term)
    )
    sizes = summaries.sums(CLASS_COUNTS, ("term",)).items()
    own = {
        _name(term): n
        for (term,), n in sizes
        if isinstance(term, NamedNode) and term.value.startswith(HYTE.iri)
    }
    layers = {
        _name(node): place
        for place, layer in enumerate(LAYERS)
        for node in vocabulary.subjects(HYTE.layer, HYTE[f"{layer}Layer"])
    }
    in_order = sorted(
        relations, key=lambda each: (layers[each.subject], each.subject, each.term, each.object)
    )
    return Model(own, tuple(in_order), language)


def _relations(summaries: Summaries, part: str) -> dict[tuple[NamedNode, ...], int]:
    """The triples of each relation: of all facts, or of what rules inferred."""
    columns = ("subjectClass", "term", "objectClass")
    counted = summaries.sums(RELATION_COUNTS, columns, where={"part": Literal(part)})
    return {tuple(term for term in key if isinstance(term, NamedNode)): n for key, n in counted.items()}


@cache
def _vocabulary(language: Language) -> Vocabulary:
    return Vocabulary.of(language)


def _name(node: NamedNode) -> str:
    return node.value.removeprefix(HYTE.iri)


def _editor(query: str) -> str:
    return "/sparql?" + urlencode({"query": query})
