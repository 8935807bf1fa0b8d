"""Things whose name or text holds the words that a reader looks for."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import Literal

from hytegraph.graph.dataset import Dataset
from hytegraph.server.context import dataset, settings
from hytegraph.server.i18n import Language
from hytegraph.server.languages import reader_language
from hytegraph.server.links import Labels, Link
from hytegraph.server.pages.answers import page
from hytegraph.server.pages.resources import PREFIXES
from hytegraph.server.parameters import Parameter, asks

blueprint = Blueprint("search", __name__)

SEARCH_LIMIT = 100
SEARCH = (
    PREFIXES
    + """
SELECT DISTINCT ?needle ?node ?label ?type WHERE {
  VALUES ?naming { skos:prefLabel rdfs:label dct:title }
  ?node ?naming ?label .
  FILTER(CONTAINS(LCASE(STR(?label)), ?needle))
  ?node a ?type .
  FILTER(?type != skos:Concept && ?type != skos:ConceptScheme)
}
ORDER BY ?label ?node
LIMIT 400"""
)
TYPE_LABELS = PREFIXES + "SELECT ?node ?label WHERE { ?node a owl:Class ; rdfs:label ?label }".replace(
    "owl:Class", "<http://www.w3.org/2002/07/owl#Class>"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found."""

    link: Link
    types: tuple[Link, ...]


@blueprint.get("/search")
@asks(Parameter("q", "Words of a name or text."))
def search_page() -> Response:
    """Things whose name or text holds the words."""
    wanted = request.args.get("q", "").strip()[:200]
    hits, cut = (
        search(dataset(), wanted, settings().base, reader_language(request)) if wanted else ((), False)
    )
    return page("search.html", q=wanted, hits=hits, cut=cut)


def search(dataset: Dataset, text: str, base: str, language: Language) -> tuple[tuple[Hit, ...], bool]:
    """The things whose label holds the text, and whether there were more than are given."""
    rows = dataset.select(SEARCH, needle=Literal(text.strip().lower()))
    labels = Labels((*dataset.select(TYPE_LABELS), *rows), base, language)
    types: dict[str, set[str]] = {}
    for row in rows:
        types.setdefault(row.text("node"), set()).add(row.text("type"))
    hits = [
        Hit(labels.link(iri), tuple(labels.link(each) for each in sorted(found)))
        for iri, found in types.items()
    ]
    return tuple(hits[:SEARCH_LIMIT]), len(hits) > SEARCH_LIMIT or len(rows) >= 400
