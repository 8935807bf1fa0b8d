"""Decisions have one form, and what documents say of the tree is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_decision_has_context_decision_and_consequence() -> None:
    entries = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert len(entries) >= 10
    for entry in entries:
        text = entry.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence")), entry.name


def test_every_proof_that_the_threat_model_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    named = set(re.findall(r"`((?:tests|shapes|docs)/[^`]*|requirements.txt)`", text))

    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
