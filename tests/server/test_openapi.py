"""The OpenAPI description is that of the routes, and nothing a client sends brings the service down."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hytegraph.graph.query.named import load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.openapi import UNDESCRIBED
from hytegraph.server.settings import Settings

# Six fuzz tests together take about 20 seconds.
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)
MEDIA_TYPES = st.sampled_from(
    [
        "*/*",
        "text/html",
        "text/csv",
        "application/json",
        "text/turtle;q=0.5, */*;q=0.1",
        "a/b;q=x",
        ",;=",
        "*",
    ]
)
METHODS = st.sampled_from(
    ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY", "TRACE", "PROPFIND", "brew"]
)
NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "format", "timeout", "on_limit", "lang", "graph",
     "default", "q", "all", "measure", "x"]
)  # fmt: skip
QUERIES = st.sampled_from(
    ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 1", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "DESCRIBE <a:b>", "SELECT",
     "CLEAR ALL", "ASK { SERVICE <a:b> {} }", "ASK FROM <a:b> {}", "SELECT (NOW() AS ?x) {}", "\\u0041SK {}",
     "ASK { ?s ?p '\\uD800' }", "BASE <a:b> ASK {}", "PREFIX : <> ASK { :a :b :c }"]
)  # fmt: skip
VALUES = st.one_of(
    QUERIES, st.text(max_size=40), st.sampled_from(["", "0", "-1", "nan", "csv", "cut", "fi", "a:b"])
)
PARAMETERS = st.lists(st.tuples(NAMES, VALUES), max_size=4)
TYPES = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "text/plain", "",
     "application/sparql-query; charset=latin-1", "multipart/form-data; boundary=x", "application/json", ";", "a/b;c"]
)  # fmt: skip


@pytest.fixture(scope="module")
def app(dataset: Dataset) -> Flask:
    return create_app(Settings.of({}, {"access_log": "off"}), dataset)


@pytest.fixture
def described(app: Flask) -> dict[str, Any]:
    told: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return told


def test_every_route_is_described_and_nothing_else(app: Flask, described: dict[str, Any]) -> None:
    routes = {
        re.sub(r"<(?:[^<>:]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in (*UNDESCRIBED, "queries.query") and "town" not in rule.arguments
    }

    assert set(described["paths"]) == routes | {f"/query/{name}" for name in load_queries()}


def test_the_description_is_whole(described: dict[str, Any]) -> None:
    names = [each["operationId"] for path in described["paths"].values() for each in path.values()]

    assert described["openapi"] == "3.1.0"
    assert len(names) == len(set(names))
    for address, path in described["paths"].items():
        for operation in path.values():
            assert operation["summary"]
            declared = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
            assert declared == set(re.findall(r"{(\w+)}", address))
            assert "default" in operation["responses"]


def test_every_page_may_be_asked_for_in_a_language(described: dict[str, Any]) -> None:
    pages = [
        path["get"]
        for path in described["paths"].values()
        if "text/html" in path["get"]["responses"].get("200", {}).get("content", {})
    ]

    assert len(pages) > 30
    for operation in pages:
        assert [each["name"] for each in operation["parameters"]].count("lang") == 1, operation["operationId"]


def test_what_is_of_a_release_may_be_asked_of_another_one(described: dict[str, Any]) -> None:
    def count(address: str) -> int:
        parameters = described["paths"][address]["get"].get("parameters", ())
        return [each["name"] for each in parameters].count("release")

    assert [count(address) for address in ("/plans", "/search", "/sparql", "/query/trace")] == [1, 1, 1, 1]
    assert [count(address) for address in ("/openapi.json", "/problems")] == [0, 0]


def test_a_named_query_is_described_by_its_header(described: dict[str, Any]) -> None:
    operation = described["paths"]["/query/trace"]["get"]

    assert operation["summary"] == load_queries()["trace"].summary["en"]
    assert [each["name"] for each in operation["parameters"]] == [
        "measure",
        "format",
        "page",
        "lang",
        "release",
    ]
    assert set(described["paths"]["/sparql"]) >= {"get", "post"}


def test_what_is_described_is_what_comes(app: Flask, described: dict[str, Any]) -> None:
    client = app.test_client()
    for address, path in described["paths"].items():
        if "{" in address or "get" not in path:
            continue
        responses = path["get"]["responses"]
        if "200" not in responses:
            assert client.get(address).status_code == 308, address
            continue
        for media_type in responses["200"]["content"]:
            query = {"query": "ASK {}"} if "sparql-results" in media_type or media_type == "text/csv" else {}
            if address.startswith("/query/"):
                query = {}
            if address == "/rdf-graph-store":
                query = {"default": ""}
            response = client.get(address, query_string=query, headers={"Accept": media_type})
            # The sample came without a report of its validation.
            allowed = (200, 404, 406) if address.startswith(("/validation", "/checks")) else (200, 406)
            assert response.status_code in allowed, (address, media_type, response.text)
            if response.status_code == 200 and address != "/metrics":
                assert response.mimetype == media_type, address


def send(app: Flask, method: str, address: str, **more: Any) -> None:
    """Send anything; whatever comes back is no failure of the server and no failure is sent as a success."""
    client: FlaskClient = app.test_client()
    response = client.open(address, method=method, **more)
    told = (method, address, more, response.status_code, response.text[:300])
    # 503 would mean that a limit was reached, which nothing here should.
    assert response.status_code < 500 or response.status_code == 501, told
    assert "Traceback" not in response.text, told
    if response.status_code >= 400:
        assert response.headers["Cache-Control"] == "no-store", told
        assert response.mimetype in (
            "application/problem+json",
            "application/json",
            "text/html",
            "text/plain",
        ), told


@pytest.mark.whole
@FUZZ
@given(METHODS, PARAMETERS, st.one_of(MEDIA_TYPES, HEADER))
@example("GET", [("query", "ASK {}"), ("query", "ASK {}")], "*/*")
@example("HEAD", [("query", "SELECT (NOW() AS ?x) {}")], "text/csv")
def test_any_parameters_of_the_endpoint(app: Flask, method: str, pairs: list[Any], accept: str) -> None:
    send(app, method, f"/sparql?{urlencode(pairs, errors='surrogatepass')}", headers={"Accept": accept})


@FUZZ
@given(st.sampled_from(["POST", "QUERY"]), TYPES, st.one_of(st.binary(max_size=60), QUERIES.map(str.encode)))
@example("POST", "application/x-www-form-urlencoded", b"query=%FF")
@example("POST", "application/sparql-query", b"\x00")
def test_any_body_of_the_endpoint(app: Flask, method: str, content_type: str, body: bytes) -> None:
    send(app, method, "/sparql", data=body, content_type=content_type)


@FUZZ
@given(st.sampled_from(["POST", "QUERY"]), PARAMETERS)
def test_any_form_of_the_endpoint(app: Flask, method: str, pairs: list[Any]) -> None:
    form = urlencode(pairs, errors="surrogatepass")
    send(app, method, "/sparql", data=form, content_type="application/x-www-form-urlencoded")


@pytest.mark.whole
@FUZZ
@given(st.data())
def test_any_value_of_a_described_parameter(
    app: Flask, described: dict[str, Any], data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(sorted(described["paths"])))
    operation = described["paths"][address].get("get") or next(iter(described["paths"][address].values()))
    pairs = []
    for parameter in operation.get("parameters", ()):
        value = data.draw(
            st.text(max_size=30) | st.sampled_from(["", "ttl", "..", "a/b", "%00", "id/kemi", "x.ttl"])
        )
        if parameter["in"] == "path":
            address = address.replace(
                f"{{{parameter['name']}}}", quote(value, safe="/", errors="surrogatepass")
            )
        else:
            pairs.append((parameter["name"], value))
    send(app, data.draw(METHODS), f"{address}?{urlencode(pairs, errors='surrogatepass')}")


@pytest.mark.whole
@FUZZ
@given(
    st.sampled_from(["/", "/sparql?query=ASK{}", "/catalog", "/about", "/id/kemi", "/metrics", "/no"]),
    st.data(),
)
def test_any_headers(app: Flask, address: str, data: st.DataObject) -> None:
    names = ["Accept", "Accept-Encoding", "Accept-Language", "Cookie", "Host", "If-None-Match", "If-Modified-Since",
             "X-Forwarded-For", "Content-Type", "Content-Length", "Range", "Origin", "If-Match"]  # fmt: skip
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    send(app, "GET", address, headers={name: data.draw(HEADER) for name in chosen})


@FUZZ
@given(METHODS, st.text(max_size=40))
def test_any_address(app: Flask, method: str, path: str) -> None:
    send(app, method, "/" + quote(path, safe="/", errors="surrogatepass"))
