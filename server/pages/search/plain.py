"""Search without an index: things whose name holds the text as it is written."""

from dataclasses import dataclass

from pyoxigraph import Literal

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

MOST = 100
_MOST_ROWS = 400
SEARCH = stored_query(__name__, "plain-search") + f"LIMIT {_MOST_ROWS}"
TYPE_LABELS = stored_query(__name__, "class-labels")


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
