"""The figures as a table: printed numbers, sorted as numbers, beside the budget of their year."""

import csv
import io
from decimal import Decimal

from flask.testing import FlaskClient

from tests.server.reading import BROWSER


def rows_of(client: FlaskClient, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/figures/table.csv?{query}").text)))


def test_the_table_has_the_cells_of_the_figures(kemi_client: FlaskClient) -> None:
    given = kemi_client.get("/figures.json").get_json()["rows"]
    printed = sorted(
        (row["figure"], row["scenario"], row["value"]) for row in given if row["value"] is not None
    )
    found = kemi_client.get("/figures/table.json").get_json()["rows"]

    assert printed
    assert printed == sorted(
        (row["figure"], row["scenario"], row["value"]) for row in found if row["value"] is not None
    )


def test_numbers_are_sorted_as_numbers_and_empty_ones_come_last(kemi_client: FlaskClient) -> None:
    for sort, is_downwards in (("differenceFromBudget", False), ("-differenceFromBudget", True)):
        cells = [row["differenceFromBudget"] for row in rows_of(kemi_client, f"sort={sort}")]
        numbers = [Decimal(cell) for cell in cells if cell]

        assert numbers == sorted(numbers, reverse=is_downwards)
        assert min(numbers) < 0 < max(numbers)
        assert not any(cells[len(numbers) :]) and cells[len(numbers) :]


def test_a_scenario_is_a_code_in_data_and_a_word_on_the_page(kemi_client: FlaskClient) -> None:
    address = "scenario=ENNUSTE&sector=Perusturvatoimiala"
    page = kemi_client.get(f"/figures/table?{address}&lang=fi", headers=BROWSER).text

    assert {row["scenario"] for row in rows_of(kemi_client, address)} == {"ENNUSTE"}
    assert '<option value="ENNUSTE" selected>ennuste (' in page
