"""How well queries find the words of the Kemi documents, against labels made by hand."""

import re
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.search.part_index import KNOWN
from hytegraph.graph.store.release import SEARCH_INDEX

LABELLED = tomllib.loads((Path(__file__).parents[2] / "data" / "search" / "queries.toml").read_text("utf-8"))
LEAST = 0.97


@pytest.fixture(scope="module")
def written(kemi_release: Path) -> frozenset[str]:
    with closing(sqlite3.connect(kemi_release / SEARCH_INDEX)) as connection:
        rows = connection.execute("SELECT DISTINCT form FROM form WHERE level <> ?", (KNOWN,))
        return frozenset(row[0] for row in rows)


def wanted(expression: str, written: frozenset[str]) -> frozenset[str]:
    return frozenset(form for form in written if re.fullmatch(expression, form))


def found(index: SearchIndex, query: str) -> frozenset[str]:
    # What is looked for beside a word is told apart on the page, and tested in test_akin.
    return index.forms(replace(meaning, akin=()) for meaning in index.find(query, {}).meanings)


def test_there_are_enough_labelled_queries() -> None:
    assert len(LABELLED["query"]) >= 60
    assert len(LABELLED["unseen"]) >= 20


@pytest.mark.parametrize("part", ["query", "unseen"])
def test_queries_find_the_words_they_should_and_few_others(
    part: str, kemi_index: SearchIndex, written: frozenset[str]
) -> None:
    right = found_at_all = should_be_found = 0
    for query in LABELLED[part]:
        labelled, answered = wanted(query["finds"], written), found(kemi_index, query["q"])
        right += len(labelled & answered)
        found_at_all += len(answered)
        should_be_found += len(labelled)

    assert right / found_at_all >= LEAST
    assert right / should_be_found >= LEAST


@pytest.mark.parametrize("query", LABELLED["query"] + LABELLED["unseen"], ids=lambda query: str(query["q"]))
def test_a_query_finds_most_of_its_words(
    query: dict[str, str], kemi_index: SearchIndex, written: frozenset[str]
) -> None:
    labelled = wanted(query["finds"], written)

    assert labelled, "no word of the documents fits the label"
    assert len(labelled & found(kemi_index, query["q"])) >= len(labelled) / 2
