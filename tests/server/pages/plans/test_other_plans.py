"""A plan of no nearer kind is a plan: it is listed, has its tree and is found."""

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

DATA = """
@prefix hyte: <https://w3id.org/hytegraph/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://w3id.org/hytegraph/id/mallila/> .
<plan/nuoret> a hyte:PlanDocument ; dct:title "Nuorisosuunnitelma"@fi ; rdfs:label "Nuorisosuunnitelma"@fi .
<plan/hyte> a hyte:PlanDocument , hyte:WellbeingPlan ; dct:title "Hyvinvointisuunnitelma"@fi ;
  rdfs:label "Hyvinvointisuunnitelma"@fi .
<measure/1> a hyte:Measure ; hyte:inPlan <plan/nuoret> ; rdfs:label "Avataan nuorisotila"@fi .
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    file = tmp_path_factory.mktemp("plans") / "plans.ttl"
    file.write_text(DATA, "utf-8")
    return create_app(Settings.of({}), Dataset.open(file)).test_client()


def test_it_is_listed_once_among_the_others_and_by_its_kind(pages: FlaskClient) -> None:
    every, others = (
        pages.get(address, headers={"Accept-Language": "fi"}).text
        for address in ("/plans", "/plans?kind=PlanDocument")
    )

    assert (
        every.count('href="/tree/id/mallila/plan/nuoret"')
        == others.count('href="/tree/id/mallila/plan/nuoret"')
        == 1
    )
    assert every.count('href="/tree/id/mallila/plan/hyte"') == 1
    assert "Hyvinvointisuunnitelma<" not in others
    assert "Muut suunnitelmat" in others
    assert "Kaupunkistrategiat" not in others


def test_it_has_a_tree_of_its_measures(pages: FlaskClient) -> None:
    assert "Avataan nuorisotila" in pages.get("/tree/id/mallila/plan/nuoret").text


def test_it_is_found(pages: FlaskClient) -> None:
    assert "/tree/id/mallila/plan/nuoret" in pages.get("/search?q=nuorisosuunnitelma").text


def test_it_is_among_the_plans_without_an_adoption_and_with_a_version(pages: FlaskClient) -> None:
    rows = pages.get("/gaps/plans-without-adoption.csv").text
    versions = pages.get("/questions/cq-48-strategy-versions.csv").text

    assert "Nuorisosuunnitelma" in rows
    assert [line for line in versions.splitlines() if "suunnitelma" in line.casefold()] == [
        "Nuorisosuunnitelma,PlanDocument,,,,,",
        "Hyvinvointisuunnitelma,WellbeingPlan,,,,,",
    ]
