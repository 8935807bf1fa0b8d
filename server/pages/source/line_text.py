"""The lines of the source view: their words cut at what is marked, and the facts that rest on each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from hytegraph.graph.markers import MARKER, kinds_removed
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.source.reading import (
    Document,
    Fact,
    Passage,
    Range,
    facts_of,
    passages_on,
    places_of,
)
from hytegraph.server.text.messages import Language


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line: marked where it is what was asked for; `removed` is the kind of what stood there before."""

    text: str
    marked: bool
    removed: str


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one class on a line."""

    type: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, or a passage where there is no text: its words and what rests on them.

    `cited` holds the facts of the cited passage, on the last line of that; `kinds` tells what a line without facts is;
    `losses` is what the text lacks there; `place` is where the line stands in the document's file, `language` that of
    its words.
    """

    first: int
    last: int
    segments: tuple[Segment, ...]
    marked: bool
    cited: tuple[Group, ...]
    groups: tuple[Group, ...]
    kinds: tuple[str, ...]
    losses: tuple[Fact, ...]
    place: str = ""
    language: str = "fi"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of the line, what is lost last."""
        return (*(fact for group in (*self.cited, *self.groups) for fact in group.facts), *self.losses)


def read_lines(
    dataset: Dataset, document: Document, shown: Range, cited: Range | None, base: str, language: Language
) -> tuple[Line, ...]:
    """The lines that are shown, or the passages on them where the data came without the text."""
    passages = passages_on(dataset, document.iri, shown)
    facts = facts_of(dataset, passages, base, language)
    places = places_of(dataset, passages, language)
    counted = Counter(passage.language for passage in passages if passage.language)
    usual = max(counted, key=lambda own: (counted[own], own), default="fi")
    at: dict[int, list[Passage]] = {}
    for passage in passages:
        first = max(passage.range.first, shown.first)
        if cited and document.text and cited.asks_for(passage):
            first = max(first, min(cited.last, shown.last))
        at.setdefault(first, []).append(passage)
    if document.text is None:
        return tuple(_line(p.range, p.quote, (p,), facts, places, cited, usual) for p in passages)
    return tuple(
        _line(
            Range(number, number),
            document.text.lines[number - 1],
            at.get(number, ()),
            facts,
            places,
            cited,
            usual,
        )
        for number in range(shown.first, shown.last + 1)
    )


def _line(
    place: Range,
    text: str,
    passages: Sequence[Passage],
    facts: dict[str, tuple[Fact, ...]],
    places: dict[str, str],
    cited: Range | None,
    usual: str,
) -> Line:
    asked: dict[str, Fact] = {}
    others: dict[str, Fact] = {}
    losses: dict[str, Fact] = {}
    for passage in passages:
        for fact in facts.get(passage.iri, ()):
            kept = losses if fact.loss else asked if cited and cited.asks_for(passage) else others
            kept[fact.iri] = fact
    kinds = dict.fromkeys(kind for passage in passages for kind in passage.kinds)
    return Line(
        first=place.first,
        last=place.last,
        segments=segments(text, place, cited),
        marked=cited is not None and cited.touches(place),
        cited=_grouped(asked.values()),
        groups=_grouped(fact for fact in others.values() if fact.iri not in asked),
        kinds=() if asked or others else tuple(kinds),
        losses=tuple(losses.values()),
        place=next((places[passage.iri] for passage in passages if passage.iri in places), ""),
        language=next((passage.language for passage in passages if passage.language), usual),
    )


def _grouped(facts: Iterable[Fact]) -> tuple[Group, ...]:
    ordered = sorted(facts, key=lambda fact: fact.type)
    return tuple(Group(kind, tuple(each)) for kind, each in groupby(ordered, key=lambda fact: fact.type))


def segments(text: str, place: Range, cited: Range | None) -> tuple[Segment, ...]:
    """The words of a line cut where the cited passage or a redaction begins and ends.

    The words of several lines, or of a part of one, are a passage, which is marked as a whole.
    """
    start, end = 0, 0
    if cited and cited.touches(place):
        whole = place.columns or place.first < place.last
        start, end = (0, len(text)) if whole else cited.within(place.first, len(text))
    removed = [match.span() for match in MARKER.finditer(text)]
    cuts = sorted({0, start, end, len(text), *(cut for span in removed for cut in span)})
    return tuple(
        Segment(
            text[left:right],
            marked=start <= left < end,
            removed=next(
                (kinds_removed(text[first:last])[0] for first, last in removed if first <= left < last), ""
            ),
        )
        for left, right in pairwise(cuts)
    )
