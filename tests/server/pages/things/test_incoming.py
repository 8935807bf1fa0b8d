"""Of a thing that very many things point at, the first of each property are read, and the page says so."""

import re

import pytest
from flask.testing import FlaskClient

from hytegraph.server.app import create_app
from hytegraph.server.pages.things import incoming
from hytegraph.server.settings import Settings
from tests.server.reading import BROWSER

DOCUMENT = "id/kemi/document/toimenpideohjelma-2026"
LONG = "id/kemi/document/osavuosiraportti-2022-m01-m06"


@pytest.fixture
def narrow(kemi_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A service that takes more than twenty things for very many, and keeps no answer of another test."""
    monkeypatch.setattr(incoming, "MOST", 20)
    monkeypatch.setattr(incoming, "MOST_DATA", 30)
    dataset = kemi_client.application.extensions["hytegraph"].dataset
    return create_app(Settings.of({}), dataset).test_client()


def test_the_first_of_each_property_are_shown_and_more_may_be_asked_for(narrow: FlaskClient) -> None:
    text = narrow.get(f"/page/{DOCUMENT}", headers=BROWSER).text
    more = re.findall(r'href="\?(all=in[^"#]+)#', text)

    assert "lisää on niin paljon, ettei niitä ole laskettu" in text
    assert more
    assert all(narrow.get(f"/page/{DOCUMENT}?{each}", headers=BROWSER).status_code == 200 for each in more)


def test_the_parts_of_a_long_group_hold_different_things(narrow: FlaskClient) -> None:
    text = narrow.get(f"/page/{LONG}", headers=BROWSER).text
    passages = next(each for each in re.findall(r'href="\?(all=in[^"#]+)#', text) if "hasSource" in each)

    parts = [
        set(re.findall(r'href="(/source/[^"]+)"|href="(/page/id/kemi/passage/[^"]+)"', page.text))
        for part in (1, 2)
        if (page := narrow.get(f"/page/{LONG}?{passages}&part={part}", headers=BROWSER))
    ]

    assert len(parts[0]) > 100
    assert len(parts[0] & parts[1]) < 5


def test_few_things_are_shown_as_before(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(f"/page/{DOCUMENT}", headers=BROWSER).text

    assert "ei niitä ole laskettu" not in text
    assert "Näytä kaikki" in text


def test_the_data_of_a_thing_say_where_they_were_cut(
    narrow: FlaskClient, kemi_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = narrow.get(f"/data/{DOCUMENT}.nt")
    monkeypatch.setattr(incoming, "MOST_DATA", 10_000)
    whole = kemi_client.get(f"/data/{DOCUMENT}.nt")

    assert cut.headers["X-Result-Truncated"] == "true"
    assert cut.headers["X-Result-Limit"] == "rows=30"
    assert "X-Result-Truncated" not in whole.headers
    assert set(cut.text.splitlines()) < set(whole.text.splitlines())
