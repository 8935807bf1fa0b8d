"""Summaries: what the documents say of the measures of a town, aim, goal or party, on paper and as a Word file."""

import html
import io
import re
from zipfile import ZipFile

import docx
import pytest
from flask.testing import FlaskClient

from tests.server.reading import BROWSER

AIM = "/summary/id/kemi/aim/2026/viisas-kemi"
PARTY = "/summary/id/kemi/unit/ymparistotoimiala"


def read(client: FlaskClient, address: str) -> str:
    return html.unescape(client.get(f"{address}?lang=fi", headers=BROWSER).text)


def test_the_summary_of_an_aim_has_its_measures_with_who_is_responsible_and_their_lines(
    kemi_client: FlaskClient,
) -> None:
    text = read(kemi_client, AIM)
    row = text[text.index(">Kaupunginjohtajan aamukahvit") :].split("</tr>")[0]

    assert "18 toimenpidettä, joista toteuma on raportoitu 0." in text
    assert text.split('class="stack measures-of"')[1].count('<th scope="row">') == 18
    assert ">Kanslia</a>; <a" in row
    assert "toimenpideohjelma 2026, <a" in row and ">rivit 12–22</a>" in row


def test_the_chart_and_its_table_have_the_same_numbers(kemi_client: FlaskClient) -> None:
    text = read(kemi_client, "/summary")
    drawn = [int(n) for n in re.findall(r'<text class="value"[^>]*>(\d+)</text>', text)]
    table = text.split('aria-labelledby="counts"')[-1].split("</table>")[0]
    rows = [list(map(int, re.findall(r'class="number"[^>]*>(\d+)<', row))) for row in table.split("<tr>")[2:]]

    assert drawn == [sum(column) for column in zip(*rows, strict=True)]
    assert drawn[0] == 181


def test_a_party_has_the_measures_that_name_it(kemi_client: FlaskClient) -> None:
    table = kemi_client.get("/measures.json?party=Ympäristötoimiala").get_json()["rows"]

    assert table
    assert {row["iri"].rpartition("/")[2] for row in table} <= set(
        re.findall(r'href="/trace/id/kemi/measure/[^"]*/([^"/]+)"', read(kemi_client, PARTY))
    )


@pytest.mark.parametrize("address", [AIM, PARTY])
def test_a_summary_is_a_word_file_too(kemi_client: FlaskClient, address: str) -> None:
    response = kemi_client.get(f"{address}.docx?lang=fi")
    document = docx.Document(io.BytesIO(response.data))
    measures = document.tables[1]

    assert response.headers["Content-Disposition"] == 'attachment; filename="summary.docx"'
    # No time of writing: the same summary is the same bytes.
    with ZipFile(io.BytesIO(response.data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(measures.rows) - 1 == read(kemi_client, address).split("measures-of")[1].count(
        '<th scope="row">'
    )
    assert any(address in paragraph.text for paragraph in document.paragraphs), (
        "the address where it was read"
    )
    assert [cell.text for cell in measures.rows[0].cells][:2] == ["Toimenpide", "Vastuutaho"]


def test_what_has_no_measures_has_no_summary(kemi_client: FlaskClient) -> None:
    assert kemi_client.get("/summary/id/kemi/aim/2026/ei-ole", headers=BROWSER).status_code == 404
    assert (
        kemi_client.get("/summary/id/kemi/document/toimenpideohjelma-2026", headers=BROWSER).status_code
        == 404
    )


@pytest.mark.parametrize(
    "address", ["/trace/id/kemi/aim/2026/viisas-kemi", "/responsibility/id/kemi/unit/ymparistotoimiala", "/"]
)
def test_a_summary_is_one_step_from_what_it_sums_up(kemi_client: FlaskClient, address: str) -> None:
    found = re.search(r'href="(/summary[^"]*)"', read(kemi_client, address))

    assert found
    assert kemi_client.get(found[1], headers=BROWSER).status_code == 200
