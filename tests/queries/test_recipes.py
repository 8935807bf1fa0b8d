"""The cookbook answers over HTTP, and no recipe answers with silence: every column of every answer holds something."""

import re
from pathlib import Path

import pytest
from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

from hytegraph.graph.query.named import Recipe, load_recipes
from tests.services import StartService

RECIPES = load_recipes()


@pytest.fixture(scope="module")
def endpoint(start_service: StartService, kemi_release: Path) -> str:
    """The address of the endpoint of a served release."""
    return f"http://127.0.0.1:{start_service(kemi_release).port}/sparql"


def test_there_are_thirty_questions_and_a_construct_in_order() -> None:
    assert [int(name[:2]) for name in RECIPES] == list(range(1, 32))
    assert ["CONSTRUCT" in each.query.text for each in RECIPES.values()] == [False] * 30 + [True]


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_says_how_to_read_it_and_what_misleads(recipe: Recipe) -> None:
    assert recipe.reading.endswith(".")
    assert recipe.trap.endswith(".")
    assert len({recipe.query.summary[language] for language in ("fi", "sv", "en")}) == 3
    used = set(re.findall(r"(?<![\w<\"-])([a-z-]+):[\w]", recipe.query.text.split("{", 1)[1]))
    assert used <= set(re.findall(r"PREFIX ([a-z-]+):", recipe.query.text))


@pytest.mark.parametrize(
    "recipe", [each for name, each in RECIPES.items() if name[:2] != "31"], ids=lambda r: r.query.name
)
def test_no_recipe_answers_with_silence(recipe: Recipe, endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(recipe.query.text)
    client.setReturnFormat(JSON)
    answer = client.queryAndConvert()
    assert isinstance(answer, dict)
    columns, rows = answer["head"]["vars"], answer["results"]["bindings"]

    assert rows
    assert {column for row in rows for column in row} == set(columns)


def test_the_last_recipe_gives_rdf(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(list(RECIPES.values())[-1].query.text)
    client.setReturnFormat(TURTLE)

    assert b"supportsGoal" in client.query().response.read()
