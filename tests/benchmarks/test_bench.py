"""The benchmark makes the same data every time, and its small run measures and writes a table."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import generate
from benchmarks.latency import addresses_of
from benchmarks.processes import spend
from benchmarks.tasks import NOTE, change_one_cell
from hytegraph.loaders.documents.folder import read_tables
from tests.conftest import CopyOf

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
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
def test_the_small_run_measures_hytegraph_beside_oxigraph_and_keeps_other_sizes(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    out.write_text(
        "<!-- size: region -->\n\n## Region\n\n> **Region**: kept.\n\n<!-- size: end -->\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "benchmarks.bench", "--quick", "-o", str(out), "--work", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=900, capture_output=True)

    text = out.read_text(encoding="utf-8")
    head, _, sections = text.partition("<!-- size: ")
    assert "- **Region**: kept." in head
    assert "- **Quick** (" in head
    assert "the same number of rows everywhere" in sections
    assert "| light mix |" in sections
    assert "| build, nothing changed |" in sections
    assert "| validate by pySHACL, shapes alone |" in sections
    assert "| connections caused by 3 queries | 0 |" in sections
    assert "0 of the addresses failed" in head


def test_one_changed_cell_is_read_as_a_reviewers_change(copy_of: CopyOf) -> None:
    folder = copy_of("004")
    change_one_cell([folder])
    table = next(
        table for table in read_tables(folder / "004_6f9012e3c57d872b") if table.kind.name == "figures"
    )
    assert [row["note"] for row in table.rows].count(NOTE) == 1


def test_what_a_command_takes_is_told(tmp_path: Path) -> None:
    busy = "import time\nblock = bytearray(60_000_000)\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    spent = spend([sys.executable, "-c", busy])
    assert spent.code == 0
    assert 0.4 <= spent.cpu < 3
    assert 55 < spent.megabytes < 150
    assert spend([sys.executable, "-c", "raise SystemExit(7)"]).code == 7


def test_the_addresses_of_pages_are_those_of_things_in_the_data(kemi_release: Path) -> None:
    addresses = addresses_of(kemi_release / "data.nq", 3)
    assert addresses == addresses_of(kemi_release / "data.nq", 3)
    assert "town: /plans" not in addresses
    assert {len(addresses[name]) for name in ("trace", "goal", "row")} == {3}
    assert all(address.startswith("/trace/id/kemi/measure/") for address in addresses["trace"])
