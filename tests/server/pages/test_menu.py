"""The main menu: each name is the title of its page, and what belongs to an entry is marked there."""

import html
import re

import pytest
from flask.testing import FlaskClient

from hytegraph.server.pages.shared.menu import ENTRIES
from hytegraph.server.text.messages import LANGUAGES, Language, translate
from tests.server.reading import BROWSER

PAGES = tuple(
    dict.fromkeys(
        (path, name) for entry in ENTRIES for path, name in entry.pages or [(entry.path, entry.name)]
    )
)


def heading(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "name"), PAGES)
def test_a_name_in_the_menu_is_the_title_of_its_page(
    kemi_client: FlaskClient, path: str, name: str, language: Language
) -> None:
    text = kemi_client.get(path, headers={**BROWSER, "Accept-Language": language}).text

    assert heading(text) == translate(name, language)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/tree/id/kemi/plan/toimenpideohjelma-2026", "/plans"),
        ("/query/measures", "/queries"),
        ("/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1", "/plans"),
        ("/gaps/report-missing", "/follow-up"),
        ("/amendments", "/follow-up"),
    ],
)
def test_a_page_is_marked_under_the_entry_that_it_belongs_to(
    kemi_client: FlaskClient, address: str, path: str
) -> None:
    menu = kemi_client.get(address, headers=BROWSER).text.split('class="main"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]+)" aria-current="true"', menu) == [path]


def test_pages_on_the_same_subject_are_listed_beside_each_other(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/amendments", headers=BROWSER).text
    beside = text.split('class="siblings wrap"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]+)"', beside) == [path for path, _ in ENTRIES[1].pages]
    assert re.findall(r'href="([^"]+)" aria-current="page"', beside) == ["/amendments"]
    assert 'class="siblings' not in kemi_client.get("/plans", headers=BROWSER).text
