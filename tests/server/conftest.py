from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "server" / "sample.trig"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.open(SAMPLE)


@pytest.fixture
def client(dataset: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), dataset).test_client()
