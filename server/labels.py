"""The labels of the things in a table, in the reader's language."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.results import Row
from hytegraph.server.i18n import Language
from hytegraph.server.links import Labels
from hytegraph.server.pages.resources import OWN_LABELS


def labels_of(dataset: Dataset, iris: Iterable[str], base: str, language: Language) -> Labels:
    """The labels of these things; what is no IRI has none."""
    rows: list[Row] = []
    for iri in sorted(set(iris)):
        try:
            rows += dataset.select(OWN_LABELS, node=NamedNode(iri))
        except ValueError:
            continue
    return Labels(rows, base, language)
