"""A view is the same in all its forms: the page, the table and the triples."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.workbook import workbook
from hytegraph.server.settings import Settings

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = Table("sums", ("text", "n"), (("=1+1", 2), ("+358", None), ("@cmd", 1.5)))


def sheet(content: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize("path", ["/plans", "/tree/id/kemi/strategy/2022-2025"])
def test_csv_json_and_workbook_hold_the_same_rows(kemi_client: FlaskClient, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(kemi_client.get(f"{path}.csv").text)))
    told = json.loads(kemi_client.get(f"{path}.json").data)
    assert [
        {key: "" if value is None else str(value) for key, value in row.items()} for row in told["rows"]
    ] == rows
    assert len(sheet(kemi_client.get(f"{path}.xlsx").data).findall(f".//{MAIN}row")) == len(rows) + 1
    assert rows


def test_accept_chooses_as_the_suffix_does(kemi_client: FlaskClient) -> None:
    chosen = kemi_client.get("/plans", headers={"Accept": "text/csv"})
    assert chosen.data == kemi_client.get("/plans.csv").data
    assert "Accept" in chosen.headers["Vary"]


def test_the_triples_are_those_of_the_things_on_the_page(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/plans.nt").text
    subjects = {line.split(" ", 1)[0].strip("<>") for line in text.splitlines()}
    assert subjects == {row["iri"] for row in json.loads(kemi_client.get("/plans.json").data)["rows"]}


def test_the_page_links_to_its_other_forms_and_they_are_there(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/plans").text
    for suffix in ("csv", "xlsx", "json", "ttl", "jsonld", "nt", "rdf"):
        assert f'href="/plans.{suffix}"' in page
        assert kemi_client.get(f"/plans.{suffix}").status_code == 200


def test_an_unknown_form_is_refused_with_those_there_are(kemi_client: FlaskClient) -> None:
    refused = kemi_client.get("/plans.docx", headers={"Accept": "application/problem+json"})
    assert refused.status_code == 406
    assert "csv" in json.loads(refused.data)["available"]


def test_no_text_of_a_workbook_is_a_formula() -> None:
    assert not sheet(workbook(DANGEROUS, "fi")).findall(f".//{MAIN}f")


def test_two_workbooks_of_one_table_are_the_same_bytes() -> None:
    assert workbook(DANGEROUS, "fi") == workbook(DANGEROUS, "fi")


def test_csv_has_no_mark_before_it_and_ends_its_lines_as_the_standard_says() -> None:
    assert DANGEROUS.as_csv() == "text,n\r\n=1+1,2\r\n+358,\r\n@cmd,1.5\r\n"


def test_data_without_plans_say_so(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("bare") / "bare.nt"
    file.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n", "utf-8")
    answer = create_app(Settings.of({}), Dataset.open(file)).test_client().get("/plans")
    assert answer.status_code == 200
    assert "ei ole suunnitelmia" in answer.text
