"""Which measure of a table row goes with which indicator, realisation, responsible party and schedule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hytegraph.loaders.links.continuity.terms import words
from hytegraph.loaders.links.link import LEXICAL, STRUCTURAL, LinkAssertion, LinkEnd
from hytegraph.loaders.links.town_graph import RowItems

METHOD = "row-pairings/2"
SINGLE, ORDER, WORDS = "single", "order", "words"
# A cell with one value for several measures may mean all of them or one.
_ONLY_MEASURE, _ONE_FOR_ALL, _ONE_PARTY_FOR_ALL = 0.95, 0.5, 0.75
_ORDER, _ORDER_AND_WORDS, _WORD, _WORDS = 0.65, 0.9, 0.75, 0.85
# Parties and schedules of one cell are a joint list; only where all are the same do they pair with the measures.
_SAME_PARTY = 0.95
_PARTIES = ("responsible", "schedule")
_RATIONALE = {
    SINGLE: "Rivillä on yksi vaihtoehto.",
    ORDER: "Solujen järjestys on sama.",
    WORDS: "Sanat esiintyvät rivin toimenpiteistä vain tässä.",
}


@dataclass(frozen=True, slots=True)
class PairedItems:
    """The other column of a pairing: the property that joins a measure with an item of it."""

    predicate: str
    items: Sequence[LinkEnd]


def suggest_pairings(rows: Iterable[RowItems]) -> tuple[LinkAssertion, ...]:
    """The pairings inside each row for which the row gives a reason; where it gives none there is no pairing."""
    return tuple(
        link
        for row in rows
        if row.measures
        for column in (
            PairedItems("hyte:measuredBy", row.indicators),
            PairedItems("hyte:reportedBy", row.realisations),
            PairedItems("hyte:responsibleAgent", row.responsible),
            PairedItems("hyte:scheduleStatedIn", row.schedules),
        )
        for link in _unique(_pair(row, column))
    )


def _unique(links: Iterable[LinkAssertion]) -> Iterable[LinkAssertion]:
    """One link per pair, the surest; a post that a cell names twice is one post."""
    best: dict[tuple[str, ...], LinkAssertion] = {}
    for link in links:
        if link.key not in best or link.confidence > best[link.key].confidence:
            best[link.key] = link
    return best.values()


def _pair(row: RowItems, column: PairedItems) -> Iterator[LinkAssertion]:
    measures = row.measures
    if len(measures) == 1:
        for item in column.items:
            yield _link(measures[0], column, item, SINGLE, _ONLY_MEASURE)
        return
    if column.items and column.items[0].kind in _PARTIES:
        yield from _parties(row, column)
        return
    shared = [_shared_words(measures, item) for item in column.items]
    for number, item in enumerate(column.items):
        yield from _one_of_several(measures, column, item, number, shared)


def _one_of_several(
    measures: Sequence[LinkEnd],
    column: PairedItems,
    item: LinkEnd,
    number: int,
    shared: Sequence[dict[int, list[str]]],
) -> Iterator[LinkAssertion]:
    in_order = len(measures) == len(column.items)
    told = shared[number]
    # Where the words of one item point elsewhere, the cells do not run in one order.
    order_holds = in_order and all(not found or at in found for at, found in enumerate(shared))
    if order_holds:
        cue = told.get(number, [])
        yield _link(measures[number], column, item, ORDER, _ORDER_AND_WORDS if cue else _ORDER, cue)
    elif told:
        most = max(len(cue) for cue in told.values())
        for at, cue in told.items():
            if len(cue) == most:
                yield _link(measures[at], column, item, WORDS, _WORDS if most > 1 else _WORD, cue)
    elif len(column.items) == 1:
        for measure in measures:
            yield _link(measure, column, item, SINGLE, _ONE_FOR_ALL)


def _parties(row: RowItems, column: PairedItems) -> Iterator[LinkAssertion]:
    """A joint list of parties or schedules says nothing of one measure, unless it names only one of them."""
    if len(column.items) == 1:
        for measure in row.measures:
            yield _link(measure, column, column.items[0], SINGLE, _ONE_PARTY_FOR_ALL)
    elif len(column.items) == len(row.measures) and len({item.text.casefold() for item in column.items}) == 1:
        for measure, item in zip(row.measures, column.items, strict=True):
            yield _link(measure, column, item, ORDER, _SAME_PARTY)


def _shared_words(measures: Sequence[LinkEnd], item: LinkEnd) -> dict[int, list[str]]:
    """Per measure, the words of the item that this measure of the row has and no other."""
    roots = [
        {root for word in words(measure.text) for root in (word.root, *word.parts)} for measure in measures
    ]
    count = Counter(root for each in roots for root in each)
    found: dict[int, list[str]] = {}
    for word in words(item.text):
        for at, each in enumerate(roots):
            if any(root in each and count[root] == 1 for root in (word.root, *word.parts)):
                found.setdefault(at, []).append(word.surface)
    return found


def _link(
    measure: LinkEnd,
    column: PairedItems,
    item: LinkEnd,
    basis: str,
    confidence: float,
    cue: Sequence[str] = (),
) -> LinkAssertion:
    return LinkAssertion(
        subject=measure.id,
        predicate=column.predicate,
        object=item.id,
        kind=basis,
        confidence=confidence,
        method=METHOD,
        justification=LEXICAL if basis == WORDS else STRUCTURAL,
        cue=" | ".join(dict.fromkeys(cue)),
        rationale=_RATIONALE[basis],
        subject_label=measure.text,
        object_label=item.text,
        subject_evidence=measure.evidence,
        object_evidence=item.evidence,
    )
