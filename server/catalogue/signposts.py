"""Link headers that lead programs on: what a page is about, its data, its licence, how it is cited (FAIR
Signposting).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request
from pyoxigraph import NamedNode

from hytegraph.graph.formats import GRAPH_FORMATS, THING_FORMATS
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dumps import dump_path
from hytegraph.server.catalogue.rights import licence_of
from hytegraph.server.context import ANSWERED_ELSEWHERE, dataset, settings, summaries, town_of_rows
from hytegraph.server.http.exchange import QUERY_PATH
from hytegraph.server.http.flask_exchange import exchange, root
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.problems import ProblemError

_SAFE = "/:#,;=@!$&'()*+~"
_THINGS = ("things.thing_page", "things.thing_data")
_DATASETS, _DUMP = ("home.home", "downloads.downloads"), "catalogue.dump"
_SEARCH, _SOURCE, _VOCABULARY = "search.search_page", "/source/", "/ns/"
# Parameters that choose how a page looks, not what it is about.
_PRESENTATION = ("lang", "all", "format")


@dataclass(frozen=True, slots=True)
class _Link:
    target: str
    relation: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


def install(app: Flask) -> None:
    """Add the links to the answers of an application."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    # A kept answer, and that of an old release, has its links already.
    has_links = exchange().kept is not None or ANSWERED_ELSEWHERE in g
    if response.status_code != 200 or response.is_streamed or has_links:
        return response
    try:
        links = ", ".join(str(link) for link in _links(response))
    except ProblemError:
        # The Host header is none; the answer itself does not need it.
        return response
    if links:
        response.headers.add("Link", links)
    return response


def _links(response: Response) -> Iterator[_Link]:
    is_page = response.mimetype == HTML
    if is_page:
        yield _Link(_canonical(), "canonical")
    if is_page and request.endpoint in _DATASETS and town_of_rows() is None:
        yield from _dataset()
    if request.endpoint == _DUMP:
        yield _Link("/downloads", "collection", HTML)
    if request.endpoint == _THINGS[0]:
        yield _Link("https://schema.org/AboutPage", "type")
    if request.endpoint in _THINGS:
        arguments = request.view_args or {}
        yield from _thing(quote(arguments.get("rest") or arguments["name"].rpartition(".")[0], safe=_SAFE))
    if request.path == QUERY_PATH and is_page:
        yield _Link("/.well-known/sparql-examples", "describedby")
        yield _Link("/openapi.json", "service-desc", "application/json")
    if is_page or request.endpoint in (*_THINGS, _DUMP, "things.dump"):
        yield _Link("/catalog", "describedby")
        if licence := _licence():
            yield _Link(licence.value, "license")


def _licence() -> NamedNode | None:
    """The licence of what the page shows: the words of a document have that of the document, if it has one."""
    if request.endpoint == _SEARCH:
        # Words of many documents.
        return None
    if request.path.startswith(_SOURCE):
        return licence_of(dataset(), settings().base + request.path.removeprefix(_SOURCE))
    about = About.of(dataset(), summaries(), settings(), root())
    return about.modelling if f"{request.path}/".startswith(_VOCABULARY) else about.licence


def _dataset() -> Iterator[_Link]:
    """The whole dataset, on the pages about it: what it is called, and its files."""
    about = About.of(dataset(), summaries(), settings(), root())
    yield _Link(about.iri.value, "cite-as")
    yield _Link("https://schema.org/Dataset", "type")
    for syntax in GRAPH_FORMATS:
        yield _Link(dump_path(dataset(), syntax), "item", syntax.media_type)


def _thing(path: str) -> Iterator[_Link]:
    yield _Link(settings().base + path, "cite-as")
    yield _Link(f"/data/{path}.ttl", "describedby", "text/turtle")
    addresses = [
        (f"/page/{path}", HTML),
        *((f"/data/{path}.{each.extension}", each.media_type) for each in THING_FORMATS),
    ]
    for address, media_type in addresses:
        if address != quote(request.path, safe=_SAFE):
            yield _Link(address, "alternate", media_type)


def _canonical() -> str:
    told = [(name, value) for name, value in request.args.items(multi=True) if name not in _PRESENTATION]
    query = f"?{urlencode(told)}" if told else ""
    return root().rstrip("/") + quote(request.path, safe=_SAFE) + query
