"""The reference pages are those that the code gives, and the hand-written ones leave nothing out."""

from pathlib import Path

import pytest

from docs.make.reference import DOCS, PAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_make_reference_writes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run make reference"
