from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset, Origin
from hytegraph.server.app import create_app
from hytegraph.server.http.answer_cache import KeptAnswer, ResultCache
from hytegraph.server.http.compression import CODINGS, IDENTITY, choose_coding, encode
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.settings import Settings

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 20"
MEASURE = "id/kemi/measure/toimenpiteet-2026/L12-1"


def query(client: FlaskClient, text: str = SELECT, **headers: str):  # type: ignore[no-untyped-def] # Werkzeug's
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", query_string={"query": text}, headers=named)


@pytest.fixture
def evaluations(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the dataset was asked for."""
    asked: list[str] = []
    evaluate: Callable[..., object] = Dataset.query

    def counting(self: Dataset, text: object, *rest: object, **more: object) -> object:
        asked.append(str(text))
        return evaluate(self, text, *rest, **more)

    monkeypatch.setattr(Dataset, "query", counting)
    return asked


def test_an_answer_has_a_strong_tag_and_a_date(client: FlaskClient) -> None:
    response = query(client)

    assert response.headers["ETag"].startswith('"')
    assert response.headers["Last-Modified"].endswith("GMT")
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_the_tag_differs_by_media_type_language_coding_and_request(client: FlaskClient) -> None:
    tags = [
        query(client).headers["ETag"],
        query(client, Accept="text/csv").headers["ETag"],
        query(client, Accept_Encoding="gzip").headers["ETag"],
        query(client, SELECT + " OFFSET 1").headers["ETag"],
        client.get("/about", headers={"Accept-Language": "fi"}).headers["ETag"],
        client.get("/about", headers={"Accept-Language": "sv"}).headers["ETag"],
    ]

    assert len(set(tags)) == len(tags)


def test_the_tag_is_the_same_for_the_same_release_and_another_for_another(dataset: Dataset) -> None:
    first, second = (create_app(Settings.of({}), dataset).test_client() for _ in range(2))
    other = Dataset(dataset._store, None, Origin("another", 0.0))

    assert query(first).headers["ETag"] == query(second).headers["ETag"]
    assert (
        query(create_app(Settings.of({}), other).test_client()).headers["ETag"]
        != query(first).headers["ETag"]
    )


def test_who_has_the_answer_is_told_so_without_a_body(client: FlaskClient, evaluations: list[str]) -> None:
    tag = query(client).headers["ETag"]
    count = len(evaluations)

    response = query(client, If_None_Match=f'"other", {tag}')

    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == tag
    assert "Accept" in response.headers["Vary"]
    assert "Content-Type" not in response.headers
    assert len(evaluations) == count


def test_who_has_an_older_answer_gets_the_new_one(client: FlaskClient) -> None:
    assert query(client, If_None_Match='"other"').status_code == 200
    assert query(client, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT").status_code == 200


def test_a_date_is_enough_where_there_is_no_tag(client: FlaskClient) -> None:
    modified = query(client).headers["Last-Modified"]

    assert query(client, If_Modified_Since=modified).status_code == 304
    assert query(client, If_Modified_Since=modified, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/query/measures", f"/page/{MEASURE}", f"/data/{MEASURE}.ttl", "/catalog"]
)
def test_a_second_reader_costs_no_evaluation(client: FlaskClient, path: str, evaluations: list[str]) -> None:
    first = client.get(path)
    count = len(evaluations)

    second = client.get(path)

    assert second.data == first.data
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers.get("Link") == first.headers.get("Link")
    assert 'cache;desc="hit"' in second.headers["Server-Timing"]
    assert len(evaluations) == count


def test_head_costs_no_evaluation_after_get(client: FlaskClient, evaluations: list[str]) -> None:
    asked = query(client)
    count = len(evaluations)

    response = client.head("/sparql", query_string={"query": SELECT})

    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["ETag"] == asked.headers["ETag"]
    assert response.headers["Content-Length"] == asked.headers["Content-Length"]
    assert len(evaluations) == count


def test_a_query_is_found_again_however_it_is_sent(client: FlaskClient, evaluations: list[str]) -> None:
    query(client)
    count = len(evaluations)

    client.post("/sparql", data={"query": SELECT})
    client.post("/sparql", data=SELECT, content_type="application/sparql-query")
    client.get("/sparql", query_string=[("timeout", "3"), ("unknown", "x"), ("query", f"{SELECT}\r\n")])

    assert len(evaluations) == count


@pytest.mark.parametrize("text", ["NOW()", "RAND()", "STRUUID()", "now #\n ()", "\\u004EOW()"])
def test_an_answer_that_changes_by_itself_is_not_kept(client: FlaskClient, text: str) -> None:
    responses = [query(client, f"SELECT ({text} AS ?x) {{}}") for _ in range(2)]

    assert [response.status_code for response in responses] == [200, 200]
    for response in responses:
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
        assert "hit" not in response.headers["Server-Timing"]


def test_a_malformed_request_gets_no_kept_answer(client: FlaskClient) -> None:
    query(client)

    for malformed in ([("query", SELECT), ("timeout", "soon")], [("query", SELECT), ("query", SELECT)]):
        assert client.get("/sparql", query_string=malformed).status_code == 400
    assert client.post("/sparql", data=SELECT, content_type="text/plain").status_code == 415


def test_a_failure_is_neither_kept_nor_named(client: FlaskClient) -> None:
    for _ in range(2):
        response = query(client, "SELEC")
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_languages_and_formats_are_kept_apart(client: FlaskClient) -> None:
    for _ in range(2):
        assert '<html lang="sv">' in client.get("/about", headers={"Accept-Language": "sv"}).text
        assert '<html lang="en">' in client.get("/about", headers={"Accept-Language": "en"}).text
        assert query(client, Accept="text/csv").mimetype == "text/csv"
        assert query(client, Accept="application/json").mimetype == "application/json"


def test_an_answer_for_one_host_is_not_given_to_another(client: FlaskClient) -> None:
    client.get("/catalog", headers={"Host": "one.example"})

    assert "one.example" not in client.get("/catalog", headers={"Host": "two.example"}).text


def test_a_reader_who_chooses_a_language_gets_an_answer_of_their_own(client: FlaskClient) -> None:
    response = client.get("/about?lang=sv")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" in response.headers
    client.delete_cookie("lang")
    assert '<html lang="fi">' in client.get("/about").text


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_body_is_compressed_as_the_client_likes_and_compressed_once(
    client: FlaskClient, coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = query(client).data
    response = query(client, Accept_Encoding=f"{coding}, identity;q=0.5")
    monkeypatch.setattr(
        "hytegraph.server.http.answer_cache.encode", lambda *_: pytest.fail("compressed again")
    )

    again = query(client, Accept_Encoding=coding)

    assert response.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in response.headers["Vary"]
    assert response.data == encode(plain, coding) == again.data
    assert len(again.data) < len(plain)
    assert again.headers["ETag"].endswith(f'-{coding}"')


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, IDENTITY),
        ("", IDENTITY),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=0.5, br;q=0.8", "br"),
        ("gzip;q=0", IDENTITY),
        ("*", "zstd"),
        ("*;q=0", IDENTITY),
        ("zstd;q=0, *;q=0.3", "br"),
        ("identity, gzip;q=0.5", IDENTITY),
        ("x-gzip", "gzip"),
        ("gzip;q=many", IDENTITY),
        ("gzip;q=nan", IDENTITY),
        ("GZIP ; Q=1.0", "gzip"),
    ],
)
def test_the_coding_is_negotiated_by_quality(header: str | None, coding: str) -> None:
    assert choose_coding(header) == coding


def test_a_release_dump_is_immutable_and_of_one_release(client: FlaskClient, dataset: Dataset) -> None:
    assert dataset.origin
    name = dataset.origin.checksum[:12]

    response = client.get(f"/dumps/{name}/hytegraph.nq")

    assert "immutable" in response.headers["Cache-Control"]
    assert response.data == client.get("/data/dump.nq").data
    assert client.get("/dumps/000000000000/hytegraph.nq").status_code == 404
    assert client.get(f"/dumps/{name}/hytegraph.xlsx").status_code == 404


def test_the_cache_stays_within_its_bytes() -> None:
    cache = ResultCache(20_000)
    for number in range(100):
        kept = KeptAnswer((), str(number), None, {IDENTITY: b"x" * 2000})
        cache.put(bytes([number]), ("accept",), {"accept": "*/*"}, kept)
        for coding in CODINGS:
            cache.encoded(kept, coding)
        assert cache.size <= 20_000

    assert cache.get(bytes([99]), {"accept": "*/*"}) is not None
    assert cache.get(bytes([0]), {"accept": "*/*"}) is None
    assert cache.counts["evictions"] == 100 - len(cache)
    assert len(cache._vary) == len(cache)


def test_one_answer_does_not_take_the_whole_cache() -> None:
    cache = ResultCache(20_000)

    cache.put(b"k", (), {}, KeptAnswer((), "t", None, {IDENTITY: b"x" * 10_000}))

    assert len(cache) == 0


def test_a_cache_of_no_bytes_keeps_nothing_and_answers_all_the_same(dataset: Dataset) -> None:
    app = create_app(Settings.of({}, {"cache_bytes": 0}), dataset)
    client = app.test_client()

    tags = {query(client).headers["ETag"] for _ in range(2)}

    assert len(tags) == 1
    assert query(client, If_None_Match=tags.pop()).status_code == 304
    assert len(Delivery.of(app).cache) == 0


def test_data_without_an_origin_are_asked_for_anew_each_time(dataset: Dataset) -> None:
    client = create_app(Settings.of({}), Dataset(dataset._store)).test_client()

    for _ in range(2):
        response = query(client)
        assert response.headers["Cache-Control"] == "no-cache"
        assert "ETag" not in response.headers


def test_what_has_left_the_cache_is_asked_for_anew(dataset: Dataset, evaluations: list[str]) -> None:
    client = create_app(Settings.of({}, {"cache_bytes": 30_000}), dataset).test_client()
    query(client)
    for number in range(20):
        query(client, f"{SELECT} OFFSET {number}")
    count = len(evaluations)

    response = query(client)

    assert response.status_code == 200
    assert len(evaluations) == count + 1


def test_answers_are_whole_when_many_ask_at_once(dataset: Dataset) -> None:
    app = create_app(Settings.of({}, {"cache_bytes": 40_000}), dataset)
    texts = [f"{SELECT} OFFSET {number}" for number in range(8)]
    right = {text: query(app.test_client(), text).data for text in texts}

    def read(number: int) -> bool:
        text = texts[number % 8]
        coding = ("zstd", "gzip", "identity")[number % 3]
        response = query(app.test_client(), text, Accept_Encoding=coding)
        return bool(response.data == encode(right[text], response.headers.get("Content-Encoding", IDENTITY)))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(300)))
    cache = Delivery.of(app).cache
    assert cache.size == sum(kept.size for kept in cache._kept.values()) <= 40_000
