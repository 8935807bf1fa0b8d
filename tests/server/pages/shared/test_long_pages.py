"""A thing with ten thousand links has a page that a reader can walk through, part by part, and nothing is cut
silently.
"""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from hytegraph.server.text.numbers import whole

LINKS = 10_000
BASE = "https://w3id.org/hytegraph/id/test"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    file: Path = tmp_path_factory.mktemp("busy") / "busy.nt"
    lines = [f'<{BASE}/goal> <{LABEL}> "Tavoite"@fi .']
    for number in range(LINKS):
        lines.append(f"<{BASE}/m/{number}> <https://w3id.org/hytegraph/ns#supportsGoal> <{BASE}/goal> .")
        lines.append(f'<{BASE}/m/{number}> <{LABEL}> "Toimenpide {number}"@fi .')
    lines.append(f'<{BASE}/odd> <{LABEL}> "<b>&\\u00e4 {"pitka" * 200}</b>"@se .')
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return create_app(Settings.of({}), Dataset.open(file)).test_client()


def shown(text: str) -> list[str]:
    return re.findall(r">Toimenpide (\d+)<", text)


def test_the_page_shows_some_and_says_how_many_there_are(busy: FlaskClient) -> None:
    page = busy.get("/page/id/test/goal")
    assert len(shown(page.text)) == 12
    assert "yhteensä 10\u00a0000" in page.text
    assert len(page.data) < 150_000


@pytest.mark.whole
@pytest.mark.parametrize(
    ("part", "first", "links"),
    [(1, 0, {"next": 2}), (2, 200, {"prev": 1, "next": 3}), (50, 9800, {"prev": 49})],
)
def test_the_parts_follow_each_other_without_a_gap(
    busy: FlaskClient, part: int, first: int, links: dict[str, int]
) -> None:
    page = busy.get(f"/page/id/test/goal?all=in:https://w3id.org/hytegraph/ns%23supportsGoal&part={part}")
    assert shown(page.text) == [str(number) for number in range(first, first + 200)]
    shown_of = f"Näytetään {whole(first + 1, 'fi')}–{whole(first + 200, 'fi')}, yhteensä 10\u00a0000."
    assert shown_of in page.text
    assert {
        rel: int(number) for number, rel in re.findall(r'part=(\d+)#[^"]*" rel="(\w+)"', page.text)
    } == links


@pytest.mark.parametrize("part", ["0", "-1", "x", "1e3", "9" * 30])
def test_a_part_that_is_none_is_refused(busy: FlaskClient, part: str) -> None:
    assert busy.get(f"/page/id/test/goal?all=x&part={part}").status_code == 400


def test_an_odd_long_label_is_escaped_and_tells_its_language(busy: FlaskClient) -> None:
    text = busy.get("/page/id/test/odd").text
    assert '<h1 lang="se" class="long">&lt;b&gt;&amp;ä pitka' in text
