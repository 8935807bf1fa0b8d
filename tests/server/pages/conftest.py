from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

SMALL = Path(__file__).parents[2] / "data" / "server" / "periods.trig"


@pytest.fixture(scope="module")
def small() -> FlaskClient:
    """A client of a few elements of two towns and periods, with claims of every kind."""
    return create_app(Settings.of({}), Dataset.open(SMALL)).test_client()
