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


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An RDF file with enough in it for queries that never end: 4 000 things that know each other."""
    file = tmp_path_factory.mktemp("crowd") / "crowd.nq"
    things = [f"<http://example.org/{number}>" for number in range(4000)]
    lines = []
    for number, thing in enumerate(things):
        lines.append(
            f'{thing} <http://example.org/name> "thing {number} {"a" * 30}" <http://example.org/graph/a> .'
        )
        for step in (1, 7, 31):
            other = things[(number * 3 + step) % len(things)]
            lines.append(f"{thing} <http://example.org/knows> {other} <http://example.org/graph/a> .")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
