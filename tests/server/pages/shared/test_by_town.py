"""Pages for all towns that are read town by town: counts of each, and the way to its own page."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.shared.by_town import totals_of
from hytegraph.server.settings import Settings

TOWNS = Path(__file__).parents[3] / "data" / "server" / "towns.trig"
BROWSER = {"Accept": "text/html"}
PAGES = ("figures", "figures/table", "calendar", "indicators", "amendments", "responsibility")


@pytest.fixture(scope="module")
def country() -> FlaskClient:
    return create_app(Settings.of({}), Dataset.open(TOWNS)).test_client()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_for_all_towns_leads_to_that_of_each(country: FlaskClient, page: str) -> None:
    text = country.get(f"/{page}?lang=fi", headers=BROWSER).text

    assert re.findall(rf'href="(/[a-z]+/{page})"', text) == [
        f"/lehtola/{page}",
        f"/oravala/{page}",
        f"/aanekunta/{page}",
    ]
    for town in ("lehtola", "oravala", "aanekunta"):
        assert country.get(f"/{town}/{page}", headers=BROWSER).status_code == 200


def test_the_data_of_the_page_count_what_each_town_has(country: FlaskClient) -> None:
    rows = json.loads(country.get("/responsibility.json").data)["rows"]

    assert [(row["town"], row["unassigned"]) for row in rows] == [
        ("Lehtola", 1),
        ("Oravalan kunta", 0),
        ("Äänekunta", 1),
    ]
    own = country.get("/lehtola/responsibility", headers=BROWSER).text
    assert "Koulun piha valaistaan" in own
    assert "Koulun pihalle istutetaan puita" not in own


def test_a_filter_of_a_towns_page_is_refused_for_all_towns(country: FlaskClient) -> None:
    assert country.get("/figures?only=faults").status_code == 400
    assert country.get("/figures?page=1&lang=sv").status_code == 200
    assert country.get("/figures?page=2").status_code == 404


def test_gaps_are_counted_by_town_and_listed_for_all_and_for_one(country: FlaskClient) -> None:
    rows = {row["gap"]: row for row in json.loads(country.get("/gaps.json").data)["rows"]}
    assert rows["measures-without-responsible"]["total"] == 2
    assert rows["measures-without-responsible"]["lehtola"] == 1
    assert "oravala" in rows["measures-without-responsible"]

    page = country.get("/gaps/measures-without-responsible", headers=BROWSER).text
    assert 'href="/lehtola/gaps/measures-without-responsible"' in page
    assert "Koulun piha valaistaan" in page and "Koulun pihalle istutetaan puita" in page
    table = json.loads(country.get("/gaps/measures-without-responsible.json").data)["rows"]
    assert {row["label"]: row["town"] for row in table} == {
        "Koulun piha valaistaan": "Lehtola",
        "Koulun pihalle istutetaan puita": "Äänekunta",
    }
    own = country.get("/lehtola/gaps/measures-without-responsible", headers=BROWSER).text
    assert "Koulun piha valaistaan" in own and "Koulun pihalle istutetaan puita" not in own


def test_the_totals_are_those_of_all_towns_column_by_column() -> None:
    counts = {("lehtola", "measures"): 1, ("oravala", "measures"): 2, ("lehtola", "goals"): 5}

    assert totals_of(counts, ("goals", "measures", "aims")) == {"goals": 5, "measures": 3, "aims": 0}
