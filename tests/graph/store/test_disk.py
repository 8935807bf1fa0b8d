"""The store on disk: filled once, also by services that start side by side, and told when it is damaged."""

import subprocess
import sys
from pathlib import Path

import pytest

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.disk import DiskStore

OPEN = """
import sys
from pathlib import Path
from hytegraph.graph.store.disk import prepare
print(prepare(sys.argv[1], Path(sys.argv[2])).open().sizes.graphs[0].triples)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.nq"
    lines = (f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> <http://e/g> .\n" for n in range(500))
    file.write_text("".join(lines), encoding="utf-8")
    return file


def test_processes_that_start_side_by_side_share_one_store(data: Path, tmp_path: Path) -> None:
    stores = tmp_path / "stores"
    command = [sys.executable, "-c", OPEN, str(data), str(stores)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)]
    assert [process.communicate()[0] for process in started] == [b"500\n"] * 3
    assert len(list(stores.glob("*/facts.json"))) == 1


def test_a_damaged_store_is_named_with_the_cure(data: Path, tmp_path: Path) -> None:
    stores = tmp_path / "stores"
    # In a process of its own: the engine's threads, which other tests may have begun here, do not survive a fork.
    subprocess.run([sys.executable, "-c", OPEN, str(data), str(stores)], check=True, capture_output=True)
    [facts] = stores.glob("*/facts.json")
    for file in (facts.parent / "store").glob("*.sst"):
        file.unlink()
    with pytest.raises(ReleaseError, match="the store on disk is damaged; remove it"):
        DiskStore(facts.parent, data).open()
