"""What is answered on the direct way is answered as Flask would, and everything else is left to Flask."""

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest

from hytegraph.server.http.exchange import query_hash

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
ROWS = "SELECT ?s ?p ?o {{ ?s ?p ?o }} ORDER BY ?s ?p ?o OFFSET {0} LIMIT 9"
SMALL = "SELECT ?s {{ ?s ?p ?o }} ORDER BY ?s LIMIT 1 OFFSET {0}"
LIGHT = "SELECT ?s {{ ?s ?p ?o }} LIMIT 1 OFFSET {0}"
ASK = "ASK {{ ?s ?p {0} }}"
DESCRIBE = "DESCRIBE ?s {{ ?s ?p ?o }} ORDER BY ?s ?p ?o OFFSET {0} LIMIT 1"
NUMBER = "SELECT ({0} AS ?x) {{}}"
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"
VARYING = ("Date", "Server-Timing")


@pytest.fixture(scope="module")
def service(start_service: Callable[..., Any]) -> Any:
    return start_service(SAMPLE, access_log="json")


@pytest.fixture(scope="module")
def forgetful(start_service: Callable[..., Any]) -> Any:
    """A service that keeps no answers, so that each request is evaluated."""
    return start_service(SAMPLE, cache_bytes=0)


@pytest.fixture(scope="module")
def crowded(start_service: Callable[..., Any], crowd: Path) -> Any:
    return start_service(crowd, max_rows=5, workers=2)


@pytest.fixture
def connection(service: Any) -> Iterator[HTTPConnection]:
    with closing(service.connect()) as opened:
        yield opened


def ask(
    connection: HTTPConnection, text: str, method: str = "GET", more: str = "", **headers: str
) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, f"/sparql?query={quote(text)}{more}", headers=named)
    response = connection.getresponse()
    return response, response.read()


def directly(service: Any, kind: str) -> int:
    """How many requests the service has answered without Flask."""
    metrics = service.get("/metrics").body.decode()
    found = re.search(rf'^hytegraph_direct_answers_total\{{kind="{kind}"\}} ([\d.]+)', metrics, re.MULTILINE)
    return int(float(found[1])) if found else 0


def shown(response: HTTPResponse) -> dict[str, list[str]]:
    names = {name.title() for name, _ in response.getheaders()} - set(VARYING)
    return {name: sorted(response.headers.get_all(name) or []) for name in names}


def by_flask(connection: HTTPConnection, text: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """The answer of Flask, which alone reads an address with an escape in its path."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", f"/%73parql?query={quote(text)}", headers=named)
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize("form", [ROWS, SMALL, ASK, DESCRIBE], ids=["rows", "small", "ask", "describe"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("accept", ["*/*", "text/csv;q=0.9, text/turtle"])
def test_a_query_is_answered_directly_as_by_flask(
    forgetful: Any, form: str, coding: str, accept: str
) -> None:
    with closing(forgetful.connect()) as connection:
        wishes = {"Accept": accept, "Accept_Encoding": coding}
        before = directly(forgetful, "evaluated")
        # On a busy machine an answer may take so long that a thread waits for it.
        for number in range(2, 40):
            quick, quick_body = ask(connection, form.format(number), **wishes)
            if directly(forgetful, "evaluated") > before:
                break
        before = directly(forgetful, "evaluated")
        slow, slow_body = by_flask(connection, form.format(number), **wishes)

    assert directly(forgetful, "evaluated") == before
    assert (quick.status, quick_body, shown(quick)) == (200, slow_body, shown(slow))


@pytest.mark.parametrize("text", ["SELEC", "INSERT DATA { <a:a> <a:b> <a:c> }", "ASK {} #" + "x" * 20_000])
@pytest.mark.parametrize("accept", ["*/*", "text/plain", "application/json"])
def test_a_failure_is_told_directly_as_by_flask(connection: HTTPConnection, text: str, accept: str) -> None:
    quick, quick_body = ask(connection, text, Accept=accept)
    slow, slow_body = by_flask(connection, text, Accept=accept)

    assert quick.status in (400, 403, 413)
    assert (quick.status, quick_body, shown(quick)) == (slow.status, slow_body, shown(slow))


def test_a_query_is_answered_directly_however_it_is_sent(service: Any, connection: HTTPConnection) -> None:
    text = ROWS.format(11)
    ask(connection, text)
    before = directly(service, "repeated")
    bodies = set()
    for method, path, body, headers in (
        (
            "POST",
            "/sparql",
            urlencode({"query": text}),
            {"Content-Type": "application/x-www-form-urlencoded"},
        ),
        ("POST", "/sparql", text, {"Content-Type": "application/sparql-query"}),
        ("QUERY", "/sparql", text, {"Content-Type": "application/sparql-query"}),
        ("GET", f"/sparql?query={quote(text)}", None, {}),
    ):
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        bodies.add(response.read())
        assert 'cache;desc="hit"' in response.headers["Server-Timing"]

    assert len(bodies) == 1
    assert directly(service, "repeated") == before + 1


def test_a_repeated_answer_tells_the_milliseconds_that_it_took(connection: HTTPConnection) -> None:
    text = ROWS.format(12)
    ask(connection, text)
    begun = time.perf_counter()
    response, _ = ask(connection, text)
    waited = 1000 * (time.perf_counter() - begun)

    timing = response.headers["Server-Timing"]
    assert 'cache;desc="hit"' in timing
    assert 0 <= float(timing.rpartition("dur=")[2]) < waited


def test_the_rate_limit_holds_on_the_direct_way(start_service: Callable[..., Any]) -> None:
    limited = start_service(SAMPLE, rate_limit=1, rate_burst=3, access_log="json")
    with closing(limited.connect()) as connection:
        statuses = [ask(connection, SMALL.format(1))[0].status for _ in range(3)]
        refused, told = ask(connection, SMALL.format(1))

    assert (statuses, refused.status) == ([200] * 3, 429)
    assert int(refused.headers["Retry-After"]) == json.loads(told)["retry_after"] > 1
    assert limited.get("/healthz").status == 200


def test_a_page_that_is_kept_is_given_directly_and_in_the_reader_s_language(service: Any) -> None:
    def read(language: str) -> Any:
        return service.get("/about", headers={"Accept": "text/html", "Accept-Language": language})

    first = {language: read(language).body for language in ("fi", "sv")}
    again = {language: read(language) for language in ("fi", "sv", "fi")}

    for language, reply in again.items():
        assert f'<html lang="{language}">'.encode() in reply.body
        assert reply.body == first[language]
        assert 'cache;desc="hit"' in reply.headers["Server-Timing"]
    chosen = service.get("/about?lang=sv", headers={"Accept": "text/html"})
    assert "lang=sv" in chosen.headers["Set-Cookie"]


def test_a_repetition_is_answered_and_noted_like_every_request(service: Any) -> None:
    with closing(service.connect()) as connection:
        wishes = {"Accept_Encoding": "zstd", "X_Frame": "repeating"}
        first, body = ask(connection, ROWS.format(7), **wishes)
        tag = first.headers["ETag"]
        forms: tuple[tuple[str, dict[str, str]], ...] = (
            ("GET", {}),
            ("HEAD", {}),
            ("GET", {"If_None_Match": tag}),
        )
        replies = [
            ask(connection, ROWS.format(7), method, **wishes, **more) for method, more in forms for _ in "ab"
        ]

    assert [(reply.status, got) for reply, got in replies[::2]] == [(200, body), (200, b""), (304, b"")]
    for (reply, got), (again, got_again) in zip(replies[::2], replies[1::2], strict=True):
        assert (shown(again), got_again) == (shown(reply), got)
    assert directly(service, "repeated") >= 3
    lines = [json.loads(line) for line in service.log.read_text("utf-8").splitlines()]
    name = query_hash(ROWS.format(7))
    noted = [line for line in lines if line.get("query") == name]
    assert [line["cache"] for line in noted] == ["miss", *["hit"] * 6]
    assert [line["status"] for line in noted] == [200] * 5 + [304] * 2


def test_answers_that_were_given_early_are_kept_for_all(service: Any, connection: HTTPConnection) -> None:
    ask(connection, ROWS.format(0), X_Frame="keeping")
    quick, body = ask(connection, ROWS.format(9), X_Frame="keeping")
    other, same = ask(connection, ROWS.format(9), X_Frame="another")

    assert 'cache;desc="miss"' in quick.headers["Server-Timing"]
    assert 'cache;desc="hit"' in other.headers["Server-Timing"]
    assert (same, other.headers["ETag"]) == (body, quick.headers["ETag"])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELEC", 400),
        ("SELECT * { ?s ?p }", 400),
        ("", 400),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT * { ?s ?p ?o FILTER(<http://example.org/f>(?o)) }", 400),
        ("ASK {}" + " " * 20_001, 413),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 406),
    ],
)
def test_what_fails_has_its_status(connection: HTTPConnection, text: str, status: int) -> None:
    wishes = {"Accept": "text/csv"}
    ask(connection, SMALL.format(0), **wishes)

    response, body = ask(connection, text, **wishes)

    assert (response.status, json.loads(body)["status"]) == (status, status)
    assert ask(connection, SMALL.format(1), **wishes)[0].status == 200


def test_what_changes_by_itself_is_never_kept(connection: HTTPConnection) -> None:
    ask(connection, SMALL.format(0))

    answers = [ask(connection, "SELECT (RAND() AS ?x) {}") for _ in range(2)]

    assert len({body for _, body in answers}) == 2
    assert all(response.headers["Cache-Control"] == "no-store" for response, _ in answers)


@pytest.mark.slow
def test_the_limits_hold_on_the_direct_way(crowded: Any) -> None:
    with closing(crowded.connect()) as connection:
        assert ask(connection, LIGHT.format(0), more="&timeout=3")[0].status == 200
        slow, told = ask(connection, ENDLESS.format(), more="&timeout=3")
        refused, _ = ask(connection, "SELECT * { ?s ?p ?o }", more="&timeout=3")
        ask(connection, LIGHT.format(0), more="&on_limit=cut")
        cut, rows = ask(connection, "SELECT * { ?s ?p ?o }", more="&on_limit=cut")

    assert (slow.status, json.loads(told)["limit"]) == (503, 3)
    assert refused.status == 403
    assert (cut.headers["X-Result-Truncated"], len(json.loads(rows)["results"]["bindings"])) == ("true", 5)


def test_a_query_whose_client_leaves_gives_its_worker_back(crowded: Any) -> None:
    with closing(crowded.connect()) as connection:
        ask(connection, LIGHT.format(0))
    for _ in range(4):
        with closing(crowded.connect()) as leaving:
            leaving.request("GET", f"/sparql?query={quote(ENDLESS.format())}")

    with closing(crowded.connect()) as connection:
        assert ask(connection, LIGHT.format(2))[0].status == 200


def test_requests_that_come_together_are_answered_in_their_order(service: Any) -> None:
    requests = [
        f"GET /sparql?query={quote(NUMBER.format(number))} HTTP/1.1\r\nHost: here\r\n\r\n"
        for number in range(6)
    ]
    with socket.create_connection(("127.0.0.1", service.port)) as client, client.makefile("rb") as answers:
        client.sendall("".join(requests).encode())
        for number in range(6):
            lines = list(iter(answers.readline, b"\r\n"))
            [length] = [
                int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length")
            ]
            assert lines[0].startswith(b"HTTP/1.1 200")
            [row] = json.loads(answers.read(length))["results"]["bindings"]
            assert row["x"]["value"] == str(number)


def test_many_clients_get_their_own_answers(service: Any) -> None:
    def read(number: int) -> bool:
        with closing(service.connect()) as connection:
            texts = [f'SELECT ("{number}-{turn} ä\\"+%&=#" AS ?x) {{}}' for turn in range(20)]
            found = [json.loads(ask(connection, text)[1])["results"]["bindings"][0]["x"] for text in texts]
            return [each["value"] for each in found] == [f'{number}-{turn} ä"+%&=#' for turn in range(20)]

    with ThreadPoolExecutor(16) as clients:
        assert all(clients.map(read, range(16)))


@pytest.mark.parametrize("write", [quote, quote_plus, lambda text: quote(text, safe="/?:@!$'()*,;~")])
def test_a_text_is_read_alike_however_it_is_written(service: Any, write: Callable[[str], str]) -> None:
    texts = [
        f"SELECT ('{sign}' AS ?x) {{}}" for sign in ("a b", "+", "%41", "=3D", "_ä€😀", "&amp;#", "?:@!$*")
    ]
    with closing(service.connect()) as connection:
        for text in texts:
            connection.request("GET", f"/sparql?query={write(text)}")
            quick = connection.getresponse().read()
            connection.request("GET", "/sparql?" + urlencode({"unknown": text, "query": text}))
            assert connection.getresponse().read() == quick
            assert json.loads(quick)["results"]["bindings"][0]["x"]["value"] == text.split("'")[1]


def test_what_a_proxy_or_another_client_adds_changes_nothing(
    service: Any, connection: HTTPConnection
) -> None:
    ask(connection, ROWS.format(12), X_Frame="proxied", X_Forwarded_For="192.0.2.1", User_Agent="one")
    before = directly(service, "repeated"), directly(service, "evaluated")
    ask(connection, ROWS.format(12), X_Frame="proxied", X_Forwarded_For="192.0.2.2", User_Agent="two")
    for number in range(13, 30):
        ask(
            connection,
            ROWS.format(number),
            X_Frame="proxied",
            X_Request_ID=str(number),
            Referer="http://a.example/",
        )

    assert directly(service, "repeated") == before[0] + 1
    assert directly(service, "evaluated") > before[1]
