"""The source view: a document's lines as they were published, without personal data, and what was read from them."""

import re

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, settings
from hytegraph.server.http.negotiation import TEXT
from hytegraph.server.http.parameters import Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.paging import PAGE, Part, asked_page, pages_of
from hytegraph.server.pages.shared.scope import full_address
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    VIEW_OFFERS,
    View,
    cached,
    iri_under,
    respond,
    split_suffix,
)
from hytegraph.server.pages.source.line_text import read_lines
from hytegraph.server.pages.source.reading import Document, Fact, Range, passages_on, read_document, terms
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, page_path, path_under
from hytegraph.server.text.messages import translate

blueprint = Blueprint("source", __name__)

PAGE_LINES = 100
# So many lines are shown on either side of what is cited, though they lie on another page.
NEIGHBOURS = 8
COLUMNS = ("lineStart", "lineEnd", "text", "place", "kind", "facts", "iris")
LINES = re.compile(
    r"L?(?P<first>\d{1,9})(?:\.(?P<left>\d{1,9}))?(?:\s*[-–]\s*L?(?P<last>\d{1,9})(?:\.(?P<right>\d{1,9}))?)?"
)


@blueprint.get("/source/<path:name>")
@asks(
    Parameter("lines", "The cited lines; the data then hold these lines alone.", example="12-14"),
    Parameter("page", f"Which {PAGE_LINES} lines the page shows; the data hold the whole document."),
)
@offers(*VIEW_OFFERS, TEXT)
def source(name: str) -> Response:
    """The lines of a document with the cited passage marked, and the facts that were read from each."""
    stem, suffix = split_suffix(name, (*TABLE_FORMS, *GRAPH_FORMS, "txt"))
    language, base = reader_language(request), settings().base
    document = read_document(dataset(), iri_under(stem), base, language)
    if document is None:
        raise ProblemError(Problem(404, "not-found", f"<{iri_under(stem)}> is not a document in the data."))
    if suffix == "txt":
        return _plain(document)
    cited = _cited(document)
    window = _window(document, cited)
    labels = terms(dataset(), base, language)
    shown = Range(window.first, window.last)
    values = {
        "document": document,
        "lines": read_lines(dataset(), document, shown, cited, base, language),
        "cited": cited,
        "window": window,
        "label": labels.link,
        "path": path_under("source", document.iri, base),
        "about": page_path(document.iri, base),
        "address": full_address(path_under("source", document.iri, base)),
    }
    asked = cited or Range(1, document.lines)
    return respond(
        View(
            "source/source.html",
            values,
            lambda: _table(document, asked, labels),
            lambda: _things(document, asked),
        ),
        suffix,
    )


def _plain(document: Document) -> Response:
    """The redacted text, byte for byte as it was released."""
    if document.text is None:
        raise ProblemError(Problem(404, "not-found", "The data came without the texts of the documents."))
    return cached(Response(document.text.text, content_type="text/plain; charset=utf-8"))


def _cited(document: Document) -> Range | None:
    """What `lines` asks for; raises the 400 for what is no range, and the 404 beyond the document."""
    asked = request.args.get("lines", "").strip()
    if not asked:
        return None
    found = LINES.fullmatch(asked)
    first = int(found["first"]) if found else 0
    last = int(found["last"] or first) if found else 0
    if not found or first < 1 or last < first:
        raise ProblemError(Problem(400, "bad-request", "`lines` takes a line or a range: 12 or 12-14."))
    if last > document.lines:
        raise ProblemError(Problem(404, "not-found", f"The document has {document.lines} lines."))
    columns = (int(found["left"]), int(found["right"])) if found["left"] and found["right"] else None
    return Range(first, last, columns)


def _window(document: Document, cited: Range | None) -> Part[int]:
    """The page that is asked for, else the one of the cited lines, widened so that their neighbours are seen."""
    is_asked = bool(request.args.get(PAGE.name))
    page = asked_page(document.lines, PAGE_LINES)
    if cited and not is_asked:
        page = (cited.first - 1) // PAGE_LINES + 1
    first, last = (page - 1) * PAGE_LINES + 1, page * PAGE_LINES
    if cited and not is_asked:
        first = min(first, cited.first - NEIGHBOURS)
        last = max(last, min(cited.last, first + 2 * PAGE_LINES) + NEIGHBOURS)
    first, last = max(1, first), min(document.lines, last)
    return Part(range(first, last + 1), page, pages_of(document.lines, PAGE_LINES), document.lines, first)


def _table(document: Document, asked: Range, labels: Labels) -> Table:
    base, language = settings().base, reader_language(request)

    def told(fact: Fact) -> str:
        return translate("source.fact", language, kind=labels.link(fact.type).text, text=fact.link.text)

    rows = tuple(
        (
            line.first,
            line.last,
            "".join(segment.text for segment in line.segments),
            line.place or None,
            " | ".join(labels.link(kind).text for kind in line.kinds) or None,
            " | ".join(map(told, line.facts)) or None,
            " ".join(fact.iri for fact in line.facts) or None,
        )
        for line in read_lines(dataset(), document, asked, None, base, language)
    )
    return Table(document.iri.rpartition("/")[2], COLUMNS, rows)


def _things(document: Document, asked: Range) -> tuple[str, ...]:
    """The document, its passages on the lines, and their selectors."""
    found = [passage.iri for passage in passages_on(dataset(), document.iri, asked)]
    return (document.iri, *(f"{iri}{end}" for iri in found for end in ("", "#quote", "#position", "#page")))
