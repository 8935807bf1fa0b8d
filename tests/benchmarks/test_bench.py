"""The benchmark makes the same data every time, and its small run measures and writes a table."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import generate

ROOT = Path(__file__).parents[2]


def test_the_data_are_the_same_every_time_and_as_large_as_towns_and_years(
    kemi_release: Path, tmp_path: Path
) -> None:
    sizes = [
        generate.write(kemi_release / "data.nq", towns, years, tmp_path / name)
        for name, towns, years in (("one", 2, 2), ("again", 2, 2), ("town", 1, 3))
    ]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "again").read_bytes()
    assert sizes[0] == sizes[1]
    assert 15_000 < sizes[2] < 25_000


@pytest.mark.slow
def test_the_small_run_measures_hytegraph_beside_oxigraph(kemi_release: Path, tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    command = [
        sys.executable,
        "-m",
        "benchmarks.bench",
        "--quick",
        "--release",
        str(kemi_release),
        "-o",
        str(out),
    ]
    subprocess.run(command, check=True, cwd=ROOT, timeout=600, capture_output=True)

    text = out.read_text(encoding="utf-8")
    assert "the same number of rows everywhere" in text
    assert "| light mix |" in text
    assert "| connections caused by 3 queries | 0 |" in text
