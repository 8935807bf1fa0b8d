"""A dataset that remembers its last answers: a page asks the same in each language and for each form of its data."""

from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset

_REMEMBERED = 400


class RememberingDataset(Dataset):
    """Another dataset, whose last answers to its own process are kept."""

    def __init__(self, served: Dataset) -> None:
        vars(self).update(vars(served))
        self._select = lru_cache(maxsize=_REMEMBERED)(served.select)
        self._construct = lru_cache(maxsize=_REMEMBERED)(served.construct)

    def select(self, text: str, **substitutions: NamedNode | Literal) -> tuple[Row, ...]:
        """The rows of a SELECT query, in its order."""
        return self._select(text, **substitutions)

    def construct(self, text: str, **substitutions: NamedNode | Literal) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, sorted."""
        return self._construct(text, **substitutions)
