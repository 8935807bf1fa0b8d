"""The page of checks tells how far the readers of the links agree, and does not where none have read."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

DATA = Path(__file__).parents[3] / "data" / "server"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings.of({}), Dataset.open(DATA / "agreements.trig")).test_client()


def lines(text: str) -> list[str]:
    table = text.partition('id="agreement"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"(<[^>]+>)+", "|", row).strip("|") for row in table.split("</tr>") if row.strip()]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fi", "Jatkuvuus|kaikki arviot lajeineen|50|35|0,50|0,40", "Jatkuvuus|jaettu|50|50|1,00|–"),
        ("en", "Continuity|all labels with kinds|50|35|0.50|0.40", "Continuity|split|50|50|1.00|–"),
    ],
)
def test_agreement_is_told_by_table_and_label(
    client: FlaskClient, language: str, first: str, second: str
) -> None:
    assert lines(client.get(f"/validation?lang={language}").text) == [first, second]


def test_without_two_readers_nothing_is_told() -> None:
    small = create_app(Settings.of({}), Dataset.open(DATA / "periods.trig")).test_client()
    assert 'id="agreement"' not in small.get("/validation").text
