"""Search without an index: things whose name holds the text as it is written."""

from dataclasses import dataclass

from pyoxigraph import Literal

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.things.reading import PREFIXES
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

MOST = 100
_MOST_ROWS = 400
SEARCH = (
    PREFIXES
    + f"""
SELECT DISTINCT ?needle ?node ?label ?type WHERE {{
  VALUES ?naming {{ skos:prefLabel rdfs:label dct:title }}
  ?node ?naming ?label .
  FILTER(CONTAINS(LCASE(STR(?label)), ?needle))
  ?node a ?type .
  FILTER(?type != skos:Concept && ?type != skos:ConceptScheme)
}}
ORDER BY ?label ?node
LIMIT {_MOST_ROWS}"""
)
TYPE_LABELS = PREFIXES + "SELECT ?node ?label WHERE { ?node a owl:Class ; rdfs:label ?label }".replace(
    "owl:Class", "<http://www.w3.org/2002/07/owl#Class>"
)


@dataclass(frozen=True, slots=True)
class PlainHit:
    """Something whose name holds the text, with its classes."""

    iri: str
    link: Link
    types: tuple[Link, ...]


def plain_search(
    dataset: Dataset, text: str, base: str, language: Language
) -> tuple[tuple[PlainHit, ...], bool]:
    """The things whose name holds the text, and whether there are more than these."""
    if not text:
        return (), False
    rows = dataset.select(SEARCH, needle=Literal(text.lower()))
    labels = Labels((*dataset.select(TYPE_LABELS), *rows), base, language)
    types: dict[str, set[str]] = {}
    for row in rows:
        types.setdefault(row.text("node"), set()).add(row.text("type"))
    hits = [
        PlainHit(iri, labels.link(iri), tuple(labels.link(each) for each in sorted(found)))
        for iri, found in types.items()
    ]
    return tuple(hits[:MOST]), len(hits) > MOST or len(rows) >= _MOST_ROWS
