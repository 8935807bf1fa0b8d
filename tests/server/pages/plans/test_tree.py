"""A plan as a tree: who is responsible and what measures are measured by, narrowed by a party or words."""

import csv
import html
import io
import re

from flask.testing import FlaskClient

from tests.server.reading import BROWSER

PLAN = "/tree/id/kemi/plan/toimenpideohjelma-2026"


def read(client: FlaskClient, query: str = "") -> str:
    return html.unescape(client.get(f"{PLAN}?{query}&lang=fi", headers=BROWSER).text)


def measures(text: str) -> list[str]:
    return re.findall(r'<a class="words" href="/trace/id/kemi/measure/[^"]+">([^<]+)</a>', text)


def test_a_measure_of_a_plan_says_who_is_responsible(kemi_client: FlaskClient) -> None:
    text = read(kemi_client)
    item = text[text.index(">Kaupunginjohtajan aamukahvit") :].split("</ul>")[0]

    assert len(measures(text)) == 57
    assert re.findall(r'<a href="/responsibility/[^"]+">([^<]+)</a>', item) == [
        "Kanslia",
        "Hyvinvointitoimiala",
    ]


def test_a_plan_is_narrowed_to_the_measures_of_a_party(kemi_client: FlaskClient) -> None:
    text = read(kemi_client, "party=Kanslia")
    rows = list(csv.DictReader(io.StringIO(kemi_client.get(f"{PLAN}.csv?party=Kanslia").text)))

    assert len(measures(text)) == 5
    assert [row["text"] for row in rows] == measures(text)
    assert all("Kanslia" in row["party"].split(" | ") for row in rows)
    assert "5 toimenpidettä. Kaikkiaan 57." in text
    assert kemi_client.get(f"{PLAN}?party=Ei kukaan", headers=BROWSER).status_code == 400


def test_words_are_found_in_measures_and_in_what_they_stand_under(kemi_client: FlaskClient) -> None:
    assert measures(read(kemi_client, "words=AAMUKAHVIT")) == [
        "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
    ]
    assert len(measures(read(kemi_client, "words=viisas kemi"))) == 18
    assert "Yksikään rivi ei täytä" in read(kemi_client, "words=avaruusasema")


def test_aims_are_listed_with_the_number_of_their_measures(kemi_client: FlaskClient) -> None:
    jump = read(kemi_client).split('class="jump"')[1].split("</nav>")[0]

    assert dict(re.findall(r">([^<]+)</a> <span class=\"muted\">(\d+)", jump)) == {
        "Välittävä Kemi": "13",
        "Viettelevä Kemi": "16",
        "Vihreä Kemi": "10",
        "Viisas Kemi": "18",
    }


def test_what_is_no_plan_leads_to_its_own_page_and_what_is_unknown_is_not_found(
    kemi_client: FlaskClient,
) -> None:
    goal = kemi_client.get("/tree/id/kemi/goal/2026/osallistava-kehittaminen-yhteisollisyys", headers=BROWSER)
    unknown = kemi_client.get("/tree/id/kemi/plan/ei-ole", headers=BROWSER)

    assert (goal.status_code, unknown.status_code) == (303, 404)
    assert goal.location == "/trace/id/kemi/goal/2026/osallistava-kehittaminen-yhteisollisyys"
