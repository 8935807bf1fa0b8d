"""Writes the quads of one document: nodes with their evidence, passages with their selectors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.errors import TableError
from hytegraph.graph.vocab import DCT, HYTE, OA, RDF, RDFS, SKOS
from hytegraph.loaders.documents.citations import Location, location
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.documents.table_kinds import AMBIGUOUS
from hytegraph.loaders.documents.tables import Row, Table
from hytegraph.loaders.identity.rows import ThingKey, name_things
from hytegraph.loaders.quads.document_graph import DocumentGraph
from hytegraph.loaders.quads.grounds import STATED, Ground, strongest, together
from hytegraph.loaders.quads.places import PDF_FRAGMENTS
from hytegraph.loaders.quads.quotes import spaced_as

# What a table's rows are read from: the words themselves, or the layout that was lost with the page.
LAYOUT_TABLES = frozenset({"measures", "figures", "amendments", "citations"})
PASSAGE_KINDS = {
    "aims": "heading",
    "units": "heading",
    "figures": "figureRow",
    "amendments": "figureRow",
    "narratives": "narrative",
    "realisations": "narrative",
    "decisions": "decisionPassage",
}


_SINGULAR = {"aims": "aim", "goals": "goal", "priorities": "priority"}


@dataclass(slots=True)
class Writer(DocumentGraph):
    """Writes what the rows of a document state, each with its passages and what it rests on."""

    at: tuple[str, str] = ("", "-")
    _quotes: dict[NamedNode, str] = field(default_factory=dict)
    _names: dict[ThingKey, str] = field(default_factory=dict)
    _grounds: dict[NamedNode, list[Ground]] = field(default_factory=dict)
    _units: dict[NamedNode, Ground] = field(default_factory=dict)
    _named: set[NamedNode] = field(default_factory=set)
    _offsets: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        DocumentGraph.__post_init__(self)
        offset = 0
        for line in self.source.text.lines:
            self._offsets.append(offset)
            offset += len(line) + 1

    def row_thing(self, type_: str, row_id: str, number: int = 0, *within: str) -> NamedNode:
        """The IRI of what a row states: number 1, 2 … of the values of its cell, 0 where the row states one thing.

        `within` are the segments of the path between document and name.
        """
        if not self._names:
            self._names = name_things(self.slug, self.source.tables, self.registry)
        return self.iris.thing(type_, self.slug, *within, self._names[type_, row_id, number])

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, none where the document has none.

        `at` is the table and row that is being written, `language` that of the row.
        """
        found, before = self.source.tables.get(table), self.language
        try:
            for row in found.rows if found else ():
                self.at = (table, row.id)
                self.language = row["language"] or self.language_of(row[_SINGULAR.get(table, table)])
                yield row
        finally:
            self.language = before

    def table(self, name: str) -> Table | None:
        """A table of the document."""
        return self.source.tables.get(name)

    def basis(self, table: str, row: Row) -> NamedNode:
        """What a row rests on: a person's correction, the layout, or the words."""
        if (table, row.id) in self.source.corrected:
            return HYTE.curatorJudgement
        # Only what the words beside a citation stand for is read from the layout; a sentence says it outright.
        stated = table not in LAYOUT_TABLES or (table == "citations" and row["what"] != "priorities")
        return HYTE.statedInSource if stated else HYTE.derivedFromLayout

    def fact(self, node: NamedNode, table: str, row: Row, passages: Iterable[NamedNode]) -> None:
        """State what a node rests on: its passages, basis, certainty and note.

        Where several rows name the node, the strongest of them counts.
        """
        for passage in passages:
            self.add(node, HYTE.evidencedBy, passage)
        self._grounds.setdefault(node, []).append(self._ground(table, row))

    def fact_of_parts(self, node: NamedNode, table: str, parts: Iterable[Row]) -> None:
        """State what a node rests on that is made of all the rows: it is as weak as the weakest of them."""
        self._grounds.setdefault(node, []).append(together([self._ground(table, row) for row in parts]))

    def _ground(self, table: str, row: Row) -> Ground:
        certainty = HYTE.ambiguous if row["certainty"] == AMBIGUOUS else HYTE.sure
        return Ground(self.basis(table, row), certainty, row["note"])

    def repeated(self, node: NamedNode, words: str) -> None:
        """State what the document calls a thing of those words in its other language."""
        found, before = self.source.tables.get("translations"), self.language
        for row in found.rows if found else ():
            if row["of"] == words:
                self.language = row["language"]
                self.add(node, SKOS.altLabel, row["text"])
                for passage in self.evidence("translations", row, "text"):
                    self.add(node, HYTE.evidencedBy, passage)
        self.language = before

    def write_grounds(self) -> None:
        """State basis, certainty and notes of every node, once all rows that name it are known."""
        for node, grounds in self._grounds.items():
            for ground in strongest(grounds):
                self.add(node, HYTE.basis, ground.basis)
                self.add(node, HYTE.certainty, ground.certainty)
                self.add(node, RDFS.comment, ground.note)
        for node in self._named:
            ground = self._units.get(node, STATED)
            self.add_organisation(node, HYTE.basis, ground.basis)
            self.add_organisation(node, HYTE.certainty, ground.certainty)
            if ground.note:
                self.add_organisation(node, RDFS.comment, ground.note)

    def organisation_fact(
        self,
        node: NamedNode,
        table: str,
        row: Row,
        passages: Iterable[NamedNode],
        basis: NamedNode = HYTE.statedInSource,
    ) -> None:
        """The same for a node of the organisation: that it is named is sure, unless its own row of units says
        otherwise.
        """
        for passage in passages:
            self.add_organisation(node, HYTE.evidencedBy, passage)
        if table == "units":
            self._units[node] = self._ground(table, row)
        elif basis != HYTE.statedInSource:
            self._units.setdefault(node, Ground(basis, HYTE.sure, ""))
        self._named.add(node)

    def cell(self, table: str, row: Row, column: str) -> list[tuple[str, list[NamedNode]]]:
        """The values of a cell, each with the passages it was read from; none where the table lacks the column."""
        kind = PASSAGE_KINDS.get(table, "cell")
        cited = dict(self.source.tables[table].checked_columns()).get(column)
        if cited is None:
            return []
        return [
            (
                value,
                [self._located(location(places), value, kind)]
                if places
                else self.whole(row.spans(cited), kind),
            )
            for value, places in self.source.located.values[table, row.id][column]
        ]

    def only(self, table: str, row: Row, column: str) -> tuple[str, list[NamedNode]]:
        """The value of a cell that holds exactly one; raises TableError where it holds none or several."""
        values = self.cell(table, row, column)
        if len(values) != 1:
            name = f"{self.source.entry.name}/{table}.csv"
            raise TableError(
                name, row.id, f"{column} must hold one text, it holds {len(values)}", line=row.line
            )
        return values[0]

    def evidence(self, table: str, row: Row, *columns: str) -> list[NamedNode]:
        """The passages of some cells of a row."""
        return [
            passage for column in columns for _, found in self.cell(table, row, column) for passage in found
        ]

    def whole(self, spans: Sequence[Span], kind: str, *, quote: bool = True) -> list[NamedNode]:
        """A passage per span of whole lines."""
        return [
            self._located(location, None if quote else "", kind) for location in map(self._whole_lines, spans)
        ]

    def _whole_lines(self, span: Span) -> Location:
        first, last = self.source.text.line(span.first), self.source.text.line(span.last)
        return Location(span.first, len(first) - len(first.lstrip()), span.last, len(last.rstrip()))

    def _located(self, place: Location, quote: str | None, kind: str) -> NamedNode:
        # Lines are those of one text; the passages of the text that replaces it have names of their own.
        version = self.source.entry.version
        scope = (self.slug,) if version == 1 else (self.slug, f"v{version}")
        node = self.iris.thing("passage", *scope, self._passage_name(place))
        raw = self._raw(place)
        words = " ".join(raw.split()) if quote is None else spaced_as(raw, quote)
        if node not in self._quotes:
            self._quotes[node] = words
            self._write_passage(node, place, raw, words)
        self.add(node, HYTE.passageKind, HYTE[kind])
        return node

    def _passage_name(self, place: Location) -> str:
        whole = self._whole_lines(Span(place.first_line, place.last_line))
        if place == whole:
            return f"{place.first_line}-{place.last_line}"
        return f"{place.first_line}.{place.first_column}-{place.last_line}.{place.end_column}"

    def _raw(self, place: Location) -> str:
        lines = list(self.source.text.lines[place.first_line - 1 : place.last_line])
        lines[-1] = lines[-1][: place.end_column]
        lines[0] = lines[0][place.first_column :]
        return "\n".join(lines)

    def _write_passage(self, node: NamedNode, place: Location, raw: str, quote: str) -> None:
        start = self._offsets[place.first_line - 1] + place.first_column
        self.add(node, RDF.type, HYTE.Passage)
        self.add(node, OA.hasSource, self.document)
        self.integer(node, HYTE.lineStart, place.first_line)
        self.integer(node, HYTE.lineEnd, place.last_line)
        self._write_file_place(node, place.first_line)
        self.add(node, HYTE.quote, quote)
        if quote:
            selector = NamedNode(f"{node.value}#quote")
            self.add(node, OA.hasSelector, selector)
            self.add(selector, RDF.type, OA.TextQuoteSelector)
            self.add(selector, OA.exact, raw)
        position = NamedNode(f"{node.value}#position")
        self.add(node, OA.hasSelector, position)
        self.add(position, RDF.type, OA.TextPositionSelector)
        self.integer(position, OA.start, start)
        self.integer(position, OA.end, start + len(raw))

    def _write_file_place(self, node: NamedNode, line: int) -> None:
        if column := self.place(node, line):
            self.integer(node, HYTE.tableColumn, column)
        if fragment := self.places.fragment(line):
            selector = NamedNode(f"{node.value}#page")
            self.add(node, OA.hasSelector, selector)
            self.add(selector, RDF.type, OA.FragmentSelector)
            self.add(selector, RDF.value, Literal(fragment))
            self.add(selector, DCT.conformsTo, PDF_FRAGMENTS)
