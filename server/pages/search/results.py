"""What the search page shows: groups of hits, facets and chips as links, and how the words were taken."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hytegraph.graph.search.entries import KINDS, Place, Text, Value
from hytegraph.graph.search.index import Found, SearchIndex, Thing
from hytegraph.graph.search.meanings import Meaning
from hytegraph.server.context import has_several_towns
from hytegraph.server.pages.search.excerpts import Pieces, excerpt, marked
from hytegraph.server.pages.search.question import Question
from hytegraph.server.pages.shared.paging import Part, part_of_rows
from hytegraph.server.text.links import Link, human_path, passage_name, source_path
from hytegraph.server.text.messages import Language, translate

# So many of each kind where there are several kinds, and so many on a page of one kind.
OF_EACH_KIND = 5
ON_A_PAGE = 25
# More values of a facet than these are folded away, and more than those are not offered.
SHOWN_VALUES, MOST_VALUES = 7, 40
# The key of the status of measures whose row is reported on; it is no estimate.
_REPORTED = "reportedInRow"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, as it is shown.

    Its name in pieces, another text of it in which the words were found, what it belongs to, and where it was read.
    """

    iri: str
    href: str
    name: Pieces
    language: str
    snippet: Pieces
    snippet_language: str
    way: tuple[Link, ...]
    document: Link | None
    lines: Link | None
    town: str
    periods: tuple[str, ...]
    statuses: tuple[str, ...]
    is_reported: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind: how many there are, those shown, and where all of them are shown, if not here."""

    kind: str
    count: int
    hits: tuple[Hit, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its label, how many things have it, whether it is chosen, and the link that turns that."""

    label: Link
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the chosen among the first."""

    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that the page shows of an answer.

    `is_cut`: there are so many hits that not all were put in order. `elsewhere` is the address of the same question
    for all towns, where that of one is shown.
    """

    question: Question
    total: int
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    chips: tuple[tuple[str, Link], ...]
    meanings: tuple[Meaning, ...]
    is_loose: bool
    part: Part[int] | None
    is_cut: bool
    elsewhere: str


class Viewer:
    """Makes what the page shows in the reader's language."""

    def __init__(self, index: SearchIndex, base: str, language: Language) -> None:
        self._index = index
        self._base = base
        self._language = language

    def answer(self, question: Question, found: Found) -> Answer:
        """The answer to a question: the first of each kind, or the part of the only kind that the address asks for."""
        groups = tuple(found.by_kind.items())
        part = _part(groups[0][1], found.total, question) if len(groups) == 1 else None
        forms = self._index.forms(found.meanings)
        return Answer(
            question=question,
            total=found.total,
            groups=tuple(
                self._group(question, kind, (numbers, found.counts[kind]), forms, part)
                for kind, numbers in groups
            ),
            facets=tuple(
                facet
                for name in question.offered
                if (facet := self._facet(question, name, found.facets[name]))
            ),
            chips=tuple(self._chips(question, found)),
            meanings=found.meanings,
            is_loose=found.is_loose,
            part=part,
            is_cut=found.is_cut and bool(question.text),
            elsewhere=replace(question, town=None).elsewhere if question.town else "",
        )

    def hits(self, numbers: Iterable[int], forms: Collection[str]) -> tuple[Hit, ...]:
        """The things with these numbers as they are shown."""
        return tuple(self._hit(thing, forms) for thing in self._index.things(numbers))

    def offer(self, thing: Thing) -> dict[str, str]:
        """A thing as it is offered while the reader types."""
        language, text = self.best(thing.names)
        kind = translate(f"search.kind.{thing.kind}", self._language, n=1)
        return {"label": text, "language": language, "kind": kind, "href": self.href(thing.iri)}

    def label(self, value: Value) -> Link:
        """The name of a value of a facet."""
        if value.facet == "kind":
            return Link(translate(f"search.kind.{value.key}", self._language))
        if value.key == _REPORTED:
            return Link(translate("search.reportedInRow", self._language))
        language, text = self.best(value.names)
        return Link(text, language)

    def held(self, thing: Thing, facet: str) -> str | None:
        """The names of the values that a thing has of a facet, as a table has them; None where it has none."""
        return " | ".join(self.label(value).text for value in thing.values if value.facet == facet) or None

    def best(self, texts: Sequence[Text]) -> Text:
        """The text in the reader's language, else Finnish, else any."""
        wanted = (self._language, "fi", "")
        return min(
            texts, key=lambda text: (wanted.index(text[0]) if text[0] in wanted else 3, -len(text[1]), text)
        )

    def href(self, iri: str) -> str:
        """The page for people of a thing."""
        return human_path(iri, self._base) or iri

    def _group(
        self,
        question: Question,
        kind: str,
        counted: tuple[Sequence[int], int],
        forms: Collection[str],
        part: Part[int] | None,
    ) -> Group:
        numbers, count = counted
        shown = part.items if part else numbers[:OF_EACH_KIND]
        chosen = tuple((facet, keys) for facet, keys in question.chosen if facet != "kind")
        every = replace(question, chosen=(("kind", (kind,)), *chosen)).address
        return Group(
            kind,
            count,
            self.hits(shown, forms),
            "" if part or len(shown) == count else every,
        )

    def _hit(self, thing: Thing, forms: Collection[str]) -> Hit:
        language, name = self.best(thing.names)
        others = [text for text in (*thing.names, *thing.texts) if text[1] != name]
        told = (
            next((text for text in others if _holds(text[1], forms)), None)
            if not _holds(name, forms)
            else None
        )
        place = thing.place
        lines = self._lines(place) if place else None
        read_at = lines.href if lines and thing.kind == "passage" else None
        return Hit(
            iri=thing.iri,
            href=read_at or self.href(thing.iri),
            name=marked(excerpt(name, forms), forms),
            language=language,
            snippet=marked(excerpt(told[1], forms), forms) if told else (),
            snippet_language=told[0] if told else "",
            way=tuple(self._link(iri, names) for iri, names in thing.way),
            document=self._link(place.document, thing.document) if place else None,
            lines=lines,
            town=", ".join(self._held(thing, "town")) if has_several_towns() else "",
            periods=self._held(thing, "period"),
            statuses=self._held(thing, "status", but=_REPORTED),
            is_reported=any(value.key == _REPORTED for value in thing.values if value.facet == "status"),
        )

    def _lines(self, place: Place) -> Link:
        name = passage_name(place.start, place.end, self._language)
        return Link(name, "", source_path(place.document, place.start, place.end, self._base, place.passage))

    def _held(self, thing: Thing, facet: str, but: str = "") -> tuple[str, ...]:
        values = (value for value in thing.values if value.facet == facet and value.key != but)
        return tuple(self.label(value).text for value in values)

    def _link(self, iri: str, names: Sequence[Text]) -> Link:
        language, text = self.best(names)
        return Link(text, language, self.href(iri))

    def _facet(self, question: Question, name: str, counted: Sequence[tuple[Value, int]]) -> Facet | None:
        chosen = question.choices.get(name, ())
        choices = [
            Choice(
                replace(self.label(value), href=question.toggled(name, value.key).address),
                count,
                value.key in chosen,
            )
            for value, count in counted
        ]
        choices.sort(key=lambda choice: not choice.is_chosen)
        if len(choices) < 2 and not chosen:
            return None
        shown = len(KINDS) if name == "kind" else SHOWN_VALUES
        return Facet(name, tuple(choices[:shown]), tuple(choices[shown:MOST_VALUES]))

    def _chips(self, question: Question, found: Found) -> Iterable[tuple[str, Link]]:
        known = {(value.facet, value.key): value for facet in found.facets.values() for value, _ in facet}
        for facet, keys in question.chosen:
            for key in keys:
                value = known.get((facet, key))
                label = self.label(value) if value else Link(key)
                yield facet, replace(label, href=question.toggled(facet, key).address)


def _part(numbers: Sequence[int], count: int, question: Question) -> Part[int]:
    """The part of the only kind that the address asks for; of hits that were ranked there are no more than these."""
    total = len(numbers) if question.text else count
    return part_of_rows(total, lambda offset, limit: numbers[offset : offset + limit], ON_A_PAGE)


def _holds(text: str, forms: Collection[str]) -> bool:
    return any(is_marked for _, is_marked in marked(text, forms))
