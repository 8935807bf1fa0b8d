"""Search: things by the words of their names and texts, by kind and facet, and as the reader types."""

from flask import Blueprint, Response, jsonify, request

from hytegraph.graph.search.entries import FACETS, KINDS
from hytegraph.graph.search.index import MOST_OF_KIND, SearchIndex, Thing
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.server.context import dataset, is_of_all_towns, search, settings, town_of_rows
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import Parameter, asks, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.search.plain import plain_search
from hytegraph.server.pages.search.question import Question
from hytegraph.server.pages.search.results import ON_A_PAGE, Viewer
from hytegraph.server.pages.shared.paging import AS_DATA, PAGE, asked_number, part_of_rows, with_next
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    NO_THINGS,
    TABLE_FORMS,
    View,
    cached,
    respond,
    wanted,
)
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import translate

blueprint = Blueprint("search", __name__)

LONGEST = 200
_MOST_OF_SEVERAL = 150
SUGGESTED = 8
COLUMNS = (
    *("kind", "label", "way", "period", "aim", "sector", "responsible", "status"),
    *("document", "lineStart", "lineEnd", "thing"),
)
_ASKED = (
    Parameter("q", "Words to look for; none finds all that is chosen.", example="koulu"),
    Parameter("kind", "Kinds of things to keep.", repeated=True, values=KINDS),
    *(
        Parameter(
            facet, f"Values of the facet {facet} to keep, by their keys in the facet's links.", repeated=True
        )
        for facet in FACETS[1:]
    ),
    PAGE,
)


@blueprint.get("/search")
@blueprint.get("/search.<suffix>")
@in_towns
@asks(*_ASKED)
def search_page(suffix: str | None = None) -> Response:
    """What was found: the first of each kind or a page of one kind, and as data in pages of 1000."""
    question = _question()
    source = search()
    index = source.index
    if index is None:
        return _plain(question, suffix, source)
    viewer = Viewer(index, settings().base, reader_language(request))
    if wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix) != "html":
        return _as_data(question, index, viewer, suffix)
    found = index.find(question.text, question.choices, _most(question), facets=question.counted)
    values = {"q": question.text, "answer": viewer.answer(question, found)}
    # The rows are made for those only who ask for them.
    return respond(View("search/search.html", values, Table("search", COLUMNS, ()), NO_THINGS), suffix)


@blueprint.get("/search/suggest")
@in_towns
@asks(Parameter("q", "The beginning of what a reader types."))
@offers("application/json")
def suggestions() -> Response:
    """Things whose names begin so, as JSON for the search boxes."""
    language = reader_language(request)
    index = search().index
    offers = []
    if index is not None:
        viewer = Viewer(index, settings().base, language)
        numbers = index.suggest(_words(), SUGGESTED, _question().choices)
        offers = [viewer.offer(thing) for thing in index.things(numbers)]
    response = jsonify(
        {"q": _words(), "suggestions": offers, "told": translate("search.suggested", language, n=len(offers))}
    )
    response.headers["Vary"] = "Accept-Language, Cookie"
    return cached(response)


def _most(question: Question) -> int:
    """How many of each kind the page needs: of several kinds few, of one those up to the part that is asked for."""
    if not question.choices.get("kind"):
        return _MOST_OF_SEVERAL
    return MOST_OF_KIND if question.text else max(asked_number() * ON_A_PAGE, MOST_OF_KIND)


def _as_data(question: Question, index: SearchIndex, viewer: Viewer, suffix: str | None) -> Response:
    """The things in parts; of very many they stand in the order of the index, so that no part repeats another's."""
    most = asked_number() * AS_DATA
    found = index.find(question.text, question.choices, most, is_by_score=False, facets=question.counted)
    numbers = [number for numbers in found.by_kind.values() for number in numbers]
    part = part_of_rows(found.total, lambda offset, limit: numbers[offset : offset + limit], AS_DATA)
    things = index.things(part.items)
    table = Table("search", COLUMNS, tuple(_row(thing, viewer) for thing in things))
    if is_of_all_towns():
        table = table.of_towns([viewer.held(thing, "town") for thing in things])
    iris = tuple(thing.iri for thing in things) or NO_THINGS
    return with_next(respond(View("search/search.html", {}, table, iris), suffix), part)


def _plain(question: Question, suffix: str | None, source: IndexSource) -> Response:
    """The names that hold the text, where the data have no index or none yet.

    Raises ProblemError 503 for data of a release whose index is damaged: who reads them by a program sees no note.
    """
    if source.is_damaged and wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix) != "html":
        raise ProblemError(
            Problem(503, "not-ready", "The search index of the release is damaged.", retry_after=60)
        )
    is_coming = source.is_coming
    hits, is_cut = plain_search(dataset(), question.text, settings().base, reader_language(request))
    rows = tuple((hit.link.text, " | ".join(kind.text for kind in hit.types), hit.iri) for hit in hits)
    values = {"q": question.text, "hits": hits, "is_cut": is_cut, "note": _note(source)}
    table = Table("search", ("label", "kind", "thing"), rows)
    response = respond(
        View("search/plain.html", values, table, tuple(hit.iri for hit in hits) or NO_THINGS), suffix
    )
    if is_coming:
        response.headers["Cache-Control"] = "no-store"
    return response


def _note(source: IndexSource) -> str:
    if source.is_damaged:
        return "search.plain.damaged"
    return "search.plain.coming" if source.is_coming else "search.plain"


def _question() -> Question:
    chosen = ((facet, tuple(dict.fromkeys(filter(None, request.args.getlist(facet))))) for facet in FACETS)
    slug = town_of_rows()
    kept = ((facet, keys) for facet, keys in chosen if keys and not (slug and facet == "town"))
    return Question(_words(), tuple(kept), slug)


def _words() -> str:
    return request.args.get("q", "").strip()[:LONGEST]


def _row(thing: Thing, viewer: Viewer) -> tuple[Cell, ...]:
    place = thing.place
    return (
        thing.kind,
        viewer.best(thing.names)[1],
        " | ".join(viewer.best(names)[1] for _, names in thing.way) or None,
        *(
            viewer.held(thing, facet)
            for facet in ("period", "aim", "sector", "responsible", "status", "document")
        ),
        place.start if place else None,
        place.end if place else None,
        thing.iri,
    )
