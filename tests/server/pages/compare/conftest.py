"""Clients of three invented towns, with a search index and without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.search.build_index import make_index
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

TOWNS = Path(__file__).parents[3] / "data" / "server" / "compared.trig"


@pytest.fixture(scope="module")
def town_data() -> Dataset:
    return Dataset.open(TOWNS)


@pytest.fixture(scope="module")
def towns(town_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the towns; a language that it chooses is remembered to the end of the module."""
    file = tmp_path_factory.mktemp("index") / "search.sqlite"
    make_index(town_data, file)
    index = SearchIndex(file)
    yield create_app(Settings.of({}), town_data, index=IndexSource(index)).test_client()
    index.close()


@pytest.fixture(scope="module")
def towns_without_index(town_data: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), town_data).test_client()
