"""The page with no town, one town and more towns than fit; its size, and the work that it takes."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.formats import N_QUADS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.server.reading import rows_of, text_of

LIMIT = 150_000
Many = Callable[[int], FlaskClient]


@pytest.fixture
def many(town_data: Dataset, tmp_path: Path) -> Many:
    """Makes clients of so many towns, each with what Mallila has."""
    lines = town_data.dump(N_QUADS).decode().splitlines(keepends=True)
    own = [line for line in lines if "/mallila" in line]
    others = [
        line for line in lines if not any(f"/{town}" in line for town in ("mallila", "saarela", "lehtola"))
    ]

    def make(number: int) -> FlaskClient:
        copies = [
            line.replace("/mallila", f"/kunta{n}").replace("Mallila", f"Kunta{n}")
            for n in range(number)
            for line in own
        ]
        file = tmp_path / f"{number}.nq"
        file.write_text("".join([*others, *copies]), "utf-8")
        return create_app(Settings.of({}), Dataset.open(file)).test_client()

    return make


def test_more_than_eight_towns_are_refused(many: Many) -> None:
    client = many(9)
    nine = "&".join(f"town=kunta{n}" for n in range(9))

    response = client.get(f"/compare?{nine}", headers={"Accept": "application/problem+json"})

    assert response.status_code == 400
    assert "At most 8 towns are compared, not 9" in response.get_json()["detail"]
    assert client.get(f"/compare?{nine.rpartition('&')[0]}").status_code == 200


def test_of_more_than_eight_towns_none_is_chosen_for_the_reader(many: Many) -> None:
    client = many(9)

    assert rows_of(client, "/compare.csv") == []
    assert "Valitse ensin kunnat" in text_of(client, "/compare")


def test_with_one_town_the_page_says_so_and_leads_to_what_can_be_compared_in_it(many: Many) -> None:
    client = many(1)
    page = client.get("/compare", headers={"Accept": "text/html"}).text

    assert "vain yhden kunnan asiakirjoja" in page
    assert 'href="/periods"' in page
    assert 'href="/compare"' not in page, "the menu has no comparison"


def test_without_a_town_there_is_nothing_to_compare(tmp_path: Path) -> None:
    file = tmp_path / "empty.nq"
    file.write_text("")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    assert "Aineistossa ei ole yhdenkään kunnan asiakirjoja" in text_of(client, "/compare")


def test_the_menu_has_the_page_where_there_are_several_towns(many: Many) -> None:
    assert 'href="/compare"' in many(2).get("/plans").text


def test_the_work_and_the_size_do_not_grow_with_the_towns_of_the_data(
    many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: Counter[str] = Counter()

    def counting(kind: type, name: str) -> None:
        asked = getattr(kind, name)

        def count(self: object, *arguments: Any, **named: Any) -> Any:
            looked_up[name] += 1
            return asked(self, *arguments, **named)

        monkeypatch.setattr(kind, name, count)

    counting(Dataset, "query")
    counting(Summaries, "rows")
    address = "/compare?town=kunta1&town=kunta2&sdg=3"
    found = []
    for number in (3, 40):
        client = many(number)
        # What is made of the whole data once, where no release has kept it, is no work of the page.
        client.get("/compare?town=kunta0&town=kunta0")
        looked_up.clear()
        page = client.get(address, headers={"Accept": "text/html"})
        found.append((dict(looked_up), len(page.data)))

    (few, small), (more, large) = found
    assert few == more
    assert large - small < 40 * 100, "only the list of towns to add grows"
    assert large < LIMIT


def test_eight_towns_fit(many: Many) -> None:
    client = many(8)

    for query in ("", "?sdg=3", "?group=nuoret"):
        assert len(client.get(f"/compare{query}", headers={"Accept": "text/html"}).data) < LIMIT
