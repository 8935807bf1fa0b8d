from collections.abc import Iterator
from pathlib import Path

import pytest

from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.store.release import SEARCH_INDEX


@pytest.fixture(scope="session")
def kemi_index(kemi_release: Path) -> Iterator[SearchIndex]:
    index = SearchIndex(kemi_release / SEARCH_INDEX)
    yield index
    index.close()
