"""The pages of decisions: what was decided comes first, and a decision that is only referred to says so."""

import re

from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html", "Accept-Language": "fi"}
NOTED = "/decisions/id/kemi/decision/hyvinvointilautakunta/2025-02-20/21"
CITED = "/decisions/id/kemi/decision/kaupunginvaltuusto/2023-12-04/110"


def test_every_decision_is_listed_the_latest_first(kemi_client: FlaskClient) -> None:
    rows = kemi_client.get("/decisions.json").get_json()["rows"]

    assert len(rows) == 5
    dates = [row["iri"].split("/")[-2] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert rows[0]["decision"] == "Hyvinvointilautakunta 20.2.2025 § 21"


def test_decisions_are_narrowed_and_sorted_by_date_whatever_the_language(kemi_client: FlaskClient) -> None:
    for language in ("fi", "en"):
        rows = kemi_client.get(f"/decisions.json?sort=date&lang={language}").get_json()["rows"]
        assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    council = kemi_client.get("/decisions?body=Kaupunginvaltuusto&year=2023&lang=fi", headers=BROWSER).text

    assert "<strong>1 rivi</strong>" in council and "4.12.2023" in council
    assert kemi_client.get("/decisions?body=Nobody", headers=BROWSER).status_code == 400


def test_what_was_decided_comes_before_what_was_proposed(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(NOTED, headers=BROWSER).text

    assert 0 < text.index("merkitsi tiedoksi") < text.index("merkitsee tiedoksi")
    assert "Päätöksen teksti ei ole aineiston asiakirjoissa" not in text
    assert f'href="{NOTED.replace("/decisions/", "/page/")}"' in text, "the triples are its data tab"


def test_a_decision_names_who_prepared_and_presented_it_as_posts(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(NOTED, headers=BROWSER).text

    for name in ("Valmistelija", "Esittelijä"):
        post = r'\s*<dd><ul><li>\s*<a href="/responsibility/id/kemi/post/hyvinvointijohtaja"'
        assert re.search(f"<dt>{name}</dt>{post}", text)
    assert text.index("Valmistelija") < text.index("Viittaa päätökseen")


def test_a_decision_stands_among_those_of_its_case(kemi_client: FlaskClient) -> None:
    case = kemi_client.get(NOTED, headers=BROWSER).text.split('id="case"')[1].split("</section>")[0]

    assert '<strong aria-current="true">Hyvinvointilautakunta 20.2.2025 § 21</strong>' in case
    assert "vain tämä käsittely" in case


def test_a_decision_that_is_only_referred_to_says_so_and_what_it_adopted(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(CITED, headers=BROWSER).text

    assert "Päätöksen teksti ei ole aineiston asiakirjoissa" in text
    assert re.search(
        r'<dt>Hyväksyttiin</dt>\s*<dd><ul><li>\s*<a href="/tree/id/kemi/strategy/2023-12-04"', text
    )


def test_a_decision_that_there_is_not_is_not_found(kemi_client: FlaskClient) -> None:
    assert kemi_client.get("/decisions/id/kemi/decision/none/2020-01-01/1").status_code == 404
    assert kemi_client.get("/decisions/id/kemi/aim/2026/viisas-kemi").status_code == 404


def test_the_facts_of_a_decision_are_a_table(kemi_client: FlaskClient) -> None:
    rows = kemi_client.get(f"{NOTED}.json?lang=fi").get_json()["rows"]

    assert rows[0]["fact"] == "Päätös"
    assert rows[0]["value"].startswith("Hyvinvointilautakunta merkitsi tiedoksi")
