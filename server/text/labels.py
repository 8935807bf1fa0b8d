"""The labels of the things on a page, in the reader's language."""

from collections.abc import Iterable

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.links import Labels
from hytegraph.server.text.messages import Language

_LABELS = stored_query(__name__, "labels")
_LABELS_ANYWHERE = stored_query(__name__, "labels-anywhere")


def labels_of(dataset: Dataset, iris: Iterable[str], base: str, language: Language) -> Labels:
    """The labels of these things; what is no IRI has none."""
    return Labels(label_rows(dataset, iris, base), base, language)


def label_rows(dataset: Dataset, iris: Iterable[str], base: str) -> tuple[Row, ...]:
    """Each of these things with each of its labels, as `node` and `label`."""
    wanted = set(iris)
    rows = select_values(dataset, _LABELS, "node", wanted)
    nameless = {iri for iri in wanted if iri.startswith(f"{base}id/")} - {row.text("node") for row in rows}
    return (*rows, *select_values(dataset, _LABELS_ANYWHERE, "node", nameless))
