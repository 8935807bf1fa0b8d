"""Every page that a town has is at `/TOWN/…`; with one town in the data the addresses stay as they are."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hytegraph.graph.iris import RESERVED_TOWNS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.http.parameters import is_in_towns
from hytegraph.server.pages.shared.scope import first_word
from hytegraph.server.settings import Settings
from tests.server.reading import BROWSER

TOWNS = Path(__file__).parents[1] / "data" / "server" / "towns.trig"


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings.of({}), Dataset.open(TOWNS))


@pytest.fixture
def towns(app: Flask) -> FlaskClient:
    """A client of the data of three invented towns."""
    return app.test_client()


@pytest.fixture
def one_town(kemi: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), kemi).test_client()


def test_a_page_of_a_town_holds_what_is_the_towns_alone(towns: FlaskClient) -> None:
    lehtola = towns.get("/lehtola/plans", headers=BROWSER).text
    aanekunta = towns.get("/aanekunta/plans", headers=BROWSER).text

    assert "Lehtolan suunnitelma 2026" in lehtola
    assert "Äänekunnan ohjelma 2026" not in lehtola
    assert "Äänekunnan ohjelma 2026" in aanekunta


def test_kept_answers_of_towns_are_kept_apart(towns: FlaskClient) -> None:
    first = [towns.get(f"/{slug}/plans", headers=BROWSER).text for slug in ("lehtola", "aanekunta")]
    again = [towns.get(f"/{slug}/plans", headers=BROWSER) for slug in ("lehtola", "aanekunta")]

    assert [answer.text for answer in again] == first
    assert all('cache;desc="hit"' in answer.headers["Server-Timing"] for answer in again)


@pytest.mark.parametrize("page", ["/lehtola", "/lehtola/plans", "/tree/id/lehtola/plan/2026"])
def test_a_page_of_a_town_names_it_in_title_and_trail_and_leads_to_its_pages(
    towns: FlaskClient, page: str
) -> None:
    text = towns.get(page, headers=BROWSER).text

    title = text[text.index("<title>") : text.index("</title>")]
    assert "– Lehtola – Hytegraph" in title
    assert 'class="trail' in text
    assert 'href="/lehtola/plans"' in text
    assert 'href="/plans"' not in text


def test_a_page_says_the_town_in_the_readers_language(towns: FlaskClient) -> None:
    text = towns.get("/lehtola/plans?lang=sv", headers=BROWSER).text

    assert "– Lövby –" in text
    assert 'hreflang="en"' in text
    assert 'href="?lang=en"' in text


@pytest.mark.parametrize(
    ("suffix", "says"),
    [("json", '"town": "Lehtola"'), ("csv", "Lehtola,"), ("ttl", "id/lehtola> a hyte:Municipality")],
)
def test_the_data_of_a_towns_page_name_the_town(towns: FlaskClient, suffix: str, says: str) -> None:
    answer = towns.get(f"/lehtola/plans.{suffix}")

    assert answer.status_code == 200
    assert says in answer.text.replace("hytegraph/id", "id").replace("<https://w3id.org/", "")
    assert "aanekunta" not in answer.text


def test_the_form_of_a_towns_page_is_negotiated(towns: FlaskClient) -> None:
    assert towns.get("/lehtola/plans", headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert towns.get("/lehtola/plans", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("page", ["/lehtula", "/lehtula/plans", "/lehtula/plans.csv"])
def test_an_unknown_town_is_not_found_and_the_nearest_are_offered(towns: FlaskClient, page: str) -> None:
    answer = towns.get(page, headers=BROWSER)

    assert answer.status_code == 404
    assert 'href="/lehtola"' in answer.text
    assert 'action="/towns"' in answer.text


def test_a_town_has_no_page_that_is_nobodys(towns: FlaskClient) -> None:
    assert towns.get("/lehtola/sparql", headers=BROWSER).status_code == 404
    assert towns.get("/lehtola/about", headers=BROWSER).status_code == 404


def test_a_slash_at_the_end_of_a_towns_address_is_taken_off(towns: FlaskClient) -> None:
    moved = towns.get("/lehtola/?lang=sv")

    assert (moved.status_code, moved.headers["Location"]) == (308, "/lehtola?lang=sv")


@pytest.mark.parametrize(
    ("page", "instead"),
    [("/kemi", "/"), ("/kemi/plans", "/plans"), ("/kemi/plans.csv?lang=sv", "/plans.csv?lang=sv")],
)
def test_the_only_town_is_led_to_the_addresses_without_it(
    one_town: FlaskClient, page: str, instead: str
) -> None:
    answer = one_town.get(page)

    assert (answer.status_code, answer.headers["Location"]) == (302, instead)


def test_pages_of_the_only_town_look_as_if_there_were_no_other(one_town: FlaskClient) -> None:
    text = one_town.get("/plans", headers=BROWSER).text

    assert 'class="trail' not in text
    assert "– Kemi –" not in text
    assert 'href="/kemi' not in text
    assert one_town.get("/plans.csv").text.startswith("plan,")


def test_no_towns_slug_may_be_the_first_word_of_another_address(app: Flask) -> None:
    words = {first_word(rule.rule) for rule in app.url_map.iter_rules() if not rule.rule.startswith("/<")}

    # A name with a dot is that of a file, which no town's is.
    files = {"openapi", "robots", "sitemap", "sitemap-pages"}
    assert {word for word in words if word} - RESERVED_TOWNS == files
    assert all(app.test_client().get(f"/{name}").status_code == 404 for name in files)


def test_every_page_of_towns_has_its_address_for_a_town(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    marked = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if is_in_towns(app.view_functions[rule.endpoint]) and not rule.rule.startswith("/<")
    ]

    assert len(marked) > 3
    assert all(f"/<slug:town>{rule.rstrip('/')}" in rules for rule in marked)


def test_openapi_and_the_sitemap_know_the_addresses_of_towns(
    towns: FlaskClient, one_town: FlaskClient
) -> None:
    described = towns.get("/openapi.json").get_json()["paths"]

    assert "/{town}/plans" in described
    assert described["/{town}/plans"]["get"]["parameters"][0]["name"] == "town"
    assert not [path for path in one_town.get("/openapi.json").get_json()["paths"] if "{town}" in path]
    assert "/lehtola/plans</loc>" in towns.get("/lehtola/sitemap.xml").text
    assert "/lehtola/sitemap.xml</loc>" in towns.get("/sitemap.xml").text
    assert "localhost/kemi" not in one_town.get("/sitemap.xml").text


def test_the_canonical_address_of_a_towns_page_is_the_towns(towns: FlaskClient) -> None:
    link = towns.get("/lehtola/plans?lang=sv", headers=BROWSER).headers["Link"]

    assert '<http://localhost/lehtola/plans>; rel="canonical"' in link
