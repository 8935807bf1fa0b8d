"""What the page of one thing shows: its facts, who refers to it, and the passages it rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row, Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, OA, RDF, RDFS
from hytegraph.server.pages.shared.evidence import (
    OWN_LABELS,
    Evidence,
    Standing,
    read_evidence,
    standing_of,
)
from hytegraph.server.pages.things.incoming import Incoming, Wish, read_incoming, read_outgoing
from hytegraph.server.text.labels import label_rows
from hytegraph.server.text.links import Labels, Link, human_path, page_path, path_under, source_path
from hytegraph.server.text.messages import Language

SHOWN = 12
# A group that is shown whole comes in parts of so many.
PART = 200
INFERRED_OUTGOING = stored_query(__name__, "inferred-outgoing")
INVERSES = stored_query(__name__, "inverses")

# Types, sources and standing have places of their own on the page.
_TOLD_APART = frozenset({RDF.type, HYTE.quote, HYTE.evidencedBy, HYTE.basis, HYTE.certainty, RDFS.comment})


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property, and whether a rule inferred the statement."""

    link: Link
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property: those shown, how many there are, and the places from which to which are shown.

    `total` is None where there are more than were counted.
    """

    key: str
    property: Link
    values: tuple[Value, ...]
    total: int | None
    start: int
    end: int


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
    human: str | None
    source: str | None
    is_suggestion: bool


def read_resource(
    dataset: Dataset,
    iri: str,
    base: str,
    language: Language,
    properties: Callable[[], Iterable[str]] = tuple,
    shown: "Shown | None" = None,
) -> Resource | None:
    """The thing with that IRI; None if the graph says nothing of it.

    `properties` are those that the data use, asked for where very much points at the thing.
    """
    node, inferred = NamedNode(iri), NamedNode(f"{base}graph/inferred")
    shown = shown or Shown()
    inverses = _inverses(inverse_rows := dataset.select(INVERSES))
    outgoing = read_outgoing(dataset, node, base)
    incoming = read_incoming(dataset, node, inferred, properties, shown.wish(inverses))
    if not outgoing and not incoming.pairs:
        return None
    known = dataset.select(INFERRED_OUTGOING, graph=inferred, thing=node)
    sides, statements = _sides(outgoing, known, incoming, inverses)
    terms = (term for pairs in sides.values() for name, value in pairs for term in (NamedNode(name), value))
    types = _types(outgoing) - _types(known)
    named = {iri, *types, *(term.value for term in terms if isinstance(term, NamedNode))}
    own, others = dataset.select(OWN_LABELS, node=node), label_rows(dataset, named, base)
    labels = Labels((*own, *inverse_rows, *others), base, language)
    unread = None if incoming.unread is None else {inverses.get(name, name) for name in incoming.unread}
    return Resource(
        iri=iri,
        title=labels.link(node),
        types=tuple(labels.link(each) for each in sorted(types)),
        standing=standing_of(outgoing, labels),
        outgoing=_groups("out", statements, labels, shown, None),
        incoming=_groups("in", statements, labels, shown, unread),
        evidence=read_evidence(dataset, (iri,), base, language).get(iri, ()),
        passage=_quote(outgoing, labels) if HYTE.Passage.value in types else None,
        human=None if (path := human_path(iri, base)) == page_path(iri, base) else path,
        source=_source(iri, types, outgoing, base),
        is_suggestion=any(row["value"] == HYTE.suggested for row in outgoing),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """The group that a reader wants to see whole, in parts, and which part of it."""

    group: str = ""
    part: int = 1

    @property
    def start(self) -> int:
        """From where the part is."""
        return (self.part - 1) * PART

    def wish(self, inverses: Mapping[str, str]) -> Wish:
        """What has to be read for it where very much points at a thing."""
        side, _, name = self.group.partition(":")
        chosen = {name, inverses.get(name, name)} if side == "in" else set()
        return Wish(SHOWN, frozenset(chosen), self.start, PART)


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


@dataclass(frozen=True, slots=True)
class _Statement:
    side: str
    property: str
    value: Term
    is_inferred: bool


def _statements(
    sides: Mapping[str, set[tuple[str, Term]]],
    inferred: Mapping[str, set[tuple[str, Term]]],
    inverses: Mapping[str, str],
) -> list[_Statement]:
    """What is said of the thing and who points at it.

    A statement and its inverse are one thing said twice: what a rule only turned round is left out, and where the
    vocabulary names the inverse, a statement about the thing goes by that name.
    """
    found = []
    for side, other in (("out", "in"), ("in", "out")):
        for name, value in sides[side]:
            is_inferred = (name, value) in inferred[side]
            turned = (inverses.get(name, ""), value)
            if is_inferred and turned in sides[other] and turned not in inferred[other]:
                continue
            shown_name = inverses.get(name, name) if side == "in" else name
            found.append(_Statement(side, shown_name, value, is_inferred))
    return found


def _inverses(rows: tuple[Row, ...]) -> dict[str, str]:
    pairs = {(row.text("property"), row.text("inverse")) for row in rows}
    return dict(sorted(pairs)) | {inverse: name for name, inverse in sorted(pairs)}


def _sides(
    outgoing: tuple[Row, ...], known: tuple[Row, ...], incoming: Incoming, inverses: Mapping[str, str]
) -> tuple[Mapping[str, set[tuple[str, Term]]], list[_Statement]]:
    """What is said of a thing (`out`) and what points at it (`in`), and the statements of both to be shown."""
    derived = {"out": _pairs(known), "in": set(incoming.inferred)}
    pointing = {pair for pair in incoming.pairs if pair[0] not in _TOLD_APART}
    sides = {"out": _pairs(outgoing) - _repeated(derived["out"]), "in": pointing - _repeated(derived["in"])}
    return sides, _statements(sides, derived, inverses)


def _types(rows: Iterable[Row]) -> set[str]:
    return {row.text("value") for row in rows if row["property"] == RDF.type}


def _repeated(derived: set[tuple[str, Term]]) -> set[tuple[str, Term]]:
    """What a rule says once more in the words of a standard, which readers of pages need not see twice."""
    return {pair for pair in derived if not pair[0].startswith(HYTE.iri)}


def _pairs(rows: tuple[Row, ...]) -> set[tuple[str, Term]]:
    return {
        (row.text("property"), value)
        for row in rows
        if row["property"] not in _TOLD_APART and (value := row["value"]) is not None
    }


def _groups(
    side: str, statements: list[_Statement], labels: Labels, shown: Shown, unread: set[str] | None
) -> tuple[Group, ...]:
    """The statements of a side by property; `unread` names the properties of which more was not read."""
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
        start, limit = (shown.start, PART) if key == shown.group else (0, SHOWN)
        part = tuple(values[start : start + limit] if unread is None else values)
        total = None if unread and iri in unread else len(values) if unread is None else start + len(part)
        groups.append(Group(key, labels.link(iri), part, total, start, start + len(part)))
    return tuple(sorted(groups, key=lambda group: (group.property.text, group.key)))


def _natural(link: Link) -> tuple[list[tuple[int, str]], str]:
    """Numbers inside a text in the order of numbers, so that line 9 comes before line 12."""
    words = link.text.replace("–", " ").replace(",", " ").split()
    return [(int(word), "") if word.isdecimal() else (0, word) for word in words], link.href or ""
