"""Dumps of large data are sent from files: here the data are small and only told to be large."""

import hashlib
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hytegraph.graph.formats import GRAPH_FORMATS, TURTLE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import write_release
from hytegraph.server.app import create_app
from hytegraph.server.catalogue import dumps, routes
from hytegraph.server.settings import Settings

BEFORE, NOW = (f'<a:a> <a:b> "{number}" <a:g> .\n'.encode() for number in (1, 2))
NAMES = [hashlib.sha256(body).hexdigest()[:12] for body in (BEFORE, NOW)]
ALL = {NAMES[0]: BEFORE, NAMES[1]: NOW}


class _Client(FlaskClient):
    """Closes each answer when it is read."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=True, **kwargs)


def client_of(served: Dataset, storage: Path) -> FlaskClient:
    """A client of an application with that storage folder."""
    app = create_app(Settings.of({"HYTEGRAPH_STORAGE_FOLDER": str(storage)}), served)
    app.test_client_class = _Client
    return app.test_client()


@pytest.fixture
def served(tmp_path: Path) -> Dataset:
    """The second of two releases."""
    for body in (BEFORE, NOW):
        data = {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body), "quads": 1}
        write_release(tmp_path / "release", {"data.nq": body}, {"data": data, "inputs": {}})
    return Dataset.open(tmp_path / "release")


@pytest.fixture
def client(served: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    for module in (dumps, routes):
        monkeypatch.setattr(module, "is_slow_to_load", lambda _: True)
    return client_of(served, tmp_path / "storage")


def written(client: FlaskClient, address: str) -> bytes:
    """What is at an address when it is ready."""
    until = time.monotonic() + 60
    while (answer := client.get(address)).status_code == 503 and time.monotonic() < until:
        assert "is being written" in answer.get_json(force=True)["detail"]
        assert int(answer.headers["Retry-After"]) > 0
        time.sleep(0.1)
    assert answer.status_code == 200
    return bytes(answer.data)


@pytest.mark.parametrize("name", NAMES)
def test_n_quads_are_the_file_of_their_release_whole_or_in_part(client: FlaskClient, name: str) -> None:
    address = f"/dumps/{name}/hytegraph.nq"
    whole = client.get(address)
    part = client.get(address, headers={"Range": "bytes=3-6"})
    again = client.get(address, headers={"If-None-Match": whole.headers["ETag"]})

    assert (whole.data, whole.status_code) == (ALL[name], 200)
    assert "immutable" in whole.headers["Cache-Control"]
    assert whole.headers["Content-Type"] == "application/n-quads; charset=utf-8"
    assert (part.data, part.status_code) == (ALL[name][3:7], 206)
    assert (again.data, again.status_code) == (b"", 304)


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_another_format_is_written_at_its_first_asking_and_stays(
    client: FlaskClient, served: Dataset, suffix: str, tmp_path: Path
) -> None:
    syntax = next(each for each in GRAPH_FORMATS if each.extension == suffix)
    address = f"/dumps/{NAMES[1]}/hytegraph.{suffix}"

    assert client.get(address).status_code == 503
    assert written(client, address) == served.dump(syntax)
    other = client_of(served, tmp_path / "storage")
    assert other.get(address).data == served.dump(syntax)


def test_a_release_and_a_folder_named_from_where_the_service_was_started_are_found(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = client_of(Dataset.open("release"), Path("other"))

    assert relative.get(f"/dumps/{NAMES[1]}/hytegraph.nq").data == NOW
    assert written(relative, f"/dumps/{NAMES[1]}/hytegraph.ttl") == written(
        client, f"/dumps/{NAMES[1]}/hytegraph.ttl"
    )


def test_the_address_of_everything_leads_to_the_file(client: FlaskClient, served: Dataset) -> None:
    answer = client.get("/data/dump.ttl")

    assert (answer.status_code, answer.location) == (302, f"/dumps/{NAMES[1]}/hytegraph.ttl")
    assert written(client, answer.location) == served.dump(TURTLE)


def test_drafts_are_there_as_n_quads_only(client: FlaskClient) -> None:
    assert client.get(f"/dumps/{NAMES[0]}/hytegraph.ttl").status_code == 404


def test_data_that_were_changed_are_not_sent_and_not_written(client: FlaskClient, served: Dataset) -> None:
    assert served.release
    (served.release.path / "data.nq").write_bytes(NOW.replace(b"2", b"9"))
    address = f"/dumps/{NAMES[1]}/hytegraph"

    assert client.get(f"{address}.nq").status_code == 404
    until = time.monotonic() + 60
    while "being written" in (detail := client.get(f"{address}.ttl").get_json(force=True)["detail"]):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert "cannot be written" in detail
    assert client.get(f"{address}.ttl").status_code == 503


def test_the_page_of_files_says_which_are_written_later(
    client: FlaskClient, served: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants = {"Accept": "text/html", "Accept-Language": "fi"}
    large = client.get("/downloads", headers=wants).text
    monkeypatch.setattr(dumps, "is_slow_to_load", lambda _: False)
    small = client_of(served, tmp_path / "storage").get("/downloads", headers=wants).text

    assert "N-Quads on heti saatavilla." in large
    assert "N-Quads on heti saatavilla." not in small
    # A file that is not written yet answers with a page, which the browser shows.
    link = f'<a href="/dumps/{NAMES[1]}/hytegraph.ttl"'
    assert f"{link}>" in large
    assert f"{link} download>" in small
