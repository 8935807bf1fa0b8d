from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

PAGES = ("/figures", "/amendments", "/indicators", "/responsibility")


@pytest.fixture(scope="module")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    file = tmp_path_factory.mktemp("empty") / "one.ttl"
    file.write_text('<http://example.org/a> <http://example.org/b> "c" .\n', "utf-8")
    return create_app(Settings.of({}), Dataset.open(Path(file))).test_client()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_that_there_is_nothing_to_show(
    empty_client: FlaskClient, address: str, language: str
) -> None:
    response = empty_client.get(address, headers={"Accept": "text/html", "Accept-Language": language})

    assert response.status_code == 200
    assert '<p class="note">' in response.text
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("address", PAGES)
def test_its_table_has_no_rows(empty_client: FlaskClient, address: str) -> None:
    assert empty_client.get(f"{address}.csv").text.count("\r\n") == 1
