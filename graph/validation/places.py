"""What people call a node, and the lines of a document that it was read from."""

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from hytegraph.graph.languages import Text
from hytegraph.graph.validation.engines import Node
from hytegraph.graph.validation.report import DocumentInfo
from hytegraph.graph.validation.shapes import texts
from hytegraph.graph.vocab import DCT, HYTE, OA, RDFS, SKOS

_LABELS = (SKOS.prefLabel, RDFS.label, DCT.title)


@dataclass(frozen=True, slots=True)
class Place:
    """The first lines that a node was read from; zeros for a whole document, '' when none is known."""

    document: str = ""
    line: int = 0
    line_end: int = 0


class Names:
    """Looks up labels and places in the quads of a dataset, whatever graphs they stand in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def label(self, node: Node | None) -> str:
        """The label of a node, in Finnish first; of a literal its text; else the end of its IRI."""
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, NamedNode):
            found = self.labels(node)
            return found.fi or found.in_language("en") or _short(node.value)
        return ""

    def labels(self, node: NamedNode) -> Text:
        """The labels of a node in the three languages."""
        for predicate in _LABELS:
            found = texts(self._objects(node, predicate))
            if found != Text():
                return found
        return Text()

    def place(self, *nodes: Node | None) -> Place:
        """The first place of the last node that has one: a passage found says more than its document."""
        for node in reversed(nodes):
            if isinstance(node, NamedNode) and (found := self._places(node)):
                return min(found, key=lambda place: (place.document, place.line, place.line_end))
        return Place()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents with their titles."""
        found = {
            (identifier.value, quad.subject.value): texts(self._objects(quad.subject, DCT.title))
            for quad in self._store.quads_for_pattern(None, DCT.identifier, None, None)
            if isinstance(quad.subject, NamedNode)
            for identifier in [quad.object]
            if isinstance(identifier, Literal)
        }
        return tuple(DocumentInfo(name, iri, title) for (name, iri), title in sorted(found.items()))

    def _places(self, node: NamedNode) -> set[Place]:
        passages = [node, *self._objects(node, HYTE.evidencedBy)]
        found = {
            Place(self._name(source), _number(line), self._end(passage))
            for passage in passages
            for source in self._objects(passage, OA.hasSource)
            for line in self._objects(passage, HYTE.lineStart)
        }
        return found or {
            Place(name) for document in self._documents_of(node) for name in self._names(document)
        }

    def _documents_of(self, node: NamedNode) -> list[object]:
        """The node itself, where it is a document, and the documents that carry it, where it is a plan."""
        carriers = self._store.quads_for_pattern(None, HYTE.carries, node, None)
        return [node, *{quad.subject for quad in carriers}]

    def _name(self, document: object) -> str:
        return min(self._names(document), default=str(document).strip("<>"))

    def _names(self, document: object) -> list[str]:
        return [name.value for name in self._objects(document, DCT.identifier) if isinstance(name, Literal)]

    def _end(self, passage: object) -> int:
        return max(map(_number, self._objects(passage, HYTE.lineEnd)), default=0)

    def _objects(self, subject: object, predicate: NamedNode) -> list[object]:
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        quads: list[Quad] = list(self._store.quads_for_pattern(subject, predicate, None, None))
        return sorted({quad.object for quad in quads}, key=str)


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) and term.value.isdigit() else 0


def _short(iri: str) -> str:
    """The telling end of an IRI: what follows `/id/`, or its local name."""
    return iri.partition("/id/")[2] or iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
