"""The reference pages are those that the code gives, and the hand-written ones leave nothing out."""

import re
from pathlib import Path

import pytest

from docs.make.reference import DOCS, PAGES
from docs.make.service import openapi
from docs.make.vocabulary import glossary_rows, terms
from hytegraph.graph.vocab import HYTE, OWL, SKOS

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_make_reference_writes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run make reference"


def test_every_address_of_the_service_is_among_the_pages_and_addresses() -> None:
    text = (DOCS / "reference" / "pages.md").read_text(encoding="utf-8")
    first_steps = {path.split("/")[1].split(".")[0] for path in openapi()["paths"] if path != "/"}
    named = set(re.findall(r"`/([a-z.-]+)", text))
    # What no reader types: files for machines, and parts of what is named.
    beside = {"", "data", "page", "robots", "sitemap"}

    assert sorted(step for step in first_steps - beside if not any(step in name for name in named)) == []


def test_every_word_of_the_glossary_has_three_names_and_a_meaning() -> None:
    rows = list(glossary_rows())

    assert len(rows) >= 45
    assert [row for row in rows if not all(cell.strip() for cell in row[:4])] == []
    assert len({(row[0], row[4]) for row in rows}) == len(rows)


def test_every_term_of_the_vocabulary_is_in_the_reference() -> None:
    text = (DOCS / "reference" / "vocabulary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`hyte:(\w+)`", text))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.Concept)

    assert {term.value.removeprefix(HYTE.iri) for term in terms(kinds)} - named == set()
