"""Summaries: what the documents say of the measures of a town, aim, goal or party, on paper and as a Word file."""

import html
import io
import re
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.server.reading import BROWSER, rows_of

AIM = "/summary/id/kemi/aim/2026/viisas-kemi"
PARTY = "/summary/id/kemi/unit/ymparistotoimiala"
COMPARED = Path(__file__).parents[3] / "data" / "server" / "compared.trig"
LEVELS = ("aim", "goal", "priority", "measure")


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

    text = "".join(kemi_client.get(f"{PARTY}?page={number}", headers=BROWSER).text for number in range(1, 3))

    assert table
    assert {row["iri"].rpartition("/")[2] for row in table} <= set(
        re.findall(r'href="/trace/id/kemi/measure/[^"]*/([^"/]+)"', text)
    )


@pytest.mark.parametrize("address", [AIM, PARTY])
def test_a_summary_is_a_word_file_too(kemi_client: FlaskClient, address: str) -> None:
    response = kemi_client.get(f"{address}.docx?lang=fi")
    document = docx.Document(io.BytesIO(response.data))
    measures = document.tables[1]
    told = re.search(r"(\d+) toimenpidettä", read(kemi_client, address))

    assert response.headers["Content-Disposition"] == 'attachment; filename="summary.docx"'
    # No time of writing: the same summary is the same bytes.
    with ZipFile(io.BytesIO(response.data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    # A page shows what fits on two sheets, the file all.
    assert told
    assert sum(len(table.rows) - 1 for table in document.tables[1:]) == int(told[1])
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


def test_a_theme_has_the_goals_and_measures_that_are_linked_to_it_and_nothing_rejected(
    kemi_client: FlaskClient,
) -> None:
    address = "/themes/participation"
    claims = [row for row in rows_of(kemi_client, f"{address}.csv") if row["review"] != "rejected"]
    of_level = {level: {row["element"] for row in claims if row["level"] == level} for level in LEVELS}
    text = read(kemi_client, f"/summary{address}")
    document = docx.Document(io.BytesIO(kemi_client.get(f"/summary{address}.docx?lang=fi").data))
    measures = [table for table in document.tables if table.rows[0].cells[0].text == "Toimenpide"]

    assert of_level["measure"]
    assert set(re.findall(r'href="/trace(/id/kemi/measure/[^"]+)"', text.split('id="measures"')[1])) == {
        f"/id/{iri.partition('/id/')[2]}" for iri in of_level["measure"]
    }
    assert text.split('id="goals"')[1].split("</table>")[0].count('<th scope="row">') == sum(
        len(of_level[level]) for level in ("aim", "goal", "priority")
    )
    assert sum(len(table.rows) - 1 for table in measures) == len(of_level["measure"])
    # How the links are known is said once, and each goal has its sign.
    assert "Kunta ei ole itse liittänyt asioita teemoihin." in text
    assert 'href="/summary/themes/participation"' in read(kemi_client, address)


def test_what_is_no_theme_has_no_summary(kemi_client: FlaskClient) -> None:
    for code in ("nothing", "no-theme", "x%22y"):
        assert kemi_client.get(f"/summary/themes/{code}", headers=BROWSER).status_code == 404


def test_of_several_towns_each_has_its_own_summary_of_a_theme() -> None:
    client = create_app(Settings.of({}), Dataset.open(COMPARED)).test_client()

    assert client.get("/summary/themes/physicalActivity", headers=BROWSER).status_code == 404
    assert client.get("/mallila/summary/themes/physicalActivity", headers=BROWSER).status_code == 200
