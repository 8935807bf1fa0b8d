"""The reading part of the SPARQL 1.1 Graph Store HTTP Protocol: graphs by their own address and by `?graph=`.

Writing methods are answered with 405 and the allowed ones: no route takes them.
"""

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode

from hytegraph.graph.formats import GRAPH_FORMATS, by_media_type, graph_format
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.sparql.binding import substitute
from hytegraph.server.context import dataset, settings
from hytegraph.server.http.negotiation import HTML, accepted
from hytegraph.server.http.parameters import Parameter, asks, offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.http.rdf_response import MEDIA_TYPES, negotiated_syntax, varying

blueprint = Blueprint("graphstore", __name__)
_DEFAULT_GRAPH = stored_query(__name__, "default-graph")
_NAMED_GRAPH = stored_query(__name__, "named-graph")


@blueprint.get("/rdf-graph-store")
@asks(
    Parameter("graph", "IRI of a named graph; either this or default."),
    Parameter("default", "Asks for the default graph; takes no value."),
)
@offers(*MEDIA_TYPES)
def indirect() -> Response:
    """A graph that `?graph=IRI` names, or the default graph with `?default`."""
    graphs, default = request.args.getlist("graph"), "default" in request.args
    if len(graphs) + default != 1:
        detail = "Name exactly one graph: ?graph=IRI, or ?default."
        raise ProblemError(Problem(400, "bad-request", detail))
    if graphs and ":" not in graphs[0]:
        raise ProblemError(Problem(400, "bad-request", "The graph must be an absolute IRI."))
    return _graph(graphs[0] if graphs else None)


@blueprint.get("/graph/<path:rest>")
@offers(*MEDIA_TYPES)
def direct(rest: str) -> Response:
    """A graph under its own IRI: its triples for programs, its page (303) for people; a suffix wins over Accept."""
    stem, _, suffix = rest.rpartition(".")
    if stem and graph_format(suffix) and not _is_known(_iri(rest)):
        return _graph(_iri(stem), suffix)
    types = (HTML, *by_media_type(GRAPH_FORMATS))
    if accepted(request.headers.get("Accept"), {media_type: media_type for media_type in types}) != HTML:
        return _graph(_iri(rest))
    if not _is_known(_iri(rest)):
        raise _unknown(_iri(rest))
    response = redirect(f"/page/graph/{rest}", code=303)
    return varying(Response(response.response, 303, response.headers))


def _graph(iri: str | None, suffix: str | None = None) -> Response:
    if iri is not None and not _is_known(iri):
        raise _unknown(iri)
    syntax, content_type = negotiated_syntax(suffix)
    # The payload of the protocol is one graph, so without its name in a syntax that could name it.
    query = substitute(_NAMED_GRAPH, {"graph": NamedNode(iri)}) if iri else _DEFAULT_GRAPH
    return varying(Response(dataset().answer(query, syntax), content_type=content_type), suffix)


def _iri(rest: str) -> str:
    return f"{settings().base}graph/{rest}"


def _is_known(iri: str) -> bool:
    return any(graph.name == iri for graph in dataset().graphs())


def _unknown(iri: str) -> ProblemError:
    return ProblemError(Problem(404, "not-found", f"There is no graph <{iri}> in the data."))


def _media_types() -> tuple[str, ...]:
    return tuple(name for syntax in GRAPH_FORMATS for name in (syntax.media_type, *syntax.aliases))
