"""What is there and where: DCAT, VoID, example queries, and the dumps that they point to."""

from pathlib import Path

from flask import Blueprint, Response, send_file

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import N_QUADS, GraphFormat, graph_format
from hytegraph.graph.query.examples import example_triples
from hytegraph.graph.store.disk import is_slow_to_load
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dcat import dcat_catalogue
from hytegraph.server.catalogue.dump_files import DumpFiles, dump_files
from hytegraph.server.catalogue.dumps import earlier_releases, has_large_data, release_name
from hytegraph.server.catalogue.releases import published_row
from hytegraph.server.catalogue.void import void_description
from hytegraph.server.context import dataset, folder_of_stores, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.http.rdf_response import MEDIA_TYPES, rdf_response

blueprint = Blueprint("catalogue", __name__)
IMMUTABLE = "public, max-age=31536000, immutable"
# When a client may ask again for a file that is being written.
RETRY_SECONDS = 30


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
    Of large releases files are sent: one that is not written yet is written now, and asked for again.
    """
    syntax = graph_format(suffix)
    response = _dumped(release, syntax) if syntax and suffix == syntax.extension else None
    if syntax is None or response is None:
        names = [f"{each.name} as N-Quads" for each in earlier_releases(dataset())]
        kept = f"; of earlier ones there are {', '.join(names)}" if names else ""
        detail = f"There is no such dump; the release that is served is {release_name(dataset())}{kept}."
        raise ProblemError(Problem(404, "not-found", detail))
    response.headers["Content-Type"] = syntax.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="hytegraph.{syntax.extension}"'
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _dumped(release: str, syntax: GraphFormat) -> Response | None:
    if release == release_name(dataset()):
        served = dataset().release
        if served and has_large_data(dataset()):
            return _sent(served.path, served.checksum, syntax)
        return Response(dataset().dump(syntax))
    earlier = next((each for each in earlier_releases(dataset()) if each.name == release), None)
    if earlier is None or (syntax is not N_QUADS and not _is_published(release)):
        return None
    if is_slow_to_load(earlier.file.parent):
        return _sent(earlier.file.parent, earlier.checksum, syntax)
    body = earlier.read() if syntax is N_QUADS else None
    return None if body is None else Response(body)


def _is_published(release: str) -> bool:
    return any(one.name == release for one in published_row(dataset()))


def _sent(release: Path, checksum: str, syntax: GraphFormat) -> Response | None:
    """A dump of large data from its file; None where that is not as it was released."""
    files = dump_files(folder_of_stores(settings()))
    if syntax is N_QUADS:
        file = files.n_quads(release, checksum)
        if file is None:
            return None
    else:
        file = _written(files, release, checksum, syntax)
    # A relative path would be one under the folder of the program.
    place, tag = file.absolute(), f"{checksum}-{syntax.extension}"
    return send_file(place, mimetype=syntax.media_type, conditional=True, etag=tag)


def _written(files: DumpFiles, release: Path, checksum: str, syntax: GraphFormat) -> Path:
    """The file of a dump; raises ProblemError while it is being written, and where it cannot be."""
    try:
        file = files.written(release, checksum, syntax)
    except ReleaseError as error:
        raise ProblemError(Problem(503, "not-ready", error.reason, retry_after=RETRY_SECONDS)) from error
    if file is None:
        detail = "The file is being written, which takes minutes for large data; ask for it again then."
        raise ProblemError(Problem(503, "not-ready", detail, retry_after=RETRY_SECONDS))
    return file
