"""The addresses of things: an IRI leads on to its page or its data; and everything in one file."""

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode

from hytegraph.graph.formats import GRAPH_FORMATS, THING_FORMATS, by_media_type, graph_format
from hytegraph.graph.results import text_of
from hytegraph.server.catalogue.dumps import dump_path, has_large_data
from hytegraph.server.catalogue.void import PROPERTY_COUNTS
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.negotiation import HTML, accepted
from hytegraph.server.http.parameters import Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.http.rdf_response import MEDIA_TYPES
from hytegraph.server.pages.shared.view import GRAPH_FORMS, cached, data, iri_under, page, thing_format
from hytegraph.server.pages.things import incoming
from hytegraph.server.pages.things.reading import PART, Shown, read_resource
from hytegraph.server.pages.things.retired import ascii_path, moved_for_good, successor_of
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("things", __name__)

LAST_PART = 1_000


@blueprint.get("/id/<path:rest>")
@offers()
def thing(rest: str) -> Response:
    """Leads a thing's IRI on to its page or its data (303), as Accept says; a suffix wins over Accept.

    A retired IRI leads to that of what has taken its place (301), for good.
    """
    if (successor := successor_of(iri_under(f"id/{rest}"))) and successor.startswith(settings().base):
        return moved_for_good(f"/{successor.removeprefix(settings().base)}")
    stem, _, suffix = rest.rpartition(".")
    if stem and thing_format(suffix):
        return _see_other(f"/data/id/{rest}")
    addresses = {HTML: f"/page/id/{rest}"} | {
        media_type: f"/data/id/{rest}.{syntax.extension}"
        for media_type, syntax in by_media_type(THING_FORMATS).items()
    }
    return _see_other(accepted(request.headers.get("Accept"), addresses))


@blueprint.get("/page/<path:rest>")
@asks(
    Parameter("all", "A group of facts to be shown whole, in parts."),
    Parameter("part", "Which part of that group, from 1."),
)
def thing_page(rest: str) -> Response:
    """The page of a thing; 404 with a search box when the data do not know it, 410 for what is retired for good."""
    iri = iri_under(rest)
    language = reader_language(request)
    part = request.args.get("part", "1")
    if not part.isdecimal() or not 0 < int(part) < LAST_PART:
        raise ProblemError(Problem(400, "bad-request", "part is a whole number from 1."))
    shown = Shown(request.args.get("all", ""), int(part))
    found = read_resource(dataset(), iri, settings().base, language, _properties, shown)
    if found is None:
        response = page("things/notfound.html", iri=iri)
        response.status_code = 404
        response.headers["Cache-Control"] = "no-store"
        return response
    response = page("things/resource.html", thing=found, formats=THING_FORMATS, rest=rest, part=PART)
    if successor_of(iri) == "":
        response.status_code = 410
    return response


def _properties() -> list[str]:
    """The properties that the data use."""
    return sorted(text_of(term) for (term,) in summaries().sums(PROPERTY_COUNTS, ("term",)))


@blueprint.get("/data/<path:name>")
@offers(*GRAPH_FORMS.values())
def thing_data(name: str) -> Response:
    """What the data say of a thing, and who refers to it, in the format of the suffix.

    Of a thing that very many refer to the first of these, which X-Result-Truncated and X-Result-Limit say.
    """
    # Split here: the IRIs of passages hold dots themselves.
    rest, _, suffix = name.rpartition(".")
    syntax = thing_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in THING_FORMATS))
    iri = iri_under(rest)
    described = incoming.describe(dataset(), NamedNode(iri), settings().base)
    if not described.triples:
        raise ProblemError(Problem(404, "not-found", f"There is no <{iri}> in the data."))
    response = data(described.triples, syntax)
    if successor_of(iri) == "":
        response.status_code = 410
    if described.is_cut:
        response.headers["X-Result-Truncated"] = "true"
        response.headers["X-Result-Limit"] = f"rows={incoming.MOST_DATA}"
    return response


@blueprint.get("/data/dump.<suffix>")
@offers(*MEDIA_TYPES)
def dump(suffix: str) -> Response:
    """Everything in one file.

    The canonical address, which never has another content, is that of the release under `/dumps/`.
    """
    syntax = graph_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in GRAPH_FORMATS))
    if has_large_data(dataset()):
        return Response(status=302, headers={"Location": dump_path(dataset(), syntax)})
    response = Response(dataset().dump(syntax), content_type=syntax.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="hytegraph.{syntax.extension}"'
    response.headers.add("Link", f'<{dump_path(dataset(), syntax)}>; rel="canonical"')
    return cached(response)


def _see_other(path: str) -> Response:
    response = redirect(ascii_path(path), code=303)
    response.headers["Vary"] = "Accept"
    return cached(Response(response.response, 303, response.headers))
