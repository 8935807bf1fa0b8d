"""What a stranger asks gives an answer, or says why it does not."""

import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.stored import with_prologue
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.editor.hints import hints

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FILE = Path(__file__).parents[3] / "data" / "queries" / "strangers.toml"
QUESTIONS = tomllib.loads(FILE.read_text("utf-8"))
HYTE = "https://w3id.org/hytegraph/ns#"


@pytest.fixture(scope="module")
def summaries(kemi: Dataset) -> Summaries:
    return Summaries.of(kemi, kemi.base)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_stranger_gets_an_answer_or_learns_how_to_get_one(
    question: dict[str, Any], kemi: Dataset, summaries: Summaries
) -> None:
    query = with_prologue(question["query"])
    found = kemi.select(query)

    assert bool(found) == ("then" not in question)
    if not found:
        assert {hint.term: hint.kind for hint in hints(query, kemi, summaries)} == question["hints"]
        assert kemi.select(with_prologue(question["then"]))


def test_a_hint_names_the_terms_below_and_the_graphs_apart(kemi: Dataset, summaries: Summaries) -> None:
    [above] = hints(f"ASK {{ ?x a <{HYTE}StrategicElement> }}", kemi, summaries)
    [apart] = hints(f"PREFIX h: <{HYTE}> ASK {{ ?x h:status ?y }}", kemi, summaries)

    assert above.others == ("hyte:Goal", "hyte:HytePriority", "hyte:StrategicAim")
    assert apart.others == (f"{kemi.base}graph/status",)
    assert apart.triples == len(kemi.select(f"SELECT * {{ GRAPH ?g {{ ?x <{HYTE}status> ?y }} }}"))
    assert list(hints(f"ASK {{ GRAPH ?g {{ ?x <{HYTE}status> ?y }} }}", kemi, summaries)) == []


@pytest.mark.parametrize(
    "text", ['ASK { ?x a hyte:Goal ; rdfs:label "hyte:Gaol" }', "ASK { ?x a hyte:Goal } # hyte:Gaol"]
)
def test_words_of_texts_and_comments_are_no_terms(text: str, kemi: Dataset, summaries: Summaries) -> None:
    assert list(hints(with_prologue(text), kemi, summaries)) == []


@pytest.mark.parametrize(
    "query, words",
    [
        ("SELECT ?x { ?x hyte:status ?y }", "182 times among suggestions or statuses"),
        ("SELECT (COUNT(?x) AS ?n) { ?x a hyte:PlanDocument }", "a term above others"),
        ("ASK { ?x hyte:colaborator ?y }", "the vocabulary has no such name"),
        ("CONSTRUCT WHERE { ?x hyte:collaborator ?y }", "nothing in the data uses it"),
        ("SELECT ?x { ?x a hyte:Municipality ; skos:exactMatch ?y }", "The model shows which classes"),
    ],
)
def test_the_page_of_an_empty_answer_says_why(kemi_client: FlaskClient, query: str, words: str) -> None:
    values = {"query": with_prologue(query), "lang": "en"}
    text = unescape(kemi_client.get("/sparql", query_string=values, headers=BROWSER).text)

    assert words in text


def test_a_full_answer_has_no_hint(kemi_client: FlaskClient) -> None:
    values = {"query": with_prologue("SELECT ?x { ?x a hyte:Goal }"), "lang": "en"}
    text = kemi_client.get("/sparql", query_string=values, headers=BROWSER).text

    assert "Nothing was found" not in text
