"""A dataset that remembers its last answers: a page asks the same in each language and for each form of its data."""

from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.sparql.guard import ParsedQuery
from hytegraph.graph.store.dataset import Dataset, Solved

_REMEMBERED = 400


class RememberingDataset(Dataset):
    """Another dataset, whose last answers to its own process are kept."""

    def __init__(self, served: Dataset) -> None:
        vars(self).update(vars(served))
        self._solutions = lru_cache(maxsize=_REMEMBERED)(served.solutions)
        self._construct = lru_cache(maxsize=_REMEMBERED)(served.construct)

    def solutions(self, text: str | ParsedQuery, **substitutions: NamedNode | Literal) -> Solved:
        """The variables of a SELECT query, and its rows in their order."""
        return self._solutions(text, **substitutions)

    def construct(self, text: str | ParsedQuery, **substitutions: NamedNode | Literal) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, sorted."""
        return self._construct(text, **substitutions)
