import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.responsibility.reading import SECTOR, read_responsibility
from tests.server.reading import rows_of, text_of

BASE = "https://w3id.org/hytegraph/"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
HEAD = "/responsibility/id/kemi/post/perusturvajohtaja"
ROLE = "/responsibility/id/kemi/role/toimialajohtaja"
WELLBEING = "/responsibility/id/kemi/unit/hyvinvointitoimiala"
BASIC_SECURITY = "/responsibility/id/kemi/unit/perusturvatoimiala"
COUNTY = "/responsibility/id/kemi/organisation/hyvinvointialue"


def test_a_sector_counts_the_measures_that_name_it(kemi_client: FlaskClient, kemi: Dataset) -> None:
    named = run(kemi, named_query("measures"), {})
    at = named.variables.index
    told = [
        row[at("measure")]
        for row in named.rows
        if row[at("period")] is not None
        and row[at("document")] == "000_595f7a428687dee9"
        and "Hyvinvointitoimiala" in str(row[at("responsible")])
    ]

    counted = next(
        row
        for row in rows_of(kemi_client, "/responsibility.csv")
        if (row["party"], row["period"]) == ("Hyvinvointitoimiala", "2026")
    )

    assert int(counted["measures"]) == len(told) == 48
    assert "Hyvinvointitoimiala nimetty vastuutahoksi 5 48" in text_of(kemi_client, "/responsibility")


def test_measures_without_a_party_are_listed_and_not_called_undone(
    kemi_client: FlaskClient, kemi: Dataset
) -> None:
    unassigned = read_responsibility(kemi, Summaries.of(kemi, BASE), None, BASE, "fi").unassigned
    page = text_of(kemi_client, "/responsibility")

    assert len(unassigned) == 12
    assert all(each.link.text in page for each in unassigned)
    assert "Toimenpiteet ilman vastuutahoa (12)" in page
    assert "Se ei tarkoita, ettei kukaan vastaisi niistä." in page
    assert (
        "Ennaltaehkäisevän työn vahvistaminen 2022–2025 Vastuun solu on asiakirjassa tyhjä: "
        "osavuosiraportti 1–6/2022, rivit 2060–2066" in page
    )
    assert "Palveluverkkoprojekti 2024 Asiakirjassa ei ole tälle taulukkoa" in page


def test_the_period_is_chosen_in_the_address(kemi_client: FlaskClient) -> None:
    page = text_of(kemi_client, "/responsibility?period=2024")

    assert "Toimenpiteet ilman vastuutahoa (8)" in page
    assert {row["period"] for row in rows_of(kemi_client, "/responsibility.csv?period=2026")} == {"2026"}
    assert kemi_client.get("/responsibility?period=1999", headers=BROWSER).status_code == 404


def test_where_a_post_belongs_is_told_to_be_a_suggestion(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, "/responsibility.csv?period=2026")
    posts = [row for row in rows if row["kind"] == "Post"]

    assert {row["basis"] for row in posts} == {"suggested", ""}
    assert all(row["sector"] for row in posts if row["basis"])
    above = text_of(kemi_client, HEAD).partition("Toimenpiteet")[0]
    assert "Kuuluu yksikköön Perusturvatoimiala koneen ehdotus, ei tarkistettu" in above


def test_every_party_has_a_page(kemi_client: FlaskClient, kemi: Dataset) -> None:
    parties = read_responsibility(kemi, Summaries.of(kemi, BASE), None, BASE, "fi").parties

    assert sum(each.kind == SECTOR for each in parties) == 5
    assert all(kemi_client.get(str(each.link.href), headers=BROWSER).status_code == 200 for each in parties)


def test_a_page_shows_the_rows_that_name_the_party_in_the_words_of_the_document(
    kemi_client: FlaskClient,
) -> None:
    page = text_of(kemi_client, HEAD)

    assert "Nimetty vastuutahoksi, rivejä 3" in page
    assert "Perusturvajohtaja , hoiva- ja hoitotyön päällikkö , johtava lääkäri" in page
    assert "2022–2025 Elinvoimainen kaupunki" in page
    assert "Toimenpiteen solu on tyhjä asiakirjassa" in page
    assert "Tila: ei toteutunut ehdotettu" in page
    assert "Aikataulu ei löydy" in page


def test_a_role_is_resolved_only_as_a_suggestion(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, f"{HEAD}.csv")
    suggested = text_of(kemi_client, f"{HEAD}?show=agent")

    assert [row["how"] for row in rows].count("agent") == 5
    assert "Rooli tarkoittanee tätä virkaa, rivejä 5" in suggested
    assert "ehdotus on, että rooli tarkoittaa tällä rivillä tätä virkaa. koneen ehdotus" in suggested
    assert all("oimialajohtaja" in row["responsible"] for row in rows if row["how"] == "agent")
    assert "Tarkoittanee virkaa: Perusturvajohtaja ehdotettu" in text_of(kemi_client, ROLE)
    assert "agent" not in {row["how"] for row in rows_of(kemi_client, f"{ROLE}.csv")}


def test_the_tables_of_a_sector_are_kept_apart_from_what_names_it(kemi_client: FlaskClient) -> None:
    hows = [row["how"] for row in rows_of(kemi_client, f"{WELLBEING}.csv")]

    assert set(hows) == {"named", "table"}
    assert "Toimiala on luettu taulukon paikasta" in text_of(kemi_client, f"{WELLBEING}?show=table")
    assert "Nimetty vastuutahoksi, rivejä 0" in text_of(kemi_client, BASIC_SECURITY)


def test_collaborators_are_suggestions_and_answer_for_nothing(kemi_client: FlaskClient) -> None:
    page = text_of(kemi_client, COUNTY)

    assert "Asiakirjojen vastuusarakkeesta ei löydy tätä tahoa." in page
    assert "Yhteistyö on ehdotus tekstin sanoista." in page
    assert rows_of(kemi_client, f"{COUNTY}.csv") == []


def test_a_long_list_has_pages_and_the_data_hold_all(kemi_client: FlaskClient) -> None:
    rows = [row for row in rows_of(kemi_client, f"{BASIC_SECURITY}.csv") if row["how"] == "table"]
    page = kemi_client.get(f"{BASIC_SECURITY}?show=table", headers=BROWSER).text

    assert page.count('class="answer"') == len(rows) == 17
    assert kemi_client.get(f"{BASIC_SECURITY}?show=table&page=2", headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/responsibility?page=2", 404),
        (f"{HEAD}?show=all", 400),
        (f"{HEAD}?page=no", 404),
        ("/responsibility/id/kemi/post/ei-ole", 404),
        ("/responsibility/id/kemi/measure/toimenpideohjelma-2026/L12-1", 404),
    ],
)
def test_what_is_not_there_is_a_problem(kemi_client: FlaskClient, address: str, status: int) -> None:
    assert kemi_client.get(address, headers=BROWSER).status_code == status


@pytest.mark.parametrize("address", ["/responsibility", HEAD])
def test_every_form_tells_the_same(kemi_client: FlaskClient, address: str) -> None:
    rows = rows_of(kemi_client, f"{address}.csv")
    told = json.loads(kemi_client.get(f"{address}.json").text)

    assert len(told["rows"]) == len(rows) > 0
    assert (
        kemi_client.get(address, headers={"Accept": "text/csv"}).text
        == kemi_client.get(f"{address}.csv").text
    )
    assert set(parse(kemi_client.get(f"{address}.ttl").data, RdfFormat.TURTLE))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_sample_has_its_page_in_every_language(client: FlaskClient, language: str) -> None:
    response = client.get("/responsibility", headers={**BROWSER, "Accept-Language": language})

    assert response.status_code == 200
    assert response.text.count("<h1") == 1


def test_each_row_of_a_party_leads_to_its_lines(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, f"{HEAD}.csv")

    assert rows
    assert all(0 < int(row["lineStart"]) <= int(row["lineEnd"]) for row in rows if row["document"])
    assert any(row["document"] for row in rows)
