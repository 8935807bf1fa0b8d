import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.named import answer, load_competency_questions
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.figures.indicators import VALUES

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
SECTOR = "Ympäristötoimiala"


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def counts_of(client: FlaskClient) -> list[int]:
    """How many indicators there are, with a value, with digits on their row, and with neither."""
    page = client.get("/indicators", headers=BROWSER).text
    counted = dict(re.findall(r'<option value="(value|digits|none)">[^(]*\((\d+)\)', page))
    return [len(rows_of(client, "/indicators.csv")), *(int(counted.get(has, 0)) for has in VALUES)]


def test_the_counts_are_those_of_the_competency_question(kemi_client: FlaskClient, kemi: Dataset) -> None:
    question = load_competency_questions()["cq-07-indicators-with-numbers"]
    given = answer(kemi, question.query, {})

    every, valued, digits, neither = counts_of(kemi_client)

    # The question also counts what a rule read from words, which is no value that the document states.
    row = dict(zip(given.variables, given.rows[0], strict=True))  # type: ignore[union-attr] # a SELECT
    assert (str(every), str(digits)) == (row["indicators"], row["digitsInRealisation"])
    assert valued == 0
    assert neither == every - valued - digits


def test_an_indicator_has_the_measures_of_its_row(kemi_client: FlaskClient) -> None:
    rows = {row["indicator"]: row for row in rows_of(kemi_client, "/indicators.csv")}
    shared = rows["Valmis puisto."]

    assert shared["measures"].split(" | ")[-1] == "Ruutinpuiston perusparannus."
    assert len(shared["measures"].split(" | ")) == 3
    assert (shared["period"], shared["sector"]) == ("2022-2025", "Ympäristötoimiala")
    assert (shared["lineStart"], shared["lineEnd"]) == ("1247", "1272")
    assert "mittari koskee koko riviä" in kemi_client.get("/indicators", headers=BROWSER).text


def test_no_value_is_made_up(kemi_client: FlaskClient) -> None:
    page = html.unescape(kemi_client.get("/indicators?has=digits", headers=BROWSER).text)

    assert not any(row["value"] for row in rows_of(kemi_client, "/indicators.csv?columns=value"))
    assert "Sarakkeet, joissa näillä riveillä ei ole arvoja: arvo<" in page
    assert "Mittarin arvo: <strong>Toteuman tekstissä numeroita</strong>" in page


def test_filters_hold_in_the_page_and_in_the_data(kemi_client: FlaskClient) -> None:
    chosen = rows_of(kemi_client, f"/indicators.csv?sector={SECTOR}&has=digits&period=2022-2025")

    assert chosen
    assert {row["sector"] for row in chosen} == {"Ympäristötoimiala"}
    assert all(re.search(r"\d", row["realisation"]) for row in chosen)
    page = kemi_client.get(f"/indicators?sector={SECTOR}&has=digits", headers=BROWSER).text
    assert f"<strong>{len(chosen)} riviä</strong>" in page


@pytest.mark.parametrize("unknown", ["sector=id/kemi", "period=1999", "has=everything"])
def test_an_unknown_filter_is_a_problem(kemi_client: FlaskClient, unknown: str) -> None:
    assert kemi_client.get(f"/indicators?{unknown}", headers=BROWSER).status_code == 400


def test_all_indicators_are_on_some_page(kemi_client: FlaskClient) -> None:
    shown = [
        re.findall(r'<th scope="row"><a href="(/page/[^"]+)"', kemi_client.get(page, headers=BROWSER).text)
        for page in ("/indicators", "/indicators?page=2")
    ]

    assert len({each for page in shown for each in page}) == counts_of(kemi_client)[0]


def test_links_lead_somewhere(kemi_client: FlaskClient) -> None:
    page = kemi_client.get(f"/indicators?sector={SECTOR}", headers=BROWSER).text
    links = set(re.findall(r'href="(/(?:trace|source|page)/[^"]*)"', page))

    assert {link.split("/")[1] for link in links} == {"trace", "source", "page"}
    assert all(
        kemi_client.get(html.unescape(link), headers=BROWSER).status_code == 200
        for link in sorted(links)[:60:6]
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_sample_has_its_page_in_every_language(client: FlaskClient, language: str) -> None:
    response = client.get("/indicators", headers={**BROWSER, "Accept-Language": language})

    assert response.status_code == 200
    assert response.text.count("<h1") == 1
