"""The source view shows the lines as published, marks what is cited, and leads to what was read from each."""

import csv
import hashlib
import io
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.document_texts import document_text
from hytegraph.graph.vocab import HYTE, OA, RDF
from hytegraph.server.app import create_app
from hytegraph.server.pages.source.routes import PAGE_LINES
from hytegraph.server.settings import Settings
from hytegraph.server.text.links import source_path

BASE = "https://w3id.org/hytegraph/"
PLAN = "/source/id/kemi/document/toimenpideohjelma-2026"
REPORT = "/source/id/kemi/document/osavuosiraportti-2022-m01-m06"
MINUTES = "/source/id/kemi/document/poytakirjanote-2025-02-20"
SAMPLE = "/source/id/kemi/document/toimenpiteet-2026"
LINES = {PLAN: 293, REPORT: 2856, MINUTES: 56}


@pytest.fixture
def pages(kemi: Dataset) -> FlaskClient:
    return create_app(Settings.of({}), kemi).test_client()


def line(text: str, number: int) -> str:
    """The HTML of one line."""
    found = re.search(rf'<li id="L{number}".*?(?=<li id="L|</ol>\n)', text, re.DOTALL)
    assert found
    return found[0]


def test_the_cited_lines_are_marked_by_a_word_and_the_element_for_it(pages: FlaskClient) -> None:
    text = pages.get(f"{REPORT}?lines=1924-1926").text

    assert re.findall("<mark>(.*?)</mark>", text) == [
        "Osallistava budjetointi, ",
        "kuulemistilaisuudet esim. ",
        "kaupunginjohtajan aamukahvit",
    ]
    assert text.count('id="cited"') == 1
    assert "Viitattu kohta" in line(text, 1924)


def test_of_a_passage_within_a_line_only_its_characters_are_marked(pages: FlaskClient) -> None:
    marked = re.findall("<mark>(.*?)</mark>", pages.get(f"{PLAN}?lines=12.43-12.89").text)

    assert marked == ["Kaupunginjohtajan aamukahvit kahdesti vuodessa"]


def test_the_neighbours_of_a_cited_line_are_seen_where_a_page_begins(pages: FlaskClient) -> None:
    text = pages.get(f"{REPORT}?lines=201").text

    assert 'id="L193"' in text
    assert 'id="L300"' in text
    assert 'id="L192"' not in text


def test_a_line_leads_to_the_facts_that_were_read_from_it(pages: FlaskClient) -> None:
    shown = line(pages.get(f"{PLAN}?lines=12").text, 12)

    assert "<details open>" in shown
    assert 'href="/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1"' in shown
    assert 'href="/trace/id/kemi/goal/2026/osallistava-kehittaminen-yhteisollisyys"' in shown
    assert "luettu taulukon paikasta" in shown


def test_the_figures_of_a_line_are_counted_and_named_by_scenario(pages: FlaskClient) -> None:
    shown = line(pages.get(f"{REPORT}?lines=999").text, 999)

    assert "(4)" in shown
    assert "TP 2021: 688" in shown


def test_every_fact_of_the_document_stands_at_one_of_its_lines(pages: FlaskClient, kemi: Dataset) -> None:
    rows = csv.DictReader(io.StringIO(pages.get(f"{REPORT}.csv").text))
    told = {iri for row in rows for iri in row["iris"].split()}

    stated = kemi.select(
        "PREFIX hyte: <https://w3id.org/hytegraph/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
        "SELECT DISTINCT ?document ?fact { ?fact hyte:evidencedBy/oa:hasSource ?document "
        "FILTER NOT EXISTS { ?fact hyte:assertedSubject ?s } }",
        document=NamedNode(BASE + REPORT.removeprefix("/source/")),
    )
    assert told == {row.text("fact") for row in stated}


def test_what_was_lost_is_told_at_its_place(pages: FlaskClient) -> None:
    assert "SDG-sarakkeen kuvakkeet" in line(pages.get(f"{REPORT}?lines=1906").text, 1906)
    assert "kaavion luvut" in line(pages.get(REPORT).text, 1)
    assert "Se ei ole aineiston asiakirjojen joukossa" in line(pages.get(MINUTES).text, 40)


def test_redactions_are_seen_as_such(pages: FlaskClient) -> None:
    shown = line(pages.get(MINUTES).text, 10)

    assert '<span class="redacted">[nimi poistettu]</span>' in shown
    assert '<span class="redacted">[puhelin poistettu]</span>' in shown


@pytest.mark.parametrize(("language", "words"), [("sv", "namn borttaget"), ("en", "name removed")])
def test_a_redaction_is_told_in_the_readers_language(pages: FlaskClient, language: str, words: str) -> None:
    shown = line(pages.get(f"{MINUTES}?lang={language}").text, 10)

    assert f'<span class="redacted" lang="{language}">[{words}]</span>' in shown


def test_a_line_that_states_no_fact_says_what_it_is(pages: FlaskClient) -> None:
    text = pages.get(PLAN).text

    assert '<span class="plain">otsikko</span>' in line(text, 2)
    assert '<span class="plain">taulukon otsikkorivi</span>' in line(text, 8)


@pytest.mark.parametrize("path", LINES)
def test_the_pages_of_a_document_hold_each_line_once(pages: FlaskClient, path: str) -> None:
    numbers: list[int] = []
    for page in range(1, -(-LINES[path] // PAGE_LINES) + 1):
        numbers += map(int, re.findall(r'<li id="L(\d+)"', pages.get(f"{path}?page={page}").text))

    assert numbers == list(range(1, LINES[path] + 1))


@pytest.mark.parametrize("path", LINES)
def test_the_data_hold_the_whole_document_whatever_page_is_shown(pages: FlaskClient, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(pages.get(f"{path}.csv?page=1").text)))
    plain = pages.get(f"{path}.txt").text

    assert [row["text"] for row in rows] == plain.removesuffix("\n").split("\n")
    assert [int(row["lineStart"]) for row in rows] == list(range(1, LINES[path] + 1))


def test_the_data_of_cited_lines_hold_these_lines(pages: FlaskClient) -> None:
    rows = pages.get(f"{PLAN}.json?lines=12-14").get_json()["rows"]
    turtle = pages.get(f"{PLAN}.ttl?lines=12").text

    assert [row["lineStart"] for row in rows] == [12, 13, 14]
    assert "toimenpide: Kaupunginjohtajan aamukahvit kahdesti vuodessa" in rows[0]["facts"]
    assert "oa:TextPositionSelector" in turtle
    assert "Kaupunginjohtajan aamukahvit" in turtle
    assert "Järjestöjen tapaaminen" not in turtle


def test_the_plain_text_has_the_checksum_that_the_page_tells(pages: FlaskClient) -> None:
    plain = pages.get(f"{MINUTES}.txt")
    text = pages.get(MINUTES).text

    assert plain.content_type == "text/plain; charset=utf-8"
    assert hashlib.sha256(plain.data).hexdigest() in text
    assert f"curl -s http://localhost{MINUTES}.txt | sha256sum" in text
    assert "sha256sum 003_6755deedcaf87d36.txt" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{PLAN}?lines=x", 400),
        (f"{PLAN}?lines=14-12", 400),
        (f"{PLAN}?lines=0", 400),
        (f"{PLAN}?lines=294", 404),
        (f"{PLAN}?page=0", 404),
        (f"{PLAN}?page=4", 404),
        (f"{PLAN}?lines=L12–L14", 200),
        ("/source/id/kemi/measure/toimenpideohjelma-2026/L12-1", 404),
        ("/source/../../etc/passwd", 404),
        ("/source/documents/kemi/toimenpideohjelma-2026.txt", 404),
    ],
)
def test_lines_and_documents_that_are_none_are_told_so(pages: FlaskClient, address: str, status: int) -> None:
    assert pages.get(address).status_code == status


def test_every_passage_that_a_page_cites_leads_to_its_marked_words(pages: FlaskClient) -> None:
    text = pages.get("/page/id/kemi/measure/toimenpideohjelma-2026/L12-1").text
    [address] = re.findall(r'href="(/source/[^"]*#[^"]*)"', text)

    path, _, anchor = address.partition("#")
    assert anchor == "L12"
    assert "<mark>Kaupunginjohtajan aamukahvit kahdesti vuodessa</mark>" in pages.get(path).text


def test_data_without_texts_show_the_quoted_passages_and_say_so(client: FlaskClient) -> None:
    text = client.get(f"{SAMPLE}?lines=14").text

    assert "Aineiston mukana ei ole asiakirjan koko tekstiä" in text
    assert "<mark>Kuntalaiskyselyt</mark>" in text
    assert text.count('id="L12"') == 1
    assert '<span class="text">Kaupunginjohtajan aamukahvit kahdesti vuodessa</span>' in text
    assert client.get(f"{SAMPLE}.txt").status_code == 404
    rows = client.get(f"{SAMPLE}.json").get_json()["rows"]
    assert [row["lineStart"] for row in rows] == [12, 12, 14, 16, 30]


def document_alone() -> tuple[FlaskClient, Store]:
    """A service with a document of which no more is known than that it is one."""
    store = Store()
    store.add(Quad(NamedNode(BASE + PLAN.removeprefix("/source/")), RDF.type, HYTE.SourceDocument))
    return create_app(Settings.of({}), Dataset(store)).test_client(), store


def test_a_document_whose_lines_nobody_counted_ends_with_its_last_passage() -> None:
    client, store = document_alone()
    for end in ("9", "12"):
        passage = NamedNode(f"{BASE}id/kemi/passage/toimenpideohjelma-2026/{end}")
        store.add(Quad(passage, OA.hasSource, NamedNode(BASE + PLAN.removeprefix("/source/"))))
        store.add(Quad(passage, HYTE.lineEnd, Literal(int(end))))

    assert client.get(f"{PLAN}?lines=12", headers={"Accept": "text/html"}).status_code == 200
    refused = client.get(f"{PLAN}?lines=13", headers={"Accept": "application/problem+json"})
    assert refused.get_json()["detail"] == "The document has 12 lines."


def test_a_document_of_which_the_data_hold_no_line_has_none() -> None:
    client, _ = document_alone()

    assert client.get(PLAN, headers={"Accept": "text/html"}).status_code == 200
    assert client.get(f"{PLAN}.json").get_json()["rows"] == []
    refused = client.get(f"{PLAN}?lines=1", headers={"Accept": "application/problem+json"})
    assert (refused.status_code, refused.get_json()["detail"]) == (404, "The document has 0 lines.")


def test_without_data_no_document_is_found() -> None:
    empty = create_app(Settings.of({}), Dataset(Store())).test_client()

    assert empty.get(PLAN, headers={"Accept": "text/html"}).status_code == 404


def test_a_text_that_was_changed_after_the_release_is_not_shown(kemi_release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(kemi_release, folder)
    file = folder / "documents" / "kemi" / "toimenpideohjelma-2026.txt"
    file.write_text(file.read_text("utf-8").replace("aamukahvit", "iltakahvit"), "utf-8")

    with pytest.raises(ReleaseError, match="not the one that was released"):
        document_text(Dataset.open(folder).release, BASE + PLAN.removeprefix("/source/"))


def test_the_address_of_a_passage_tells_its_lines_and_characters() -> None:
    document = f"{BASE}id/kemi/document/x"

    assert source_path(document, 12, 12, BASE) == "/source/id/kemi/document/x?lines=12#L12"
    assert source_path(document, 12, 14, BASE) == "/source/id/kemi/document/x?lines=12-14#L12"
    within = source_path(document, 12, 13, BASE, f"{BASE}id/kemi/passage/x/12.4-13.9")
    assert within == "/source/id/kemi/document/x?lines=12.4-13.9#L12"
    assert source_path("http://example.org/x", 1, 1, BASE) is None


def test_a_document_and_a_passage_lead_to_where_they_are_read(pages: FlaskClient) -> None:
    document = pages.get("/page/" + PLAN.removeprefix("/source/")).text
    passage = pages.get("/page/id/kemi/passage/toimenpideohjelma-2026/12.43-12.89").text

    assert f'href="{PLAN}"' in document
    assert f'href="{PLAN}?lines=12.43-12.89#L12"' in passage
