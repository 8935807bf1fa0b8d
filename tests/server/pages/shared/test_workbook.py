"""Workbooks are for people: words for codes, titles for documents, links to lines and pages."""

import io
import re
import zipfile

from flask.testing import FlaskClient

from hytegraph.server.pages.shared.documents import Document
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.workbook import Surroundings, workbook
from hytegraph.server.text.links import Link

BASE = "https://data.example/"
PLAN = Document(
    f"{BASE}id/mallila/document/ohjelma", "000_ohjelma", Link("Mallilan ohjelma", "fi"), "ohjelma 2026"
)
AROUND = Surroundings({PLAN.iri: PLAN}, BASE, "http://localhost:8000/")
TABLE = Table(
    "measures",
    ("document", "certainty", "review", "iri", "lineStart", "lineEnd", "000_ohjelma"),
    ((PLAN.name, "sure", "suggested", f"{BASE}id/mallila/measure/ohjelma/L3-1", 3, 4, 1),),
)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def test_codes_and_documents_are_words_in_the_readers_language() -> None:
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", part(workbook(TABLE, "fi", AROUND), "xl/sharedStrings.xml"))

    assert "Lukutulos selvä" in texts
    assert "koneen ehdotus, ei tarkistettu" in texts
    assert "Mallilan ohjelma" in texts
    assert "ohjelma 2026" in texts, "a column that is a document is headed by its short name"
    assert not {"sure", "suggested", PLAN.name} & set(texts)


def test_a_document_leads_to_its_lines_and_a_thing_to_its_page() -> None:
    links = part(workbook(TABLE, "en", AROUND), "xl/worksheets/_rels/sheet1.xml.rels")
    targets = re.findall(r'Target="([^"]+)"', links)

    assert "http://localhost:8000/source/id/mallila/document/ohjelma?lines=3-4" in targets
    assert "http://localhost:8000/trace/id/mallila/measure/ohjelma/L3-1" in targets


def test_a_workbook_of_the_service_has_links(kemi_client: FlaskClient) -> None:
    data = kemi_client.get("/query/measures.xlsx?period=2026&lang=fi").data

    assert part(data, "xl/worksheets/sheet1.xml").count("<hyperlink ") == 57
    assert "Hyvinvointisuunnitelman toimenpiteet vuodelle 2026" in part(data, "xl/sharedStrings.xml")


def test_the_heading_stays_in_sight_and_every_column_is_filtered() -> None:
    sheet = part(workbook(TABLE, "fi", AROUND), "xl/worksheets/sheet1.xml")

    assert '<autoFilter ref="A1:G2"/>' in sheet
    assert 'ySplit="1"' in sheet
