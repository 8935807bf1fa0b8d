"""What the service says of itself: how it is cited, who answers for it, how accessible it is, and its files."""

import hashlib
import html
import re

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.catalogue.dumps import dumps
from hytegraph.server.settings import Settings

BROWSER = {"Accept": "text/html"}


def asked(dataset: Dataset, path: str, **settings: str) -> str:
    client = create_app(Settings.of({}, settings), dataset).test_client()
    return html.unescape(client.get(path, headers=BROWSER).text)


def test_the_citation_names_publisher_release_date_and_checksum(kemi: Dataset) -> None:
    text = asked(kemi, "/about?lang=en", publisher="Kemi", public_url="https://data.example.org")
    assert kemi.origin

    assert "Kemi (" in text
    assert kemi.origin.checksum in text
    assert f"@misc{{hytegraph-{kemi.origin.checksum[:12]}," in text
    assert "url = {https://data.example.org/}" in text


@pytest.mark.parametrize("path", ["/about", "/accessibility"])
def test_the_contact_is_that_of_the_settings_and_its_lack_is_told(kemi: Dataset, path: str) -> None:
    assert 'href="mailto:hyte@example.org"' in asked(kemi, path, contact="hyte@example.org")
    assert "ei ole ilmoittanut" in asked(kemi, path)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_sign_is_explained(kemi: Dataset, language: str) -> None:
    text = asked(kemi, f"/about?lang={language}")

    for mark in ("inferred", "suggested", "accepted", "acceptedByRule", "rejected", "missing"):
        assert f'class="mark mark-{mark}"' in text
    assert len(re.findall(r'<dt><span class="mark ', text)) == 10


def test_an_installation_without_a_publisher_is_nobodys_and_one_with_a_publisher_is_theirs(
    kemi: Dataset,
) -> None:
    assert "ei ole nimennyt itseään" in asked(kemi, "/accessibility")
    own = asked(kemi, "/accessibility", publisher="Kemin kaupunki")
    assert "ei ole nimennyt itseään" not in own
    assert "jonka julkaisee Kemin kaupunki" in own


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_statement_names_law_state_channel_and_authority(kemi: Dataset, language: str) -> None:
    text = asked(kemi, f"/accessibility?lang={language}")

    for told in ("306/2019", "WCAG 2.1", "Traficom", "14 ", f"https://www.traficom.fi/{language}"):
        assert told in text


def test_the_licence_is_that_of_the_program(kemi: Dataset) -> None:
    text = asked(kemi, "/about")

    assert "Apache License 2.0" in text and "CC BY 4.0" in text and "EUPL" not in text


def test_the_files_are_told_with_the_checksums_that_they_have(
    kemi_client: FlaskClient, kemi: Dataset
) -> None:
    measured = dumps(kemi)
    text = html.unescape(kemi_client.get("/downloads", headers=BROWSER).text)

    for dump in measured:
        assert dump.checksum and dump.checksum in text
    [address] = re.findall(r'href="(/dumps/[^"]+\.ttl)"', text)
    assert hashlib.sha256(kemi_client.get(address).data).hexdigest() in text


def test_of_data_without_a_release_no_checksum_is_told(dataset: Dataset) -> None:
    text = asked(dataset, "/downloads")

    assert "ei mitattu" in text
    assert not re.search(r'<code class="checksum">', text.split('id="files"')[1])


def test_every_graph_is_told_in_words_and_leads_to_its_data(kemi_client: FlaskClient, kemi: Dataset) -> None:
    rows = kemi_client.get("/downloads.json?lang=en").get_json()["rows"]

    assert {row["graph"]: row["triples"] for row in rows} == {
        each.name: each.triples for each in kemi.graphs()
    }
    assert not [row for row in rows if row["description"] == row["graph"]]
    assert {row["graph"].rpartition("/graph/")[2] for row in rows if row["inDefaultGraph"] == "false"} == {
        *("alignments", "links/suggested", "shapes", "status")
    }
    text = html.unescape(kemi_client.get("/downloads", headers=BROWSER).text)
    for address in re.findall(r'href="(/rdf-graph-store[^"]+)"', text):
        assert kemi_client.get(address, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
