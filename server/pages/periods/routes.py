"""The aims, goals, priorities and measures of one period beside what they may have become in later ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.periods.continuity import KINDS, REVIEWS, read_continuity
from hytegraph.server.pages.periods.elements import LEVELS, Element, read_elements
from hytegraph.server.pages.periods.flow import ENDS, Flow, FlowReader
from hytegraph.server.pages.periods.flow_drawing import LAYOUTS, draw_flow
from hytegraph.server.pages.periods.history import read_history
from hytegraph.server.pages.periods.selection import Choice, lines_of, select
from hytegraph.server.pages.periods.threads import Thread, thread_of
from hytegraph.server.pages.shared.outcomes.reported import read_mentions
from hytegraph.server.pages.shared.outcomes.tallies import tallies_under
from hytegraph.server.pages.shared.paging import no_such_value, part_of
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.town_lists import TOWN_NAME, asked_towns, sums_by_town
from hytegraph.server.pages.shared.view import View, iri_under, respond, split_suffix
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import path_under
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("periods", __name__)

LEAST = ("0.3", "0.5", "0.7", "0.8", "0.9")
# How high a goal is drawn: all alike, or by its measures.
HEIGHTS = ("one", "measures")
PAGE = 30
_PARAMETERS = (
    Parameter("level", "Which elements; goals without it.", values=tuple(LEVELS)),
    Parameter("aim", "Only what stands under this aim: its IRI without the base."),
    Parameter("kind", "Only threads with a link of this kind.", values=KINDS),
    Parameter("review", "Only threads with a link in this state of review.", values=REVIEWS),
    Parameter(
        "confidence", "Suggested links below this confidence are folded; 0.8 without it.", values=LEAST
    ),
    Parameter("height", "How high a goal is drawn in the flow; all alike without it.", values=HEIGHTS),
    Parameter("page", "Which page of the threads, from 1."),
    TOWN_NAME,
)


@blueprint.get("/periods")
@blueprint.get("/periods.<suffix>")
@in_towns
@asks(*_PARAMETERS)
def matrix_page(suffix: str | None = None) -> Response:
    """What became of the elements of a level from period to period, with the links behind it; of all towns a list."""
    if is_of_all_towns():
        return _towns_page(suffix)
    base, language = settings().base, reader_language(request)
    choice = _choice()
    elements = read_elements(summaries(), town_of_rows(), base, language)
    chosen = select(summaries(), town_of_rows(), base, language, choice)
    if choice.aim and base + choice.aim not in chosen.aims:
        raise no_such_value("aim", choice.aim)
    part = part_of(chosen.threads, PAGE)
    counted = Counter(each.level for each in elements.values())
    values = {
        "choice": choice,
        "chosen": chosen,
        "levels": {level: counted[level] for level in LEVELS},
        "aims": [(iri.removeprefix(base), each) for iri, each in chosen.aims.items()],
        "kinds": KINDS,
        "reviews": REVIEWS,
        "confidences": LEAST,
        "groups": _groups(part.items, elements),
        "part": part,
        "flows": [
            (flow, [draw_flow(flow, layout) for layout in LAYOUTS]) for flow in _flows(choice, language)
        ],
        "heights": HEIGHTS if choice.level == "goal" else (),
        "address": partial(_address, choice),
        "path_of": partial(path_under, "periods", base=base),
    }
    return respond(View("periods/periods.html", values, chosen.table, chosen.things), suffix)


@blueprint.get("/periods/<path:rest>")
def thread_page(rest: str) -> Response:
    """One element with everything that may precede or follow it, each link with its evidence on both sides."""
    rest, suffix = split_suffix(rest)
    base, language = settings().base, reader_language(request)
    elements = read_elements(summaries(), town_of_rows(), base, language)
    element = elements.get(iri_under(rest))
    if element is None:
        raise ProblemError(
            Problem(
                404, "not-found", f"<{iri_under(rest)}> is no aim, goal, priority or measure in the data."
            )
        )
    matrix = thread_of(summaries(), town_of_rows(), base, language, element)
    history = read_history(dataset(), summaries(), town_of_rows(), base, language, element)
    reported = read_mentions(dataset(), summaries(), element.iri, base, language)
    values = {
        "element": element,
        "aims": [elements[iri] for iri in element.aims if iri in elements],
        "columns": matrix.columns,
        "thread": matrix.threads[0],
        "history": history,
        "results": tallies_under(summaries(), [element.iri], base, at("/results")),
        "reported": reported,
        "path_of": partial(path_under, "periods", base=base),
    }
    things = (
        element.iri,
        *(claim.iri for claim in history.claims),
        *(mention.paragraph.iri for mention in reported),
    )
    return respond(
        View("periods/thread.html", values, lines_of(history.claims, element, elements), things), suffix
    )


def _towns_page(suffix: str | None) -> Response:
    """The towns, each with how many links its elements have, by their state of review."""
    columns = {code: f"periods.review.{code}" for code in REVIEWS}
    found = asked_towns(columns, sums_by_town("continuity-counts", "review"), reader_language(request))
    view = View("periods/towns.html", {"list": found}, lambda: found.table("periods"), found.things)
    return respond(view, suffix)


def _choice() -> Choice:
    asked = request.args
    allowed: Mapping[str, Iterable[str]] = {
        "level": LEVELS,
        "kind": KINDS,
        "review": REVIEWS,
        "confidence": LEAST,
        "height": HEIGHTS,
    }
    for name, values in allowed.items():
        if asked.get(name) and asked[name] not in values:
            raise no_such_value(name, asked[name])
    return Choice(
        asked.get("level") or "goal",
        asked.get("aim", ""),
        asked.get("kind", ""),
        asked.get("review", ""),
        asked.get("confidence", ""),
        asked.get("height", ""),
    )


def _flows(choice: Choice, language: Language) -> tuple[Flow, ...]:
    """The flows of the chosen level, which the filters of the threads leave as they are."""
    town, base = town_of_rows(), settings().base
    measures: Counter[str] = Counter()
    if choice.height == "measures" and choice.level == "goal":
        rows = summaries().rows("measure-rows", town)
        measures.update(goal for goal, _ in {(row.text("goal"), row.text("measure")) for row in rows})
    ends = {end: translate(f"periods.flow.{end}", language) for end in ENDS}
    return FlowReader(
        read_elements(summaries(), town, base, language),
        read_continuity(summaries(), town),
        choice.level,
        {**ends, "": translate("periods.noaim", language)},
        measures,
    ).flows()


def _address(choice: Choice, **changed: object) -> str:
    """The address of the page with other choices; "" takes one back."""
    return f"{at('/periods')}?" + urlencode(
        {name: value for name, value in (asdict(choice) | changed).items() if value}
    )


def _groups(
    threads: Iterable[Thread], elements: Mapping[str, Element]
) -> tuple[tuple[tuple[Element, ...], tuple[Thread, ...]], ...]:
    """The threads by the aims that they stand under; those of aims together."""
    grouped: dict[tuple[str, ...], list[Thread]] = {}
    for thread in threads:
        aims = () if thread.element.level == "aim" else thread.element.aims
        grouped.setdefault(aims, []).append(thread)
    return tuple(
        (tuple(elements[iri] for iri in aims if iri in elements), tuple(those))
        for aims, those in grouped.items()
    )
