"""What the documents leave open: every kind of gap with its counts, and the rows behind each count."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.gaps import GROUPS, Gap, GapRow, Place, load_gaps, named_gap
from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.results import text_of
from hytegraph.server.context import (
    dataset,
    has_several_towns,
    is_of_all_towns,
    settings,
    summaries,
    town,
    town_of_rows,
    towns,
)
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import Parameter, asks, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.gaps.reading import rows_of
from hytegraph.server.pages.shared.documents import Document, read_document, read_documents
from hytegraph.server.pages.shared.paging import PAGE, ROWS, with_next
from hytegraph.server.pages.shared.scope import town_name_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    VIEW_OFFERS,
    View,
    respond,
    split_suffix,
    wanted,
)
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, human_path, passage_name, source_path
from hytegraph.server.text.messages import Language

blueprint = Blueprint("gaps", __name__)

# So many documents are counted beside a kind; its own page counts in every one.
MOST_DOCUMENTS = 8
COLUMNS = ("label", "detail", "document", "evidence", "thing")
DOCUMENT = Parameter("document", "The document's name: only what is missing there.")


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of gap, how many things have it, and how many stand in each document, or belong to each town (a slug)."""

    gap: Gap
    total: int
    by_document: Mapping[str, int]
    by_town: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A thing with a gap as the page shows it; `places` are a document and a link to the lines there."""

    thing: Link
    detail: Link | None
    places: tuple[tuple[Document, Link | None], ...]


@blueprint.get("/gaps")
@blueprint.get("/gaps.<suffix>")
@in_towns
@asks(DOCUMENT)
def gaps(suffix: str | None = None) -> Response:
    """The kinds of gaps, counted by document; those of all towns, by town."""
    language = reader_language(request)
    documents = _documents(language)
    chosen = _chosen(documents)
    shown = (chosen,) if chosen else documents
    counted = _counted(chosen)
    values = {
        "groups": tuple((group, [each for each in counted if each.gap.group == group]) for group in GROUPS),
        "documents": documents,
        "chosen": chosen,
        "most": MOST_DOCUMENTS,
    }
    slugs = tuple(towns()) if is_of_all_towns() else ()
    table = Table(
        "gaps",
        ("gap", "group", "title", "total", *(each.name for each in shown), *slugs),
        tuple(
            (
                *(each.gap.name, each.gap.group, each.gap.title[language], each.total),
                *(each.by_document.get(document.iri, 0) for document in shown),
                *(each.by_town.get(slug, 0) for slug in slugs),
            )
            for each in counted
        ),
    )
    return respond(View("gaps/gaps.html", values, table, tuple(each.iri for each in shown)), suffix)


@blueprint.get("/gaps/<name>")
@in_towns
@asks(DOCUMENT, PAGE)
@offers(*VIEW_OFFERS)
def gap(name: str) -> Response:
    """The things with one kind of gap, with what it means and what would close it."""
    stem, suffix = split_suffix(name)
    asked = named_gap(stem)
    language = reader_language(request)
    documents = _documents(language)
    chosen = _chosen(documents)
    is_page = wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix) == "html"
    size = ROWS if is_page or is_of_all_towns() else sys.maxsize
    part = rows_of(summaries(), stem, town_of_rows(), chosen.iri if chosen else None, size)
    by_iri = {each.iri: each for each in documents} or _named(part.items, language)
    values = {
        "gap": asked,
        "tally": next(each for each in _counted() if each.gap is asked),
        "documents": documents,
        "towns": towns(),
        "chosen": chosen,
        "part": part,
        "rows": tuple(_shown(asked, row, by_iri, settings().base, language) for row in part.items),
    }
    table = Table(f"gaps-{stem}", COLUMNS, tuple(_cells(asked, row, by_iri, language) for row in part.items))
    if is_of_all_towns():
        table = table.of_towns([town_name_of(slug_in(row.thing, settings().base)) for row in part.items])
    things = tuple(row.thing for row in part.items)
    return with_next(respond(View("gaps/gap.html", values, table, things), suffix), part)


def _documents(language: Language) -> tuple[Document, ...]:
    """The documents of the town; none on a page about all towns, which have too many to choose from."""
    if is_of_all_towns():
        return ()
    about = town() if has_several_towns() else None
    return tuple(read_documents(dataset(), settings().base, language, about).values())


def _named(rows: Iterable[GapRow], language: Language) -> Mapping[str, Document]:
    """The documents in which the rows stand, by their IRIs."""
    iris = dict.fromkeys(place.document for row in rows for place in row.places)
    found = (read_document(dataset(), iri, settings().base, language) for iri in iris)
    return {document.iri: document for document in found if document}


def _chosen(documents: tuple[Document, ...]) -> Document | None:
    """The document that the address asks for; raises the 404 for one that is not there."""
    name = request.args.get(DOCUMENT.name)
    if not name:
        return None
    for document in documents:
        if document.name == name:
            return document
    raise ProblemError(Problem(404, "not-found", f"There is no document '{name[:80]}' in the data."))


def _counted(chosen: Document | None = None) -> tuple[Counted, ...]:
    """Every kind with its counts, in their order; those of one document where it is chosen."""
    slug, kept = town_of_rows(), summaries()
    by_town: dict[str, dict[str, int]] = {}
    for (name, of_town), n in kept.sums("gap-counts", ("gap", "town"), slug).items():
        by_town.setdefault(text_of(name), {})[text_of(of_town)] = n
    by_document: dict[str, dict[str, int]] = {}
    if not is_of_all_towns():
        for (name, document), n in kept.sums("gap-document-counts", ("gap", "document"), slug).items():
            by_document.setdefault(text_of(name), {})[text_of(document)] = n
    return tuple(
        _count(gap, by_town.get(name, {}), by_document.get(name, {}), chosen)
        for name, gap in load_gaps().items()
    )


def _count(
    gap: Gap, by_town: Mapping[str, int], by_document: Mapping[str, int], chosen: Document | None
) -> Counted:
    if chosen is None:
        return Counted(gap, sum(by_town.values()), by_document, by_town)
    n = by_document.get(chosen.iri, 0)
    return Counted(gap, n, {chosen.iri: n} if n else {}, {})


def _shown(
    gap: Gap, row: GapRow, documents: Mapping[str, Document], base: str, language: Language
) -> ShownRow:
    label = best_literal(row.labels, language)
    thing = Link(
        label.value if label else row.thing.removeprefix(base),
        (label and label.language) or "",
        human_path(row.thing, base),
    )
    places = tuple(
        (documents[place.document], _lines(place, base, language))
        for place in row.places
        if place.document in documents
    )
    detail = _detail(gap, row, language)
    # What is no code of the kind are words or headings of the document.
    told = Link(detail, language if row.detail in gap.details else "fi") if detail else None
    return ShownRow(thing, told, places)


def _lines(place: Place, base: str, language: Language) -> Link | None:
    if not place.passage:
        return None
    href = source_path(place.document, place.start, place.end, base, place.passage)
    return Link(passage_name(place.start, place.end, language), language, href)


def _detail(gap: Gap, row: GapRow, language: Language) -> str:
    return gap.details[row.detail][language] if row.detail in gap.details else row.detail


def _cells(
    gap: Gap, row: GapRow, documents: Mapping[str, Document], language: Language
) -> tuple[str | None, ...]:
    label = best_literal(row.labels, language)
    named = [(documents[place.document].name, place) for place in row.places if place.document in documents]
    evidence = " ".join(
        f"{name}:L{place.start}" + (f"-L{place.end}" if place.end != place.start else "")
        for name, place in named
        if place.passage
    )
    return (
        label.value if label else None,
        _detail(gap, row, language) or None,
        " | ".join(dict.fromkeys(name for name, _ in named)) or None,
        evidence or None,
        row.thing,
    )
