"""The pages of summaries, and each as a document to edit."""

from flask import Blueprint, Response, request

from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town, town_of_rows
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.measures import MeasureLine
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.view import cached, iri_under, page, varied, wanted
from hytegraph.server.pages.summary.document import DOCX, written
from hytegraph.server.pages.summary.reading import COUNTED, Summary, read_lines, summary_of
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, human_path

blueprint = Blueprint("summary", __name__)

FORMS = {"html": HTML, "docx": DOCX}
_OF_TOWN = "/summary"
# The cells of a measure: the name of their column, and where a line has them.
CELLS = (
    ("party", "parties"),
    ("schedule", "schedule"),
    ("indicator", "indicators"),
    ("realisation", "reported"),
)
# Things that measures are summed up by, as their IRIs name them.
_SUBJECTS = ("aim", "goal", "unit", "post", "role", "scope", "party", "organisation")


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
    return _respond(title, _OF_TOWN, summary_of(_lines()), suffix)


@blueprint.get("/summary/<path:rest>")
@asks(PAGE)
@offers(*FORMS.values())
def summary_of_thing(rest: str) -> Response:
    """The measures of an aim, goal or responsible party in short, with their lines."""
    stem, suffix = (rest.removesuffix(".docx"), "docx") if rest.endswith(".docx") else (rest, None)
    iri, base, language = iri_under(stem), settings().base, reader_language(request)
    kind = stem.split("/")[2] if stem.count("/") > 2 else ""
    found = summary_of(_lines(), human_path(iri, base)) if kind in _SUBJECTS else None
    if found is None or not found.lines:
        raise ProblemError(Problem(404, "not-found", f"No measures of <{iri}> are in the data."))
    return _respond(labels_of(dataset(), [iri], base, language).link(iri), f"/summary/{stem}", found, suffix)


def _lines() -> tuple[MeasureLine, ...]:
    return read_lines(dataset(), summaries(), town_of_rows(), settings().base, reader_language(request))


def _respond(title: Link, path: str, found: Summary, suffix: str | None) -> Response:
    language = reader_language(request)
    if wanted(FORMS, suffix) == "docx":
        body = written(
            title.text,
            found,
            f"{root().rstrip('/')}{path}",
            release_name(dataset()),
            language,
            with_measures=path != _OF_TOWN,
        )
        response = cached(Response(body, content_type=DOCX))
        response.headers["Content-Disposition"] = 'attachment; filename="summary.docx"'
        return varied(response)
    is_filled = [any(getattr(line, cell) for line in found.lines) for _, cell in CELLS]
    values = {
        "filled": [column for column, has_any in zip(CELLS, is_filled, strict=True) if has_any],
        "unfilled": [column for column, has_any in zip(CELLS, is_filled, strict=True) if not has_any],
        "title": title,
        "summary": found,
        "chart": found.chart(language),
        "count_names": [name for name, _ in COUNTED],
        "part": part_of(found.lines),
        "release": release_name(dataset()),
        "document_path": f"{request.path}.docx",
        "is_town": path == _OF_TOWN,
    }
    return varied(page("summary/summary.html", **values))
