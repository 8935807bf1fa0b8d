"""Queries of several towns: asked of one town's quads, of all, or town by town where all would take too long."""

import csv
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.queries import of_towns
from hytegraph.server.settings import Settings

TOWNS = Path(__file__).parents[3] / "data" / "server" / "towns.trig"
BROWSER = {"Accept": "text/html"}
QUESTION = "cq-48-strategy-versions"


@pytest.fixture(scope="module")
def country() -> FlaskClient:
    return create_app(Settings.of({}), Dataset.open(TOWNS)).test_client()


@pytest.fixture
def large(country: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The towns as if their data were too many for one answer."""
    monkeypatch.setattr(of_towns, "MOST_QUADS", 10)
    return create_app(Settings.of({}), Dataset.open(TOWNS)).test_client()


def test_a_query_of_a_town_has_its_rows_only(country: FlaskClient) -> None:
    def versions(page: str) -> list[str]:
        rows = csv.DictReader(io.StringIO(country.get(f"{page}/questions/{QUESTION}.csv").text))
        return [row["version"] for row in rows]

    assert sorted(versions("")) == ["Lehtolan suunnitelma 2026", "Äänekunnan ohjelma 2026"]
    assert versions("/lehtola") == ["Lehtolan suunnitelma 2026"]
    assert versions("/aanekunta") == ["Äänekunnan ohjelma 2026"]
    assert versions("/oravala") == []


def test_the_page_of_a_town_says_whose_the_answer_is(country: FlaskClient) -> None:
    own = country.get(f"/lehtola/questions/{QUESTION}?lang=en", headers=BROWSER).text
    assert "The answer is from the data of Lehtola" in own
    assert "Lehtolan suunnitelma 2026" in own and "Äänekunnan ohjelma 2026" not in own
    assert 'href="/lehtola/queries#questions"' in own
    every = country.get(f"/questions/{QUESTION}?lang=en", headers=BROWSER).text
    assert "The answer is from the data of" not in every
    assert "Lehtolan suunnitelma 2026" in every and "Äänekunnan ohjelma 2026" in every


@pytest.mark.parametrize("address", ["/query/goals", f"/questions/{QUESTION}"])
def test_where_all_would_take_too_long_the_page_leads_to_each_town(large: FlaskClient, address: str) -> None:
    text = large.get(address, headers=BROWSER).text
    assert re.findall(rf'href="(/[a-z]+{address})"', text) == [
        f"/lehtola{address}",
        f"/oravala{address}",
        f"/aanekunta{address}",
    ]
    assert large.get(f"/lehtola{address}", headers=BROWSER).status_code == 200

    refused = large.get(f"{address}.csv")
    assert refused.status_code == 400
    assert f"/lehtola{address}.csv" in refused.text
    assert large.get(f"/lehtola{address}.csv").status_code == 200


def test_the_lists_of_queries_and_questions_lead_to_those_of_the_town(country: FlaskClient) -> None:
    assert 'href="/lehtola/query/goals"' in country.get("/lehtola/queries", headers=BROWSER).text
    assert f'href="/lehtola/questions/{QUESTION}"' in country.get("/lehtola/queries", headers=BROWSER).text
