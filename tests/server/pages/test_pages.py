import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.things.reading import read_resource
from hytegraph.server.text.links import Labels
from hytegraph.server.text.messages import LANGUAGES

pytestmark = pytest.mark.whole

MEASURE = "id/kemi/measure/toimenpiteet-2026/L12-1"
LOOSE = "id/kemi/measure/toimenpiteet-2026/L20-1"
CORRECTED = "id/kemi/measure/toimenpiteet-2026/L14-1"
PLAN = "id/kemi/plan/toimenpiteet-2026"
DOCUMENT = "id/kemi/document/toimenpiteet-2026"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = [
    "/",
    "/search?q=aamu",
    "/queries",
    "/query/measures",
    "/sparql",
    "/ns",
    "/ns/model",
    "/about",
    "/downloads",
    f"/page/{MEASURE}",
    f"/page/{DOCUMENT}",
    f"/trace/{MEASURE}",
    f"/tree/{PLAN}",
    "/problems/query-syntax",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_three_languages_and_says_what_it_is(client: FlaskClient, path: str) -> None:
    for language in LANGUAGES:
        response = client.get(path, headers={**BROWSER, "Accept-Language": language})

        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.text
        assert response.text.count("<h1") == 1
        assert "Accept-Language" in response.headers["Vary"]
        asks_for_nothing_from_elsewhere(response)
        is_described_where_it_is_shared(response.text, path)


def asks_for_nothing_from_elsewhere(response: TestResponse) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", response.text, re.DOTALL)
    assert response.text.count("<script") == len(scripts)
    # The description of the dataset is data, which no browser runs.
    run = [each for each in scripts if each[0] != ' type="application/ld+json"']
    assert all(re.search(r' src="/[^/]', attributes) and not text for attributes, text in run)
    assert 'style="' not in response.text
    assert 'src="http' not in response.text
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def is_described_where_it_is_shared(text: str, path: str) -> None:
    told = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text))
    lead = re.search(r'<p class="lead[^>]*>(.*?)</p>', text, re.DOTALL)

    assert told["og:description"] == told["description"]
    assert 20 < len(told["description"]) <= 300
    assert not lead or re.sub(r"<[^>]+>", "", lead[1]).split()[:3] == told["description"].split()[:3]
    assert text.partition("<title>")[2].startswith(told["og:title"])
    assert told["og:url"] == f"http://localhost{path.partition('?')[0]}"


def test_the_picture_of_a_shared_page_is_there(client: FlaskClient) -> None:
    picture = re.search(r'og:image" content="http://localhost([^"]+)', client.get("/", headers=BROWSER).text)

    assert picture
    with client.get(picture[1]) as response:
        assert response.content_type == "image/png"


def test_finnish_is_the_first_language(client: FlaskClient) -> None:
    assert '<html lang="fi">' in client.get("/").text
    assert '<html lang="fi">' in client.get("/", headers={"Accept-Language": "de"}).text


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    client.get("/?lang=sv")

    assert '<html lang="sv">' in client.get("/about", headers={"Accept-Language": "en"}).text


def test_the_front_page_tells_what_there_is(client: FlaskClient) -> None:
    text = client.get("/").text

    assert "<strong>3</strong> toimenpidettä" in text
    assert f'href="/source/{DOCUMENT}"' in text
    assert f'href="/tree/{PLAN}"' in text
    assert "toimenpidesuunnitelma" in text


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html", f"/page/{MEASURE}"),
        ("*/*", f"/page/{MEASURE}"),
        ("text/turtle", f"/data/{MEASURE}.ttl"),
        ("application/ld+json", f"/data/{MEASURE}.jsonld"),
        ("application/n-triples", f"/data/{MEASURE}.nt"),
        ("application/rdf+xml", f"/data/{MEASURE}.rdf"),
        ("text/turtle;q=0.5, application/ld+json", f"/data/{MEASURE}.jsonld"),
    ],
)
def test_a_thing_leads_to_its_page_or_data(client: FlaskClient, accept: str, location: str) -> None:
    response = client.get(f"/{MEASURE}", headers={"Accept": accept})

    assert (response.status_code, response.headers["Location"]) == (303, location)
    assert "Accept" in response.headers["Vary"].split(", ")


def test_a_suffix_wins_over_accept(client: FlaskClient) -> None:
    response = client.get(f"/{MEASURE}.ttl", headers={"Accept": "text/html"})

    assert response.headers["Location"] == f"/data/{MEASURE}.ttl"


def test_a_thing_in_a_format_that_is_not_offered_is_not_acceptable(client: FlaskClient) -> None:
    response = client.get(f"/{MEASURE}", headers={"Accept": "image/png"})

    assert response.status_code == 406
    assert "text/turtle" in response.text


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
    ],
)
def test_the_data_of_a_thing_hold_both_directions(client: FlaskClient, suffix: str, media_type: str) -> None:
    response = client.get(f"/data/{MEASURE}.{suffix}")

    assert response.mimetype == media_type
    assert "aamukahvit" in response.text
    assert "rowMeasure" in response.text


def test_the_page_of_a_thing_quotes_its_lines(client: FlaskClient) -> None:
    text = client.get(f"/page/{MEASURE}").text

    assert "Kaupunginjohtajan aamukahvit kahdesti vuodessa</blockquote>" in text
    assert "rivi 12" in text
    assert "Luettu taulukon paikasta" in text
    assert "toteuttaa tavoitetta" in text
    assert f'href="/trace/{MEASURE}"' in text


def test_the_page_of_a_thing_uses_the_labels_of_the_ontology_in_the_readers_language(
    client: FlaskClient,
) -> None:
    text = client.get(f"/page/{MEASURE}", headers={"Accept-Language": "sv"}).text

    assert "genomför målet" in text
    assert "åtgärd" in text
    assert '<h1 lang="fi" class="words">' in text


def test_a_correction_is_told_in_words(client: FlaskClient) -> None:
    assert "Ihmisen korjaama" in client.get(f"/page/{CORRECTED}").text


def test_an_ambiguous_reading_is_told_in_words_with_its_note(client: FlaskClient) -> None:
    text = client.get("/page/id/kemi/row/toimenpiteet-2026/L12").text

    assert "Tulkinnanvarainen" in text
    assert "Vastuutahon rivi voi kuulua myös seuraavaan tavoitteeseen." in text


def test_an_unknown_thing_is_not_found_and_offers_a_search(client: FlaskClient) -> None:
    response = client.get("/page/id/kemi/goal/none")

    assert response.status_code == 404
    assert 'action="/search"' in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get("/data/id/kemi/goal/none.ttl").status_code == 404


@pytest.mark.parametrize("path", ["/page/id/a%20b", "/page/id/%3Cx%3E", "/trace/id/%22", "/data/id/%7B.ttl"])
def test_an_address_that_is_no_iri_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_trace_shows_the_whole_chain(client: FlaskClient) -> None:
    text = client.get(f"/trace/{MEASURE}").text
    steps = [
        "Osallistava kehittäminen",
        "Viisas Kemi",
        "Kaupunkistrategia",
        "Kaupunginvaltuusto 4.12.2023 § 110",
    ]

    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert "Kanslia" in text
    assert "2 toimenpidettä" in text


def test_a_break_in_the_chain_is_told_as_not_found_in_the_documents(client: FlaskClient) -> None:
    text = client.get(f"/trace/{LOOSE}").text

    assert "Asiakirjoista ei löydy tavoitetta" in text
    assert "Asiakirjoista ei löydy taulukon riviä" in text
    # A missing realisation on a row is never told as something not done.
    assert "Se ei tarkoita, että toimenpide olisi tekemättä" in client.get(f"/trace/{MEASURE}").text


def test_a_thing_with_dots_in_its_iri_has_data(client: FlaskClient) -> None:
    name = "id/kemi/passage/toimenpiteet-2026/12.0-12.45"

    assert client.get(f"/data/{name}.ttl").mimetype == "text/turtle"
    assert (
        client.get(f"/{name}", headers={"Accept": "text/turtle"}).headers["Location"] == f"/data/{name}.ttl"
    )


def test_the_page_of_a_passage_shows_its_words(client: FlaskClient) -> None:
    text = client.get("/page/id/kemi/passage/toimenpiteet-2026/14-14").text

    assert "Kuntalaiskyselyt</blockquote>" in text
    assert "<h1>rivi 14</h1>" in text


def test_a_passage_within_a_line_is_named_by_its_characters() -> None:
    base = "https://w3id.org/hytegraph/"
    labels = Labels((), base, "fi")

    assert labels.link(f"{base}id/kemi/passage/x/1001.0-1001.29").text == "rivi 1001, merkit 1–29"
    assert labels.link(f"{base}id/kemi/passage/x/12-14").text == "rivit 12–14"


def test_what_is_no_measure_has_no_trace(client: FlaskClient) -> None:
    assert client.get(f"/trace/{DOCUMENT}").status_code == 404


def test_an_aim_without_measures_leads_to_no_summary(kemi_client: FlaskClient) -> None:
    for aim, status in (("2023-12-04/viisas-kemi", 404), ("2026/viisas-kemi", 200)):
        summary = f"/summary/id/kemi/aim/{aim}"

        assert kemi_client.get(summary).status_code == status
        assert (f'href="{summary}"' in kemi_client.get(f"/trace/id/kemi/aim/{aim}").text) == (status == 200)


def test_a_project_that_only_a_report_names_leads_to_its_own_page(kemi_client: FlaskClient) -> None:
    project = "id/kemi/project/yritysten-vihrea-kestava-kemi-hanke"
    answer = kemi_client.get(f"/trace/{project}")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/page/{project}")
    assert kemi_client.get(f"/page/{project}").status_code == 200
    assert kemi_client.get(f"/trace/{project}-none").status_code == 404


def test_a_plan_is_shown_from_aims_to_measures(client: FlaskClient) -> None:
    text = client.get(f"/tree/{PLAN}").text

    assert text.index("Viisas Kemi") < text.index("Osallistava") < text.index("aamukahvit")
    assert "Tavoitetta ei löydy asiakirjoista" in text


@pytest.mark.parametrize(("q", "found"), [("AAMU", True), ("yhteisöllisyys", True), ("avaruusasema", False)])
def test_search_finds_parts_of_names(client: FlaskClient, q: str, found: bool) -> None:
    text = client.get("/search", query_string={"q": q}).text

    assert ('class="hits"' in text) is found


def test_search_text_is_shown_as_text(client: FlaskClient) -> None:
    assert "<b>x" not in client.get("/search", query_string={"q": '<b>x" } SERVICE'}).text


def test_the_vocabulary_is_negotiated(client: FlaskClient) -> None:
    assert "toimenpide" in client.get("/ns", headers=BROWSER).text
    assert client.get("/ns", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert client.get("/ns.jsonld").mimetype == "application/ld+json"
    assert client.get("/ns", headers={"Accept": "image/png"}).status_code == 406


def test_a_named_query_is_a_page_csv_and_json(client: FlaskClient) -> None:
    address = "/query/trace?measure=aamukahvit"

    page = client.get(address, headers=BROWSER)
    table = client.get(address, headers={"Accept": "text/csv"})
    [row] = client.get(f"{address}&format=json").get_json()["results"]["bindings"]

    assert "<table" in page.text
    assert table.text.splitlines()[0].startswith("measure,goal,aim")
    assert table.data.count(b"\r\n") == 2
    assert row["goal"]["value"] == "Osallistava kehittäminen ja yhteisöllisyys"
    assert "realisation" not in row


def test_a_named_query_refuses_unknown_names(client: FlaskClient) -> None:
    assert client.get("/query/none").status_code == 404
    assert client.get("/query/trace?measures=x").status_code == 400
    assert client.get("/query/trace?format=pdf").status_code == 406


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "jsonld", "nt", "rdf"])
def test_everything_can_be_downloaded(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/data/dump.{suffix}")

    assert response.status_code == 200
    assert b"aamukahvit" in response.data


def test_a_missing_page_is_told_as_a_page_or_as_a_problem(client: FlaskClient) -> None:
    assert "Ei löydy" in client.get("/nowhere", headers=BROWSER).text
    problem = client.get("/nowhere", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.get_json()["status"]) == (404, 404)


def test_health_and_robots_are_told(client: FlaskClient) -> None:
    assert client.get("/healthz").text.startswith("ok ")
    assert "Disallow: /sparql?" in client.get("/robots.txt").text


def test_what_a_rule_inferred_is_marked_and_said_once(kemi: Dataset) -> None:
    base = "https://w3id.org/hytegraph/"
    goal = "id/kemi/goal/2022-2025/asuinalueemme-ovat-houkuttelevia-asumismuodot-monipuolisia"
    found = read_resource(kemi, f"{base}{goal}", base, "fi")

    assert found
    told = {group.property.text: group for group in (*found.outgoing, *found.incoming)}
    assert all(value.is_inferred for value in told["kuvaa tavoitetta"].values)
    assert not any(value.is_inferred for value in told["tavoitetta tukee"].values)
    assert "tukee tavoitetta" not in told


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("aim/2026/viisas-kemi", "trace"),
        ("unit/hyvinvointitoimiala", "responsibility"),
        ("strategy/2023-12-04", "tree"),
        ("document/toimenpideohjelma-2026", "source"),
        ("decision/kaupunginvaltuusto/2023-12-04/110", "decisions"),
    ],
)
def test_a_thing_has_a_page_for_people_and_its_triples_are_the_data_of_that(
    kemi_client: FlaskClient, kind: str, page: str
) -> None:
    people = kemi_client.get(f"/{page}/id/kemi/{kind}", headers={"Accept": "text/html"})
    triples = kemi_client.get(f"/page/id/kemi/{kind}", headers={"Accept": "text/html"})

    assert (people.status_code, triples.status_code) == (200, 200)
    assert f'href="/page/id/kemi/{kind}"' in people.text
    assert f'class="action" href="/{page}/id/kemi/{kind}"' in triples.text


def test_a_slash_at_the_end_is_taken_off(client: FlaskClient) -> None:
    moved = client.get("/plans/?lang=sv")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/plans?lang=sv")
    foreign = client.get("/x//elsewhere.example/")
    assert foreign.headers["Location"].startswith("/x")


def test_an_error_says_what_it_means_in_the_readers_language(client: FlaskClient) -> None:
    text = client.get("/poissa?lang=fi", headers={"Accept": "text/html"}).text
    assert "Osoitteessa ei ole mitään, tai aineisto ei tunne asiaa." in text
    assert "If you entered the URL manually" not in text
