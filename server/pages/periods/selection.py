"""Which threads a reader has chosen, and the table and things behind them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.periods.continuity import Claim, read_continuity
from hytegraph.server.pages.periods.elements import Element, read_elements
from hytegraph.server.pages.periods.outcomes import Outcome, outcomes_of
from hytegraph.server.pages.periods.threads import Matrix, Thread, read_matrix
from hytegraph.server.pages.shared.outcomes.reported import LIKELY
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.text.messages import Language

COLUMNS = (
    *(
        "level",
        "aim",
        "fromPeriod",
        "from",
        "kind",
        "toPeriod",
        "to",
        "confidence",
        "searched",
        "review",
        "cue",
    ),
    *("fromLines", "toLines", "fromIri", "toIri", "claim"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader has chosen; "" where nothing."""

    level: str
    aim: str
    kind: str
    review: str
    confidence: str
    height: str = ""

    @property
    def least(self) -> float:
        """The confidence below which suggested links are folded."""
        return float(self.confidence) if self.confidence else LIKELY

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader asks for some threads of the level only."""
        return bool(self.aim or self.kind or self.review)

    def keeps(self, thread: Thread, base: str) -> bool:
        """Whether the thread is one of those chosen."""
        if self.aim and base + self.aim not in thread.element.aims:
            return False
        return not (self.kind or self.review) or any(map(self._fits, thread.claims))

    def _fits(self, claim: Claim) -> bool:
        return (not self.kind or claim.kind == self.kind) and (not self.review or claim.review == self.review)


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen threads in the order of their aims, how many links and folded candidates they have, and their data.

    `aims` are those that the level has threads under, by IRI; `outcomes` are those of the whole level.
    """

    matrix: Matrix
    aims: Mapping[str, Element]
    threads: tuple[Thread, ...]
    links: int
    folded: int
    outcomes: tuple[Outcome, ...]
    table: Table
    things: tuple[str, ...]


@lru_cache(maxsize=64)
def select(
    summaries: Summaries, town: str | None, base: str, language: Language, choice: Choice
) -> Selection:
    """What was chosen; made once, because the data never change."""
    elements = read_elements(summaries, town, base, language)
    matrix = read_matrix(summaries, town, base, language, choice.level, choice.least)
    places = {
        iris: place for place, iris in enumerate(dict.fromkeys(each.element.aims for each in matrix.threads))
    }
    kept = tuple(
        sorted(
            (thread for thread in matrix.threads if choice.keeps(thread, base)),
            key=lambda thread: places[thread.element.aims],
        )
    )
    own = [each for each in elements.values() if each.level == choice.level]
    return Selection(
        matrix,
        {iri: elements[iri] for aims in places for iri in aims if iri in elements},
        kept,
        len({claim.iri for thread in kept for claim in thread.claims}),
        sum(thread.folded for thread in kept),
        outcomes_of(own, elements, read_continuity(summaries, town)),
        _table(kept, elements),
        tuple(dict.fromkeys(_iris(kept))),
    )


def lines_of(claims: Iterable[Claim], element: Element, elements: Mapping[str, Element]) -> Table:
    """The table of one thread: a line for each claim, one for the element where there is none."""
    lines = tuple(_line(claim, elements) for claim in claims)
    return Table("periods", COLUMNS, lines or (_alone(element, elements),))


def _table(threads: Iterable[Thread], elements: Mapping[str, Element]) -> Table:
    lines: dict[str, tuple[Cell, ...]] = {}
    for thread in threads:
        for claim in thread.claims:
            lines[claim.iri] = _line(claim, elements)
        if not thread.claims:
            lines[thread.element.iri] = _alone(thread.element, elements)
    return Table("periods", COLUMNS, tuple(lines.values()))


def _line(claim: Claim, elements: Mapping[str, Element]) -> tuple[Cell, ...]:
    earlier, later = elements.get(claim.earlier), elements.get(claim.later)
    about = earlier or later
    return (
        *((about.level, _names(about, elements)) if about else (None, None)),
        *_end(earlier),
        claim.kind,
        *_end(later),
        None if claim.searched else claim.confidence,
        len(claim.searched) or None,
        claim.review,
        " | ".join(claim.cues) or None,
        *(each.cited if each else None for each in (earlier, later)),
        *(claim.earlier or None, claim.later or None, claim.iri),
    )


def _alone(element: Element, elements: Mapping[str, Element]) -> tuple[Cell, ...]:
    """The line of an element that no link is about."""
    told = (element.level, _names(element, elements), *_end(element))
    return (*told, *(None,) * 7, element.cited, None, element.iri, None, None)


def _end(element: Element | None) -> tuple[Cell, Cell]:
    return (element.period.name or None, element.link.text) if element else (None, None)


def _names(element: Element, elements: Mapping[str, Element]) -> str | None:
    return " | ".join(elements[iri].link.text for iri in element.aims if iri in elements) or None


def _iris(threads: Iterable[Thread]) -> Iterator[str]:
    for thread in threads:
        yield thread.element.iri
        yield from (each.element.iri for each in thread.candidates)
        yield from (claim.iri for claim in thread.claims)
