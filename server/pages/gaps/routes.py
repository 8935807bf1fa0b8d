"""What the documents leave open: every kind of gap with its counts, and the rows behind each count."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request
from pyoxigraph import Literal

from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.gaps import GROUPS, Gap, GapRow, Place, gap_rows, load_gaps, named_gap
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.parameters import Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.documents import Document, read_documents
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import VIEW_OFFERS, View, respond, split_suffix
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, human_path, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

blueprint = Blueprint("gaps", __name__)

# So many documents are counted beside a kind; its own page counts in every one.
MOST_DOCUMENTS = 8
COLUMNS = ("label", "detail", "document", "evidence", "thing")
DOCUMENT = Parameter("document", "The document's name: only what is missing there.")
_TRACED = re.compile(r"/(?:aim|goal|measure|priority|project)/")


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of gap, how many things have it, and how many of them stand in each document."""

    gap: Gap
    total: int
    by_document: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A thing with a gap as the page shows it; `places` are a document and a link to the lines there."""

    thing: Link
    trace: str | None
    detail: Link | None
    places: tuple[tuple[Document, Link | None], ...]


@blueprint.get("/gaps")
@blueprint.get("/gaps.<suffix>")
@asks(DOCUMENT)
def gaps(suffix: str | None = None) -> Response:
    """The kinds of gaps, counted by document."""
    language = reader_language(request)
    documents = tuple(read_documents(dataset(), settings().base, language).values())
    chosen = _chosen(documents)
    shown = (chosen,) if chosen else documents
    counted = tuple(_count(gap, _kept(rows, chosen)) for gap, rows in _found(summaries(), None))
    values = {
        "groups": tuple((group, [each for each in counted if each.gap.group == group]) for group in GROUPS),
        "documents": documents,
        "chosen": chosen,
        "most": MOST_DOCUMENTS,
    }
    table = Table(
        "gaps",
        ("gap", "group", "title", "total", *(each.name for each in shown)),
        tuple(
            (
                *(each.gap.name, each.gap.group, each.gap.title[language], each.total),
                *(each.by_document.get(document.iri, 0) for document in shown),
            )
            for each in counted
        ),
    )
    return respond(View("gaps/gaps.html", values, table, tuple(each.iri for each in shown)), suffix)


@blueprint.get("/gaps/<name>")
@asks(DOCUMENT, PAGE)
@offers(*VIEW_OFFERS)
def gap(name: str) -> Response:
    """The things with one kind of gap, with what it means and what would close it."""
    stem, suffix = split_suffix(name)
    asked = named_gap(stem)
    language = reader_language(request)
    documents = tuple(read_documents(dataset(), settings().base, language).values())
    chosen = _chosen(documents)
    every = next(rows for each, rows in _found(summaries(), None) if each is asked)
    rows = _kept(every, chosen)
    by_iri = {each.iri: each for each in documents}
    part = part_of(rows)
    values = {
        "gap": asked,
        "counted": _count(asked, every),
        "documents": documents,
        "chosen": chosen,
        "part": part,
        "rows": tuple(_shown(asked, row, by_iri, settings().base, language) for row in part.items),
    }
    table = Table(f"gaps-{stem}", COLUMNS, tuple(_cells(asked, row, by_iri, language) for row in rows))
    return respond(View("gaps/gap.html", values, table, tuple(row.thing for row in rows)), suffix)


@lru_cache(maxsize=4)
def _found(kept: Summaries, town: str | None) -> tuple[tuple[Gap, tuple[GapRow, ...]], ...]:
    """The rows of every kind; the data never change, so they are found once."""
    return tuple(
        (gap, gap_rows(kept.rows("gaps", town, {"gap": Literal(name)}))) for name, gap in load_gaps().items()
    )


def _chosen(documents: tuple[Document, ...]) -> Document | None:
    """The document that the address asks for; raises the 404 for one that is not there."""
    wanted = request.args.get(DOCUMENT.name)
    if not wanted:
        return None
    for document in documents:
        if document.name == wanted:
            return document
    raise ProblemError(Problem(404, "not-found", f"There is no document '{wanted[:80]}' in the data."))


def _kept(rows: tuple[GapRow, ...], chosen: Document | None) -> tuple[GapRow, ...]:
    """The rows of the chosen document, with their places there only; all without one."""
    if chosen is None:
        return rows
    kept = []
    for row in rows:
        places = tuple(place for place in row.places if place.document == chosen.iri)
        if places:
            kept.append(GapRow(row.thing, row.labels, places, row.detail))
    return tuple(kept)


def _count(gap: Gap, rows: tuple[GapRow, ...]) -> Counted:
    by_document: dict[str, int] = {}
    for row in rows:
        for place in row.places:
            by_document[place.document] = by_document.get(place.document, 0) + 1
    return Counted(gap, len(rows), by_document)


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
    trace = path_under("trace", row.thing, base) if _TRACED.search(row.thing) else None
    return ShownRow(thing, trace, told, places)


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
