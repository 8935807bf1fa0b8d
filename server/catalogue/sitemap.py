"""The sitemap: the pages that are worth a crawler's time; with several towns one for each, under an index of them."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import Town
from hytegraph.server.context import dataset, has_several_towns, is_of_all_towns, settings, town, towns
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.parameters import in_towns, is_in_towns, offers
from hytegraph.server.text.links import human_path

blueprint = Blueprint("sitemap", __name__)

FIXED_PAGES = (
    "",
    "gaps",
    "queries",
    "sparql",
    "ns",
    "about",
    "accessibility",
    "downloads",
    "releases",
    "problems",
)
# The limit of the sitemap protocol for one file.
MOST_PAGES = 50_000
LISTED = stored_query(__name__, "listed-things")
OF_TOWN = stored_query(__name__, "town-things")


@blueprint.get("/sitemap.xml")
@in_towns
@offers("application/xml")
def sitemap() -> Response:
    """The pages of the only town or of one town; where there are several, their sitemaps."""
    if is_of_all_towns():
        files = ("sitemap-pages.xml", *(f"{slug}/sitemap.xml" for slug in towns()))
        return _xml("sitemapindex", "sitemap", files[:MOST_PAGES])
    about = town()
    if about is not None and has_several_towns():
        return _of_town(about)
    rows = dataset().select(f"{LISTED}LIMIT {MOST_PAGES - len(FIXED_PAGES)}")
    return _xml("urlset", "url", (*FIXED_PAGES, *_paths(row.text("thing") for row in rows)))


@blueprint.get("/sitemap-pages.xml")
@offers("application/xml")
def common_pages() -> Response:
    """The pages that are no town's."""
    return _xml("urlset", "url", FIXED_PAGES)


def _of_town(about: Town) -> Response:
    rules = [rule for rule in current_app.url_map.iter_rules() if not rule.arguments]
    pages = sorted(
        {
            rule.rule.rstrip("/")
            for rule in rules
            if is_in_towns(current_app.view_functions[rule.endpoint]) and "." not in rule.rule
        }
    )
    rows = dataset().select(f"{OF_TOWN}LIMIT {MOST_PAGES - len(pages)}", town=NamedNode(about.iri))
    things = _paths(row.text("thing") for row in rows)
    return _xml("urlset", "url", (*(f"{about.slug}{page}" for page in pages), *things))


def _paths(things: Iterable[str]) -> tuple[str, ...]:
    paths = (human_path(iri, settings().base) for iri in things)
    return tuple(path.removeprefix("/") for path in paths if path)


def _xml(whole: str, part: str, paths: Iterable[str]) -> Response:
    entries = "".join(f"<{part}><loc>{escape(root() + path)}</loc></{part}>\n" for path in paths)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{whole}>\n'
    )
    return Response(body, content_type="application/xml")
