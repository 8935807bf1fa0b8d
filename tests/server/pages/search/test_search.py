import csv
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

MEASURE = "https://w3id.org/hytegraph/id/kemi/measure/toimenpideohjelma-2026/L12-1"


def html(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers={"Accept": "text/html", "Accept-Language": "fi"})
    assert response.status_code == 200
    return response.text


def links(page: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="([^"]*)"', page)]


def test_hits_are_grouped_by_kind_with_counts_and_the_words_marked(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/search?q=koulujen")

    assert re.findall(r'<h2 id="kind-(\w+)">', page)[:2] == ["priority", "measure"]
    assert re.search(r'<h2 id="kind-measure">Toimenpiteet <span class="n">\d+</span>', page)
    assert "<mark>Koulujen</mark> oppilaskuntatoiminta" in page
    assert "koulutus</mark>" not in page.lower()


def test_a_measure_leads_to_its_trace_and_tells_what_it_belongs_to_and_where_it_stands(
    kemi_client: FlaskClient,
) -> None:
    found = links(html(kemi_client, "/search?q=aamukahvit+kahdesti"))

    assert "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1" in found
    assert "/trace/id/kemi/aim/2026/viisas-kemi" in found
    assert any(
        address.startswith("/source/id/kemi/document/toimenpideohjelma-2026?lines=12") for address in found
    )


def test_a_facet_is_a_link_that_chooses_and_the_chosen_one_a_link_that_lets_go(
    kemi_client: FlaskClient,
) -> None:
    page = html(kemi_client, "/search?q=koulu")
    [measures] = [each for each in links(page) if each == "/search?q=koulu&kind=measure"][:1]

    chosen = html(kemi_client, measures)

    assert re.search(r'href="/search\?q=koulu"[^>]* aria-current="true"', chosen)
    assert re.findall(r'<h2 id="kind-(\w+)">', chosen) == ["measure"]
    assert "poista rajaus" in chosen
    # A value that no document names has a name too.
    assert ">reportedInRow<" not in page


def test_the_way_to_all_of_a_kind_keeps_what_else_is_chosen(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/search?q=koulu&period=2026")
    ways = [each for each in links(page) if each.startswith("/search?") and "kind=" in each]

    assert "/search?q=koulu&kind=measure&period=2026" in ways
    assert {each.count("kind=") for each in ways} == {1}


def test_all_of_a_kind_are_reached_page_by_page(kemi_client: FlaskClient) -> None:
    seen: list[str] = []
    address = "/search?q=hyvinvointi&kind=passage"
    while address:
        page = html(kemi_client, address)
        seen += re.findall(r'<a class="words" href="([^"]+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = f"/search{unescape(following[1])}" if following else ""

    count = re.search(
        r'<h2 id="kind-passage">[^<]*<span class="n">(\d+)</span>', html(kemi_client, "/search?q=hyvinvointi")
    )
    assert count
    assert len(seen) == int(count[1]) > 50


def test_what_a_word_was_taken_for_is_said(kemi_client: FlaskClient) -> None:
    assert '<strong lang="fi">hyvinvointi</strong>' in html(kemi_client, "/search?q=hyvinvonti")
    assert "/search?q=koulu" in links(html(kemi_client, "/search?q=peruskoulu"))
    assert "Kaikkia sanoja yhdessä ei löytynyt" in html(kemi_client, "/search?q=aamukahvit+koulu")


def test_nothing_found_is_not_said_to_be_not_done(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/search?q=zzqqxx")

    assert "ei löytynyt mitään" in page
    assert "Se ei tarkoita, ettei asiaa olisi hoidettu." in page


def test_a_measure_does_not_get_the_status_of_its_row(kemi_client: FlaskClient) -> None:
    """The row reports surveys and meetings; of this measure it says nothing."""
    page = html(kemi_client, "/search?q=kulttuurikumppanuus&kind=measure")

    assert "raportoitu rivillä" in page
    assert "arvio:" not in page.partition('class="facets"')[0]


def test_a_status_is_called_an_estimate(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/search?kind=realisation&status=done")

    assert "arvio: toteutunut" in page
    assert "Toteutuminen (arvio)" in page
    assert "ei kunnan ilmoittama tieto" in page


def test_without_words_the_page_offers_everything_to_browse(kemi_client: FlaskClient) -> None:
    assert "/search?kind=goal" in links(html(kemi_client, "/search"))
    assert '<h2 id="kind-goal">' in html(kemi_client, "/search?kind=goal")


def test_the_rows_of_all_hits_are_data_too(kemi_client: FlaskClient) -> None:
    found = kemi_client.get("/search.csv?q=aamukahvit&kind=measure")
    rows = list(csv.DictReader(io.StringIO(found.text)))

    assert {row["thing"] for row in rows} >= {MEASURE}
    assert rows == [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in json.loads(kemi_client.get("/search.json?q=aamukahvit&kind=measure").text)["rows"]
    ]
    assert {row["period"] for row in rows} == {"2026", "2022–2025"}


@pytest.mark.parametrize("address", ["/search.ttl?q=aamukahvit", "/search?q=aamukahvit"])
def test_the_hits_are_described_as_rdf(address: str, kemi_client: FlaskClient) -> None:
    response = kemi_client.get(address, headers={"Accept": "text/turtle"})

    assert response.mimetype == "text/turtle"
    assert MEASURE in {str(triple.subject)[1:-1] for triple in parse(response.data, RdfFormat.TURTLE)}


def test_more_rows_than_an_answer_holds_are_linked(kemi_client: FlaskClient) -> None:
    first = kemi_client.get("/search.json?kind=passage")
    following = first.headers["Link"]
    second = kemi_client.get(following.partition("<")[2].partition(">")[0])

    things = [row["thing"] for each in (first, second) for row in json.loads(each.text)["rows"]]
    assert 'rel="next"' in following
    assert "Link" not in second.headers
    assert len(things) == len(set(things)) > 1000


def test_suggestions_lead_to_things_and_name_their_kind(kemi_client: FlaskClient) -> None:
    answer = kemi_client.get("/search/suggest?q=aamuk&lang=sv").get_json()

    assert answer["suggestions"][0] == {
        "label": "Kaupunginjohtajan aamukahvit kahdesti vuodessa",
        "language": "fi",
        "kind": "åtgärd",
        "href": "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1",
    }
    assert answer["told"] == f"{len(answer['suggestions'])} förslag"


@pytest.mark.parametrize(
    "query",
    [
        "q=%3Cscript%3E",
        "q=%22&kind=%3Cb%3E&period=%22%3E",
    ],
)
def test_hostile_questions_are_answered_and_nothing_of_them_becomes_markup(
    query: str, kemi_client: FlaskClient
) -> None:
    page = html(kemi_client, f"/search?{query}")

    values = [value for values in parse_qs(query).values() for value in values if "<" in value]
    assert [value for value in values if value in page] == []


def test_the_same_question_has_one_address(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/search?q=koulu&period=2026&kind=measure&kind=measure&unknown=1")

    assert {
        urlsplit(each).query for each in links(page) if each.startswith("/search?q=koulu&kind=measure")
    } >= {"q=koulu&kind=measure"}
    assert not any("unknown" in each for each in links(page) if each.startswith("/search?"))


def test_data_without_an_index_are_searched_as_they_are_written_and_the_page_says_so(
    client: FlaskClient,
) -> None:
    page = html(client, "/search?q=Aamukahvit")

    assert "Aineistolla ei ole hakemistoa" in page
    assert "aamukahvit kahdesti vuodessa" in page
    assert client.get("/search/suggest?q=aamu").get_json()["suggestions"] == []
    assert "Kaupunginjohtajan aamukahvit" in client.get("/search.csv?q=aamukahvit").text


def test_an_answer_without_the_index_that_is_being_made_is_not_kept(dataset: Dataset, tmp_path: Path) -> None:
    # Nothing can be made of a folder that is empty; that it is not yet known is what matters here.
    coming = IndexSource.of(dataset, tmp_path, tmp_path)
    client = create_app(Settings.of({}), dataset, index=coming).test_client()

    answer = client.get("/search?q=aamukahvit&lang=fi")
    coming.close()

    assert "Hakemistoa tehdään vielä" in answer.text
    assert answer.headers["Cache-Control"].endswith("no-store")


def test_a_damaged_index_is_told_on_the_page_and_at_readyz_and_gives_no_data(
    kemi_release: Path, tmp_path: Path
) -> None:
    release = Path(shutil.copytree(kemi_release, tmp_path / "release"))
    (release / "search.sqlite").write_bytes(b"")
    client = create_app(Settings.of({}), Dataset.open(release)).test_client()
    page = client.get("/search?q=koulu&lang=fi")
    assert (page.status_code, "hakemisto on vioittunut" in page.text) == (200, True)
    assert (
        "search index of the release is missing, damaged or of another version" in client.get("/readyz").text
    )
    assert client.get("/search.csv?q=koulu").status_code == 503
