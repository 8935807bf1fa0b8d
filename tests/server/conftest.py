import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.replace import replace_document
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.conftest import MadeOnce
from tests.publishing import CORRECTED, TEXT, WORDS, Row, publication, publish, state_rest
from tests.services import Service, StartService

SAMPLE = Path(__file__).parents[1] / "data" / "server" / "sample.trig"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.open(SAMPLE)


@pytest.fixture(scope="module")
def sample_app(dataset: Dataset) -> Flask:
    return create_app(Settings.of({}), dataset)


@pytest.fixture
def client(sample_app: Flask) -> FlaskClient:
    """A client without cookies; the application keeps its answers to the end of the module."""
    return sample_app.test_client()


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


@pytest.fixture(scope="session")
def mallila_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document folder of a town; not to be written to."""
    folder = tmp_path_factory.mktemp("documents") / "mallila"
    extract_files([TEXT], folder, Town("Mallila", "999"))
    state_rest(folder)
    return folder


@pytest.fixture(scope="session")
def row(mallila_documents: Path, made_once: MadeOnce) -> Row:
    """Two published releases of the town; not to be written to."""

    def make(folder: Path) -> None:
        documents = Path(shutil.copytree(mallila_documents, folder / "mallila"))
        release = folder / "releases" / "release"
        assert publish(folder / "out", documents, publication(folder, "2026.1", "2026-11-01"), release) == 0
        (folder / "first").symlink_to(release.resolve())
        corrected = folder / TEXT.name
        corrected.write_text("Korjattu\n\n" + TEXT.read_text("utf-8").replace(WORDS, CORRECTED), "utf-8")
        [name] = [file.stem for file in documents.glob("*.txt")]
        replace_document(documents, name, corrected)
        assert publish(folder / "out", documents, publication(folder, "2026.2", "2026-11-29"), release) == 0

    folder = made_once("row", make)
    release = folder / "releases" / "release"
    return Row(release, (folder / "first").resolve(), release.resolve(), folder / "mallila", folder / "out")
