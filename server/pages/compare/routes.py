"""Two or more towns side by side by a subject: numbers, a chart, and the first items of each town."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from flask import Blueprint, Response, request

from hytegraph.graph.query.towns import Town, nearest_towns
from hytegraph.server.context import dataset, search, settings, summaries, towns
from hytegraph.server.http.parameters import Parameter, asks
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.compare.choices import Choice, offers
from hytegraph.server.pages.compare.counts import OF_MEASURES
from hytegraph.server.pages.compare.items import LEVELS
from hytegraph.server.pages.compare.reading import (
    Column,
    Comparison,
    compare,
    read_sdg_names,
    read_theme_names,
)
from hytegraph.server.pages.compare.showing import (
    ITEM_COLUMNS,
    further_address,
    item_row,
    link_lines,
    shown_levels,
    sparql_address,
    status_lines,
)
from hytegraph.server.pages.compare.subjects import CLAIMED, SDG, SUBJECTS, THEME, Subject
from hytegraph.server.pages.shared.charts import Bar, BarGroup, Chart, bar_chart
from hytegraph.server.pages.shared.paging import PAGE, no_such_value, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import percent

blueprint = Blueprint("compare", __name__)

MOST_TOWNS = 8
# So many items of a level are shown of all towns together, and so many of one; the page of the items shows all.
SHOWN, SHOWN_OF_TOWN = 12, 5
ON_A_PAGE = 40
LONGEST = 200
COLUMNS = ("town", "documents", "periods", "what", "how", "count", "of")
_CHOSEN = (
    Parameter(
        "town",
        f"Towns by slug or name, at most {MOST_TOWNS}; all where the data have no more.",
        repeated=True,
        example="kemi",
    ),
    Parameter("sdg", "Number of an SDG goal or target.", example="3"),
    Parameter(
        "theme", "Local name of a theme or target group of the scheme of themes.", example="mentalHealth"
    ),
    Parameter("words", "Words in any form, looked for in names and texts."),
    Parameter("group", "A target group as it is printed, or words of it."),
    Parameter("indicator", "The name of an indicator: the same words in any form and order."),
    Parameter("wording", "The name of an aim, priority or goal: the same words in any form and order."),
)


@blueprint.get("/compare")
@blueprint.get("/compare.<suffix>")
@asks(*_CHOSEN)
def comparison_page(suffix: str | None = None) -> Response:
    """Towns side by side: how many goals, measures and indicators of a subject, and what their rows say."""
    choice, language = _choice(), reader_language(request)
    compared = _compared(choice, language)
    base = settings().base
    most = min(SHOWN_OF_TOWN, SHOWN // (len(choice.towns) or 1))
    values = {
        "choice": choice,
        "compared": compared,
        "chart": _chart(compared, language),
        "levels": LEVELS,
        "of_measures": OF_MEASURES,
        "links": link_lines(compared),
        "statuses": status_lines(dataset(), compared, base, language),
        "shown": {column.town: shown_levels(column, column.items(), most) for column in compared.columns},
        "known_towns": len(towns()),
        "others": [town for town in towns().values() if town not in choice.towns],
        "most": MOST_TOWNS,
        "names": _names(language),
        "offers": offers([column.held for column in compared.columns], search().index),
        "further": further_address,
        "sparql": sparql_address(choice.towns, choice.subject),
        "share": lambda count: percent(Decimal(count.number) / Decimal(count.of), language),
    }
    table = Table("compare", COLUMNS, tuple(_lines(compared)))
    things = tuple(dict.fromkeys(iri for column in compared.columns for iri in column.matched))
    return respond(View("compare/compare.html", values, table, things), suffix)


@blueprint.get("/compare/items")
@blueprint.get("/compare/items.<suffix>")
@asks(*_CHOSEN, Parameter("level", "Level of the items.", values=LEVELS), PAGE)
def items_page(suffix: str | None = None) -> Response:
    """All items of a comparison with what their table rows say, by town, document and lines."""
    choice, language = _choice(), reader_language(request)
    level = request.args.get("level", "")
    if level and level not in LEVELS:
        raise no_such_value("level", level)
    compared = _compared(choice, language)
    every = [(column, item) for column in compared.columns for item in column.items(level)]
    part = part_of(every, ON_A_PAGE)
    shown = {
        column.town: shown_levels(column, [item for owner, item in part.items if owner is column])
        for column in compared.columns
    }
    values = {
        "choice": choice,
        "compared": compared,
        "part": part,
        "shown": shown,
        "names": _names(language),
    }
    table = Table("compare-items", ITEM_COLUMNS, tuple(item_row(column, item) for column, item in every))
    things = tuple(dict.fromkeys(item.iri for _, item in every))
    return respond(View("compare/items.html", values, table, things), suffix)


def _choice() -> Choice:
    """The towns and the subject of the address; raises ProblemError 400 for those that there are not."""
    wanted = [value.strip() for value in request.args.getlist("town") if value.strip()]
    chosen = tuple(dict.fromkeys(map(_town, wanted)))
    if len(chosen) > MOST_TOWNS:
        raise ProblemError(
            Problem(400, "bad-request", f"At most {MOST_TOWNS} towns are compared, not {len(chosen)}.")
        )
    if not wanted and len(towns()) <= MOST_TOWNS:
        chosen = tuple(towns().values())
    return Choice(chosen, _subject())


def _town(value: str) -> Town:
    known = towns()
    if value in known:
        return known[value]
    named = [town for town in known.values() if value.casefold() in map(str.casefold, town.names.values())]
    if named:
        return named[0]
    near = ", ".join(town.slug for town in nearest_towns(known, value))
    hint = f" Towns with a name like it: {near}." if near else ""
    raise ProblemError(Problem(400, "bad-request", f"The data have no town '{value[:100]}'.{hint}"))


def _subject() -> Subject:
    values = {kind: request.args.get(kind, "").strip()[:LONGEST] for kind in SUBJECTS}
    given = [Subject(kind, value) for kind, value in values.items() if value]
    if len(given) > 1:
        names = ", ".join(subject.kind for subject in given)
        raise ProblemError(Problem(400, "bad-request", f"One subject can be compared at once, not {names}."))
    subject = given[0] if given else Subject()
    named = _names("fi")
    if subject.kind in named and subject.value not in named[subject.kind]:
        raise no_such_value(subject.kind, subject.value)
    return subject


def _names(language: Language) -> Mapping[str, Mapping[str, Link]]:
    """The names of what can be chosen from a list."""
    base = settings().base
    return {
        SDG: read_sdg_names(dataset(), base, language),
        THEME: read_theme_names(dataset(), base, language),
    }


def _compared(choice: Choice, language: Language) -> Comparison:
    return compare(
        dataset(), summaries(), choice.towns, choice.subject, search().index, settings().base, language
    )


def _chart(compared: Comparison, language: Language) -> Chart | None:
    """The numbers of items of each level as bars, a group for a level that any town has."""
    groups = [
        BarGroup(
            translate(f"compare.count.{level}", language),
            "",
            tuple(_bar(column, column.counts.levels[level].number, language) for column in compared.columns),
        )
        for level in LEVELS
        if any(column.counts.levels[level].number for column in compared.columns)
    ]
    return bar_chart(groups, language, of_wholes=True)


def _bar(column: Column, number: int, language: Language) -> Bar:
    town = column.town
    tongue = town.name_language(language)
    return Bar(town.name(language), "", Decimal(number), str(number), "" if tongue == language else tongue)


def _lines(compared: Comparison) -> Iterator[tuple[Cell, ...]]:
    """A line for each town and number."""
    for column in compared.columns:
        counts, documents = column.counts, column.held.documents
        start = (column.town.name("fi"), documents.number, " | ".join(documents.periods) or None)
        for what, number in (*counts.levels.items(), *counts.measures.items()):
            yield *start, what, None, number.number, number.of
        if compared.subject.kind in CLAIMED:
            for way, n in counts.ways.items():
                yield *start, "links", way, n, sum(counts.ways.values())
        for (status, way), n in counts.statuses.items():
            yield *start, status.rpartition("#")[2], way, n, None
