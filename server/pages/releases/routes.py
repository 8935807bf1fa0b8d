"""The published releases, the Atom feed of them, and what each has changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.releases.changes import MOVED, WHATS
from hytegraph.graph.releases.row import Published, of_version
from hytegraph.graph.releases.summary import Summary, read_summary
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.releases import published_row, served_release
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.releases.feed import ATOM, feed_of_releases
from hytegraph.server.pages.releases.formats import turtle_lines
from hytegraph.server.pages.releases.wording import ChangeLine, Wording
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import TABLE_FORMS, View, cached, respond, split_suffix, varied
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import translate

blueprint = Blueprint("releases", __name__)

# So many changes of each kind are on the page; as Turtle there are all that the release lists.
_SHOWN = 50
COLUMNS = ("version", "date", "previous", "quads", "checksum", "notes")
CHANGE_COLUMNS = ("what", "town", "document", "kind", "changes")
TURTLE = "text/turtle"


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind: how many there are, and the first of them with links and names."""

    what: str
    total: int
    lines: tuple[ChangeLine, ...]


@blueprint.get("/releases")
@blueprint.get("/releases.<suffix>")
@offers(HTML, *TABLE_FORMS.values(), ATOM)
def releases(suffix: str | None = None) -> Response:
    """The published releases, the newest first; `.atom` is the feed."""
    language, row = reader_language(request), published_row(dataset())
    if suffix == "atom":
        return _feed()
    rows = (
        (one.version, one.date.isoformat(), one.previous, one.quads, one.checksum, one.notes["fi"])
        for one in row
    )
    values = {
        "row": row,
        "served": served_release(dataset()),
        "notes": {one.version: one.notes.in_language(language) for one in row},
        "changed": {one.version for one in row if read_summary(one.folder) is not None},
    }
    return respond(View("releases/releases.html", values, Table("releases", COLUMNS, tuple(rows))), suffix)


def _feed() -> Response:
    language = reader_language(request)
    publisher = About.of(dataset(), summaries(), settings(), root()).publisher
    entries = [(one, read_summary(one.folder)) for one in published_row(dataset())]
    text = feed_of_releases(entries, root(), publisher, language)
    return varied(cached(Response(text, content_type=ATOM)))


@blueprint.get("/changes")
@offers(HTML)
def latest_changes() -> Response:
    """Leads to what the newest release has changed; says so where there is nothing to compare."""
    for one in published_row(dataset()):
        if read_summary(one.folder) is not None:
            return cached(Response(status=303, headers={"Location": f"/changes/{one.version}"}))
    return respond(View("releases/nochanges.html"))


@blueprint.get("/changes/<name>")
@offers(HTML, *TABLE_FORMS.values(), TURTLE)
def changes_of(name: str) -> Response:
    """What a release has changed: counts as a table, the listed changes as Turtle (`.ttl`)."""
    row = published_row(dataset())
    version, suffix = (name, None) if name in {one.version for one in row} else split_suffix(name)
    try:
        one = of_version(row, version)
    except UnknownNameError as error:
        raise ProblemError(Problem(404, "not-found", str(error))) from error
    summary = read_summary(one.folder)
    if summary is None:
        detail = f"Release {version} is the first of the row; it has changed nothing."
        raise ProblemError(Problem(404, "not-found", detail))
    if suffix == "ttl":
        return cached(
            Response("".join(turtle_lines(summary.listed)), content_type=f"{TURTLE}; charset=utf-8")
        )
    return _changes_page(one, summary, suffix)


def _changes_page(one: Published, summary: Summary, suffix: str | None) -> Response:
    language = reader_language(request)
    wording = Wording.of(dataset(), summary.listed, settings().base, language, summary.counts)
    # Of what has only moved with its lines the numbers say enough.
    shown = [what for what in WHATS if what != MOVED]
    groups = [_group(what, summary, wording) for what in shown if summary.total(what)]
    documents = labels_of(
        dataset(),
        {_document(count.town, count.document) for count in summary.counts if count.document},
        settings().base,
        language,
    )
    values: Mapping[str, object] = {
        "release": one,
        "summary": summary,
        "notes": one.notes.in_language(language),
        "groups": groups,
        "counts": [
            (
                translate(f"changes.what.{count.what}", language),
                documents.link(_document(count.town, count.document)) if count.document else None,
                wording.kind(count.kind),
                count.changes,
            )
            for count in sorted(summary.counts, key=lambda count: WHATS.index(count.what))
        ],
        "most": _SHOWN,
    }
    rows = ((c.what, c.town, c.document, c.kind, c.changes) for c in summary.counts)
    return respond(
        View("releases/changes.html", values, Table("changes", CHANGE_COLUMNS, tuple(rows))), suffix
    )


def _document(town: str, document: str) -> str:
    return f"{settings().base}id/{town}/document/{document}"


def _group(what: str, summary: Summary, wording: Wording) -> ChangeGroup:
    return ChangeGroup(what, summary.total(what), tuple(map(wording.line, summary.of(what)[:_SHOWN])))
