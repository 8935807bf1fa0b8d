"""The measures as a table: sorted, narrowed and arranged by the address, and the same as data."""

import csv
import html
import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.server.reading import BROWSER

SCHOOLS = "Hyvinvointitoimiala"


def table(client: FlaskClient, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/measures.csv?{query}").text)))


def page(client: FlaskClient, query: str) -> str:
    return html.unescape(client.get(f"/measures?{query}&lang=fi", headers=BROWSER).text)


def test_measures_are_narrowed_by_every_facet_at_once(kemi_client: FlaskClient) -> None:
    rows = table(kemi_client, f"period=2026&party={SCHOOLS}")

    assert len(rows) == 48
    assert all(SCHOOLS in row["party"].split(" | ") and row["period"] == "2026" for row in rows)
    assert "<strong>48 riviä</strong>" in page(kemi_client, f"period=2026&party={SCHOOLS}")


def test_the_counts_of_a_facet_are_those_of_its_answers(kemi_client: FlaskClient) -> None:
    text = page(kemi_client, "period=2026")
    options = text[text.index('name="party"') :].split("</select>")[0]
    counted = dict(re.findall(r'<option value="([^"]+)"[^>]*>.*? \((\d+)\)</option>', options))

    assert counted[SCHOOLS] == "48"
    for party, count in counted.items():
        assert len(table(kemi_client, f"period=2026&party={party}")) == int(count), party


def test_what_is_not_in_the_documents_can_be_asked_for(kemi_client: FlaskClient) -> None:
    without = table(kemi_client, "period=2026&indicator=(none)")

    assert len(without) == 57, "the programme of 2026 has no column of indicators"
    assert "Sarakkeet, joissa näillä riveillä ei ole arvoja: aikataulu, mittari, tila, toteuma" in page(
        kemi_client, "period=2026"
    )
    assert table(kemi_client, "period=2022-2025&indicator=(any)")


def test_the_states_of_measures_are_those_of_the_results(kemi_client: FlaskClient) -> None:
    measures = {row["iri"]: row["state"] for row in table(kemi_client, "columns=measure&columns=state")}
    rows = kemi_client.get("/results.json").get_json()["rows"]
    results = [row for row in rows if "/measure/" in row["iri"]]
    text = page(kemi_client, "state=done")

    assert results
    assert all(measures[row["iri"]] == row["state"] for row in results)
    assert {row["iri"] for row in table(kemi_client, "state=done")} == {
        row["iri"] for row in results if row["state"] == "done"
    }
    assert '<option value="done" selected>raportoitu toteutuneeksi' in text
    assert 'data-label="Tila">' in text and "raportoitu toteutuneeksi</span>" in text


def test_a_heading_sorts_and_sorts_back(kemi_client: FlaskClient) -> None:
    up = [row["measure"] for row in table(kemi_client, "period=2026&sort=measure")]
    down = [row["measure"] for row in table(kemi_client, "period=2026&sort=-measure")]

    assert up[0].casefold() < up[-1].casefold()
    assert up == down[::-1]
    assert 'href="?period=2026&sort=measure"' in page(kemi_client, "period=2026")
    text = page(kemi_client, "period=2026&sort=measure")
    assert 'aria-sort="ascending"><a href="?period=2026&sort=-measure"' in text


def test_empty_cells_come_last_whichever_way_rows_are_sorted(kemi_client: FlaskClient) -> None:
    for sort in ("schedule", "-schedule"):
        filled = [bool(row["schedule"]) for row in table(kemi_client, f"sort={sort}")]
        assert filled == sorted(filled, reverse=True)
        assert True in filled and False in filled


def test_columns_can_be_chosen_and_the_data_have_the_same(kemi_client: FlaskClient) -> None:
    query = "columns=measure&columns=aim&period=2026"
    header = kemi_client.get(f"/measures.csv?{query}").text.splitlines()[0]
    text = page(kemi_client, query)

    assert header == "measure,aim,lineStart,lineEnd,iri"
    assert re.findall(r"sort=(\w+)&columns=measure&columns=aim", text) == ["measure", "aim"]
    assert f'href="/measures.xlsx?{query}"' in text


def test_rows_are_found_by_words_in_any_column(kemi_client: FlaskClient) -> None:
    rows = table(kemi_client, "period=2026&words=AAMUKAHVIT kanslia")

    assert [row["measure"] for row in rows] == ["Kaupunginjohtajan aamukahvit kahdesti vuodessa"]


@pytest.mark.parametrize("query", ["sort=colour", "columns=colour", "density=loose", "party=Ei kukaan"])
def test_what_the_table_does_not_have_is_refused(kemi_client: FlaskClient, query: str) -> None:
    assert kemi_client.get(f"/measures?{query}", headers=BROWSER).status_code == 400


def test_the_workbook_has_links_headings_in_the_language_and_its_source(kemi_client: FlaskClient) -> None:
    data = kemi_client.get("/measures.xlsx?period=2026&sort=measure&lang=sv").data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        names = book.read("xl/workbook.xml").decode()

    assert "<t>åtgärd</t>" in texts
    assert "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1" in links
    assert "/source/id/kemi/document/toimenpideohjelma-2026?lines=12-22" in links
    assert 'name="Källa och villkor"' in names
    assert "/measures?period=2026&amp;sort=measure</t>" in texts
    assert "Det betyder inte att saken är ogjord." in texts


def test_an_arranged_table_of_a_town_is_told_on_paper_too(kemi_client: FlaskClient) -> None:
    text = page(kemi_client, f"period=2026&party={SCHOOLS}")
    chosen = text.split('class="chosen-facets"')[1].split("</ul>")[0]

    assert re.findall(r"<li>([^<]+)<strong>([^<]+)</strong>", chosen) == [
        ("Vastuutaho: ", SCHOOLS),
        ("Kausi: ", "2026"),
    ]
    assert f'href="?party={SCHOOLS}"' in chosen
