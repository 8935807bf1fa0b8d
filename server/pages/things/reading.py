"""What the page of one thing shows: its facts, who refers to it, and the passages it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row, Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, OA, RDF, RDFS
from hytegraph.server.text.links import TRACED, Labels, Link, page_path, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

SHOWN = 12
# A group that is shown whole comes in parts of so many.
PART = 200
PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX hyte: <https://w3id.org/hytegraph/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# Labels are asked for with OPTIONAL, which looks them up node by node; a join would first list all labels there are.
OUTGOING = "SELECT ?thing ?property ?value WHERE { ?thing ?property ?value }"
INCOMING = "SELECT ?thing ?property ?value WHERE { ?value ?property ?thing }"
# What a rule derived stands in a graph of its own, and never beside an asserted triple.
INFERRED_OUTGOING = "SELECT ?graph ?thing ?property ?value WHERE { GRAPH ?graph { ?thing ?property ?value } }"
INFERRED_INCOMING = "SELECT ?graph ?thing ?property ?value WHERE { GRAPH ?graph { ?value ?property ?thing } }"
INVERSES = (
    PREFIXES
    + """
SELECT ?property ?inverse ?node ?label WHERE {
  { ?property owl:inverseOf ?inverse ; rdfs:label ?label . BIND(?property AS ?node) }
  UNION { ?property owl:inverseOf ?inverse . ?inverse rdfs:label ?label . BIND(?inverse AS ?node) }
}"""
)
NEIGHBOUR_LABELS = (
    PREFIXES
    + """
SELECT DISTINCT ?thing ?node ?label WHERE {
  { ?thing ?property ?node } UNION { ?node ?property ?thing }
  UNION { ?thing ?node ?value } UNION { ?value ?node ?thing }
  OPTIONAL {
    VALUES ?naming { skos:prefLabel rdfs:label dct:title }
    ?node ?naming ?label
  }
}"""
)
OWN_LABELS = (
    PREFIXES
    + """
SELECT ?node ?label WHERE {
  VALUES ?naming { skos:prefLabel rdfs:label dct:title }
  ?node ?naming ?label
}"""
)
EVIDENCE = (
    PREFIXES
    + """
SELECT DISTINCT ?thing ?passage ?start ?end ?quote ?document ?title WHERE {
  { ?thing hyte:evidencedBy ?passage }
  ?passage hyte:lineStart ?start ; hyte:lineEnd ?end ; oa:hasSource ?document .
  OPTIONAL { ?document dct:title ?title }
  OPTIONAL { ?passage hyte:quote ?quote }
}
ORDER BY ?document ?start ?end ?passage"""
)

# Types, sources and standing have places of their own on the page.
_TOLD_APART = frozenset({RDF.type, HYTE.quote, HYTE.evidencedBy, HYTE.basis, HYTE.certainty, RDFS.comment})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that something rests on."""

    document: Link
    name: str
    href: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property, and whether a rule inferred the statement."""

    link: Link
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property: those shown, how many there are, and the places from which to which are shown."""

    key: str
    property: Link
    values: tuple[Value, ...]
    total: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a fact is known: keys of the texts for its bases and certainties, and the notes."""

    bases: tuple[str, ...]
    certainties: tuple[str, ...]
    notes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """Everything that the page of a thing shows; `passage` holds the words when it is a passage."""

    iri: str
    title: Link
    types: tuple[Link, ...]
    standing: Standing
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]
    evidence: tuple[Evidence, ...]
    passage: Link | None
    trace: str | None
    tree: str | None
    source: str | None


def read_resource(
    dataset: Dataset, iri: str, base: str, language: Language, whole_group: str = "", part: int = 1
) -> Resource | None:
    """The thing with that IRI, the named group in parts, of which this one; None if the graph says nothing of it."""
    node = NamedNode(iri)
    outgoing = dataset.select(OUTGOING, thing=node)
    incoming = dataset.select(INCOMING, thing=node)
    if not outgoing and not incoming:
        return None
    own = dataset.select(OWN_LABELS, node=node)
    inverses = dataset.select(INVERSES)
    labels = Labels((*own, *inverses, *dataset.select(NEIGHBOUR_LABELS, thing=node)), base, language)
    statements = _statements(
        outgoing, incoming, _inferred(dataset, node, f"{base}graph/inferred"), _inverses(inverses)
    )
    types = {row.text("value") for row in outgoing if row["property"] == RDF.type}
    plans = {HYTE[name].value for name in ("CityStrategy", "WellbeingPlan", "AnnualActionPlan")}
    return Resource(
        iri=iri,
        title=labels.link(node),
        types=tuple(labels.link(each) for each in sorted(types)),
        standing=standing_of(outgoing, labels),
        outgoing=_groups("out", statements, labels, whole_group, part),
        incoming=_groups("in", statements, labels, whole_group, part),
        evidence=evidence_of(dataset.select(EVIDENCE, thing=node), base, language),
        passage=_quote(outgoing, labels) if HYTE.Passage.value in types else None,
        trace=path_under("trace", iri, base) if types & TRACED else None,
        tree=path_under("tree", iri, base) if types & plans else None,
        source=_source(iri, types, outgoing, base),
    )


def _source(iri: str, types: set[str], rows: tuple[Row, ...], base: str) -> str | None:
    """Where a document is read, or a passage in its document."""
    if HYTE.SourceDocument.value in types:
        return path_under("source", iri, base)
    told = {row.text("property"): row.text("value") for row in rows}
    lines = [told.get(each.value, "") for each in (HYTE.lineStart, HYTE.lineEnd)]
    if HYTE.Passage.value not in types or not all(lines):
        return None
    return source_path(told.get(OA.hasSource.value, ""), int(lines[0]), int(lines[1]), base, iri)


def _quote(rows: tuple[Row, ...], labels: Labels) -> Link:
    """The words of a passage; empty for one that is not quoted."""
    return next((labels.link(row["value"]) for row in rows if row["property"] == HYTE.quote), Link(""))


def standing_of(rows: tuple[Row, ...], labels: Labels) -> Standing:
    """The bases, certainties and notes among the facts of a thing."""
    bases = sorted(
        {row.text("value").removeprefix(HYTE.iri) for row in rows if row["property"] == HYTE.basis}
    )
    sure = sorted(
        {row.text("value").removeprefix(HYTE.iri) for row in rows if row["property"] == HYTE.certainty}
    )
    notes = tuple(labels.link(row["value"]) for row in rows if row["property"] == RDFS.comment)
    return Standing(
        tuple(each for each in ("statedInSource", "derivedFromLayout", "curatorJudgement") if each in bases),
        tuple(each for each in ("sure", "ambiguous") if each in sure),
        notes,
    )


def evidence_of(rows: tuple[Row, ...], base: str, language: Language) -> tuple[Evidence, ...]:
    """The passages in the order of documents and lines, each once whatever the languages of titles."""
    titles = Labels(_renamed(rows), base, language)
    found: dict[str, Evidence] = {}
    for row in rows:
        passage, start, end = row.text("passage"), int(row.text("start")), int(row.text("end"))
        href = source_path(row.text("document"), start, end, base, passage) or page_path(passage, base)
        name = passage_name(start, end, language)
        found.setdefault(
            passage, Evidence(titles.link(row["document"]), name, href, row.text("quote"), start, end)
        )
    return tuple(found.values())


def _renamed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(Row(("node", "label"), (row["document"], row["title"])) for row in rows)


@dataclass(frozen=True, slots=True)
class _Statement:
    side: str
    property: str
    value: Term
    is_inferred: bool


def _statements(
    outgoing: tuple[Row, ...],
    incoming: tuple[Row, ...],
    inferred: Mapping[str, set[tuple[str, Term]]],
    inverses: Mapping[str, str],
) -> list[_Statement]:
    """What is said of the thing and who points at it.

    A statement and its inverse are one thing said twice: what a rule only turned round is left out, and where the
    vocabulary names the inverse, a statement about the thing goes by that name.
    """
    sides = {"out": _pairs(outgoing), "in": _pairs(incoming)}
    found = []
    for side, other in (("out", "in"), ("in", "out")):
        for name, value in sides[side]:
            is_inferred = (name, value) in inferred[side]
            turned = (inverses.get(name, ""), value)
            if is_inferred and turned in sides[other] and turned not in inferred[other]:
                continue
            told = inverses.get(name, name) if side == "in" else name
            found.append(_Statement(side, told, value, is_inferred))
    return found


def _inferred(dataset: Dataset, node: NamedNode, graph: str) -> dict[str, set[tuple[str, Term]]]:
    name = NamedNode(graph)
    return {
        "out": _pairs(dataset.select(INFERRED_OUTGOING, graph=name, thing=node)),
        "in": _pairs(dataset.select(INFERRED_INCOMING, graph=name, thing=node)),
    }


def _inverses(rows: tuple[Row, ...]) -> dict[str, str]:
    pairs = {(row.text("property"), row.text("inverse")) for row in rows}
    return dict(sorted(pairs)) | {inverse: name for name, inverse in sorted(pairs)}


def _pairs(rows: tuple[Row, ...]) -> set[tuple[str, Term]]:
    return {
        (row.text("property"), value)
        for row in rows
        if row["property"] not in _TOLD_APART and (value := row["value"]) is not None
    }


def _groups(
    side: str, statements: list[_Statement], labels: Labels, whole: str, part: int
) -> tuple[Group, ...]:
    by_property: dict[str, set[tuple[Term, bool]]] = {}
    for each in statements:
        if each.side == side:
            by_property.setdefault(each.property, set()).add((each.value, each.is_inferred))
    groups = []
    for iri, terms in by_property.items():
        key = f"{side}:{iri}"
        values = sorted(
            (Value(labels.link(term), inferred) for term, inferred in terms),
            key=lambda value: _natural(value.link),
        )
        start, limit = ((part - 1) * PART, PART) if key == whole else (0, SHOWN)
        shown = tuple(values[start : start + limit])
        groups.append(Group(key, labels.link(iri), shown, len(values), start, start + len(shown)))
    return tuple(sorted(groups, key=lambda group: (group.property.text, group.key)))


def _natural(link: Link) -> tuple[list[tuple[int, str]], str]:
    """Numbers inside a text in the order of numbers, so that line 9 comes before line 12."""
    words = link.text.replace("–", " ").replace(",", " ").split()
    return [(int(word), "") if word.isdecimal() else (0, word) for word in words], link.href or ""
