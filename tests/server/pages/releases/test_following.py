"""What has changed of a town, a theme or a party, release by release, as a page and as an Atom feed."""

import html
from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.releases import summary
from hytegraph.graph.releases.changes import Change
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import read_release
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.publishing import CORRECTED, WORDS, Row
from tests.server.reading import BROWSER

BASE = "https://data.mallila.example/hyte/"
ATOM = "{http://www.w3.org/2005/Atom}"
PARTY, OTHER = "/updates/id/mallila/party/kanslia", "/updates/id/mallila/unit/ymparistotoimiala"
THEME = "/updates/themes/participation"
SENTENCE = f"{CORRECTED}: nimi on nyt ”{CORRECTED}”, ennen ”{WORDS}”."


@pytest.fixture(scope="module")
def newest(row: Row) -> FlaskClient:
    return create_app(Settings.of({"HYTEGRAPH_BASE": BASE}), Dataset.open(str(row.second))).test_client()


def sentences(client: FlaskClient, address: str) -> list[str]:
    """What the feed at an address tells of the newest release."""
    entries = list(feed(client, address).iter(f"{ATOM}entry"))
    content: Iterable[ElementTree.Element] = (
        ElementTree.fromstring(entries[0].findtext(f"{ATOM}content") or "") if entries else []
    )
    return [line.text or "" for line in content]


def feed(client: FlaskClient, address: str) -> ElementTree.Element:
    response = client.get(f"{address}.atom?lang=fi")
    assert (response.status_code, response.content_type) == (200, "application/atom+xml")
    return ElementTree.fromstring(response.data)


def test_a_town_a_party_and_their_pages_tell_the_change_in_a_sentence(newest: FlaskClient) -> None:
    for address in ("/updates", PARTY):
        page = html.unescape(newest.get(f"{address}?lang=fi", headers=BROWSER).text)
        assert SENTENCE in sentences(newest, address)
        assert SENTENCE.partition(": ")[2] in page
        assert f'href="{address}.atom"' in page
    # The measures of another party have only moved to other lines.
    assert SENTENCE not in sentences(newest, OTHER)


@pytest.mark.parametrize("address", ["/updates", PARTY, THEME])
def test_a_feed_is_atom_and_its_identifiers_last(newest: FlaskClient, address: str) -> None:
    first, again = (feed(newest, address) for _ in range(2))
    identifiers = [entry.findtext(f"{ATOM}id") for entry in first.iter(f"{ATOM}entry")]

    assert ElementTree.tostring(first) == ElementTree.tostring(again)
    assert first.findtext(f"{ATOM}id") == f"http://localhost{address}.atom"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Mallilan kunta"
    assert date.fromisoformat((first.findtext(f"{ATOM}updated") or "")[:10])
    assert {link.get("rel") for link in first.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert len(identifiers) == len(set(identifiers))
    for entry in first.iter(f"{ATOM}entry"):
        assert (
            entry.findtext(f"{ATOM}id")
            and entry.findtext(f"{ATOM}updated")
            and entry.find(f"{ATOM}link") is not None
        )


def test_what_can_be_followed_says_so_on_its_page_and_in_its_head(newest: FlaskClient) -> None:
    for page, followed in (
        ("/", "/updates"),
        ("/themes/participation", THEME),
        (PARTY.replace("updates", "responsibility"), PARTY),
    ):
        text = newest.get(page, headers=BROWSER).text
        assert f'<link rel="alternate" type="application/atom+xml" href="{followed}.atom"' in text
        assert f'href="{followed}"' in text


def test_what_cannot_be_followed_is_not_found(newest: FlaskClient) -> None:
    for address in ("/updates/themes/nothing", "/updates/id/mallila/unit/nobody", "/updates/id/mallila"):
        assert newest.get(address, headers=BROWSER).status_code == 404


def test_without_published_releases_the_page_says_so(client: FlaskClient) -> None:
    assert "ei ole vielä julkaistu" in client.get("/updates?lang=fi", headers=BROWSER).text


def test_of_each_class_of_things_so_many_changes_are_listed(
    monkeypatch: pytest.MonkeyPatch, row: Row
) -> None:
    monkeypatch.setattr(summary, "MOST_LISTED", 1)
    release = read_release(row.second)
    kinds = ("Passage", "Passage", "Measure")
    found = [Change("added", f"{BASE}id/mallila/x/{n}", kind=kind) for n, kind in enumerate(kinds)]
    listed = summary.summary_of(found, release, release)

    assert [change.kind for change in listed.listed] == ["Passage", "Measure"]
    assert listed.total("added") == 3
