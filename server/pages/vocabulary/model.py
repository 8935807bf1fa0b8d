"""The model as the data fill it: the classes that have things, the relations between them, and how many there are.

Both are counted when the release is built. A relation is a property between two classes; its query lists its triples,
so it gives as many rows as are counted. Names are prefixed ones, such as `hyte:Goal`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import stored_query, with_prologue
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, OWL, PREFIXES, RDF
from hytegraph.server.catalogue.void import CLASS_COUNTS
from hytegraph.server.pages.vocabulary.diagram import LAYERS, is_inverse, layer_labels, vocabulary_in
from hytegraph.server.pages.vocabulary.drawing import Box, Link, draw
from hytegraph.server.text.links import curie
from hytegraph.server.text.messages import TEXTS, Language, translate
from hytegraph.server.text.numbers import whole

RELATION_COUNTS = "relation-counts"
COLUMNS = ("subjectClass", "property", "objectClass", "triples", "inferredTriples", "query")
_MEMBERS, _RELATION = stored_query(__name__, "members"), stored_query(__name__, "relation")
# The classes of standards that things have alone, and the layers in which they are drawn.
_OF_STANDARDS = {"org:Post": "organisation", "org:Role": "organisation", "sdgo:Goal": "claim"}
_PASSAGE = "hyte:Passage"


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
        return _filled(_RELATION, subject=self.subject, term=self.term, object=self.object)

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
        """A term in the reader's language; the name itself where we have no words for one of a standard."""
        if name.startswith("hyte:"):
            return vocabulary_in(self.language).label(_node(name))
        return translate(f"term.{name}", self.language) if f"term.{name}" in TEXTS else name

    def boxes(self) -> Iterator[Box]:
        """A box for each class that has things, by layer and name."""
        layers = _layers()
        for name in sorted(self.classes, key=lambda each: (LAYERS.index(layers[each]), self.label(each))):
            own = (each for each in self.relations if each.subject == name)
            links = sorted(map(self._link, own), key=lambda link: (link.label, link.values))
            href = _editor(_filled(_MEMBERS, subject=name))
            note = f" · {whole(self.classes[name], self.language)}"
            yield Box(_node(name), layers[name], self.label(name), None, "", tuple(links), note, href)

    def _link(self, relation: Relation) -> Link:
        """The relation as an arrow; everything has passages, so arrows to them would cover all others."""
        return Link(
            self.label(relation.term),
            self.label(relation.object),
            _node(relation.object),
            f" · {whole(relation.triples, self.language)}",
            relation.href,
            relation.inferred == relation.triples,
            relation.object == _PASSAGE,
        )

    def svg(self) -> str:
        """The drawing, to be put into a page."""
        layers = layer_labels(self.language)
        title = translate("model.title", self.language)
        description = translate("ontology.diagram.layers", self.language, layers=", ".join(layers.values()))
        return draw(tuple(self.boxes()), layers, (title, description), self.language)

    def rows(self) -> tuple[tuple[str | int, ...], ...]:
        """The relations as rows of COLUMNS."""
        return tuple((r.subject, r.term, r.object, r.triples, r.inferred, r.query) for r in self.relations)


def read_model(summaries: Summaries, language: Language) -> Model:
    """The classes and relations of the facts.

    Left out is what only reads a relation backwards, and what a rule restates in the words of a standard.
    """
    vocabulary, layers = vocabulary_in(language), _layers()
    inferred = _counted(summaries, "inferred")
    relations = []
    for (subject, term, target), triples in _counted(summaries, "all").items():
        by_rule = inferred.get((subject, term, target), 0)
        is_own = term.value.startswith(HYTE.iri)
        is_forward = OWL.ObjectProperty in vocabulary.objects(term, RDF.type) and not is_inverse(
            vocabulary, term
        )
        if is_forward if is_own else by_rule < triples:
            relations.append(
                Relation(curie(subject.value), curie(term.value), curie(target.value), triples, by_rule)
            )
    sizes = summaries.sums(CLASS_COUNTS, ("term",)).items()
    named = {curie(term.value): n for (term,), n in sizes if isinstance(term, NamedNode)}
    classes = {name: n for name, n in named.items() if name in layers}
    in_order = sorted(relations, key=lambda r: (LAYERS.index(layers[r.subject]), r.subject, r.term, r.object))
    return Model(classes, tuple(in_order), language)


def _counted(summaries: Summaries, part: str) -> dict[tuple[NamedNode, ...], int]:
    """The triples of each relation: of all facts, or of what rules inferred."""
    columns = ("subjectClass", "term", "objectClass")
    counted = summaries.sums(RELATION_COUNTS, columns, where={"part": Literal(part)})
    return {tuple(term for term in key if isinstance(term, NamedNode)): n for key, n in counted.items()}


@cache
def _layers() -> dict[str, str]:
    """The layer of each class that is shown."""
    vocabulary = vocabulary_in("en")
    own = {
        curie(node.value): layer
        for layer in LAYERS
        for node in vocabulary.subjects(HYTE.layer, HYTE[f"{layer}Layer"])
    }
    return own | _OF_STANDARDS


def _node(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _filled(query: str, **names: str) -> str:
    """The query with prefixed names in the place of `<urn:…>`."""
    for place, name in names.items():
        query = query.replace(f"<urn:{place}>", name)
    return with_prologue(query)


def _editor(query: str) -> str:
    return "/sparql?" + urlencode({"query": query})
