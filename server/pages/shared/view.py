"""How every page answers: as HTML in the reader's language, and as data by suffix or Accept."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request
from markupsafe import Markup
from pyoxigraph import NamedNode, Triple

from hytegraph.graph.formats import THING_FORMATS, GraphFormat
from hytegraph.graph.query.stored import judged_values, stored_query
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.context import dataset, has_several_towns, settings, town
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import HTML, accepted
from hytegraph.server.http.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.pages.shared.documents import read_documents
from hytegraph.server.pages.shared.paging import ROWS, rows_of_data
from hytegraph.server.pages.shared.scope import named_release
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.workbook import Surroundings, source_notes, workbook
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import HUMAN_PAGES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE_FORMS = {"csv": "text/csv", "xlsx": XLSX, "json": "application/json"}
GRAPH_FORMS = {syntax.extension: syntax.media_type for syntax in THING_FORMATS}
FORM_NAMES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"} | {
    syntax.extension: syntax.label for syntax in THING_FORMATS
}
# Describes nothing, but data of nothing are data too.
NO_THINGS = ("urn:hytegraph:nothing",)
VIEW_OFFERS = (HTML, *TABLE_FORMS.values(), *GRAPH_FORMS.values())

_LEAD = re.compile(r'<p class="lead[^>]*>(.*?)</p>', re.DOTALL)
# Where pages are shared, more is cut.
_LONGEST_LEAD = 250

_DESCRIBED = stored_query(__name__, "described")


@dataclass(frozen=True, slots=True)
class View:
    """A page and the data behind it.

    `values` go to the template, `table` is the page as rows, and `things` are the IRIs of what the page shows: their
    descriptions make up its RDF forms, with that of the town where there are several. Either may be a function,
    which is called when one of its forms is asked for.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    table: Table | Callable[[], Table] | None = None
    things: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
    status: int = 200


def respond(view: View, suffix: str | None = None) -> Response:
    """The view in the form that the suffix names, else in the one that Accept likes best; raises the 406."""
    forms = {"html": HTML} | (TABLE_FORMS if view.table else {}) | (GRAPH_FORMS if view.things else {})
    form = wanted(forms, suffix)
    if form == "html":
        response = page(
            view.template, **view.values, alternates=form_links(tuple(forms)[1:]), data_tab=_data_tab()
        )
        if view.status != 200:
            response.status_code = view.status
            response.headers["Cache-Control"] = "no-store"
        return varied(response)
    # With a table, "json" is the table; without one it is no form at all, though JSON-LD goes by that name elsewhere.
    about = town() if has_several_towns() else None
    if view.table and form in TABLE_FORMS:
        table = view.table() if callable(view.table) else view.table
        return varied(table_response(table.of_town(about.name("fi")) if about else table, form))
    syntax = thing_format(form)
    assert syntax
    things = view.things() if callable(view.things) else view.things
    return varied(data(described((*things, about.iri) if about else things), syntax))


def page_size(suffix: str | None, on_page: int = ROWS) -> int:
    """How many rows of a long list the form that is asked for shows: a page so many, data many more."""
    is_page = wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix) == "html"
    return on_page if is_page else rows_of_data()


def _data_tab() -> str | None:
    """The address of the triples of the thing that the page is about; None for a page about no single thing."""
    _, prefix, rest = f"{request.path}//".split("/", 2)
    rest = rest.rstrip("/")
    return f"/page/{rest}" if prefix in set(HUMAN_PAGES.values()) and rest.startswith("id/") else None


def table_response(table: Table, form: str) -> Response:
    """The table as `csv`, `xlsx` or `json`."""
    if form == "csv":
        response = Response(table.as_csv(), content_type="text/csv; charset=utf-8; header=present")
    elif form == "xlsx":
        response = Response(_workbook(table), content_type=XLSX)
    else:
        response = Response(table.as_json(), content_type="application/json")
    if form != "json":
        response.headers["Content-Disposition"] = f'inline; filename="{table.name}.{form}"'
    return cached(response)


def _workbook(table: Table) -> bytes:
    base, language = settings().base, reader_language(request)
    documents = read_documents(dataset(), base, language, town())
    around = Surroundings(documents, base, root(), named_release(), source_notes(language))
    return workbook(table, language, around)


def form_links(forms: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The other forms of the page that is asked for: name, media type and address."""
    stem = request.path.rstrip("/") or "/index"
    arguments = urlencode([(key, value) for key, value in request.args.items(multi=True) if key != "lang"])
    types = TABLE_FORMS | GRAPH_FORMS
    return tuple(
        (FORM_NAMES[form], types[form], f"{stem}.{form}" + (f"?{arguments}" if arguments else ""))
        for form in forms
    )


def described(things: Iterable[str]) -> tuple[Triple, ...]:
    """What any graph says of the things: each once, in order."""
    queries = judged_values(dataset(), _DESCRIBED, "thing", things)
    return tuple({triple for query in queries for triple in dataset().construct(query)})


def page(template: str, **values: object) -> Response:
    """A page in the reader's language."""
    response = make_response(render_template(template, **values))
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = reader_language(request)
    return cached(response)


def wanted(forms: Mapping[str, str], suffix: str | None = None) -> str:
    """Which of the forms (name to media type) is asked for, by suffix, else by Accept; the first on a tie.

    Raises the 406 that lists them.
    """
    if suffix is not None:
        if suffix not in forms or suffix == "html":
            raise not_acceptable(tuple(name for name in forms if name != "html"))
        return suffix
    return accepted(request.headers.get("Accept"), {media_type: name for name, media_type in forms.items()})


def split_suffix(name: str, forms: Iterable[str] = (*TABLE_FORMS, *GRAPH_FORMS)) -> tuple[str, str | None]:
    """A name and its suffix, where it ends in that of a form."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if stem and suffix in forms else (name, None)


def varied(response: Response) -> Response:
    """The response told to depend on Accept, and a page or text also on the language."""
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    return response


def lead_of(written: str) -> str:
    """The lead of a page, which sums it up where the page is shared, without its markup; '' where it has none."""
    found = _LEAD.search(written)
    text = Markup(found[1]).striptags() if found else ""
    return text if len(text) <= _LONGEST_LEAD else text[:_LONGEST_LEAD].rpartition(" ")[0] + "…"


def public_root() -> str:
    """The service's address; '' where the Host header is none, as a page that says so has no address to share."""
    try:
        return root()
    except ProblemError:
        return ""


def data(triples: tuple[Triple, ...], syntax: GraphFormat) -> Response:
    """Triples in a format."""
    return cached(Response(serialise_triples(triples, syntax), content_type=syntax.content_type))


def cached(response: Response) -> Response:
    """The response with leave to keep it for a while: the data change only with a release."""
    response.headers["Cache-Control"] = f"public, max-age={settings().max_age}"
    return response


def moved(address: str) -> Response:
    """Leads for good to the address of a page that took another's place."""
    return cached(Response(status=308, headers={"Location": address}))


def iri_under(rest: str) -> str:
    """The IRI that an address mirrors; raises the 404 for what cannot be one."""
    iri = settings().base + rest
    try:
        NamedNode(iri)
    except ValueError as error:
        raise ProblemError(Problem(404, "not-found", "The address is not that of a thing.")) from error
    return iri


def thing_format(suffix: str) -> GraphFormat | None:
    """The format of a file suffix; None for one that is not offered."""
    return next((each for each in THING_FORMATS if suffix in (each.extension, *each.file_extensions)), None)
