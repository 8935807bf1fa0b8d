"""Every problem that can be told has an address with a page."""

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import BadRequest, Gone, HTTPException, NotImplemented

from hytegraph.graph.errors import LIMITS
from hytegraph.graph.sparql.guard import REFUSALS
from hytegraph.server.http.problems import _SLUGS, problem_of
from hytegraph.server.pages.about.problem_pages import SLUGS
from hytegraph.server.text.messages import TEXTS

pytestmark = pytest.mark.whole

ROOT = "http://localhost/"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_problem_type_has_a_page_in_three_languages(client: FlaskClient, slug: str) -> None:
    for language in ("fi", "sv", "en"):
        headers = {"Accept": "text/html", "Accept-Language": language}
        page = client.get(f"/problems/{slug}", headers=headers)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
    told = json.loads(client.get(f"/problems/{slug}", headers={"Accept": "application/json"}).data)
    assert told["type"] == f"{ROOT}problems/{slug}"
    assert set(told["meaning"]) == {"fi", "sv", "en"}
    assert client.get(f"/problems/{slug}", headers={"Accept": "text/plain"}).mimetype == "text/plain"


@pytest.mark.parametrize(
    "address", ["/sparql?query=SELEC", "/nowhere", "/sparql?query=CLEAR+ALL", "/catalog?format=x"]
)
def test_the_type_of_a_problem_leads_to_its_page(client: FlaskClient, address: str) -> None:
    problem = client.get(address, headers={"Accept": "application/problem+json"}).get_json()

    assert client.get(problem["type"]).status_code == 200


def test_all_problem_types_are_listed(client: FlaskClient) -> None:
    text = client.get("/problems").text

    assert all(f'href="/problems/{slug}"' in text for slug in SLUGS)


def test_every_problem_that_can_be_told_has_a_page(client: FlaskClient) -> None:
    told = {
        *_SLUGS.values(),
        *(f"query-refused-{kind}" for kind in REFUSALS),
        *(f"query-limit-{kind}" for kind in LIMITS),
        *("query-syntax", "query-failed", "query-crashed", "store", "not-ready", "internal"),
    }

    assert told <= set(SLUGS)
    assert all(f"problem.{slug}" in TEXTS and f"cure.{slug}" in TEXTS for slug in SLUGS)
    assert "/problems/query-syntax" in client.get("/sparql?query=SELEC", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    "error, status", [(BadRequest("too much"), 400), (Gone(), 410), (NotImplemented(), 501)]
)
def test_what_the_framework_refuses_keeps_its_status(error: HTTPException, status: int) -> None:
    assert problem_of(error).status == status


def test_what_nobody_expected_is_told_without_its_words() -> None:
    problem = problem_of(ValueError("/root/secret"))

    assert problem.status == 500
    assert "secret" not in problem.detail
