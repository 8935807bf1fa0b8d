"""The aims, goals, priorities and measures of one period beside what they may have become in later ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, settings
from hytegraph.server.languages import reader_language
from hytegraph.server.links import path_under
from hytegraph.server.pages.answers import Cell, Table, View, iri_under, respond, split_suffix
from hytegraph.server.pages.continuity import KINDS, REVIEWS, Claim, read_continuity
from hytegraph.server.pages.elements import LEVELS, Element, read_elements
from hytegraph.server.pages.flow import draw, outcomes_of
from hytegraph.server.pages.history import read_history
from hytegraph.server.pages.threads import LIKELY, Matrix, Thread, read_matrix, thread_of
from hytegraph.server.parameters import Parameter, asks
from hytegraph.server.problems import Problem, ProblemError

blueprint = Blueprint("periods", __name__)

LEAST = ("0.3", "0.5", "0.7", "0.8", "0.9")
PAGE = 25
COLUMNS = (
    *("level", "aim", "fromPeriod", "from", "kind", "toPeriod", "to", "confidence", "review", "cue"),
    *("fromLines", "toLines", "fromIri", "toIri", "claim"),
)
_PARAMETERS = (
    Parameter("level", "Which elements; goals without it.", values=tuple(LEVELS)),
    Parameter("aim", "Only what stands under this aim: its IRI without the base."),
    Parameter("kind", "Only threads with a link of this kind.", values=KINDS),
    Parameter("review", "Only threads with a link in this state of review.", values=REVIEWS),
    Parameter("confidence", "Links below this confidence are folded.", values=LEAST),
    Parameter("page", "Which page of the threads, from 1."),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader has chosen; "" where nothing."""

    level: str
    aim: str
    kind: str
    review: str
    confidence: str
    page: int

    @property
    def least(self) -> float | None:
        """The confidence below which links are folded, None for the default."""
        return float(self.confidence) if self.confidence else None

    def keeps(self, thread: Thread, base: str) -> bool:
        """Whether the thread is one of those chosen."""
        if self.aim and base + self.aim not in thread.element.aims:
            return False
        return not (self.kind or self.review) or any(map(self._fits, thread.claims))

    def _fits(self, claim: Claim) -> bool:
        return (not self.kind or claim.kind == self.kind) and (not self.review or claim.review == self.review)


@blueprint.get("/periods")
@blueprint.get("/periods.<suffix>")
@asks(*_PARAMETERS)
def matrix_page(suffix: str | None = None) -> Response:
    """What became of the elements of a level from period to period, with the links behind it."""
    base, language = settings().base, reader_language(request)
    choice = _choice()
    elements = read_elements(dataset(), base, language)
    matrix = read_matrix(dataset(), base, language, choice.level, choice.least)
    aims = _aims(matrix, elements)
    if choice.aim and base + choice.aim not in aims:
        raise _unknown("aim", choice.aim)
    order = {
        iris: place for place, iris in enumerate(dict.fromkeys(each.element.aims for each in matrix.threads))
    }
    kept = sorted(
        (thread for thread in matrix.threads if choice.keeps(thread, base)),
        key=lambda thread: order[thread.element.aims],
    )
    outcomes = outcomes_of(
        (each for each in elements.values() if each.level == choice.level),
        elements,
        read_continuity(dataset()),
    )
    values = {
        "choice": choice,
        "levels": {level: sum(each.level == level for each in elements.values()) for level in LEVELS},
        "aims": [(iri.removeprefix(base), each) for iri, each in aims.items()],
        "kinds": KINDS,
        "reviews": REVIEWS,
        "confidences": LEAST,
        "likely": LIKELY,
        "columns": matrix.columns,
        "groups": _groups(_part(kept, choice.page), elements),
        "threads": len(kept),
        "links": len({claim.iri for thread in kept for claim in thread.claims}),
        "folded": sum(thread.folded for thread in kept),
        "pages": _pages(len(kept)),
        "first": (choice.page - 1) * PAGE + 1,
        "last": min(choice.page * PAGE, len(kept)),
        "outcomes": outcomes,
        "flows": draw(outcomes),
        "address": partial(_address, choice),
        "path_of": partial(path_under, "periods", base=base),
    }
    return respond(View("periods.html", values, _table(kept, elements), _things(kept)), suffix)


@blueprint.get("/periods/<path:rest>")
def thread_page(rest: str) -> Response:
    """One element with everything that may precede or follow it, each link with its evidence on both sides."""
    rest, suffix = split_suffix(rest)
    base, language = settings().base, reader_language(request)
    element = read_elements(dataset(), base, language).get(iri_under(rest))
    if element is None:
        raise ProblemError(
            Problem(
                404, "not-found", f"<{iri_under(rest)}> is no aim, goal, priority or measure in the data."
            )
        )
    elements = read_elements(dataset(), base, language)
    matrix = thread_of(dataset(), base, language, element)
    history = read_history(dataset(), base, language, element)
    claims = tuple(each.claim for each in (*history.onward, *history.back))
    values = {
        "element": element,
        "aims": [elements[iri] for iri in element.aims if iri in elements],
        "columns": matrix.columns,
        "thread": matrix.threads[0],
        "history": history,
        "path_of": partial(path_under, "periods", base=base),
    }
    table = Table(
        "periods", COLUMNS, tuple(_line(claim, elements) for claim in claims) or (_alone(element, elements),)
    )
    return respond(View("thread.html", values, table, (element.iri, *(each.iri for each in claims))), suffix)


def _choice() -> Choice:
    asked = request.args
    allowed: Mapping[str, Iterable[str]] = {
        "level": LEVELS,
        "kind": KINDS,
        "review": REVIEWS,
        "confidence": LEAST,
    }
    for name, values in allowed.items():
        if asked.get(name) and asked[name] not in values:
            raise _unknown(name, asked[name])
    page = asked.get("page") or "1"
    if not page.isascii() or not page.isdigit() or not 0 < int(page) < 10**6:
        raise _unknown("page", page)
    return Choice(
        asked.get("level") or "goal",
        asked.get("aim", ""),
        asked.get("kind", ""),
        asked.get("review", ""),
        asked.get("confidence", ""),
        int(page),
    )


def _address(choice: Choice, **changed: object) -> str:
    """The address of the page with other choices; "" takes one back."""
    asked = {name: value for name, value in (asdict(choice) | changed).items() if value and value != 1}
    return "/periods?" + urlencode(asked)


def _unknown(name: str, value: str) -> ProblemError:
    return ProblemError(
        Problem(400, "bad-request", f"The parameter {name} has no value '{value[:100]}' here.")
    )


def _part(threads: list[Thread], page: int) -> list[Thread]:
    if page > _pages(len(threads)):
        raise _unknown("page", str(page))
    return threads[(page - 1) * PAGE : page * PAGE]


def _pages(threads: int) -> int:
    return max(1, -(-threads // PAGE))


def _aims(matrix: Matrix, elements: Mapping[str, Element]) -> dict[str, Element]:
    iris = dict.fromkeys(iri for thread in matrix.threads for iri in thread.element.aims)
    return {iri: elements[iri] for iri in iris if iri in elements}


def _groups(
    threads: Iterable[Thread], elements: Mapping[str, Element]
) -> tuple[tuple[tuple[Element, ...], tuple[Thread, ...]], ...]:
    """The threads by the aims that they stand under."""
    grouped: dict[tuple[str, ...], list[Thread]] = {}
    for thread in threads:
        grouped.setdefault(thread.element.aims, []).append(thread)
    return tuple(
        (tuple(elements[iri] for iri in aims if iri in elements), tuple(those))
        for aims, those in grouped.items()
    )


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
        claim.confidence,
        claim.review,
        " | ".join(claim.cues) or None,
        *(each.cited if each else None for each in (earlier, later)),
        *(claim.earlier or None, claim.later or None, claim.iri),
    )


def _alone(element: Element, elements: Mapping[str, Element]) -> tuple[Cell, ...]:
    """The line of an element that no link is about."""
    told = (element.level, _names(element, elements), *_end(element))
    return (*told, *(None,) * 6, element.cited, None, element.iri, None, None)


def _end(element: Element | None) -> tuple[Cell, Cell]:
    return (element.period.name or None, element.link.text) if element else (None, None)


def _names(element: Element, elements: Mapping[str, Element]) -> str | None:
    return " | ".join(elements[iri].link.text for iri in element.aims if iri in elements) or None


def _things(threads: Iterable[Thread]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_iris(threads)))


def _iris(threads: Iterable[Thread]) -> Iterator[str]:
    for thread in threads:
        yield thread.element.iri
        yield from (each.element.iri for each in thread.candidates)
        yield from (claim.iri for claim in thread.claims)
