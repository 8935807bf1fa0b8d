import html
import json
import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.figures.reading import read_figures
from hytegraph.server.pages.quality.routes import release_report
from tests.server.reading import rows_of, text_of

BASE = "https://w3id.org/hytegraph/"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
AREA = "id/kemi/unit/perusturvatoimiala/ikaihmisten-palvelut"
HOME_CARE = "/figures/id/kemi/figure/perusturvatoimiala/ikaihmisten-palvelut/kotihoito"
PART = f"{HOME_CARE}/kaynnit-alle-75-v"
REHABILITATION = "/figures/id/kemi/figure/perusturvatoimiala/terveytta-toimintakykya-edistavat-palvelut/kuntoutus/kuntoutus-asiakkaat"
VISITORS = "/figures/id/kemi/figure/hyvinvointitoimiala/vapaa-aikapalveluiden-kehittaminen-koordinointi/kavijoiden-lukumaara"
DASHES = (
    "/figures/id/kemi/figure/perusturvatoimiala/terveytta-toimintakykya-edistavat-palvelut/"
    "aikuispsykossosiaaliset-palvelut-paihdehuollon-palvelut/"
    "paihdehuollon-asumispalvelut-paihdekuntoutumisyksikko-pihla"
)

EMPTY = (
    "/figures/id/kemi/figure/perusturvatoimiala/terveytta-toimintakykya-edistavat-palvelut/suun-terveydenhuolto/"
    "suun-erityistason-terv-huoltopal"
)


def test_every_printed_cell_is_a_row_of_the_data(kemi_client: FlaskClient, kemi: Dataset) -> None:
    named = run(kemi, named_query("figures"), {})
    at = {
        name: named.variables.index(name)
        for name in ("sector", "indicator", "scenario", "period", "sourceText")
    }

    printed = sorted(
        (row["sector"], row["figure"], row["scenario"], row["period"].replace("–", "-"), row["sourceText"])
        for row in rows_of(kemi_client, "/figures.csv")
        if row["scenario"]
    )

    assert printed == sorted(tuple(row[place] or "" for place in at.values()) for row in named.rows)


def test_the_faults_are_those_that_the_validation_found(kemi: Dataset) -> None:
    report = release_report(kemi)
    assert report

    found = {
        (fault.observation.iri, f"{fault.printed} ≠ {fault.total}")
        for faults in read_figures(kemi, Summaries.of(kemi, BASE), None, BASE, "fi").faults.values()
        for fault in faults
    }

    assert found == {
        (each.term[1:-1], each.value.partition(": ")[2])
        for each in report.findings
        if each.shape == "FigurePartsAddUp"
    }
    assert found


def test_a_fault_of_the_source_is_shown_and_not_corrected(kemi_client: FlaskClient) -> None:
    page = text_of(kemi_client, HOME_CARE)

    assert "lähteen laskuvirhe" in page
    assert (
        "Ennuste 2022: asiakirjan luku on 214 316, mutta asiakirjan osien summa on 214 360 (ero −44)" in page
    )
    assert "Lukuja ei ole korjattu" in page
    assert "lähteen laskuvirhe" not in text_of(kemi_client, PART)


def test_the_budget_is_compared_within_its_year_and_marked_as_computed(kemi_client: FlaskClient) -> None:
    page = text_of(kemi_client, HOME_CARE)
    compared = page[page.index("Talousarvioon verrattuna") :]

    assert "laskettu tässä" in compared
    assert "Ennuste 2022 214 316 218 830 −4 514 −2,1 %" in compared
    assert (
        "Eri kausi: luku on kaudelta 1–6/2022, talousarvio kaudelta 2022. 107 157 218 830 −111 673 −51 %"
        in compared
    )
    assert "Tilinpäätös 2021" not in compared[: compared.index("Osat")]


def test_parts_and_parent_lead_to_each_other(kemi_client: FlaskClient) -> None:
    assert f'href="{PART}"' in kemi_client.get(HOME_CARE, headers=BROWSER).text
    assert f'href="{HOME_CARE}"' in kemi_client.get(PART, headers=BROWSER).text
    assert "Osien summa = laskettu tässä" not in text_of(kemi_client, PART)
    assert "laskettu tässä 225 390 218 830 107 157 214 360" in text_of(kemi_client, HOME_CARE)


def test_a_number_leads_to_its_lines(kemi_client: FlaskClient) -> None:
    links = re.findall(r'href="(/source/[^"#]*)[^"]*"', kemi_client.get(HOME_CARE, headers=BROWSER).text)

    assert links
    assert all(
        kemi_client.get(html.unescape(link), headers=BROWSER).status_code == 200 for link in set(links)
    )


def test_what_the_document_does_not_give_is_said(kemi_client: FlaskClient) -> None:
    assert "Tilinpäätös 2021 arvoa ei ole asiakirjassa" in text_of(kemi_client, HOME_CARE)
    assert "Talousarvio 2022 ei lukua -" in text_of(kemi_client, DASHES)
    assert "Ennuste 2022 arvoa ei ole asiakirjassa" in text_of(kemi_client, VISITORS)
    assert "ei löydy asiakirjasta yhtään arvoa" in text_of(kemi_client, EMPTY)
    assert "Vertailua ei voi laskea" in text_of(kemi_client, REHABILITATION)


def test_the_chart_has_the_numbers_of_the_table_and_a_pattern_for_each_kind(kemi_client: FlaskClient) -> None:
    page = html.unescape(kemi_client.get(HOME_CARE, headers=BROWSER).text)
    chart = page[page.index("<svg") : page.index("</svg>")]

    for value in ("218\u00a0830", "107\u00a0157", "214\u00a0316", "arvoa ei ole asiakirjassa"):
        assert f">{value}</text>" in chart
    fills = re.findall(r'class="bar (\w+)".*?fill="([^"]+)"', chart)
    assert len(fills) == len({fill for _, fill in fills}) == 3
    assert 'role="img"' in chart
    assert "style=" not in chart


def test_filters_hold_in_the_page_and_in_the_data(kemi_client: FlaskClient) -> None:
    everything = {row["figure"] for row in rows_of(kemi_client, "/figures.csv")}
    faulty = {row["figure"] for row in rows_of(kemi_client, "/figures.csv?only=faults")}
    deviating = rows_of(kemi_client, f"/figures.csv?place={AREA}&only=deviates")

    assert faulty == {"Kotihoito", "Kuntoutus asiakkaat"}
    assert faulty < everything
    assert {row["resultArea"] for row in deviating} == {"Ikäihmisten palvelut"}
    forecasts = [float(row["differencePercent"]) for row in deviating if row["scenario"] == "ENNUSTE"]
    assert forecasts
    assert all(abs(each) >= 20 for each in forecasts)
    assert "Kotihoito" in text_of(kemi_client, "/figures?only=faults")


def test_a_long_list_has_pages_and_the_data_hold_all(kemi_client: FlaskClient, kemi: Dataset) -> None:
    figures = read_figures(kemi, Summaries.of(kemi, BASE), None, BASE, "fi").figures
    shown = [
        set(
            re.findall(
                r'<th scope="row"><a href="(/figures/[^"]+)"', kemi_client.get(page, headers=BROWSER).text
            )
        )
        for page in ("/figures", "/figures?page=2")
    ]

    assert not shown[0] & shown[1]
    assert len(shown[0] | shown[1]) == len(figures)
    assert kemi_client.get("/figures?page=3").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures?place=id/kemi/unit/ei-ole", 404),
        ("/figures?only=all-of-them", 400),
        ("/figures?page=0", 404),
        ("/figures?page=x", 404),
        ("/figures/id/kemi/figure/ei-ole", 404),
        ("/figures/id/kemi/unit/keskusvirasto", 404),
    ],
)
def test_what_is_not_there_is_a_problem(kemi_client: FlaskClient, address: str, status: int) -> None:
    assert kemi_client.get(address, headers=BROWSER).status_code == status


@pytest.mark.parametrize("address", ["/figures", HOME_CARE, "/amendments"])
def test_every_form_tells_the_same(kemi_client: FlaskClient, address: str) -> None:
    rows = rows_of(kemi_client, f"{address}.csv")
    told = json.loads(kemi_client.get(address, headers={"Accept": "application/json"}).text)
    triples = set(parse(kemi_client.get(f"{address}.ttl").data, RdfFormat.TURTLE))

    assert len(told["rows"]) == len(rows) > 0
    assert told["columns"] == list(rows[0])
    assert kemi_client.get(f"{address}.xlsx").data.startswith(b"PK")
    assert triples
    assert kemi_client.get(f"{address}.pdf").status_code in (404, 406)


def test_the_values_that_a_chart_lost_are_told(kemi_client: FlaskClient) -> None:
    page = text_of(kemi_client, "/figures")

    assert "Kaavioiden kadonneet arvot" in page
    assert "Tilinpäätösarvion ja talousarvion erotus (nettomenot 1000 €)" in page


def test_proposals_are_shown_as_printed_beside_their_arithmetic(
    kemi_client: FlaskClient, kemi: Dataset
) -> None:
    page = text_of(kemi_client, "/amendments")
    report = release_report(kemi)
    assert report
    lines = {each.focus for each in report.findings if each.shape.startswith("Amendment")}

    assert f"Rivejä, joiden summat eivät täsmää: {len(lines)}." in page
    assert "−906 298 lähteen laskuvirhe rivien summa +906 299" in page
    assert "rivin tuloista ja menoista +2 077 373" in page
    assert "Netto on tässä taulukossa menot miinus tulot" in page
    total = next(row for row in rows_of(kemi_client, "/amendments.csv") if row["item"] == "Yhteensä")
    assert (total["expenditure"], total["expenditureOfLines"]) == ("-906298", "906299")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("address", ["/figures", "/amendments"])
def test_data_without_figures_say_so(client: FlaskClient, address: str, language: str) -> None:
    response = client.get(address, headers={**BROWSER, "Accept-Language": language})

    assert response.status_code == 200
    assert 'class="note"' in response.text
    assert response.text.count("<h1") == 1
    assert client.get(f"{address}.csv").text.count("\r\n") == 1
