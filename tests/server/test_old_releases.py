"""An address with `?release=` answers about that release or refuses; no page of an old one is taken for the current."""

import io
import re
import zipfile
from collections import Counter

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.releases.row import row_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from hytegraph.server.text.kept_links import OF_NO_RELEASE, keep
from tests.publishing import CORRECTED, WORDS, Row

BASE = "https://data.mallila.example/hyte/"
OLD, HERE = "Nämä sivut näyttävät vanhan julkaisun.", "Sama sivu nykyisestä julkaisusta."
# Addresses whose view takes nothing from the path are all asked; of the others one of each kind.
OTHERS = (
    "/page/id/mallila",
    "/data/id/mallila.ttl",
    "/query/goals",
    "/ns/context.jsonld",
    "/trace/id/mallila/nothing",
)
REFUSED = (
    "/healthz",
    "/robots.txt",
    "/openapi.json",
    "/problems",
    "/static/hytegraph.css",
    "/.well-known/security.txt",
)


@pytest.fixture(scope="module")
def client(row: Row) -> FlaskClient:
    app = create_app(Settings.of({}, {"base": BASE, "access_log": "off"}), Dataset.open(row.second))
    return app.test_client(use_cookies=False)


def addresses(client: FlaskClient) -> list[str]:
    rules = [rule for rule in client.application.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted({rule.rule for rule in rules if not rule.arguments} | set(OTHERS))


@pytest.mark.slow
def test_every_address_answers_of_the_release_that_is_named_or_refuses(client: FlaskClient) -> None:
    kinds = Counter[str]()
    for address in addresses(client):
        answer = client.get(f"{address}?release=2026.1", headers={"Accept": "text/html, */*;q=0.1"})
        if 300 <= answer.status_code < 400:
            kinds["led on"] += "release=2026.1" in answer.location or answer.location.startswith(
                OF_NO_RELEASE
            )
        elif answer.mimetype == "text/html":
            is_of_old = OLD in answer.text and HERE in answer.text
            kinds[
                "page" if is_of_old else "refused" if answer.status_code == 400 else f"{address} ignores it"
            ] += 1
        else:
            kinds["data"] += 1

    assert set(kinds) == {"page", "data", "refused", "led on"}
    assert kinds["page"] > 30


@pytest.mark.parametrize("address", ["/measures.xlsx", "/query/goals.xlsx"])
def test_workbooks_lead_to_pages_of_their_release(client: FlaskClient, address: str) -> None:
    def targets(query: str) -> set[str]:
        book = zipfile.ZipFile(io.BytesIO(client.get(address + query).data))
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        return set(re.findall(r'Target="http://localhost(/[^"]*)"', links))

    kept, current = targets("?release=2026.1"), targets("")

    assert kept
    assert all("release=2026.1" in target for target in kept)
    assert current
    assert not any("release=" in target for target in current)
    leading = next(iter(sorted(kept))).replace("&amp;", "&")
    assert OLD in client.get(leading, headers={"Accept": "text/html"}).text


def test_word_files_and_citations_name_the_page_of_their_release(client: FlaskClient) -> None:
    summary = zipfile.ZipFile(io.BytesIO(client.get("/summary.docx?release=2026.1").data))
    assert "/summary?release=2026.1" in summary.read("word/document.xml").decode()
    source = "/source/id/mallila/document/toimenpideohjelma-2027?release=2026.1"
    assert source in client.get(source, headers={"Accept": "text/html"}).text.replace(f'href="{source}', "")


def test_pages_data_and_dumps_have_the_words_of_their_release(client: FlaskClient) -> None:
    rows = {
        version: client.get(f"/query/measures.csv?release={version}").text for version in ("2026.1", "2026.2")
    }

    assert WORDS in rows["2026.1"]
    assert CORRECTED not in rows["2026.1"]
    assert CORRECTED in rows["2026.2"] == client.get("/query/measures.csv").text
    for address in ("/data/dump.nq", "/catalog.nt", "/.well-known/void"):
        old, new = (client.get(f"{address}{query}").data for query in ("?release=2026.1", ""))
        assert old != new, address


def test_an_old_release_has_its_files_in_every_format_at_their_addresses(
    client: FlaskClient, row: Row
) -> None:
    name = row_of(row.release)[1].name
    turtle = client.get(f"/dumps/{name}/hytegraph.ttl")
    texts = {
        quad.object.value for quad in parse(turtle.data, RdfFormat.TURTLE) if hasattr(quad.object, "datatype")
    }

    assert (turtle.status_code, turtle.headers["Cache-Control"]) == (
        200,
        "public, max-age=31536000, immutable",
    )
    assert any(WORDS in text for text in texts)
    assert not any(CORRECTED in text for text in texts)


def test_links_and_forms_of_an_old_page_stay_in_its_release_but_for_the_way_out(client: FlaskClient) -> None:
    answer = client.get("/plans?release=2026.1&lang=sv")
    links = re.findall(r"<(?:a|link)\b[^>]*\shref=\"([/?][^\"]*)\"", answer.text)
    inner = [link for link in links if not link.startswith(OF_NO_RELEASE) and link != "/plans?lang=sv"]

    assert len(inner) > 20
    assert all("release=2026.1" in link for link in inner)
    assert '<a rel="latest-version" href="/plans?lang=sv">Samma sida' in answer.text
    assert (
        answer.text.count("<form")
        == answer.text.count('<input type="hidden" name="release" value="2026.1">')
        > 0
    )
    assert "/static/search.js" not in answer.text
    assert "</catalog?release=2026.1>" in answer.headers["Link"]


def test_a_version_that_is_not_there_is_not_found_and_the_others_are_named(client: FlaskClient) -> None:
    for address in ("/plans", "/catalog.ttl", "/sparql?query=ASK%7B%7D"):
        answer = client.get(f"{address}{'&' if '?' in address else '?'}release=2020.1")
        assert (answer.status_code, "2026.1" in answer.text, OLD in answer.text) == (404, True, False), (
            address
        )


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_of_no_release_refuses_the_parameter(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?release=2026.1", headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert address in answer.get_json(force=True)["detail"]


def test_the_version_that_is_served_may_be_named(client: FlaskClient) -> None:
    assert OLD not in client.get("/plans?release=2026.2").text
    assert client.get("/plans?release=2026.2").status_code == 200


def test_a_query_to_an_old_release_is_shown_on_a_page_that_says_so(client: FlaskClient) -> None:
    page = {"Accept": "text/html"}
    for address in ("/sparql?release=2026.1", "/sparql?query=ASK%7B%7D&release=2026.1"):
        answer = client.get(address, headers=page)
        assert OLD in answer.text, address
        assert '<input type="hidden" name="release" value="2026.1">' in answer.text, address
        assert '<script type="module"' not in answer.text, address


@pytest.mark.parametrize(
    "address, kept",
    [
        ("/plans", "/plans?release=1"),
        ("?lang=sv", "?lang=sv&release=1"),
        ("/a?x=%C3%A4&release=0#b", "/a?x=%C3%A4&release=1#b"),
        ("#top", "#top"),
        ("https://b.example/", "https://b.example/"),
        ("//b.example/", "//b.example/"),
        ("/static/a.css", "/static/a.css"),
    ],
)
def test_an_address_is_kept_in_a_release(address: str, kept: str) -> None:
    assert keep(address, "1") == kept
