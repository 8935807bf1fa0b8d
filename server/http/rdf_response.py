"""RDF answers by content negotiation, for descriptions and for graphs."""

from collections.abc import Iterable

from flask import Response, request
from pyoxigraph import Triple

from hytegraph.graph.formats import GRAPH_FORMATS, GraphFormat, by_media_type, graph_format
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.http.negotiation import accepted
from hytegraph.server.http.problems import not_acceptable

MEDIA_TYPES = tuple(syntax.media_type for syntax in GRAPH_FORMATS)


def negotiated_syntax(suffix: str | None = None) -> tuple[GraphFormat, str]:
    """The syntax and content type by suffix or `?format=`, else by Accept; raises ProblemError with the offers."""
    named = suffix or request.args.get("format")
    if named is not None:
        syntax = graph_format(named)
        if syntax is None:
            raise not_acceptable(tuple(each.extension for each in GRAPH_FORMATS))
        return syntax, syntax.content_type
    types = {media_type: (syntax, media_type) for media_type, syntax in by_media_type(GRAPH_FORMATS).items()}
    chosen, media_type = accepted(request.headers.get("Accept"), types)
    return chosen, chosen.content_type_of(media_type)


def rdf_response(triples: Iterable[Triple], suffix: str | None = None) -> Response:
    """The triples in the syntax that the client wants."""
    syntax, content_type = negotiated_syntax(suffix)
    return varying(Response(serialise_triples(triples, syntax), content_type=content_type), suffix)


def varying(response: Response, suffix: str | None = None) -> Response:
    """The response with its Vary: with a suffix the address alone decides."""
    if suffix is None:
        response.headers["Vary"] = "Accept"
    return response
