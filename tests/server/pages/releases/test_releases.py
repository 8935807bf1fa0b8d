"""The pages of the releases: all that are published, what each has changed, and which one a reader sees."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.build import build
from hytegraph.loaders.identity.retired import read_replaced, write_replaced
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.publishing import CORRECTED, WORDS, Row

BASE = "https://data.mallila.example/hyte/"
ATOM = "{http://www.w3.org/2005/Atom}"
OLD, DRAFT = "Nämä sivut näyttävät vanhan julkaisun.", "Nämä sivut näyttävät luonnoksen"


def client_of(release: object) -> FlaskClient:
    dataset = Dataset.open(str(release))
    return create_app(Settings.of({"HYTEGRAPH_BASE": BASE}), dataset).test_client()


@pytest.fixture(scope="module")
def newest(row: Row) -> FlaskClient:
    return client_of(row.second)


def test_all_releases_are_listed_the_newest_first_with_their_data(newest: FlaskClient) -> None:
    rows = newest.get("/releases.json").get_json()["rows"]
    page = newest.get("/releases").text

    assert [(one["version"], one["date"], one["previous"]) for one in rows] == [
        ("2026.2", "2026-11-29", "2026.1"),
        ("2026.1", "2026-11-01", ""),
    ]
    for one in rows:
        address = f"/dumps/{one['checksum'][:12]}/hytegraph.nq"
        assert f'href="{address}"' in page
        assert newest.get(address).status_code == 200


def test_the_page_of_changes_shows_the_corrected_words_and_its_table_all_counts(newest: FlaskClient) -> None:
    page = newest.get("/changes/2026.2").text
    rows = newest.get("/changes/2026.2.json").get_json()["rows"]

    assert WORDS in page
    assert CORRECTED in page
    assert "Hyvinvointisuunnitelman toimenpiteet vuodelle 2027" in page
    assert {row["what"]: row["changes"] for row in rows}["documentReplaced"] == 1
    assert newest.get("/changes").location == "/changes/2026.2"
    assert newest.get("/changes/2026.2.ttl").content_type == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("address", ["/changes/2026.1", "/changes/2026.9", "/changes/2026.2.docx"])
def test_what_has_no_changes_to_show_is_not_found(newest: FlaskClient, address: str) -> None:
    assert newest.get(address).status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_feed_is_atom_with_an_entry_for_each_release(newest: FlaskClient, language: str) -> None:
    response = newest.get(f"/releases.atom?lang={language}")
    feed = ElementTree.fromstring(response.data)

    assert response.content_type == "application/atom+xml"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["2026.2", "2026.1"]
    assert all(entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Mallilan kunta"


def test_every_page_of_an_old_release_says_so_and_leads_to_the_newest(row: Row, newest: FlaskClient) -> None:
    old = client_of(row.first)

    for address in ("/", "/plans", "/page/id/mallila", "/nowhere"):
        assert OLD in old.get(address).text
        assert OLD not in newest.get(address).text
    assert "Uusin julkaisu on 2026.2." in old.get("/plans").text


@pytest.mark.slow
def test_every_page_of_a_draft_beside_published_releases_says_so(row: Row, tmp_path: Path) -> None:
    release = Path(shutil.copytree(row.release.parent, tmp_path / "releases", symlinks=True)) / "release"
    assert DRAFT not in client_of(release).get("/plans").text

    assert build([row.documents], release, BASE).fresh

    assert DRAFT in client_of(release).get("/plans").text


def test_without_published_releases_the_page_says_that_there_are_none(client: FlaskClient) -> None:
    assert "ei ole vielä julkaistu" in client.get("/releases").text
    assert "alle kaksi" in client.get("/changes").text or "vähemmän kuin kaksi" in client.get("/changes").text


@pytest.fixture(scope="module")
def retired(row: Row) -> dict[str, str]:
    """The paths of retired things with those of their successors, '' for none."""
    return dict(read_replaced(row.documents))


def test_a_retired_identifier_leads_to_its_successor_for_good(
    newest: FlaskClient, retired: dict[str, str]
) -> None:
    old, new = next((old, new) for old, new in retired.items() if new)
    answer = newest.get(f"/id/mallila/{old}")

    assert (answer.status_code, answer.location) == (301, f"/id/mallila/{new}")
    assert newest.get(f"/page/id/mallila/{old}").status_code == 200
    assert "isReplacedBy" in newest.get(f"/data/id/mallila/{old}.ttl").text


def test_the_page_of_a_retired_thing_leads_to_that_of_its_successor(
    newest: FlaskClient, retired: dict[str, str]
) -> None:
    old, new = next((old, new) for old, new in retired.items() if new and old.startswith("passage/"))
    gone = next((old for old, new in retired.items() if not new), "")

    for word in ("trace", "source", "summary"):
        answer = newest.get(f"/{word}/id/mallila/{old}")
        assert (answer.status_code, answer.location) == (301, f"/page/id/mallila/{new}"), word
        assert not gone or newest.get(f"/{word}/id/mallila/{gone}").location == f"/page/id/mallila/{gone}"
    assert newest.get("/trace/id/mallila/goal/2027/nothing").status_code == 404


def test_a_retired_identifier_without_a_successor_is_gone_and_says_what_it_was(
    newest: FlaskClient, retired: dict[str, str], row: Row, tmp_path: Path
) -> None:
    old = next(iter(retired))
    documents = Path(shutil.copytree(row.documents, tmp_path / "mallila"))
    write_replaced(documents, retired | {old: ""})
    assert build([documents], tmp_path / "release", BASE).release
    client = client_of(tmp_path / "release")

    assert client.get(f"/id/mallila/{old}").status_code == 303
    for address in (f"/page/id/mallila/{old}", f"/data/id/mallila/{old}.ttl"):
        answer = client.get(address)
        assert (answer.status_code, "Käytöstä poistunut tunniste" in answer.text) == (410, True)
