"""RDF answers by content negotiation, for descriptions and for graphs."""

from collections.abc import Iterable

from flask import Response, request
from pyoxigraph import Triple

from hytegraph.graph.formats import GRAPH_FORMATS, GraphFormat, graph_format
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.http.negotiation import choose
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
    by_type = {syntax.media_type: syntax for syntax in GRAPH_FORMATS}
    for syntax in GRAPH_FORMATS:
        for alias in syntax.aliases:
            by_type.setdefault(alias, syntax)
    chosen = choose(request.headers.get("Accept"), tuple(by_type))
    if chosen is None:
        raise not_acceptable(MEDIA_TYPES)
    return by_type[chosen], by_type[chosen].content_type_of(chosen)


def rdf_response(triples: Iterable[Triple], suffix: str | None = None) -> Response:
    """The triples in the syntax that the client wants."""
    syntax, content_type = negotiated_syntax(suffix)
    return varying(Response(serialise_triples(triples, syntax), content_type=content_type), suffix)


def varying(response: Response, suffix: str | None = None) -> Response:
    """The response with its Vary: with a suffix the address alone decides."""
    if suffix is None:
        response.headers["Vary"] = "Accept"
    return response
