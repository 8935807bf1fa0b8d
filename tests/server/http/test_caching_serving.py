"""Kept answers, the log and the metrics of a real server, over connections that stay open."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import brotli
import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
SELECT = "/sparql?query=" + quote("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o")


@pytest.fixture(scope="module")
def service(start_service: Callable[..., Any]) -> Any:
    """A service with a log in JSON."""
    return start_service(SAMPLE, access_log="json")


@pytest.fixture
def connection(service: Any) -> Iterator[HTTPConnection]:
    """A connection that stays open for the test."""
    with closing(service.connect()) as opened:
        yield opened


def ask(
    connection: HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    return response, response.read()


def test_kept_answers_leave_the_connection_in_order(connection: HTTPConnection) -> None:
    plain, body = ask(connection, SELECT)
    tag = plain.headers["ETag"]

    for _ in range(2):
        for method, headers, status, expected in (
            ("HEAD", {}, 200, b""),
            ("GET", {"If_None_Match": tag}, 304, b""),
            ("GET", {}, 200, body),
            ("HEAD", {"If_None_Match": tag}, 304, b""),
        ):
            response, got = ask(connection, SELECT, method, **headers)
            assert (response.status, got) == (status, expected)
            assert response.headers["ETag"] == tag


def test_bodies_are_decoded_to_the_same_bytes(connection: HTTPConnection) -> None:
    _, body = ask(connection, SELECT)

    for _ in range(2):
        packed, gzipped = ask(connection, SELECT, Accept_Encoding="gzip")
        _, brotlied = ask(connection, SELECT, Accept_Encoding="br")
        assert gzip.decompress(gzipped) == brotli.decompress(brotlied) == body
        assert int(packed.headers["Content-Length"]) == len(gzipped) < len(body) / 3


def test_the_log_and_the_metrics_of_the_server_count_alike(service: Any, connection: HTTPConnection) -> None:
    for _ in range(5):
        ask(connection, "/sparql?query=ASK%7B%7D")

    _, metrics = ask(connection, "/metrics")
    lines = [json.loads(line) for line in service.log.read_text("utf-8").splitlines()]

    counted = sum(
        float(count)
        for count in re.findall(r"^hytegraph_requests_total\{.*\} ([\d.]+)", metrics.decode(), re.MULTILINE)
    )
    # The line of /metrics itself is written after its answer was made.
    assert counted in (len(lines), len(lines) - 1)
    assert {line["worker"] for line in lines if "worker" in line} == {"answered"}
    assert re.search(r"^hytegraph_workers_idle \d", metrics.decode(), re.MULTILINE)
    assert "127.0.0.1" not in service.log.read_text("utf-8")


def test_a_ready_service_says_so_by_asking_a_worker(service: Any) -> None:
    assert service.get("/readyz").status == 200
