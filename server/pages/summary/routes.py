"""The pages of summaries, and each as a document to edit."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.catalogue.releases import served_release
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town, town_of_rows
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.measures import MeasureLine
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.scope import at, full_address
from hytegraph.server.pages.shared.view import cached, iri_under, page, split_suffix, varied, wanted
from hytegraph.server.pages.summary.document import DOCX, Around, written
from hytegraph.server.pages.summary.reading import (
    COUNTED,
    Summary,
    by_period,
    of_subject,
    read_lines,
    summary_of,
)
from hytegraph.server.pages.summary.theme import Linked, ThemeReader
from hytegraph.server.pages.themes.concepts import concept_link
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import PARTY_KINDS, Link, human_path, kind_of
from hytegraph.server.text.numbers import day

blueprint = Blueprint("summary", __name__)

FORMS = {"html": HTML, "docx": DOCX}
_OF_TOWN = "/summary"
# What fits on two sheets of paper, of measures that have indicators or outcomes and of others; the rest has its own
# pages, and the Word file has all.
DETAILED, BARE, GOALS = 16, 40, 5
# Things that measures are summed up by, as their IRIs name them.
_SUBJECTS = ("aim", "goal", *PARTY_KINDS)


@blueprint.get("/summary")
@blueprint.get("/summary.<suffix>")
@in_towns
@asks(PAGE)
@offers(*FORMS.values())
def summary_of_town(suffix: str | None = None) -> Response:
    """The measures of a town in short: how many, what the documents say of them, and what is reported, by aim."""
    if is_of_all_towns():
        return by_town("summary", ("measures",), None)
    about = town()
    title = Link(about.name(reader_language(request)) if about else "")
    return _respond(title, _OF_TOWN, _summary(_lines()), suffix)


@blueprint.get("/summary/themes/<name>")
@in_towns
@asks(PAGE)
@offers(*FORMS.values())
def summary_of_theme(name: str) -> Response:
    """The goals and measures of a town that are linked to a theme or target group, with what came of them."""
    code, suffix = split_suffix(name, ("docx",))
    title = concept_link(code)
    if is_of_all_towns():
        raise ProblemError(
            Problem(404, "not-found", f"A summary is of one town: /TOWN/summary/themes/{code}.")
        )
    reader = ThemeReader(summaries(), town_of_rows(), settings().base, reader_language(request))
    measures, linked = reader.read(code, _lines())
    return _respond(title, f"/summary/themes/{code}", measures, suffix, linked)


@blueprint.get("/summary/<path:rest>")
@asks(PAGE)
@offers(*FORMS.values())
def summary_of_thing(rest: str) -> Response:
    """The measures of an aim, goal or responsible party in short, with their lines."""
    stem, suffix = split_suffix(rest, ("docx",))
    iri, base, language = iri_under(stem), settings().base, reader_language(request)
    chosen = of_subject(_lines(), human_path(iri, base)) if kind_of(iri, base) in _SUBJECTS else None
    if not chosen:
        raise ProblemError(Problem(404, "not-found", f"No measures of <{iri}> are in the data."))
    title = labels_of(dataset(), [iri], base, language).link(iri)
    return _respond(title, f"/summary/{stem}", _summary(chosen), suffix)


def _lines() -> tuple[MeasureLine, ...]:
    return read_lines(dataset(), summaries(), town_of_rows(), settings().base, reader_language(request))


def _summary(chosen: Sequence[MeasureLine]) -> Summary:
    return summary_of(chosen, summaries(), town_of_rows())


def _respond(
    title: Link, path: str, found: Summary, suffix: str | None, linked: Linked | None = None
) -> Response:
    if wanted(FORMS, suffix) == "docx":
        return _document(title, path, found, linked)
    is_detailed = any(line.indicators or line.reported for line in found.lines)
    part = part_of(found.lines, DETAILED if is_detailed else BARE)
    values = {
        "title": title,
        "summary": found,
        "linked": linked,
        "goals_shown": GOALS,
        "chart": found.chart(reader_language(request)),
        "count_names": [name for name, _ in COUNTED],
        "part": part,
        "periods": by_period(part.items),
        "release": _release(),
        "document_path": f"{request.path}.docx",
        "is_town": path == _OF_TOWN,
    }
    return varied(page("summary/summary.html", **values))


def _document(title: Link, path: str, found: Summary, linked: Linked | None) -> Response:
    around = Around(title.text, full_address(at(path)), _release(), path != _OF_TOWN)
    body = written(found, linked, around, reader_language(request))
    response = cached(Response(body, content_type=DOCX))
    response.headers["Content-Disposition"] = 'attachment; filename="summary.docx"'
    return varied(response)


def _release() -> str:
    """The data by their checksum; those of a published release also by its version and day."""
    name, served = release_name(dataset()), served_release(dataset())
    return f"{served.version} ({day(served.date, reader_language(request))}), {name}" if served else name
