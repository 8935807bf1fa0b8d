"""The endpoint answers for each published release: `release=` names its version."""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.publishing import CORRECTED, WORDS, Row
from tests.services import Service, StartService

BASE = "https://data.mallila.example/hyte/"
LABELS = (
    "PREFIX hyte: <https://w3id.org/hytegraph/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    'SELECT ?label WHERE { ?m a hyte:Measure ; rdfs:label ?label FILTER(STRSTARTS(?label, "Torikahvit")) }'
)


@pytest.fixture(scope="module")
def inside(row: Row) -> FlaskClient:
    """A client of the newest release whose queries are evaluated in this process."""
    return create_app(Settings.of({"HYTEGRAPH_BASE": BASE}), Dataset.open(row.second)).test_client()


@pytest.fixture(scope="module")
def running(row: Row, start_service: StartService) -> Service:
    """A running service of the newest release."""
    return start_service(row.release)


@pytest.mark.parametrize("version, words", [("2026.1", WORDS), ("2026.2", CORRECTED), ("", CORRECTED)])
def test_a_query_is_asked_of_the_release_that_it_names(inside: FlaskClient, version: str, words: str) -> None:
    values = {"query": LABELS, "format": "csv"} | ({"release": version} if version else {})

    assert inside.get("/sparql", query_string=values).text.split() == ["label", *words.split()]
    assert inside.post("/sparql", data=values).text.split() == ["label", *words.split()]


def test_an_unknown_release_is_not_found_and_the_known_ones_are_named(inside: FlaskClient) -> None:
    answer = inside.get("/sparql", query_string={"query": LABELS, "release": "2025"})

    assert answer.status_code == 404
    assert "2026.1" in answer.get_json()["detail"]


def test_a_malformed_query_to_an_old_release_is_refused_as_any_other(inside: FlaskClient) -> None:
    assert inside.get("/sparql", query_string={"query": "SELECT", "release": "2026.1"}).status_code == 400


@pytest.mark.slow
def test_a_running_service_answers_for_old_releases_by_workers_of_their_own(running: Service) -> None:
    for version, words in (("2026.1", WORDS), ("2026.2", CORRECTED), ("2026.1", WORDS)):
        values = {"query": LABELS, "format": "csv", "release": version}
        answer = running.get(f"/sparql?{urlencode(values)}")

        assert answer.status == 200
        assert words in answer.body.decode()
