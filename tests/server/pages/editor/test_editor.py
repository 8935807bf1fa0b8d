import gzip
import html
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from hytegraph.graph.query.named import load_competency_questions, load_queries, load_recipes, run
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
MEASURE = "https://w3id.org/hytegraph/ns#Measure"
SCRIPT = b"// a script that was built\n" * 20
TEXT = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
EXAMPLES = re.compile(r'<li><a href="(/sparql\?[^"]+)">')


@pytest.fixture
def app(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with a folder of its own for what was built, which is empty."""
    monkeypatch.setattr("hytegraph.server.pages.editor.routes.SCRIPTS", tmp_path)
    return create_app(Settings.of({}), dataset)


@pytest.fixture
def built(app: Flask, tmp_path: Path) -> FlaskClient:
    (tmp_path / "editor-0123.js").write_bytes(SCRIPT)
    (tmp_path / "editor-0123.js.br").write_bytes(brotli.compress(SCRIPT))
    (tmp_path / "editor-0123.js.gz").write_bytes(gzip.compress(SCRIPT))
    return app.test_client()


def text_in(page: str) -> str:
    found = TEXT.search(page)
    assert found
    return html.unescape(found[1])


def test_the_page_is_whole_where_no_editor_was_built(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/sparql", headers=BROWSER).text

    assert "/editor/" not in page
    assert '<form id="sparql" class="editor" action="/sparql" method="post"' in page
    assert client.post("/sparql", data={"query": text_in(page), "format": "csv"}).mimetype == "text/csv"
    assert client.get("/editor/editor-0123.js").status_code == 404


def test_the_script_is_named_by_its_content_and_kept_forever(built: FlaskClient) -> None:
    page = built.get("/sparql", headers=BROWSER).text
    script = built.get("/editor/editor-0123.js")

    assert '<script type="module" src="/editor/editor-0123.js"></script>' in page
    assert script.data == SCRIPT
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.mimetype == "text/javascript"
    assert built.get("/editor/editor-4567.js").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0", None)]
)
def test_the_script_is_sent_as_it_was_compressed_when_it_was_built(
    built: FlaskClient, accepted: str, coding: str | None
) -> None:
    script = built.get("/editor/editor-0123.js", headers={"Accept-Encoding": accepted})

    plain = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert script.headers.get("Content-Encoding") == coding
    assert plain(script.data) == SCRIPT
    assert script.headers["Vary"] == "Accept-Encoding"


def test_terms_are_completed_with_labels_of_the_readers_language(kemi_client: FlaskClient) -> None:
    told = {
        language: {
            each["name"]: each for each in kemi_client.get(f"/editor/terms.json?lang={language}").get_json()
        }
        for language in ("fi", "sv", "en")
    }

    assert {language: told[language]["hyte:Goal"]["label"] for language in told} == {
        "fi": "tavoite",
        "sv": "mål",
        "en": "goal",
    }
    assert {told["fi"][name]["kind"] for name in ("hyte:Goal", "sdgo:Target")} == {"class"}
    assert {told["fi"][name]["kind"] for name in ("hyte:supportsGoal", "skos:prefLabel")} == {"property"}
    assert told["fi"]["hyte:TOTEUMA"]["kind"] == "value"
    assert told["sv"]["hyte:Goal"]["language"] == "sv"
    assert told["fi"].keys() == told["sv"].keys() == told["en"].keys()


def test_what_the_data_use_most_is_completed_first(kemi_client: FlaskClient, kemi: Dataset) -> None:
    names = [each["name"] for each in kemi_client.get("/editor/terms.json").get_json()]
    [most] = kemi.select(
        "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) LIMIT 1"
    )

    assert most.text("p").endswith(names[0].partition(":")[2])
    assert names.index("hyte:Measure") < names.index("hyte:Decision")


def test_things_are_named_as_the_pages_name_them(kemi_client: FlaskClient, kemi: Dataset) -> None:
    [goal] = kemi.select(
        "PREFIX hyte: <https://w3id.org/hytegraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?goal ?label WHERE { ?goal a hyte:Goal ; skos:prefLabel ?label } LIMIT 1"
    )
    iri = goal.text("goal")
    asked = [iri, MEASURE, "http://example.org/x", "no IRI"]
    named = kemi_client.post("/editor/labels?lang=en", json=asked).get_json()

    assert named[iri]["text"] == goal.text("label")
    assert named[iri]["language"] == "fi"
    assert named[iri]["href"].startswith("/trace/id/kemi/goal/")
    assert named[MEASURE] == {
        "text": "measure",
        "language": "en",
        "href": "/ns#Measure",
        "curie": "hyte:Measure",
    }
    assert named["http://example.org/x"]["href"] == "http://example.org/x"
    assert "no IRI" not in named


@pytest.mark.parametrize("asked", [{"iri": MEASURE}, [1], [MEASURE] * 501], ids=["object", "number", "many"])
def test_names_are_given_for_a_list_of_iris_of_bounded_length(client: FlaskClient, asked: object) -> None:
    assert client.post("/editor/labels", json=asked).status_code == 400


def test_every_query_and_question_is_an_example(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/sparql", headers=BROWSER).text

    addresses = [html.unescape(each) for each in EXAMPLES.findall(page)]

    names = {re.findall(r"(?:named|question|recipe)=([^&]+)", each)[0] for each in addresses}
    assert names == {*load_queries(), *load_competency_questions(), *load_recipes()}
    assert len(addresses) == len(names)


@pytest.mark.parametrize("name", load_queries())
def test_a_named_query_runs_in_the_editor_with_the_same_rows(
    kemi_client: FlaskClient, kemi: Dataset, name: str
) -> None:
    query = load_queries()[name]
    values = {each.name: each.example or each.default or "" for each in query.parameters}
    page = kemi_client.get("/sparql", query_string={"named": name, **values}, headers=BROWSER).text

    answer = kemi_client.post("/sparql", data={"query": text_in(page), "format": "json"}).get_json()

    expected = run(kemi, query, values)
    assert answer["head"]["vars"] == list(expected.variables)
    assert len(answer["results"]["bindings"]) == len(expected.terms) > 0


def test_the_page_of_a_query_leads_to_the_editor_with_its_values(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/query/trace?measure=kuntalaiskysely", headers=BROWSER).text

    assert '<a href="/sparql?measure=kuntalaiskysely&amp;named=trace">' in page
    text = text_in(kemi_client.get("/sparql?measure=kuntalaiskysely&named=trace", headers=BROWSER).text)
    assert '"kuntalaiskysely"' in text
    assert "?_measure" not in text


def test_a_query_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sparql?named=nothing", headers=BROWSER).status_code == 404
    assert client.get("/sparql?question=nothing", headers=BROWSER).status_code == 404


def test_the_page_says_before_the_query_where_facts_and_suggestions_are(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/sparql", headers=BROWSER).text
    before = page[: page.index('id="query"')]

    assert "Ehdotukset ja arvioidut tilat ovat omissa graafeissaan" in before
    assert 'href="#graphs"' in before
    assert 'id="graphs"' in page
