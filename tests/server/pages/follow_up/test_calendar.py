"""The calendar of measures: what it counts is what its numbers lead to."""

import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.server.reading import BROWSER


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def page(client: FlaskClient, query: str) -> str:
    return html.unescape(client.get(f"/calendar?{query}&lang=fi", headers=BROWSER).text)


@pytest.mark.parametrize("query", ["", "by=party&period=2022-2025", "step=half&state=done"])
def test_a_number_is_that_of_the_measures_that_it_leads_to(kemi_client: FlaskClient, query: str) -> None:
    cells = re.findall(r'<a href="(/measures\?[^"]*)">(\d+)</a>', page(kemi_client, query))

    assert cells
    for address, count in cells[:: max(1, len(cells) // 25)]:
        assert len(rows_of(kemi_client, address.replace("?", ".csv?", 1))) == int(count), address


def test_what_has_no_schedule_or_none_that_is_read_is_counted_and_listed(kemi_client: FlaskClient) -> None:
    [*_, total] = rows_of(kemi_client, "/calendar.csv")
    text = page(kemi_client, "")

    assert (total["2022"], total["ongoing"], total["unread"], total["(none)"]) == ("38", "19", "1", "120")
    assert "120 ilman aikataulua asiakirjoissa" in text
    assert '<q class="words" lang="fi">Osallistava budjetointi helmi-/maaliskuu, KJ:n aamukahvit' in text


def test_the_title_says_when_most_is_scheduled(kemi_client: FlaskClient) -> None:
    assert "Eniten ajoitettu: 2022, 38 toimenpidettä</h2>" in page(kemi_client, "")
    assert "Millään toimenpiteellä ei ole aikataulua" in page(kemi_client, "period=2026")


def test_the_words_of_a_schedule_stand_beside_its_reading(kemi_client: FlaskClient) -> None:
    [address] = re.findall(
        r'href="(/measures\?[^"]*dueYear=everyYear[^"]*)"', page(kemi_client, "by=period")
    )[:1]
    found = rows_of(kemi_client, address.replace("?", ".csv?", 1))

    assert {row["schedule"] for row in found} == {"Vuosittain marras-/joulukuussa", "Vuosittainen prosessi"}
    assert {row["dueYear"] for row in found} == {"everyYear"}


@pytest.mark.parametrize("query", ["by=colour", "step=week", "period=1822"])
def test_what_the_calendar_does_not_have_is_refused(kemi_client: FlaskClient, query: str) -> None:
    assert kemi_client.get(f"/calendar?{query}", headers=BROWSER).status_code == 400
