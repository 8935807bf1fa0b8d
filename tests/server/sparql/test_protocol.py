"""The SPARQL 1.1 Protocol clause by clause, where the W3C's cases say too little."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from werkzeug.test import TestResponse

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

DATA = "http://kasei.us/2009/09/sparql/data/"
ONE, TWO, THREE = (f"{DATA}data{number}.rdf" for number in (1, 2, 3))
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
FULL = f"ASK {{ <{THREE}> a ?type GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
DEFAULT_GRAPHS = [("default-graph-uri", ONE), ("default-graph-uri", TWO)]
NAMED_GRAPHS = [("named-graph-uri", ONE), ("named-graph-uri", TWO)]
FORMS = {
    "SELECT": "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s",
    "ASK": "ASK { ?s ?p ?o }",
    "CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DESCRIBE": f"DESCRIBE <{ONE}>",
}
RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "text/csv": QueryResultsFormat.CSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
UPDATES = {
    "INSERT DATA": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE DATA": "DELETE DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
    "DELETE INSERT": "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH": "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://elsewhere.example/data.ttl>",
    "LOAD SILENT INTO": "LOAD SILENT <http://elsewhere.example/data.ttl> INTO GRAPH <a:g>",
    "CLEAR": "CLEAR ALL",
    "DROP": "DROP GRAPH <a:g>",
    "CREATE": "CREATE GRAPH <a:g>",
    "ADD": "ADD <a:g> TO <a:h>",
    "MOVE": "MOVE <a:g> TO <a:h>",
    "COPY": "COPY <a:g> TO <a:h>",
    "two operations": "CLEAR GRAPH <a:g> ; INSERT DATA { GRAPH <a:g> { <a:s> <a:p> <test> } }",
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    source = Path(__file__).parents[2] / "data" / "server" / "protocol.trig"
    return create_app(Settings.of({}, {"access_log": "off"}), Dataset.open(source)).test_client()


def get(client: FlaskClient, query: str, graphs: list[tuple[str, str]] | None = None) -> TestResponse:
    return client.get("/sparql", query_string=[("query", query), *(graphs or [])])


def post(client: FlaskClient, body: str | bytes, content_type: str | None, **more: Any) -> TestResponse:
    return client.post("/sparql", data=body, content_type=content_type, **more)


def assert_true(response: TestResponse) -> None:
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/sparql-results+json"
    assert json.loads(response.text)["boolean"] is True


def assert_refused(response: TestResponse, status: int, slug: str) -> None:
    told = response.get_json(force=True)
    assert (response.status_code, told["type"].rpartition("/")[2]) == (status, slug), told
    assert response.mimetype == "application/problem+json"
    assert told["detail"]


def test_default_graphs_are_named_in_a_posted_form(client: FlaskClient) -> None:
    assert_true(post(client, urlencode([("query", BOTH), *DEFAULT_GRAPHS]), FORM))


def test_default_and_named_graphs_make_up_the_whole_dataset(client: FlaskClient) -> None:
    graphs = [("default-graph-uri", THREE), *NAMED_GRAPHS]

    assert_true(post(client, FULL, QUERY, query_string=graphs))
    assert get(client, FULL, graphs[:2]).get_json(force=True)["boolean"] is False


def test_the_dataset_of_the_protocol_wins_over_that_of_the_query(client: FlaskClient) -> None:
    query = f"ASK FROM <{ONE}> {{ <{TWO}> a ?type }}"

    assert_true(get(client, query, [("default-graph-uri", TWO)]))
    assert get(client, query).get_json(force=True)["boolean"] is False


def test_the_dataset_of_the_query_is_used_without_one_of_the_protocol(client: FlaskClient) -> None:
    assert_true(get(client, f"ASK FROM <{ONE}> FROM NAMED <{TWO}> {{ <{ONE}> a ?t GRAPH ?g {{ ?s a ?t }} }}"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("media_type", [*RESULTS, *GRAPHS])
def test_each_form_is_answered_in_the_types_of_its_kind_and_in_no_others(
    client: FlaskClient, form: str, media_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": FORMS[form]}, headers={"Accept": media_type})

    if (form in ("SELECT", "ASK")) != (media_type in RESULTS):
        assert_refused(response, 406, "not-acceptable")
        offers = RESULTS if form in ("SELECT", "ASK") else GRAPHS
        assert set(response.get_json(force=True)["available"]) == set(offers)
        return
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.headers["Vary"]
    if media_type in GRAPHS:
        assert list(parse(response.data, format=GRAPHS[media_type]))
    elif media_type == "text/csv" or form == "ASK":
        assert response.data.startswith(b"s,o\r\n") if form == "SELECT" else b"true" in response.data
    else:
        assert len(list(parse_query_results(response.data, format=RESULTS[media_type]))) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*, application/sparql-results+json;q=0.5", "text/csv"),
        ("*/*;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("", "application/sparql-results+json"),
    ],
)
def test_the_best_liked_type_is_chosen(client: FlaskClient, accept: str, expected: str) -> None:
    response = client.get("/sparql", query_string={"query": FORMS["SELECT"]}, headers={"Accept": accept})

    assert response.mimetype == expected


def test_the_draft_method_query_takes_the_text(client: FlaskClient) -> None:
    assert_true(client.open("/sparql", method="QUERY", data="ASK {}", content_type=QUERY))


def test_the_draft_method_query_takes_a_form_and_graphs(client: FlaskClient) -> None:
    form = urlencode([("query", BOTH), *DEFAULT_GRAPHS])

    assert_true(client.open("/sparql", method="QUERY", data=form, content_type=FORM))


def test_the_draft_method_query_needs_a_media_type(client: FlaskClient) -> None:
    assert_refused(client.open("/sparql", method="QUERY", data="ASK {}"), 400, "bad-request")


@pytest.mark.parametrize("content_type", ["text/plain", UPDATE])
def test_the_draft_method_query_takes_only_queries(client: FlaskClient, content_type: str) -> None:
    response = client.open("/sparql", method="QUERY", data="CLEAR ALL", content_type=content_type)

    assert_refused(response, 415, "unsupported-media-type")


def test_an_update_by_the_draft_method_query_is_malformed(client: FlaskClient) -> None:
    response = client.open("/sparql", method="QUERY", data="update=CLEAR%20ALL", content_type=FORM)

    assert_refused(response, 400, "bad-request")


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK%7B%7D"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_the_draft_method_query_is_offered(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)

    assert response.headers["Accept-Query"] == f'"{QUERY}", "{FORM}"'


@pytest.mark.parametrize("form", FORMS)
def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient, form: str) -> None:
    get_response, head = (
        client.open("/sparql", method=method, query_string={"query": FORMS[form]})
        for method in ("GET", "HEAD")
    )

    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == get_response.headers[name]


def test_head_of_a_malformed_query_is_400(client: FlaskClient) -> None:
    assert client.head("/sparql?query=ASK%20%7B").status_code == 400


def test_options_names_the_methods(client: FlaskClient) -> None:
    response = client.options("/sparql")

    methods = {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}
    assert set(response.headers["Allow"].split(", ")) == methods
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == methods


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql?query=ASK%20%7B%7D", method=method, content_type=FORM)

    assert_refused(response, 405, "method-not-allowed")
    assert "POST" in response.headers["Allow"]


def test_the_address_with_a_slash_leads_to_the_endpoint_with_method_and_body(client: FlaskClient) -> None:
    assert_true(client.get("/sparql/?query=ASK%20%7B%7D", follow_redirects=True))
    assert_true(client.post("/sparql/", data="ASK {}", content_type=QUERY, follow_redirects=True))


def test_two_queries_are_malformed(client: FlaskClient) -> None:
    assert_refused(client.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"), 400, "bad-request")
    assert_refused(post(client, "query=ASK%7B%7D&query=ASK%7B%7D", FORM), 400, "bad-request")
    assert_refused(post(client, "ASK {}", QUERY, query_string={"query": "ASK {}"}), 400, "bad-request")


def test_a_wrong_media_type_is_unsupported(client: FlaskClient) -> None:
    assert_refused(post(client, "ASK {}", "text/plain"), 415, "unsupported-media-type")


@pytest.mark.parametrize("body", ["query=ASK%20%7B%7D", "ASK {}", "update=CLEAR%20NAMED"])
def test_a_missing_media_type_is_unsupported(client: FlaskClient, body: str) -> None:
    assert_refused(post(client, body.encode(), None), 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", [QUERY, UPDATE])
def test_a_body_in_utf_16_is_unsupported(client: FlaskClient, content_type: str) -> None:
    body = "ASK {}".encode("utf-16")

    assert_refused(post(client, body, f"{content_type}; charset=UTF-16"), 415, "unsupported-media-type")
    assert_refused(post(client, body, content_type), 400, "bad-request")


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_may_be_named(client: FlaskClient, charset: str) -> None:
    assert_true(post(client, 'ASK { FILTER("ä" = "\\u00E4") }', f"{QUERY}; charset={charset}"))
    assert_true(post(client, urlencode({"query": 'ASK { FILTER("ä" = "ä") }'}), f"{FORM};charset={charset}"))


def test_a_compressed_body_is_unsupported(client: FlaskClient) -> None:
    response = post(client, b"\x1f\x8b", QUERY, headers={"Content-Encoding": "gzip"})

    assert_refused(response, 415, "unsupported-media-type")


def test_a_malformed_query_is_400(client: FlaskClient) -> None:
    assert_refused(client.get("/sparql?query=ASK%20%7B"), 400, "query-syntax")


@pytest.mark.parametrize("name", UPDATES)
def test_every_form_of_update_is_refused_with_a_reason(client: FlaskClient, name: str) -> None:
    text = UPDATES[name]

    for response in (post(client, text, UPDATE), post(client, urlencode({"update": text}), FORM)):
        assert_refused(response, 403, "query-refused-update")
        assert "read only" in response.get_json(force=True)["detail"]
    assert_refused(post(client, text, QUERY), 403, "query-refused-update")


def test_a_select_is_no_update(client: FlaskClient) -> None:
    assert_refused(post(client, FORMS["SELECT"], UPDATE), 400, "query-syntax")


@pytest.mark.parametrize(
    "text", ["CLEAR XYZ", "", "INSERT DATA { ?s ?p ?o", "DELETE { _:b <a:p> 1 } WHERE {"]
)
def test_a_malformed_update_is_400(client: FlaskClient, text: str) -> None:
    if text:
        assert_refused(post(client, text, UPDATE), 400, "query-syntax")
    status = post(client, urlencode({"update": text}), FORM).status_code
    assert status == 400 or (text == "" and status == 403)


def test_an_update_by_get_is_malformed(client: FlaskClient) -> None:
    assert_refused(client.get("/sparql?update=CLEAR%20ALL"), 400, "bad-request")


def test_two_updates_are_malformed(client: FlaskClient) -> None:
    assert_refused(post(client, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM), 400, "bad-request")


def test_an_update_beside_a_query_is_malformed(client: FlaskClient) -> None:
    assert_refused(post(client, "update=CLEAR%20ALL&query=ASK%7B%7D", FORM), 400, "bad-request")


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_an_update_may_not_name_its_graphs_twice(client: FlaskClient, name: str) -> None:
    graphs = {name: "http://example/people"}

    for text in (
        UPDATES["WITH"],
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
    ):
        assert_refused(post(client, text, UPDATE, query_string=graphs), 400, "query-syntax")
    assert_refused(
        post(client, UPDATES["DELETE INSERT"], UPDATE, query_string=graphs), 403, "query-refused-update"
    )


@pytest.mark.parametrize("value", ["soon", "0", "-1", "nan", "inf", ""])
def test_a_timeout_that_is_no_time_is_malformed(client: FlaskClient, value: str) -> None:
    assert_refused(
        client.get("/sparql", query_string={"query": "ASK {}", "timeout": value}), 400, "bad-request"
    )


def test_a_way_to_meet_limits_that_is_not_known_is_malformed(client: FlaskClient) -> None:
    assert_refused(
        client.get("/sparql", query_string={"query": "ASK {}", "on_limit": "guess"}), 400, "bad-request"
    )


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    assert_true(get(client, "ASK {}", [("should-sponge", "soft"), ("debug", "on"), ("_", "1")]))


def test_what_is_ours_may_stand_in_the_address_of_a_posted_form(client: FlaskClient) -> None:
    ours = {"format": "csv", "on_limit": "cut", "timeout": "3"}

    assert post(client, "query=SELECT%20*%20%7B%7D", FORM, query_string=ours).mimetype == "text/csv"
    for name, value in (("timeout", "soon"), ("on_limit", "guess")):
        assert_refused(post(client, "query=ASK%7B%7D", FORM, query_string={name: value}), 400, "bad-request")
    assert_true(post(client, "query=ASK%7B%7D&timeout=2", FORM, query_string={"timeout": "soon"}))
