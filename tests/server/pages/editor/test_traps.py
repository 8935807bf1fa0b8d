"""The traps of the query language stand beside the editor, in three languages, and each opens in it."""

import html
import re

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.languages import LANGUAGES
from hytegraph.graph.query.named import load_engine_traps
from tests.server.reading import BROWSER

TRAPS = load_engine_traps()


@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trap_is_told_beside_the_editor_and_opens_in_it(
    client: FlaskClient, name: str, language: str
) -> None:
    query = TRAPS[name].query
    page = client.get(f"/sparql?trap={name}&lang={language}", headers=BROWSER).text
    opened = re.search(r'<textarea id="query"[^>]*>(.*?)</textarea>', page, re.DOTALL)

    assert opened and html.unescape(opened[1]) == query.text
    assert query.summary[language] in html.unescape(page)
    assert query.description[language] in html.unescape(page)
    assert TRAPS[name].trap in html.unescape(page)


def test_the_list_of_questions_leads_to_the_traps(client: FlaskClient) -> None:
    assert 'href="/sparql#traps"' in client.get("/queries", headers=BROWSER).text
