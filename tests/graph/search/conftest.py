from collections.abc import Iterator
from pathlib import Path

import pytest

from hytegraph.graph.release import SEARCH_INDEX
from hytegraph.graph.search.index import SearchIndex


@pytest.fixture(scope="session")
def kemi_index(kemi_release: Path) -> Iterator[SearchIndex]:
    index = SearchIndex(kemi_release / SEARCH_INDEX)
    yield index
    index.close()
