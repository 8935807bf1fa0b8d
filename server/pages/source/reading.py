"""What the source view shows: the lines of a document and the facts that were read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.document_texts import DocumentText, document_text
from hytegraph.graph.vocab import DCT, HYTE, RDF, RDFS, SDMX_DIMENSION, SKOS
from hytegraph.server.text.links import TRACED, Labels, Link, characters_of, path_under
from hytegraph.server.text.messages import Language, translate

DOCUMENT = stored_query(__name__, "document")
LAST = stored_query(__name__, "last-line")
PASSAGES = stored_query(__name__, "passages")
FACTS = stored_query(__name__, "passage-facts")
NOTATIONS = stored_query(__name__, "notations")
TERMS = stored_query(__name__, "term-labels")
PLACES = stored_query(__name__, "place-labels")
_KEPT = 32
_NAMING = (SKOS.prefLabel, RDFS.label, DCT.title)
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
    """A passage of a document, its lines, its kinds (IRIs) and its words; no words where they are not repeated.

    Its range has characters where it is part of a line. `place` is where it stands in the document's file (IRI), ''
    where that was text; `column` is 0 outside tables; `language` is that of the words.
    """

    iri: str
    range: Range
    kinds: tuple[str, ...]
    quote: str
    place: str = ""
    column: int = 0
    language: str = ""


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
    return Document(
        iri=iri,
        title=titles.link(iri),
        name=rows[0].text("name"),
        lines=len(text.lines) if text else int(rows[0].text("lines") or _last_line(dataset, iri)),
        published=rows[0].text("published"),
        redacted=text.sha256 if text else rows[0].text("redacted"),
        text=text,
    )


def _last_line(dataset: Dataset, document: str) -> str:
    """The last line that a passage of the document is taken from; 0 where there is none."""
    rows = dataset.select(LAST, document=NamedNode(document))
    return rows[0].text("last") if rows else "0"


def passages_on(dataset: Dataset, document: str, lines: Range) -> tuple[Passage, ...]:
    """The passages of a document that touch some lines, in the order of their lines."""
    found: dict[str, list[Row]] = {}
    rows = dataset.select(
        PASSAGES, document=NamedNode(document), first=Literal(lines.first), last=Literal(lines.last)
    )
    for row in _in_order(rows):
        found.setdefault(row.text("passage"), []).append(row)
    passages = (
        Passage(
            iri=iri,
            range=Range(int(rows[0].text("start")), int(rows[0].text("end")), characters_of(iri)),
            kinds=tuple(dict.fromkeys(kind for row in rows if (kind := row.text("kind")))),
            quote=rows[0].text("quote"),
            place=rows[0].text("place"),
            column=int(rows[0].text("column") or 0),
            language=rows[0].language("quote"),
        )
        for iri, rows in found.items()
    )
    return tuple(
        sorted(passages, key=lambda each: (each.range.first, each.range.columns or (0, 0), each.range.last))
    )


def facts_of(
    dataset: Dataset, passages: Iterable[Passage], base: str, language: Language
) -> dict[str, tuple[Fact, ...]]:
    """The facts that rest on each of the passages, by the IRI of the passage."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in _in_order(select_values(dataset, FACTS, "passage", (passage.iri for passage in passages))):
        found.setdefault(row.text("passage"), {}).setdefault(row.text("fact"), []).append(row)
    rows = [row for facts in found.values() for told in facts.values() for row in told]
    labels = Labels(
        (Row(("node", "label"), (row["fact"], row["value"])) for row in rows if row["property"] in _NAMING),
        base,
        language,
    )
    periods = {row.text("value") for row in rows if row["property"] == SDMX_DIMENSION.refPeriod}
    notations = {
        row.text("period"): row.text("notation")
        for row in select_values(dataset, NOTATIONS, "period", periods)
    }
    return {
        passage: tuple(
            _fact(fact, _told(rows), labels, notations, base)
            for fact, rows in facts.items()
            # What a link says is no fact of the lines that it is grounded on.
            if not any(row["property"] == HYTE.assertedSubject for row in rows)
        )
        for passage, facts in found.items()
    }


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: [str(term) for term in row.terms])


def _told(rows: Iterable[Row]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(row.text("property"), []).append(row.text("value"))
    return told


def _fact(
    iri: str, told: Mapping[str, list[str]], labels: Labels, notations: Mapping[str, str], base: str
) -> Fact:
    def only(term: NamedNode) -> str:
        return next(iter(told.get(term.value, ())), "").removeprefix(HYTE.iri)

    link, types = labels.link(iri), set(told[RDF.type.value])
    if value := only(HYTE.sourceText):
        period = notations.get(only(SDMX_DIMENSION.refPeriod), "")
        link = Link(f"{only(HYTE.scenario)} {period}: {value}", "", link.href)
    if types & TRACED:
        link = Link(link.text, link.language, path_under("trace", iri, base))
    return Fact(
        iri=iri,
        # Types of the standards stand behind our own.
        type=min(types, key=lambda each: (not each.startswith(HYTE.iri), each in _GENERAL, each)),
        link=link,
        basis=only(HYTE.basis),
        certainty=only(HYTE.certainty),
        loss=only(HYTE.lossKind),
    )


def places_of(dataset: Dataset, passages: Iterable[Passage], language: Language) -> dict[str, str]:
    """Where in the document's file each of the passages stands, in words; without those of a text."""
    passages = [passage for passage in passages if passage.place]
    labels = {
        row.text("place"): row.text("label")
        for row in select_values(dataset, PLACES, "place", {passage.place for passage in passages})
        if row.language("label") == language
    }
    return {
        passage.iri: translate(
            "source.place.column", language, place=labels[passage.place], column=passage.column
        )
        if passage.column
        else labels[passage.place]
        for passage in passages
        if passage.place in labels
    }


@lru_cache(maxsize=_KEPT)
def terms(dataset: Dataset, base: str, language: Language) -> Labels:
    """The names of classes and of kinds of passages."""
    return Labels(dataset.select(TERMS), base, language)
