"""The pages for people: front page, search, things, traces, plans, downloads."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request
from pyoxigraph import NamedNode, Triple

from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    GraphFormat,
    graph_format,
)
from hytegraph.graph.results import serialise_triples
from hytegraph.server.context import dataset, settings
from hytegraph.server.languages import reader_language
from hytegraph.server.negotiation import choose
from hytegraph.server.overview import read_front_page, read_tree, search
from hytegraph.server.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.resources import read_resource
from hytegraph.server.trace import read_trace

blueprint = Blueprint("pages", __name__)

# A thing is triples, so the formats that name graphs are not offered for it.
THING_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
HTML = "text/html"


@blueprint.get("/")
def home() -> Response:
    """The front page."""
    return page("home.html", front=read_front_page(dataset(), settings().base, reader_language(request)))


@blueprint.get("/search")
def search_page() -> Response:
    """Things whose name or text holds the words."""
    wanted = request.args.get("q", "").strip()[:200]
    hits, cut = (
        search(dataset(), wanted, settings().base, reader_language(request)) if wanted else ((), False)
    )
    return page("search.html", q=wanted, hits=hits, cut=cut)


@blueprint.get("/id/<path:rest>")
def thing(rest: str) -> Response:
    """Leads a thing's IRI on to its page or its data (303), as Accept says; a suffix wins over Accept."""
    stem, _, suffix = rest.rpartition(".")
    if stem and thing_format(suffix):
        return _see_other(f"/data/id/{rest}")
    by_type = {HTML: f"/page/id/{rest}"}
    for syntax in THING_FORMATS:
        for media_type in (syntax.media_type, *syntax.aliases):
            by_type.setdefault(media_type, f"/data/id/{rest}.{syntax.extension}")
    chosen = choose(request.headers.get("Accept"), tuple(by_type))
    if chosen is None:
        raise not_acceptable((HTML, *(syntax.media_type for syntax in THING_FORMATS)))
    return _see_other(by_type[chosen])


@blueprint.get("/page/<path:rest>")
def thing_page(rest: str) -> Response:
    """The page of a thing; 404 with a search box when the data do not know it."""
    iri = _iri(rest)
    language = reader_language(request)
    found = read_resource(dataset(), iri, settings().base, language, request.args.get("all", ""))
    if found is None:
        response = page("notfound.html", iri=iri)
        response.status_code = 404
        response.headers["Cache-Control"] = "no-store"
        return response
    return page("resource.html", thing=found, formats=THING_FORMATS, rest=rest)


@blueprint.get("/data/<path:name>")
def thing_data(name: str) -> Response:
    """What the data say of a thing, and who refers to it, in the format of the suffix."""
    # Split here: the IRIs of passages hold dots themselves.
    rest, _, suffix = name.rpartition(".")
    syntax = thing_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in THING_FORMATS))
    described = dataset().describe(_iri(rest))
    if not described.outgoing and not described.incoming:
        raise ProblemError(Problem(404, "not-found", f"There is no <{_iri(rest)}> in the data."))
    return data((*described.outgoing, *described.incoming), syntax)


@blueprint.get("/data/dump.<suffix>")
def dump(suffix: str) -> Response:
    """Everything in one file."""
    syntax = graph_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in GRAPH_FORMATS))
    response = Response(dataset().dump(syntax), content_type=syntax.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="hytegraph.{syntax.extension}"'
    return cached(response)


@blueprint.get("/trace/<path:rest>")
def trace_page(rest: str) -> Response:
    """A measure from its strategy to its source lines."""
    found = read_trace(dataset(), _iri(rest), settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{_iri(rest)}> is not a measure in the data."))
    return page("trace.html", trace=found, rest=rest)


@blueprint.get("/tree/<path:rest>")
def tree_page(rest: str) -> Response:
    """A plan from its aims to its measures."""
    found = read_tree(dataset(), _iri(rest), settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{_iri(rest)}> is not a plan in the data."))
    return page("tree.html", tree=found)


@blueprint.get("/about")
def about() -> Response:
    """What this is, whose data, which licence, which personal data."""
    return page("about.html")


@blueprint.get("/downloads")
def downloads() -> Response:
    """The dumps with the checksum of the release."""
    return page("downloads.html", formats=GRAPH_FORMATS, graphs=dataset().graphs(), release=dataset().release)


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
    chosen = choose(request.headers.get("Accept"), tuple(forms.values()))
    if chosen is None:
        raise not_acceptable(tuple(forms.values()))
    return next(name for name, media_type in forms.items() if media_type == chosen)


def split_suffix(name: str, forms: Iterable[str]) -> tuple[str, str | None]:
    """A name and its suffix, where it ends in that of a form."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if stem and suffix in forms else (name, None)


def varied(response: Response) -> Response:
    """The response told to depend on Accept, and a page or text also on the language."""
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    return response


def data(triples: tuple[Triple, ...], syntax: GraphFormat) -> Response:
    """Triples in a format."""
    return cached(Response(serialise_triples(triples, syntax), content_type=syntax.content_type))


def cached(response: Response) -> Response:
    """The response with leave to keep it for a while: the data change only with a release."""
    response.headers["Cache-Control"] = f"public, max-age={settings().max_age}"
    return response


def _see_other(path: str) -> Response:
    response = redirect(_ascii(path), code=303)
    response.headers["Vary"] = "Accept"
    return cached(Response(response.response, 303, response.headers))


def _ascii(path: str) -> str:
    return quote(path, safe="/:#,;=@!$&'()*+~")


def _iri(rest: str) -> str:
    iri = settings().base + rest
    try:
        NamedNode(iri)
    except ValueError as error:
        raise ProblemError(Problem(404, "not-found", "The address is not that of a thing.")) from error
    return iri


def thing_format(suffix: str) -> GraphFormat | None:
    """The format of a file suffix; None for one that is not offered."""
    return next((each for each in THING_FORMATS if suffix in (each.extension, *each.file_extensions)), None)
