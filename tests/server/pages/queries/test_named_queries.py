"""The named queries as pages: parameters with values from the data, long answers in parts, and data in every form."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.formats import CSV, JSON
from hytegraph.graph.query.named import (
    NamedQuery,
    answer_in,
    load_queries,
    load_value_lists,
    parse_query,
    run,
    written_out,
)
from hytegraph.graph.store.dataset import Dataset

BROWSER = {"Accept": "text/html"}
QUERIES = load_queries()
# The SDG goal narrows by the goal that a target belongs to, so no column holds it.
NARROWED = [
    (query, parameter.name)
    for query in QUERIES.values()
    for parameter in query.parameters
    if parameter.values and parameter.values != "sdg-goals"
]


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.slow
def test_the_data_of_a_query_are_its_rows(kemi_client: FlaskClient, kemi: Dataset, name: str) -> None:
    for form, syntax in (("csv", CSV), ("json", JSON)):
        assert kemi_client.get(f"/query/{name}.{form}").data == answer_in(kemi, QUERIES[name], {}, syntax)
    assert kemi_client.get(f"/query/{name}?format=xlsx").data == kemi_client.get(f"/query/{name}.xlsx").data


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def held(cell: str | None) -> list[str]:
    """The values of a cell; several responsible parties may stand in one."""
    return cell.split(" | ") if cell else []


@pytest.mark.parametrize(("query", "parameter"), NARROWED, ids=lambda each: getattr(each, "name", each))
def test_a_parameter_keeps_the_rows_with_its_value_and_its_list_holds_every_value(
    kemi_client: FlaskClient, kemi: Dataset, query: NamedQuery, parameter: str
) -> None:
    every = run(kemi, query, {})
    place = every.variables.index(parameter)
    found = {value for row in every.rows for value in held(row[place])}
    [values] = [each.values for each in query.parameters if each.name == parameter]
    listed = {row.text("value") for row in kemi.select(load_value_lists()[values].text)}

    assert found <= listed
    for value in sorted(str(each) for each in found)[:3]:
        narrowed = run(kemi, query, {parameter: value})
        assert narrowed.variables == every.variables
        assert narrowed.rows == tuple(row for row in every.rows if value in held(row[place]))


def test_a_goal_of_sustainable_development_keeps_its_targets(kemi: Dataset) -> None:
    every = run(kemi, QUERIES["sdg"], {})
    place = every.variables.index("target")
    expected = tuple(row for row in every.rows if re.match(r"3(\.|$)", str(row[place])))

    assert expected
    assert run(kemi, QUERIES["sdg"], {"goal": "3"}).rows == expected
    assert run(kemi, QUERIES["sdg"], {"goal": ""}) == every


def test_the_form_offers_the_values_in_the_readers_language(kemi_client: FlaskClient) -> None:
    text = html.unescape(kemi_client.get("/query/continuity?kind=same&lang=sv", headers=BROWSER).text)

    assert '<option value="same" selected>samma sak</option>' in text
    assert "<span>samma sak</span>" in re.sub(r"\s+(?=</?span)|(?<=>)\s+", "", text)


def test_a_value_that_the_data_do_not_list_is_refused(kemi_client: FlaskClient) -> None:
    refused = kemi_client.get("/query/measures?sector=Avaruustoimiala")

    assert refused.status_code == 400
    assert "Keskusvirasto" in refused.get_json()["detail"]


def test_a_long_answer_comes_in_parts_with_the_whole_count(kemi_client: FlaskClient, kemi: Dataset) -> None:
    total = len(run(kemi, QUERIES["figures"], {}).terms)
    first = kemi_client.get("/query/figures?lang=en", headers=BROWSER).text
    last = kemi_client.get(f"/query/figures?lang=en&page={-(-total // 100)}", headers=BROWSER).text

    assert f"<p>1–100 of {total}</p>" in first
    assert f"{total} of {total}" in last
    assert first.count("<tr>") == 101
    assert kemi_client.get("/query/figures?page=99", headers=BROWSER).status_code == 404
    assert kemi_client.get("/query/figures.csv?page=2").text.count("\r\n") == total + 1


def test_the_page_leads_to_its_data_and_to_the_editor_with_the_same_values(kemi_client: FlaskClient) -> None:
    page = html.unescape(kemi_client.get("/query/figures?scenario=TA", headers=BROWSER).text)

    for form in ("csv", "xlsx", "json"):
        assert f'href="/query/figures.{form}?scenario=TA"' in page
    assert 'href="/sparql?scenario=TA&named=figures"' in page
    rows = list(csv.DictReader(io.StringIO(kemi_client.get("/query/figures.csv?scenario=TA").text)))
    assert {row["scenario"] for row in rows} == {"TA"}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_written_out_gives_the_same_rows(kemi: Dataset, name: str) -> None:
    query = QUERIES[name]
    values = {"sector": "Keskusvirasto", "kind": "same", "document": "004_6f9012e3c57d872b"}
    given = {key: value for key, value in values.items() if key in {each.name for each in query.parameters}}
    for chosen in ({}, given):
        text = written_out(query, chosen)
        plain = parse_query(name, f"#+ summary: x\n#+ summary_sv: x\n#+ summary_en: x\n{text}")
        assert "?_" not in text
        assert run(kemi, plain, {}) == run(kemi, query, chosen)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_list_tells_every_query_by_its_subject(kemi_client: FlaskClient, language: str) -> None:
    text = html.unescape(kemi_client.get(f"/queries?lang={language}", headers=BROWSER).text)

    for name, query in QUERIES.items():
        assert text.count(f'href="/query/{name}"') == 1
        assert query.summary[language] in text
        assert not query.description or query.description[language] in text


def test_a_table_is_sorted_by_a_heading_and_keeps_what_narrows_it(kemi_client: FlaskClient) -> None:
    query = "scenario=TA&sort=-value"
    text = html.unescape(kemi_client.get(f"/query/figures?{query}&lang=fi", headers=BROWSER).text)
    values = [
        Decimal(row["value"]) for row in table(kemi_client, f"/query/figures.csv?{query}") if row["value"]
    ]

    assert values == sorted(values, reverse=True)
    assert 'aria-sort="descending"><a href="?scenario=TA&sort=value"' in text
    assert f'href="/query/figures.csv?{query}"' in text


def test_chosen_columns_are_those_of_the_page_and_of_its_data(kemi_client: FlaskClient) -> None:
    query = "period=2026&columns=measure&columns=responsible"
    text = html.unescape(kemi_client.get(f"/query/measures?{query}&lang=fi", headers=BROWSER).text)

    assert list(table(kemi_client, f"/query/measures.csv?{query}")[0]) == ["measure", "responsible"]
    assert text.count('<th scope="col"') == 2
    assert kemi_client.get("/query/measures?columns=colour", headers=BROWSER).status_code == 400
    assert kemi_client.get("/query/measures.csv?sort=colour").status_code == 400


def test_measures_are_found_by_the_party_that_their_row_names(kemi_client: FlaskClient) -> None:
    address = "/query/measures?period=2026&party=Hyvinvointitoimiala"
    assert (
        '<strong role="status">48 riviä</strong>'
        in kemi_client.get(f"{address}&lang=fi", headers=BROWSER).text
    )


def test_a_form_offers_only_values_that_give_rows(kemi_client: FlaskClient, kemi: Dataset) -> None:
    text = kemi_client.get("/query/measures?period=2026&lang=fi", headers=BROWSER).text
    form = text[text.index('<form class="asking"') :]
    parties = re.findall(r'<option value="([^"]+)"', form[form.index('name="party"') :].split("</select>")[0])
    assert "Hyvinvointitoimiala" in parties
    for party in map(html.unescape, parties):
        assert run(kemi, QUERIES["measures"], {"period": "2026", "party": party}).rows, party
    assert "ei arvoja näillä rajauksilla" in form, "the table of 2026 has no column of sectors"
    assert 'name="sector"' not in form


def test_a_column_that_the_layout_does_not_have_is_not_said_to_be_missing_from_the_documents(
    kemi_client: FlaskClient,
) -> None:
    text = kemi_client.get(
        "/query/measures?period=2026&sector=Hyvinvointitoimiala&lang=fi", headers=BROWSER
    ).text
    assert "ei ole tätä saraketta" in text
    assert 'href="?period=2026"' in text
    assert "Asiakirjoista ei löydy" not in text[text.index("<main") : text.index("</main>")]
