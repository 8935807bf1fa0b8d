"""What links are suggested for, read from the quads of a document folder: elements, and table rows in their order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from hytegraph.graph.iris import slug_of
from hytegraph.graph.vocab import DCT, HYTE, OA, ORG, RDF, RDFS, SKOS
from hytegraph.loaders.documents.folder import Folder
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.links.link import LinkEnd
from hytegraph.loaders.quads.rows import party_node
from hytegraph.loaders.quads.steps import folder_writers
from hytegraph.loaders.quads.writer import Writer

_KINDS = {
    HYTE.StrategicAim: "aim",
    HYTE.Goal: "goal",
    HYTE.HytePriority: "priority",
    HYTE.Measure: "measure",
    HYTE.StrategicProject: "project",
    HYTE.Realisation: "realisation",
    HYTE.Indicator: "indicator",
    ORG.Post: "post",
    HYTE.Sector: "sector",
    HYTE.ResultArea: "resultArea",
}
_PLACED = re.compile(r"/(?:aim|goal|priority)/([^/]+)/[^/]+$")


@dataclass(frozen=True, slots=True)
class RowItems:
    """A row of a measure table: the items of its cells, each in the order in which the cell gives them."""

    id: str
    sector: str
    measures: tuple[LinkEnd, ...]
    indicators: tuple[LinkEnd, ...]
    realisations: tuple[LinkEnd, ...]
    responsible: tuple[LinkEnd, ...]
    schedules: tuple[LinkEnd, ...]
    evidence: str


class TownGraph:
    """The quads of one town's folder in a store, with CURIEs for its things."""

    def __init__(self, quads: Iterable[Quad], base: str, town: str) -> None:
        self.base, self.town = base, town
        self._store = Store()
        self._store.extend(quads)

    def values(self, subject: str, predicate: NamedNode) -> list[str]:
        """The values of a property as text, sorted."""
        quads = self._store.quads_for_pattern(NamedNode(subject), predicate, None)
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)})

    def value(self, subject: str, *path: NamedNode) -> str:
        """The first value at the end of a path of properties, '' where there is none."""
        for predicate in path:
            values = self.values(subject, predicate)
            if not values:
                return ""
            subject = values[0]
        return subject

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[str]:
        """The things that have this value of a property, sorted."""
        quads = self._store.quads_for_pattern(None, predicate, value)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})

    def knows(self, iri: str) -> bool:
        """Whether something is said of the thing."""
        return bool(self.values(iri, RDF.type))

    def curie(self, iri: str) -> str:
        """The CURIE of a thing of the town."""
        return f"{self.town}:{iri.removeprefix(f'{self.base}id/{self.town}/')}" if iri else ""

    def iri(self, curie: str) -> str:
        """The IRI of a CURIE of the town."""
        return f"{self.base}id/{self.town}/{curie.removeprefix(f'{self.town}:')}"

    def document(self, name: str) -> str:
        """The IRI of a document, '' for an unknown name."""
        quads = self._store.quads_for_pattern(None, DCT.identifier, Literal(name))
        return next((quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)), "")

    def passages(self, iri: str) -> list[str]:
        """The passages a thing rests on, in the order of their documents and lines."""
        return sorted(self.values(iri, HYTE.evidencedBy), key=self._place)

    def lines(self, passage: str) -> str:
        """A passage as `{document name}:L12-L14`."""
        document, first, last = self._place(passage)[:3]
        return f"{document}:L{first}" + (f"-L{last}" if last != first else "")

    def evidence(self, iri: str) -> str:
        """The passages of a thing as written in link tables."""
        return " ".join(dict.fromkeys(map(self.lines, self.passages(iri))))

    def _place(self, passage: str) -> tuple[str, int, int, str]:
        return (
            self.value(passage, OA.hasSource, DCT.identifier),
            int(self.value(passage, HYTE.lineStart) or 0),
            int(self.value(passage, HYTE.lineEnd) or 0),
            passage,
        )

    def label(self, iri: str) -> str:
        """How a thing is called; '' for none."""
        if not iri:
            return ""
        return self.value(iri, RDFS.label) or self.value(iri, SKOS.prefLabel) or self.value(iri, DCT.title)

    def element(self, iri: str, kind: str) -> LinkEnd:
        """A thing as an element."""
        placed = _PLACED.search(iri)
        rows = self.subjects(HYTE.rowMeasure, NamedNode(iri))
        plans = (self.value(iri, way) for way in (HYTE.inPlan, HYTE.reportedUnder))
        period = self.value(next(filter(None, plans), iri), HYTE.nominalPeriod, SKOS.notation)
        return LinkEnd(
            id=self.curie(iri),
            kind=kind,
            text=self.label(iri),
            period=placed[1] if placed else period,
            sector=self.label(self.value(rows[0], HYTE.rowSector)) if rows else "",
            aims=self._aims(iri),
            evidence=self.evidence(iri),
        )

    def _aims(self, iri: str) -> tuple[str, ...]:
        """The aims that a thing stands under, supports through its goals, or reports on."""
        aims = self.values(iri, HYTE.underAim) or self.values(iri, HYTE.reportsOnAim)
        goals = () if aims else self.values(iri, HYTE.supportsGoal)
        return tuple(sorted({*map(self.curie, aims), *(aim for goal in goals for aim in self._aims(goal))}))

    def elements(self, *kinds: str) -> tuple[LinkEnd, ...]:
        """The things of some kinds as elements; a key project is a project and no measure."""
        projects = set(self.subjects(RDF.type, HYTE.StrategicProject))
        return tuple(
            self.element(iri, kind)
            for type_, kind in _KINDS.items()
            if kind in kinds
            for iri in self.subjects(RDF.type, type_)
            if kind != "measure" or iri not in projects
        )


@dataclass(frozen=True, slots=True)
class Material:
    """All that suggestions for one town are made from."""

    graph: TownGraph
    rows: tuple[RowItems, ...]


def read_material(folder: Folder, base: str) -> Material:
    """The graph and table rows of a document folder of one town."""
    made = folder_writers(folder, base)
    town = slug_of(folder.sources[0].entry.town)
    graph = TownGraph((quad for writer in made for quad in writer.quads), base, town)
    return Material(graph, tuple(row for writer in made for row in _rows(writer, graph)))


def _rows(writer: Writer, graph: TownGraph) -> Iterator[RowItems]:
    members: dict[str, list[Row]] = {}
    for row in writer.rows("measures"):
        members.setdefault(row["row"], []).append(row)
    for name, rows in members.items():
        node = writer.row_thing("row", name).value
        yield RowItems(
            id=graph.curie(node),
            sector=graph.curie(graph.value(node, HYTE.rowSector)),
            measures=tuple(each for row in rows for each in _items(writer, graph, row, "measure")),
            indicators=_items(writer, graph, rows[0], "indicator"),
            realisations=_items(writer, graph, rows[0], "realisation"),
            responsible=tuple(_parties(writer, graph, rows[0])),
            schedules=tuple(_schedules(writer, graph, rows[0])),
            evidence=graph.evidence(node),
        )


def _items(writer: Writer, graph: TownGraph, row: Row, column: str) -> tuple[LinkEnd, ...]:
    count = len(row.values(column))
    nodes = (writer.row_thing(column, row.id, number).value for number in range(1, count + 1))
    return tuple(graph.element(node, column) for node in nodes)


def _parties(writer: Writer, graph: TownGraph, row: Row) -> Iterator[LinkEnd]:
    for name, passages in writer.cell("measures", row, "responsible"):
        node = party_node(writer, name)
        if node is None:
            continue
        lines = " ".join(graph.lines(passage.value) for passage in passages)
        yield LinkEnd(graph.curie(node.value), "responsible", name, evidence=lines)


def _schedules(writer: Writer, graph: TownGraph, row: Row) -> Iterator[LinkEnd]:
    for text, passages in writer.cell("measures", row, "schedule"):
        passage = passages[0].value
        yield LinkEnd(graph.curie(passage), "schedule", text, evidence=graph.lines(passage))
