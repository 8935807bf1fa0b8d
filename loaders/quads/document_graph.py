"""The graph of one document as it is written: statements in its language, periods, places, the organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.iris import Iris
from hytegraph.graph.periods import parse_period
from hytegraph.graph.vocab import DCT, HYTE, ORG, RDF, RDFS, SKOS, XSD
from hytegraph.loaders.documents.folder import Source
from hytegraph.loaders.documents.slugs import Registry
from hytegraph.loaders.kinds.kind import Kind
from hytegraph.loaders.quads.languages import languages_of
from hytegraph.loaders.quads.periods import open_period_facts, period_facts
from hytegraph.loaders.quads.places import FilePlaces


@dataclass(slots=True)
class DocumentGraph:
    """Collects the quads of one document; the organisation's go to a graph of their own."""

    source: Source
    kind: Kind
    iris: Iris
    registry: Registry
    quads: set[Quad] = field(default_factory=set)
    language: str = field(init=False)
    places: FilePlaces = field(init=False)
    _languages: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.language = self.source.entry.language
        self.places = FilePlaces(self.source.text.placed)
        self._languages = languages_of(self.source.tables)

    @property
    def slug(self) -> str:
        """The document's readable name."""
        return self.source.entry.slug

    @property
    def document(self) -> NamedNode:
        """The document's IRI."""
        return self.iris.thing("document", self.slug)

    def language_of(self, words: str) -> str:
        """The language of an aim, goal or priority: that of the measures' rows that name it, else the document's."""
        return self._languages.get(words, self.source.entry.language)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | str) -> None:
        """State something in the document's graph; a plain string is text in the row's language, '' is left out."""
        if value == "":
            return
        term = Literal(value, language=self.language) if isinstance(value, str) else value
        self.quads.add(Quad(subject, predicate, term, self.iris.document_graph(self.slug)))

    def add_organisation(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | str
    ) -> None:
        """State something in the graph of the organisation."""
        term = Literal(value, language=self.language) if isinstance(value, str) else value
        self.quads.add(Quad(subject, predicate, term, self.iris.graph("organisation")))

    def integer(self, subject: NamedNode, predicate: NamedNode, value: int) -> None:
        """State a whole number."""
        self.add(subject, predicate, Literal(str(value), datatype=XSD.integer))

    def add_period(self, subject: NamedNode, predicate: NamedNode, notation: str) -> None:
        """State a period of a thing; '' states none."""
        if notation:
            self.add(subject, predicate, self._period(notation))

    def _period(self, notation: str) -> NamedNode:
        """The IRI of a period, described in the document's graph."""
        period = parse_period(notation)
        return self._described(self.iris.shared("period", period.slug), period_facts(period))

    def period_from(self, start: str) -> NamedNode:
        """The IRI of the period that begins on a day (ISO) and whose end the documents do not tell."""
        return self._described(self.iris.shared("period", f"from-{start}"), open_period_facts(start))

    def _described(
        self, node: NamedNode, facts: Iterable[tuple[NamedNode, NamedNode | Literal]]
    ) -> NamedNode:
        for predicate, value in facts:
            self.add(node, predicate, value)
        return node

    def place(self, node: NamedNode, line: int) -> int:
        """State where in its file a thing begins that begins on a line; gives the column of the table there, else 0."""
        found = self.places.of_line(line)
        if found is None:
            return 0
        place, column = found
        self.add(
            node, HYTE.place, self._described(self.iris.thing("place", self.slug, place.slug), place.facts())
        )
        return column

    def organisation_node(
        self, path: Sequence[str], type_: NamedNode, label: str, parent: NamedNode | None
    ) -> NamedNode:
        """A unit, body, post or party with its label and the unit it belongs to."""
        node = self.iris.thing(*path)
        self.add_organisation(node, RDF.type, type_)
        self.add_organisation(
            node, SKOS.prefLabel if type_ == HYTE.ResponsibilityScope else RDFS.label, label
        )
        if parent:
            self.add_organisation(node, ORG.unitOf, parent)
        return node

    @property
    def municipality(self) -> NamedNode:
        """The town as an organisation."""
        return NamedNode(f"{self.iris.base}id/{self.iris.town}")

    @property
    def area(self) -> NamedNode:
        """The town as a territory."""
        return self.iris.thing("area")

    def title(self, node: NamedNode, text: str, language: str = "fi") -> None:
        """Give a document or plan its title."""
        self.add(node, DCT.title, Literal(text, language=language))
