"""The labels of the things on a page, in the reader's language."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.things.reading import PREFIXES
from hytegraph.server.text.links import Labels
from hytegraph.server.text.messages import Language

LABELS = (
    PREFIXES
    + """
SELECT DISTINCT ?node ?label WHERE {
  VALUES ?node { %s }
  ?node ?naming ?label .
  FILTER(?naming IN (skos:prefLabel, rdfs:label, dct:title))
}"""
)
# What only a suggestion names has its label in the graph of the suggestions.
LABELS_ANYWHERE = LABELS.replace("?node ?naming ?label .", "GRAPH ?graph { ?node ?naming ?label }")
_ASKED_AT_ONCE = 500


def labels_of(dataset: Dataset, iris: Iterable[str], base: str, language: Language) -> Labels:
    """The labels of these things; what is no IRI has none."""
    asked = set(iris)
    rows = [row for values in values_of(asked) for row in dataset.select(LABELS % values)]
    nameless = {iri for iri in asked if iri.startswith(f"{base}id/")} - {row.text("node") for row in rows}
    rows += (row for values in values_of(nameless) for row in dataset.select(LABELS_ANYWHERE % values))
    return Labels(rows, base, language)


def values_of(iris: Iterable[str]) -> Iterator[str]:
    """The IRIs, each once, as VALUES of a query takes them, so many at a time; what is no IRI is left out."""
    nodes = [str(NamedNode(iri)) for iri in sorted(set(iris)) if is_iri(iri)]
    for start in range(0, len(nodes), _ASKED_AT_ONCE):
        yield " ".join(nodes[start : start + _ASKED_AT_ONCE])


def is_iri(text: str) -> bool:
    """Whether a text may name something."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
