from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.services import Service, StartService

SAMPLE = Path(__file__).parents[1] / "data" / "server" / "sample.trig"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.open(SAMPLE)


@pytest.fixture
def client(dataset: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), dataset).test_client()


@pytest.fixture(scope="module")
def kemi_client(kemi: Dataset) -> FlaskClient:
    """A client of the Kemi release; a language that it chooses is remembered to the end of the module."""
    return create_app(Settings.of({}), kemi).test_client()


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


@pytest.fixture(scope="module")
def service(crowd: Path, start_service: StartService) -> Service:
    """A service with narrow limits that keeps no answers."""
    return start_service(
        crowd,
        timeout=3,
        memory_limit=300,
        max_rows=5000,
        max_bytes=2_000_000,
        cache_bytes=0,
        workers=4,
        queue=12,
    )


@pytest.fixture(scope="module")
def patient(crowd: Path, start_service: StartService) -> Service:
    """A service whose time limit is so far away that whatever ends a query was something else."""
    return start_service(crowd, timeout=120, memory_limit=300, cache_bytes=0, workers=2)
