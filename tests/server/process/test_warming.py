"""After the start the pages that sum up the graph have been read, and nobody has asked for them."""

import time
from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.home.routes import read_front_page
from hytegraph.server.process import warming
from hytegraph.server.process.warming import FIRST, warm
from hytegraph.server.settings import Settings
from tests.services import StartService


@pytest.mark.slow
def test_what_is_read_ahead_is_read_in_every_language_and_is_no_request(
    kemi: Dataset, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(Settings.of({}), kemi)
    read_front_page.cache_clear()
    warm(app)
    before = read_front_page.cache_info()
    client = app.test_client()
    for language in ("fi", "sv", "en"):
        assert client.get("/", headers={"Accept-Language": language}).status_code == 200

    assert read_front_page.cache_info().misses == before.misses == 3
    counted = client.get("/metrics").text
    assert 'route="/",status="200"} 3.0' in counted
    assert 'route="/plans"' not in counted
    assert '"/plans"' not in capfd.readouterr().err


def test_every_page_that_is_read_ahead_is_there(kemi: Dataset) -> None:
    client = create_app(Settings.of({}), kemi).test_client()

    assert {client.get(address).status_code for address in FIRST} == {200}


def test_data_that_a_page_cannot_read_do_not_end_it(dataset: Dataset) -> None:
    warm(create_app(Settings.of({}), dataset))


def test_a_page_is_read_ahead_when_clients_are_quiet_or_patience_is_at_an_end(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings.of({}), dataset)
    answers = iter([0.0, 0.1, 9.0])
    warm(app, ("/about",), ("fi",), lambda: next(answers))
    assert list(answers) == []

    monkeypatch.setattr(warming, "_PATIENCE_SECONDS", 0.0)
    warm(app, ("/about",), ("fi",), lambda: 0.0)


def compiled(folder: Path) -> int:
    """How many templates have been compiled and kept: those of the pages that have been made."""
    return sum(1 for _ in (folder / "templates").glob("*"))


@pytest.mark.whole
@pytest.mark.parametrize("read_ahead", ["on", "off"])
@pytest.mark.slow
def test_a_service_reads_ahead_where_its_setting_says_so(
    read_ahead: str, crowd: Path, start_service: StartService, tmp_path: Path
) -> None:
    start_service(crowd, read_ahead=read_ahead, storage_folder=tmp_path)
    at_start = compiled(tmp_path)
    deadline = time.monotonic() + (20.0 if read_ahead == "on" else 2.0)
    while compiled(tmp_path) == at_start and time.monotonic() < deadline:
        time.sleep(0.1)

    assert (compiled(tmp_path) > at_start) is (read_ahead == "on")
