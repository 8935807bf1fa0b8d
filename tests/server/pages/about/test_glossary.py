"""The words of plans and budgets, with the definitions of the vocabulary."""

import html
import re

import pytest
from flask.testing import FlaskClient

from hytegraph.server.pages.about.glossary import GROUPS
from tests.server.reading import BROWSER


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_word_has_a_name_and_a_meaning_in_each_language(
    kemi_client: FlaskClient, language: str
) -> None:
    text = html.unescape(kemi_client.get(f"/glossary?lang={language}", headers=BROWSER).text)
    words = re.findall(r'<dt id="(\w+)"><span>([^<]+)</span>.*?</dt>\s*<dd>([^<]+)</dd>', text)

    assert [name for name, _, _ in words] == [name for names in GROUPS.values() for name in names]


@pytest.mark.parametrize(
    "address", ["/tree/id/kemi/plan/toimenpideohjelma-2026", "/figures", "/plans", "/about"]
)
def test_the_meanings_are_one_step_from_where_the_words_stand(kemi_client: FlaskClient, address: str) -> None:
    assert 'href="/glossary' in kemi_client.get(address, headers=BROWSER).text
