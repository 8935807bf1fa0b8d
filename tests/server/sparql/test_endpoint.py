import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SELECT = "SELECT ?s { ?s a <https://w3id.org/hytegraph/ns#Sector> }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/hytegraph/ns#Sector> }"
KANSLIA = "https://w3id.org/hytegraph/id/kemi/unit/kanslia"
GRAPH = "https://w3id.org/hytegraph/graph/vocabulary"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def get(client: FlaskClient, query: str, accept: str | None = None, **more: str) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **more}, headers=headers)


def assert_problem(response: TestResponse, status: int, slug: str) -> None:
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.get_json(force=True)["type"].endswith(f"/problems/{slug}")
    assert response.get_json(force=True)["status"] == status
    assert response.headers["Cache-Control"] == "no-store"


def test_a_query_is_answered_by_get(client: FlaskClient) -> None:
    response = get(client, SELECT)

    assert response.mimetype == "application/sparql-results+json"
    assert response.get_json(force=True)["results"]["bindings"] == [{"s": {"type": "uri", "value": KANSLIA}}]


def test_a_query_is_answered_by_post_of_a_form(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"query": SELECT})

    assert KANSLIA in response.text


def test_a_query_is_answered_by_post_of_its_text(client: FlaskClient) -> None:
    response = client.post("/sparql", data=SELECT, content_type=f"{QUERY}; charset=utf-8")

    assert KANSLIA in response.text


def test_a_posted_query_may_have_its_graphs_in_the_address(client: FlaskClient) -> None:
    address = {"default-graph-uri": GRAPH}

    response = client.post("/sparql", data=SELECT, content_type=QUERY, query_string=address)

    assert response.get_json(force=True)["results"]["bindings"] == []


def test_two_queries_are_refused(client: FlaskClient) -> None:
    assert_problem(client.get("/sparql", query_string=[("query", ASK), ("query", ASK)]), 400, "bad-request")


def test_a_post_without_a_query_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/sparql", data={"other": "x"}), 400, "bad-request")


def test_an_empty_query_is_malformed(client: FlaskClient) -> None:
    assert_problem(get(client, ""), 400, "query-syntax")


def test_an_unknown_parameter_is_ignored(client: FlaskClient) -> None:
    assert get(client, ASK, timeout="5").status_code == 200


def test_default_graphs_may_be_repeated(client: FlaskClient) -> None:
    organisation = "https://w3id.org/hytegraph/graph/kemi/organisation"
    query = [("query", SELECT), ("default-graph-uri", GRAPH), ("default-graph-uri", organisation)]

    response = client.get("/sparql", query_string=query)

    assert len(response.get_json(force=True)["results"]["bindings"]) == 1


def test_named_graphs_may_be_chosen(client: FlaskClient) -> None:
    response = get(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": GRAPH})

    assert response.get_json(force=True)["boolean"] is True


def test_a_graph_from_outside_is_empty_in_the_protocol_and_the_answer_says_so(client: FlaskClient) -> None:
    elsewhere = "http://elsewhere.example/"
    response = get(client, "ASK { ?s ?p ?o }", **{"default-graph-uri": elsewhere})

    assert response.get_json(force=True)["boolean"] is False
    assert response.headers["X-Unknown-Graphs"] == f"<{elsewhere}>"
    assert "X-Unknown-Graphs" not in get(client, ASK, **{"default-graph-uri": GRAPH}).headers


def test_a_graph_from_outside_is_empty_in_the_query_and_not_fetched(client: FlaskClient) -> None:
    response = get(client, "ASK FROM <file:///etc/passwd> { ?s ?p ?o }")

    assert response.get_json(force=True)["boolean"] is False
    assert response.headers["X-Unknown-Graphs"] == "<file:///etc/passwd>"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/n3", "text/n3; charset=utf-8"),
        ("text/rdf+n3,application/n-triples;q=0.5", "text/rdf+n3; charset=utf-8"),
        ("application/turtle", "application/turtle"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_triples_come_by_the_media_types_that_clients_ask_for(
    client: FlaskClient, accept: str, content_type: str
) -> None:
    response = get(client, CONSTRUCT, accept)

    assert (response.status_code, response.content_type) == (200, content_type)


def test_control_characters_are_never_sent_in_xml(client: FlaskClient) -> None:
    text = 'SELECT ("a\\u000Cb" AS ?x) {}'
    response = get(client, text, "application/sparql-results+xml")

    assert_problem(response, 406, "not-writable")
    assert "U+000C" in response.get_json(force=True)["detail"]
    assert "text/csv" in response.get_json(force=True)["available"]
    assert get(client, text, "application/sparql-results+json").status_code == 200


def test_a_property_that_rdf_xml_cannot_name_is_told_with_the_other_formats(client: FlaskClient) -> None:
    text = "CONSTRUCT { <a:a> <http://a.example/123> <a:b> } {}"
    response = get(client, text, "application/rdf+xml")

    assert_problem(response, 406, "not-writable")
    assert "<http://a.example/123>" in response.get_json(force=True)["detail"]
    assert "text/turtle" in response.get_json(force=True)["available"]
    assert get(client, text, "text/turtle").status_code == 200


@pytest.mark.parametrize("name", ["query", "update"])
def test_an_update_is_refused(client: FlaskClient, name: str) -> None:
    response = client.post("/sparql", data={name: "INSERT DATA { <a:a> <a:b> <a:c> }"})

    assert_problem(response, 403, "query-refused-update")


def test_an_update_document_is_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data="CLEAR ALL", content_type="application/sparql-update")

    assert_problem(response, 403, "query-refused-update")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?w . SERVICE ?w { ?a ?b ?c } }",
        "SELECT * { SERVICE SILENT <http://elsewhere.example/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://elsewhere.example/> { ?s ?p ?o } } }",
        "SELECT * { { SELECT ?s { SERVICE <http://elsewhere.example/> { ?s ?p ?o } } } }",
    ],
    ids=["constant", "variable", "silent", "exists", "sub-select"],
)
def test_service_is_refused(client: FlaskClient, query: str) -> None:
    assert_problem(get(client, query), 403, "query-refused-service")


def test_a_malformed_query_is_answered_with_its_line_and_column(client: FlaskClient) -> None:
    response = get(client, "SELECT * WHERE {\n ?s ?p }")

    assert_problem(response, 400, "query-syntax")
    assert (response.get_json(force=True)["line"], response.get_json(force=True)["column"]) == (2, 9)


def test_an_unknown_prefix_is_malformed_and_named_with_its_place(client: FlaskClient) -> None:
    response = get(client, "PREFIX a: <a:>\nASK { ?s a nowhere:Thing }")

    assert_problem(response, 400, "query-syntax")
    problem = response.get_json(force=True)
    assert problem["detail"] == "The prefix nowhere: is not declared."
    assert (problem["line"], problem["column"]) == (2, 12)


@pytest.mark.parametrize(
    "form", ["SELECT (<http://a.example/f#now>() AS ?x) {}", "ASK { FILTER(<http://a.example/f#now>()) }"]
)
def test_an_unknown_function_is_named(client: FlaskClient, form: str) -> None:
    response = get(client, form)

    assert_problem(response, 400, "query-refused-function")
    assert "<http://a.example/f#now>" in response.get_json(force=True)["detail"]


def test_a_wrong_content_type_is_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data="{}", content_type="application/json")

    assert_problem(response, 415, "unsupported-media-type")
    assert response.get_json(force=True)["available"] == [FORM, QUERY]


def test_a_post_without_a_content_type_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/sparql", data=b"x"), 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", [FORM, QUERY])
def test_what_is_not_utf_8_is_refused(client: FlaskClient, content_type: str) -> None:
    body = (
        b"query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D" if content_type == FORM else b'ASK { ?s ?p "\xff" }'
    )

    assert_problem(client.post("/sparql", data=body, content_type=content_type), 400, "bad-request")


def test_what_is_not_utf_8_in_the_address_is_refused(client: FlaskClient) -> None:
    assert_problem(client.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D"), 400, "bad-request")


@pytest.mark.parametrize("is_kept", [False, True], ids=["unknown", "kept without its spaces"])
def test_a_long_query_is_refused(client: FlaskClient, is_kept: bool) -> None:
    if is_kept:
        assert client.post("/sparql", data={"query": ASK}).status_code == 200

    response = client.post("/sparql", data={"query": ASK + " " * 20_000})

    assert_problem(response, 413, "too-long")


def test_a_long_body_is_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"x" * 300_000, content_type=QUERY)

    assert_problem(response, 413, "too-long")


def test_a_format_that_is_not_offered_is_answered_with_the_offers(client: FlaskClient) -> None:
    response = get(client, SELECT, "text/turtle")

    assert_problem(response, 406, "not-acceptable")
    assert "text/csv" in response.get_json(force=True)["available"]


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8; header=present"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ASK, None, "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples; charset=utf-8"),
        (CONSTRUCT, "application/n-quads", "application/n-quads; charset=utf-8"),
        (CONSTRUCT, "application/trig", "application/trig; charset=utf-8"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (f"DESCRIBE <{KANSLIA}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_the_answer_has_the_negotiated_type(
    client: FlaskClient, query: str, accept: str | None, content_type: str
) -> None:
    response = get(client, query, accept)

    assert response.status_code == 200
    assert response.content_type == content_type
    assert "Accept" in response.headers["Vary"].split(", ")
    assert KANSLIA in response.text or "kemi-unit:kanslia" in response.text or query == ASK


def test_the_format_parameter_wins_over_accept(client: FlaskClient) -> None:
    assert get(client, SELECT, "application/json", format="csv").mimetype == "text/csv"
    assert get(client, CONSTRUCT, "text/turtle", format="nt").mimetype == "application/n-triples"
    assert get(client, SELECT, format="xlsx").status_code == 406


def test_csv_has_names_without_question_marks_crlf_and_quotes_where_needed(client: FlaskClient) -> None:
    values = '("a,b" 1 <a:i>) ("say ""x""" UNDEF "two\\nlines"@fi)'.replace('""x""', '\\"x\\"')

    response = get(client, f"SELECT ?x ?y ?z {{ VALUES (?x ?y ?z) {{ {values} }} }}", "text/csv")

    assert response.data == b'x,y,z\r\n"a,b",1,a:i\r\n"say ""x""",,"two\nlines"\r\n'


def test_tsv_has_names_with_question_marks_lf_and_turtle_terms(client: FlaskClient) -> None:
    values = '("a\\tb" 1 <a:i>) ("ä"@fi UNDEF "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>)'

    response = get(
        client, f"SELECT ?x ?y ?z {{ VALUES (?x ?y ?z) {{ {values} }} }}", "text/tab-separated-values"
    )

    assert response.data.decode() == (
        '?x\t?y\t?z\n"a\\tb"\t1\t<a:i>\n"ä"@fi\t\t"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>\n'
    )


@pytest.mark.parametrize("accept", ["text/csv", "text/tab-separated-values"])
def test_an_ask_in_csv_or_tsv_is_one_word(client: FlaskClient, accept: str) -> None:
    """The W3C note defines both for SELECT only; the word is what other stores write."""
    assert get(client, ASK, accept).data == b"true"


def test_head_is_answered_like_get_without_a_body(client: FlaskClient) -> None:
    response = client.head("/sparql", query_string={"query": SELECT})

    assert (response.status_code, response.data) == (200, b"")
    assert response.mimetype == "application/sparql-results+json"


def test_options_answers_a_cors_preflight(client: FlaskClient) -> None:
    response = client.options("/sparql")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}


def test_answers_and_failures_may_be_read_from_other_origins(client: FlaskClient) -> None:
    assert get(client, SELECT).headers["Access-Control-Allow-Origin"] == "*"
    assert get(client, "SELEC").headers["Access-Control-Allow-Origin"] == "*"


PREFLIGHT = "authorization, cache-control, x-requested-with, if-none-match, accept, content-type"


def test_a_preflight_is_allowed_the_headers_that_clients_send(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Access-Control-Request-Headers": PREFLIGHT})

    assert response.headers["Access-Control-Allow-Headers"] == PREFLIGHT


def test_what_is_no_header_name_is_not_repeated_in_a_preflight(client: FlaskClient) -> None:
    asked = 'x-a, <script>, "quoted", a b,,' + "y" * 100
    response = client.options("/sparql", headers={"Access-Control-Request-Headers": asked})

    assert response.headers["Access-Control-Allow-Headers"] == "x-a"


@pytest.mark.parametrize(
    "path",
    [
        *("/gaps.csv", "/gaps.json", "/figures.csv", "/search.json?q=a", "/plans.csv", "/periods.csv"),
        *("/responsibility.csv", "/catalog", "/downloads.json", "/sparql", "/", "/healthz", "/nothing-here"),
    ],
)
def test_every_address_may_be_read_from_other_origins_with_our_headers(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"X-Unknown-Graphs", "X-Result-Truncated", "Link", "ETag", "Content-Disposition"} <= set(
        headers["Access-Control-Expose-Headers"].split(", ")
    )


def test_metrics_are_not_for_pages_of_other_origins(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/metrics").headers


def test_another_method_is_refused_with_the_allowed_ones(client: FlaskClient) -> None:
    response = client.put("/sparql", data="x")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_without_a_query_a_browser_gets_the_editor(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})

    assert response.mimetype == "text/html"
    assert "<textarea" in response.text


def test_without_a_query_a_program_gets_the_service_description(client: FlaskClient) -> None:
    response = client.get("/sparql")

    assert response.mimetype == "text/turtle"
    for expected in ("#endpoint>", "#supportedLanguage>", "#resultFormat>", "#defaultGraph>", "void:triples"):
        assert expected in response.text
    assert GRAPH in response.text
    assert "BasicFederatedQuery" not in response.text


def test_the_service_description_is_negotiated(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "application/ld+json"})

    assert response.mimetype == "application/ld+json"
    assert json.loads(response.text)
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_failure_is_told_to_a_browser_as_a_page(client: FlaskClient) -> None:
    response = get(client, "SELEC", "text/html")

    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "Kysely ei ole SPARQL-kysely" in response.text


def test_a_failure_is_told_as_plain_text_when_asked(client: FlaskClient) -> None:
    response = get(client, "SELEC", "text/plain")

    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert "Traceback" not in response.text
