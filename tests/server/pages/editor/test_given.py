"""A query in the address: a browser gets its answer as a page, a program as before."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from hytegraph.server.pages.editor import given

pytestmark = pytest.mark.whole

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
KANSLIA = "https://w3id.org/hytegraph/id/kemi/unit/kanslia"


def shown(client: FlaskClient, query: str, **more: str) -> str:
    response = client.get("/sparql", query_string={"query": query, **more}, headers={"Accept": CHROMIUM})
    assert (response.status_code, response.mimetype) == (200, "text/html"), response.text
    assert "Accept" in response.headers["Vary"]
    return response.text


def test_solutions_are_a_table_with_names_that_lead_to_pages(client: FlaskClient) -> None:
    page = shown(client, f"SELECT ?yksikko ?n {{ VALUES (?yksikko ?n) {{ (<{KANSLIA}> 5) }} }}")

    assert '<a href="/responsibility/id/kemi/unit/kanslia">Kanslia</a>' in page
    assert re.search(r'<td class="number"[^>]*>\s*(<span[^>]*>)?5(</span>)?\s*</td>', page)
    assert f"VALUES (?yksikko ?n) {{ (<{KANSLIA}> 5) }}" in unescape(page)


def test_yes_and_no_are_words(client: FlaskClient) -> None:
    assert '<strong role="status">yes</strong>' in shown(client, "ASK {}", lang="en")
    assert '<strong role="status">ei</strong>' in shown(client, "ASK { <a:a> <a:b> <a:c> }", lang="fi")


def test_triples_are_turtle_that_is_escaped(client: FlaskClient) -> None:
    page = shown(client, "CONSTRUCT { <a:a> <a:b> '<script>' } {}")

    assert "&lt;a:a&gt; &lt;a:b&gt; &#34;&lt;script&gt;&#34; ." in page
    assert "'<script>'" not in page


def test_a_long_answer_shows_its_beginning_and_leads_to_the_whole(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "MOST_ROWS", 2)
    page = shown(client, "SELECT ?x { VALUES ?x { 1 2 3 } }", lang="en")
    [address] = [unescape(a) for a in re.findall(r'href="(/sparql[^"]*format=csv)"', page)]

    assert "This is the beginning of the answer" in page
    assert client.get(address).data.split() == [b"x", b"1", b"2", b"3"]


def test_a_graph_that_is_not_there_is_named_on_the_page(client: FlaskClient) -> None:
    page = shown(client, "SELECT * FROM <http://a.example/graph> { ?s ?p ?o }", lang="en")

    assert "This graph is not in the data, so it is empty: &lt;http://a.example/graph&gt;" in page


def test_an_error_is_a_page_with_its_status(client: FlaskClient) -> None:
    response = client.get(
        "/sparql", query_string={"query": "SELECT * { ?s ex:p ?o }"}, headers={"Accept": CHROMIUM}
    )

    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "The prefix ex: is not declared." in response.text


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}"])
def test_an_answer_that_changes_by_itself_is_not_kept(client: FlaskClient, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": CHROMIUM})

    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        ("application/xml", "application/xml"),
        ("text/csv, text/html;q=0.5", "text/csv"),
    ],
)
def test_programs_get_what_they_ask_for(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT * {}"}, headers={"Accept": accept})

    assert response.mimetype == media_type


def test_a_format_in_the_address_wins_over_the_page(client: FlaskClient) -> None:
    response = client.get("/sparql?query=SELECT%20*%20%7B%7D&format=xml", headers={"Accept": CHROMIUM})

    assert response.mimetype == "application/sparql-results+xml"
