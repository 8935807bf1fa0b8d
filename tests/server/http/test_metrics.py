import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.http import access_log as access
from hytegraph.server.http.rate_limit import RateLimiter, client_group
from hytegraph.server.settings import Settings

ASK = "ASK { ?s ?p 'Maija Meikäläinen' }"


def app_with(dataset: Dataset, **settings: str | int) -> Flask:
    return create_app(Settings.of({}, settings), dataset)


@pytest.fixture
def lines(dataset: Dataset, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The access log of four requests, in JSON."""
    client = app_with(dataset, access_log="json").test_client()
    for _ in range(2):
        client.get("/sparql", query_string={"query": ASK, "secret": "salaisuus"}, headers={"X-Id": "evaste"})
    client.get("/search?q=Maija", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    client.get("/Maija/Meikalainen")
    client.get("/id/Maija/Meikalainen")
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_tells_status_time_bytes_and_cache(lines: list[dict[str, object]]) -> None:
    first, second = lines[:2]

    assert (first["method"], first["path"], first["status"], first["cache"]) == (
        "GET",
        "/sparql",
        200,
        "miss",
    )
    assert second["cache"] == "hit"
    assert first["query"] == second["query"]
    assert isinstance(first["ms"], float)
    assert first["bytes"]


def test_nothing_of_a_person_is_in_the_log(lines: list[dict[str, object]]) -> None:
    text = json.dumps(lines, ensure_ascii=False)

    for word in ("Maija", "Meik", "192.0.2", "127.0.0.1", "salaisuus", "evaste", "ASK"):
        assert word not in text
    assert lines[3] | {"time": 0, "ms": 0, "bytes": 0, "type": ""} == {
        "time": 0,
        "ms": 0,
        "bytes": 0,
        "type": "",
        "method": "GET",
        "path": "-",
        "status": 404,
        "cache": "miss",
    }


def test_the_log_is_text_by_default_and_may_be_off(
    dataset: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    app_with(dataset).test_client().get("/about")
    assert 'GET "/about" 200' in capsys.readouterr().err

    app_with(dataset, access_log="off").test_client().get("/about")
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_fails_no_request(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def write(self, text: str) -> None:
            raise OSError("no space left")

        def flush(self) -> None:
            raise OSError("no space left")

    monkeypatch.setattr("sys.stderr", Full())

    assert client.get("/about").status_code == 200
    assert logging.getLogger(access.LOGGER).handlers


def test_metrics_count_requests_cache_and_data(dataset: Dataset) -> None:
    client = app_with(dataset).test_client()
    for _ in range(3):
        client.get("/about")
    client.get("/no/where")

    text = client.get("/metrics").text

    assert 'hytegraph_requests_total{method="GET",route="/about",status="200"} 3.0' in text
    assert 'hytegraph_requests_total{method="GET",route="-",status="404"} 1.0' in text
    assert 'hytegraph_cache_events_total{event="hits"} 2.0' in text
    assert 'hytegraph_request_seconds_bucket{le="0.001",route="/about"}' in text
    assert "hytegraph_triples " in text
    assert "process_resident_memory_bytes" in text


@pytest.mark.parametrize(
    ("setting", "address", "headers", "status"),
    [
        ("loopback", "127.0.0.1", {}, 200),
        ("loopback", "::1", {}, 200),
        ("loopback", "192.0.2.7", {}, 403),
        ("loopback", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("loopback", "", {}, 403),
        ("open", "192.0.2.7", {}, 200),
        ("off", "127.0.0.1", {}, 403),
    ],
)
def test_metrics_are_for_those_whom_the_setting_names(
    dataset: Dataset, setting: str, address: str, headers: dict[str, str], status: int
) -> None:
    client = app_with(dataset, metrics=setting).test_client()

    response = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert response.status_code == status


def test_health_needs_no_query_and_readiness_asks_one(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").text == "ready\n"

    def fail(*_: object, **__: object) -> None:
        raise QueryFailedError("no worker")

    monkeypatch.setattr(Dataset, "query", fail)
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")


def test_every_answer_says_how_long_it_took(client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/sparql?query=SELEC", "/healthz"):
        assert "total;dur=" in client.get(path).headers["Server-Timing"]
    assert client.get("/sparql").headers["Timing-Allow-Origin"] == "*"


def test_a_client_over_the_rate_is_told_when_to_come_back(dataset: Dataset) -> None:
    client = app_with(dataset, rate_limit=6, rate_burst=2).test_client()

    statuses = [client.get("/about").status_code for _ in range(3)]
    refused = client.get("/about", headers={"Accept": "application/json"})

    assert statuses == [200, 200, 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert refused.get_json()["retry_after"] == int(refused.headers["Retry-After"])
    assert client.get("/about", environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_there_is_no_rate_limit_by_default(client: FlaskClient) -> None:
    assert {client.get("/about").status_code for _ in range(200)} == {200}


def test_behind_a_proxy_the_last_entry_of_its_header_is_the_client(dataset: Dataset) -> None:
    client = app_with(dataset, rate_limit=1, rate_burst=1, proxy_header="X-Forwarded-For").test_client()

    def status(forwarded: str) -> int:
        return client.get("/about", headers={"X-Forwarded-For": forwarded}).status_code

    assert status("192.0.2.1") == 200
    # What stands before the proxy's own entry is what the client made up.
    assert status("203.0.113.5, 192.0.2.1") == 429
    assert status("192.0.2.2") == 200


def test_a_forged_header_changes_nothing_without_the_setting(dataset: Dataset) -> None:
    client = app_with(dataset, rate_limit=1, rate_burst=1).test_client()

    statuses = [
        client.get("/about", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)
    ]

    assert statuses == [200, 429, 429]


def test_a_bucket_fills_with_time_up_to_the_burst() -> None:
    now = [0.0]
    limiter = RateLimiter(60, 2, clock=lambda: now[0])

    assert [limiter.wait(b"a") for _ in range(3)] == [0.0, 0.0, 1.0]
    now[0] = 0.5
    assert limiter.wait(b"a") == pytest.approx(0.5)
    now[0] = 1000.0
    assert [limiter.wait(b"a") for _ in range(3)] == [0.0, 0.0, 1.0]


def test_addresses_of_one_ipv6_network_are_one_client() -> None:
    assert (
        client_group("2001:db8:1:2::1")
        == client_group("2001:db8:1:2:ffff::9")
        != client_group("2001:db8:1:3::1")
    )
    assert client_group("::ffff:192.0.2.7") == "192.0.2.7"
    assert client_group("not an address") == "not an address"
