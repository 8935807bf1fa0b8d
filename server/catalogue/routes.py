"""What is there and where: DCAT, VoID, example queries, and the dumps that they point to."""

from flask import Blueprint, Response

from hytegraph.graph.formats import N_QUADS, GraphFormat, graph_format
from hytegraph.graph.query.examples import example_triples
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dcat import dcat_catalogue
from hytegraph.server.catalogue.dumps import earlier_releases, release_name
from hytegraph.server.catalogue.void import void_description
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.http.rdf_response import MEDIA_TYPES, rdf_response

blueprint = Blueprint("catalogue", __name__)
IMMUTABLE = "public, max-age=31536000, immutable"


def about() -> About:
    """What the descriptions say of the service and its data."""
    return About.of(dataset(), summaries(), settings(), root())


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
@offers(*MEDIA_TYPES)
def catalogue(suffix: str | None = None) -> Response:
    """The DCAT-AP catalogue: the dataset, its distributions, its services."""
    return rdf_response(dcat_catalogue(about()), suffix)


@blueprint.get("/.well-known/void")
@offers(*MEDIA_TYPES)
def void() -> Response:
    """The VoID description: sizes, classes, properties, vocabularies, graphs, dumps."""
    return rdf_response(void_description(about()))


@blueprint.get("/.well-known/sparql-examples")
@offers(*MEDIA_TYPES)
def examples() -> Response:
    """The named queries as examples to be run at the endpoint."""
    return rdf_response(example_triples(f"{root()}.well-known/sparql-examples", f"{root()}sparql"))


@blueprint.get("/dumps/<release>/hytegraph.<suffix>")
@offers(*MEDIA_TYPES)
def dump(release: str, suffix: str) -> Response:
    """The data of one release as a file, at an address that never has another content.

    Published releases are there in every format (those that are not served answer for themselves), drafts as N-Quads.
    """
    syntax = graph_format(suffix)
    body = _dumped(release, syntax) if syntax and suffix == syntax.extension else None
    if syntax is None or body is None:
        names = [f"{each.name} as N-Quads" for each in earlier_releases(dataset())]
        kept = f"; of earlier ones there are {', '.join(names)}" if names else ""
        detail = f"There is no such dump; the release that is served is {release_name(dataset())}{kept}."
        raise ProblemError(Problem(404, "not-found", detail))
    response = Response(body, content_type=syntax.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="hytegraph.{syntax.extension}"'
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _dumped(release: str, syntax: GraphFormat) -> bytes | None:
    if release == release_name(dataset()):
        return dataset().dump(syntax)
    earlier = next((each for each in earlier_releases(dataset()) if each.name == release), None)
    return earlier.read() if earlier and syntax is N_QUADS else None
