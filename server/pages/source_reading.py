"""What the source view shows: the lines of a document and the facts that were read from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.results import Row
from hytegraph.graph.texts import DocumentText, document_text
from hytegraph.graph.vocab import HYTE, SKOS
from hytegraph.server.i18n import Language
from hytegraph.server.links import TRACED, Labels, Link, characters_of, path_under
from hytegraph.server.pages.resources import PREFIXES

DOCUMENT = (
    PREFIXES
    + """
SELECT ?document ?name ?title ?lines ?published ?redacted WHERE {
  ?document a hyte:SourceDocument .
  OPTIONAL { ?document dct:identifier ?name }
  OPTIONAL { ?document dct:title ?title }
  OPTIONAL { ?document hyte:lineCount ?lines }
  OPTIONAL { ?document hyte:publishedSha256 ?published }
  OPTIONAL { ?document hyte:redactedSha256 ?redacted }
}"""
)
PASSAGES = (
    PREFIXES
    + """
SELECT ?document ?passage ?start ?end ?kind ?quote WHERE {
  ?passage oa:hasSource ?document ; hyte:lineStart ?start ; hyte:lineEnd ?end .
  OPTIONAL { ?passage hyte:passageKind ?kind }
  OPTIONAL { ?passage hyte:quote ?quote }
}
ORDER BY ?passage ?kind"""
)
# What a link says is no fact of the lines that it is grounded on.
FACTS = (
    PREFIXES
    + """
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
SELECT ?passage ?fact ?type ?basis ?certainty ?label ?loss ?value ?scenario ?period WHERE {
  VALUES ?passage { %s }
  ?fact hyte:evidencedBy ?passage ; a ?type .
  FILTER NOT EXISTS { ?fact hyte:assertedSubject ?subject }
  OPTIONAL { ?fact hyte:basis ?basis }
  OPTIONAL { ?fact hyte:certainty ?certainty }
  OPTIONAL {
    VALUES ?naming { skos:prefLabel rdfs:label dct:title }
    ?fact ?naming ?label
  }
  OPTIONAL { ?fact hyte:lossKind ?loss }
  OPTIONAL { ?fact hyte:sourceText ?value ; hyte:scenario ?scenario ; sdmx-dimension:refPeriod/skos:notation ?period }
}
ORDER BY ?passage ?fact"""
)
TERMS = (
    PREFIXES
    + """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?node ?label WHERE {
  { ?node a owl:Class ; rdfs:label ?label } UNION { ?node skos:inScheme hyte:PassageKind ; skos:prefLabel ?label }
}"""
)
ASKED_AT_ONCE = 500
_KEPT = 32
# Told by another type of the same thing.
_GENERAL = frozenset({HYTE.Measure.value, SKOS.Concept.value, SKOS.ConceptScheme.value})


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the data; `text` is None where the data came without it, checksums are empty where unknown."""

    iri: str
    title: Link
    name: str
    lines: int
    published: str
    redacted: str
    text: DocumentText | None


@dataclass(frozen=True, slots=True)
class Range:
    """Lines, from 1 and both included; with columns (from 0, the end excluded), a part of them."""

    first: int
    last: int
    columns: tuple[int, int] | None = None

    def touches(self, other: "Range") -> bool:
        """Whether the two share a line."""
        return self.first <= other.last and other.first <= self.last

    def within(self, number: int, length: int) -> tuple[int, int]:
        """Which characters of one of its lines, of that length, it covers."""
        start, end = self.columns or (0, length)
        first = min(start, length) if number == self.first else 0
        return first, max(first, min(end, length) if number == self.last else length)

    def asks_for(self, passage: "Passage") -> bool:
        """Whether the passage is what these lines, or this part of a line, stand for."""
        return self == passage.range if self.columns else self.touches(passage.range)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document, its kinds (IRIs) and its words; no words where they are not repeated."""

    iri: str
    first: int
    last: int
    kinds: tuple[str, ...]
    quote: str

    @property
    def range(self) -> Range:
        """Its lines, and its characters where it is part of a line."""
        return Range(self.first, self.last, characters_of(self.iri))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact read from a passage: its class (an IRI), itself, its page or trace, and how it is known."""

    iri: str
    type: str
    link: Link
    basis: str
    certainty: str
    loss: str


def read_document(dataset: Dataset, iri: str, base: str, language: Language) -> Document | None:
    """The document with that IRI, its text taken from the release; None if there is none in the data.

    Raises ReleaseError for a text that is not the released one.
    """
    rows = dataset.select(DOCUMENT, document=NamedNode(iri))
    if not rows:
        return None
    titles = Labels((Row(("node", "label"), (row["document"], row["title"])) for row in rows), base, language)
    text = document_text(dataset.release, iri)
    known = int(rows[0].text("lines") or max((p.last for p in passages_of(dataset, iri)), default=0))
    return Document(
        iri=iri,
        title=titles.link(iri),
        name=rows[0].text("name"),
        lines=len(text.lines) if text else known,
        published=rows[0].text("published"),
        redacted=text.sha256 if text else rows[0].text("redacted"),
        text=text,
    )


@lru_cache(maxsize=_KEPT)
def passages_of(dataset: Dataset, document: str) -> tuple[Passage, ...]:
    """The passages of a document in the order of their lines, read once: the data never change."""
    found: dict[str, list[Row]] = {}
    for row in dataset.select(PASSAGES, document=NamedNode(document)):
        found.setdefault(row.text("passage"), []).append(row)
    passages = (
        Passage(
            iri=iri,
            first=int(rows[0].text("start")),
            last=int(rows[0].text("end")),
            kinds=tuple(dict.fromkeys(kind for row in rows if (kind := row.text("kind")))),
            quote=rows[0].text("quote"),
        )
        for iri, rows in found.items()
    )
    return tuple(sorted(passages, key=lambda each: (each.first, each.range.columns or (0, 0), each.last)))


def facts_of(
    dataset: Dataset, passages: Iterable[Passage], base: str, language: Language
) -> dict[str, tuple[Fact, ...]]:
    """The facts that rest on each of the passages, by the IRI of the passage."""
    iris = [passage.iri for passage in passages]
    found: dict[str, dict[str, list[Row]]] = {}
    for start in range(0, len(iris), ASKED_AT_ONCE):
        values = " ".join(str(NamedNode(iri)) for iri in iris[start : start + ASKED_AT_ONCE])
        for row in dataset.select(FACTS % values):
            found.setdefault(row.text("passage"), {}).setdefault(row.text("fact"), []).append(row)
    return {
        passage: tuple(_fact(fact, rows, base, language) for fact, rows in facts.items())
        for passage, facts in found.items()
    }


def _fact(iri: str, rows: list[Row], base: str, language: Language) -> Fact:
    labels = Labels((Row(("node", "label"), (row["fact"], row["label"])) for row in rows), base, language)
    types = {row.text("type") for row in rows}
    link = labels.link(iri)
    if value := rows[0].text("value"):
        scenario = rows[0].text("scenario").removeprefix(HYTE.iri)
        link = Link(f"{scenario} {rows[0].text('period')}: {value}", "", link.href)
    if types & TRACED:
        link = Link(link.text, link.language, path_under("trace", iri, base))
    return Fact(
        iri=iri,
        type=min(types, key=lambda each: (each in _GENERAL, each)),
        link=link,
        basis=rows[0].text("basis").removeprefix(HYTE.iri),
        certainty=rows[0].text("certainty").removeprefix(HYTE.iri),
        loss=rows[0].text("loss").removeprefix(HYTE.iri),
    )


@lru_cache(maxsize=_KEPT)
def terms(dataset: Dataset, base: str, language: Language) -> Labels:
    """The names of classes and of kinds of passages."""
    return Labels(dataset.select(TERMS), base, language)
