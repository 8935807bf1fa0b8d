"""Decisions have one form, and what documents say of the tree is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PARTS = ("**Context.**", "**Decision.**", "**Consequence.**")
LONGEST_PARAGRAPH = 800
# What is named for its form only, or is not in version control.
PLACEHOLDER = re.compile(r"[A-Z*{…]|your_|^documents/oma|^server/static/editor")
PATH = re.compile(
    r"`((?:documents|docs|graph|loaders|server|ontology|queries|shapes|tests|benchmarks)/[^`\s]*)`"
)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_has_number_date_and_three_parts_in_short_paragraphs(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")
    begins = [part for paragraph in paragraphs for part in PARTS if paragraph.startswith(part)]

    assert paragraphs[0].startswith(f"# {int(decision.name[:4])}. ")
    assert re.match(r"\d{4}-\d\d-\d\d\b", paragraphs[1])
    assert begins == list(PARTS)
    items = [item for paragraph in paragraphs for item in re.split(r"\n(?=- )", paragraph)]
    assert [item[:60] for item in items if len(item) > LONGEST_PARAGRAPH and item[0] != "|"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_in_the_tree(page: Path) -> None:
    named = {path.rstrip("/") for path in PATH.findall(page.read_text("utf-8"))}

    assert [
        path for path in sorted(named) if not PLACEHOLDER.search(path) and not (ROOT / path).exists()
    ] == []


def test_every_proof_that_the_threat_model_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    named = set(re.findall(r"`((?:tests|shapes|docs)/[^`]*|requirements.txt)`", text))

    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
