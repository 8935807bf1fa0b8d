"""An element and what is said to have become of it, period by period, as a row of the matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.periods.continuity import CONTINUING, Claim, Continuity, read_continuity
from hytegraph.server.pages.periods.elements import (
    Column,
    Element,
    Lines,
    Period,
    begins,
    columns_of,
    read_elements,
)
from hytegraph.server.pages.periods.wording import Comparison, compare
from hytegraph.server.text.messages import Language


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that may be the same matter in another period, and the one of the thread it was compared with."""

    claim: Claim
    element: Element
    compared: Element
    changes: Comparison


@dataclass(frozen=True, slots=True)
class Cell:
    """A thread in the periods of `span` columns.

    `own` is the element of the thread where it stands in this column, with its `lines`; `repeated` are the lines of a
    later report that name it again, `missing` the record that nothing was found here; `folded` are the weaker
    candidates.
    """

    column: Column
    own: Element | None = None
    lines: tuple[Lines, ...] = ()
    repeated: tuple[Lines, ...] = ()
    shown: tuple[Candidate, ...] = ()
    folded: tuple[Candidate, ...] = ()
    missing: Claim | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class Thread:
    """A row of the matrix: an element that continues none that is shown, and its cells by column."""

    element: Element
    cells: tuple[Cell, ...]

    @property
    def candidates(self) -> Iterator[Candidate]:
        """All of its candidates, shown and folded."""
        return (each for cell in self.cells for each in (*cell.shown, *cell.folded))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What all its cells rest on, each once."""
        missing = (cell.missing for cell in self.cells)
        known = (*(each.claim for each in self.candidates), *(each for each in missing if each))
        return tuple(dict.fromkeys(known))

    @property
    def folded(self) -> int:
        """How many candidates are folded away."""
        return sum(len(cell.folded) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The threads of one level over the columns that they need."""

    columns: tuple[Column, ...]
    threads: tuple[Thread, ...]


@lru_cache(maxsize=64)
def read_matrix(
    summaries: Summaries,
    town: str | None,
    base: str,
    language: Language,
    level: str,
    least: float | None = None,
) -> Matrix:
    """The threads of a level by aim and order; what is suggested below `least` is folded, nothing without it."""
    elements, continuity = read_elements(summaries, town, base, language), read_continuity(summaries, town)
    weaver = _Weaver(elements, continuity, level, least)
    threads = [weaver.thread(each) for each in elements.values() if each.level == level]
    return Matrix(weaver.columns, tuple(thread for thread in threads if weaver.is_head(thread.element)))


def thread_of(
    summaries: Summaries, town: str | None, base: str, language: Language, element: Element
) -> Matrix:
    """The one thread of an element, over the columns that it needs."""
    elements, continuity = read_elements(summaries, town, base, language), read_continuity(summaries, town)
    weaver = _Weaver(elements, continuity, element.level, None, only=element)
    return Matrix(weaver.columns, (weaver.thread(element),))


def candidate(claim: Claim, elements: dict[str, Element], *, forward: bool) -> Candidate | None:
    """The claim seen from its earlier end, or from its later one; None where an end is no known element."""
    earlier, later = elements.get(claim.earlier), elements.get(claim.later)
    if earlier is None or later is None:
        return None
    changes = compare(earlier.link.text, later.link.text)
    return Candidate(claim, later, earlier, changes) if forward else Candidate(claim, earlier, later, changes)


class _Weaver:
    """Makes the threads of one level."""

    def __init__(
        self,
        elements: dict[str, Element],
        continuity: Continuity,
        level: str,
        least: float | None,
        only: Element | None = None,
    ) -> None:
        self._elements, self._continuity, self._level, self._least = elements, continuity, level, least
        own = [only] if only else [each for each in elements.values() if each.level == level]
        self.columns = columns_of(self._periods(own))

    def _periods(self, own: Iterable[Element]) -> Iterator[Period]:
        for element in own:
            yield element.period
            yield from (lines.period for lines in _repeated(element))
            for claim in (
                *self._continuity.onward.get(element.iri, ()),
                *self._continuity.back.get(element.iri, ()),
            ):
                for iri in (claim.earlier, claim.later):
                    if iri in self._elements:
                        yield self._elements[iri].period

    def is_head(self, element: Element) -> bool:
        """Whether no other element of the level is shown to go on in this one."""
        return not any(
            claim.kind in CONTINUING
            and self._is_shown(claim)
            and (other := self._elements.get(claim.earlier)) is not None
            and other.level == self._level
            for claim in self._continuity.back.get(element.iri, ())
        )

    def thread(self, element: Element) -> Thread:
        """The row of an element."""
        found: dict[str, list[Candidate]] = {}
        for each in (*self._later(element), *self._earlier(element)):
            found.setdefault(each.element.period.start, []).append(each)
        repeated: dict[str, list[Lines]] = {}
        for lines in _repeated(element):
            repeated.setdefault(lines.period.start, []).append(lines)
        cells = [
            self._cell(column, element, found.get(column.start, []), repeated.get(column.start, []))
            for column in self.columns
        ]
        return Thread(element, _joined(cells, element, self._continuity))

    def _cell(self, column: Column, element: Element, found: list[Candidate], repeated: list[Lines]) -> Cell:
        ranked = sorted(found, key=lambda each: each.claim.order)
        shown = [each for each in ranked if self._is_shown(each.claim)]
        folded = [each for each in ranked if each not in shown]
        own = element if column.start == element.period.start else None
        again = set(_repeated(element))
        lines = tuple(each for each in element.lines if each not in again) if own else ()
        return Cell(column, own, lines, tuple(repeated), tuple(shown), tuple(folded))

    def _is_shown(self, claim: Claim) -> bool:
        is_strong = self._least is None or claim.confidence >= self._least
        return claim.stands and (is_strong or claim.review == "accepted")

    def _later(self, element: Element) -> Iterator[Candidate]:
        """Its candidates in later periods, and theirs where they are shown to continue it."""
        waiting, seen = [element], {element.iri}
        while waiting:
            for claim in self._continuity.onward.get(waiting.pop(0).iri, ()):
                found = candidate(claim, self._elements, forward=True)
                if found is None:
                    continue
                yield found
                goes_on = claim.kind in CONTINUING and self._is_shown(claim)
                if goes_on and found.element.iri not in seen:
                    seen.add(found.element.iri)
                    waiting.append(found.element)

    def _earlier(self, element: Element) -> Iterator[Candidate]:
        for claim in self._continuity.back.get(element.iri, ()):
            if found := candidate(claim, self._elements, forward=False):
                yield found


def _repeated(element: Element) -> Iterator[Lines]:
    """The lines of documents about later periods that name an element, unless it is known from these alone."""
    own = begins(element.period.start)
    later = [each for each in element.lines if begins(each.period.start) > own]
    if len(later) < len(element.lines):
        yield from later


def _joined(cells: list[Cell], element: Element, continuity: Continuity) -> tuple[Cell, ...]:
    """The cells with those put together for which a search has found nothing that a reviewer has not rejected."""
    own = begins(element.period.start)
    for kind in ("dropped", "new"):
        missing = continuity.found_nothing(element.iri, kind)
        here = [
            place
            for place, cell in enumerate(cells)
            if (begins(cell.column.start) > own if kind == "dropped" else begins(cell.column.start) < own)
            and not (cell.repeated or cell.shown or any(each.claim.stands for each in cell.folded))
        ]
        if missing and here:
            first = last = here[0]
            while last + 1 in here:
                last += 1
            folded = tuple(each for cell in cells[first : last + 1] for each in cell.folded)
            joined = Cell(cells[first].column, folded=folded, missing=missing, span=last + 1 - first)
            cells[first : last + 1] = [joined]
    return tuple(cells)
