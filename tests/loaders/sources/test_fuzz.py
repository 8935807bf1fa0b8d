"""Files with faults give blocks or are refused; no other error and no hang comes of them."""

import random
import time
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.sources import isolation
from hytegraph.loaders.sources.read import read_source
from tests.loaders.sources.mutations import FORMS, mutated

pytestmark = pytest.mark.whole

# Of one form; the files are small, so each is read at once.
FEW, MANY = 20, 2000
SECONDS_FOR_A_FILE, SECONDS_FOR_MANY = 20, 900


def outcomes(form: str, folder: Path, seeds: range) -> dict[str, int]:
    """How many mutated files have been read and refused."""
    whole = FORMS[form]()
    counts = {"read": 0, "refused": 0}
    ends = time.monotonic() + SECONDS_FOR_MANY
    for seed in seeds:
        file = folder / f"plan{form}"
        file.write_bytes(mutated(whole, random.Random(f"{form} {seed}")))
        try:
            source = read_source(file)
            assert any(line.strip() for line in source.lines), seed
            assert all(each.span.last <= len(source.lines) for each in source.placed), seed
            counts["read"] += 1
        except DocumentError as error:
            assert "\n" not in error.reason, seed
            for fault in ("takes more than", "needs more than", "ends the process"):
                assert fault not in error.reason, (seed, error.reason)
            counts["refused"] += 1
        if time.monotonic() > ends:
            break
    return counts


@pytest.mark.parametrize("form", FORMS)
def test_a_file_with_faults_gives_blocks_or_is_refused(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", SECONDS_FOR_A_FILE)
    counts = outcomes(form, tmp_path, range(FEW))
    assert sum(counts.values()) == FEW
    assert counts["read"]


def test_references_of_a_pdf_that_lead_in_a_circle_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", SECONDS_FOR_A_FILE)
    # An object of this file is a reference to itself.
    assert outcomes(".pdf", tmp_path, range(510, 511)) == {"read": 1, "refused": 0}


@pytest.mark.fuzz
@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_files_with_faults_give_blocks_or_are_refused(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", SECONDS_FOR_A_FILE)
    counts = outcomes(form, tmp_path, range(FEW, FEW + MANY))
    assert counts["read"] and counts["refused"]
