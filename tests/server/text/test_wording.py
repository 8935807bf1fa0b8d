"""What the service says keeps to the glossary: words that `docs/avoid.csv` lists stand in no text."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from hytegraph.graph.languages import LANGUAGES, Text
from hytegraph.graph.query.gaps import load_gaps
from hytegraph.graph.query.named import load_competency_questions, load_engine_traps, load_queries
from hytegraph.server.text.messages import FORMS

ROOT = Path(__file__).parents[3]
AVOID, SHAPES, ONTOLOGY = ROOT / "docs" / "avoid.csv", ROOT / "shapes", ROOT / "ontology"


def rows() -> list[dict[str, str]]:
    with AVOID.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts() -> Iterator[tuple[str, Text]]:
    """Everything that the service says, with where it stands."""
    yield from ((key, form) for key, forms in FORMS.items() for form in forms.values())
    questions = load_competency_questions().values()
    for query in (
        *load_queries().values(),
        *(each.query for each in questions),
        *(each.query for each in load_engine_traps().values()),
    ):
        yield from ((query.name, text) for text in (query.summary, query.description))
        yield from ((query.name, parameter.summary) for parameter in query.parameters)
    yield from ((each.query.name, each.expects) for each in questions)
    for gap in load_gaps().values():
        yield from ((gap.name, text) for text in (gap.title, gap.means, gap.means_not, gap.closes))
        yield from ((gap.name, text) for text in gap.details.values())
    for file in (*SHAPES.glob("*.ttl"), *ONTOLOGY.glob("*.ttl")):
        yield from ((file.name, text) for text in literals(file))


def literals(file: Path) -> Iterator[Text]:
    """The texts of a Turtle file, each alone in its language: labels, definitions, messages, notes."""
    for literal in {quad.object for quad in parse(file.read_bytes(), RdfFormat.TURTLE)}:
        if isinstance(literal, Literal) and literal.language in LANGUAGES:
            yield Text(**{literal.language: literal.value})


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['language']}-{row['avoid']}")
def test_a_word_that_the_glossary_avoids_stands_in_no_text(row: dict[str, str]) -> None:
    word = re.compile(row["avoid"], re.IGNORECASE)

    assert [place for place, text in texts() if word.search(text[row["language"]])] == []


def test_the_list_of_avoided_words_says_why() -> None:
    assert all(row["language"] in LANGUAGES and row["avoid"] and row["why"] for row in rows())
