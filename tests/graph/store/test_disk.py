"""The store on disk: made once, found without reading the data, changed where little has changed, and never half-made."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Quad

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store import checksums
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import find_store, make_store, start_making

pytestmark = pytest.mark.whole

OPEN = """
import sys
from pathlib import Path
from hytegraph.graph.store.disk import make_store
print(make_store(sys.argv[1], Path(sys.argv[2])).open().sizes.graphs[0].triples)
"""
MANY = tuple(f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> <http://e/graph/a> ." for n in range(500))
BEFORE = (
    *MANY,
    "<http://e/s> <http://e/p> <http://e/in-one> <http://e/graph/a> .",
    "<http://e/s> <http://e/p> <http://e/in-two> <http://e/graph/a> .",
    "<http://e/s> <http://e/p> <http://e/in-two> <http://e/graph/b> .",
    "<http://e/s> <http://e/p> <http://e/judged> <http://e/graph/a> .",
    "<http://e/s> <http://e/p> <http://e/judged> <http://e/graph/shapes> .",
    '<http://e/s> <http://e/p> "alone"@fi <http://e/graph/c> .',
    "_:c14n0 <http://e/p> <http://e/blank> <http://e/graph/a> .",
)
ADDED = (
    '<http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e/graph/d> .',
    "<http://e/0> <http://e/p> <http://e/1> <http://e/graph/b> .",
    "<http://e/s> <http://e/p> <http://e/unmerged> <http://e/graph/shapes> .",
    "_:c14n0 <http://e/p> <http://e/other> <http://e/graph/a> .",
)


def write_release(folder: Path, lines: Iterable[str]) -> Path:
    """A release of those quads; gives its folder."""
    folder.mkdir()
    statements = sorted(lines)
    data = "".join(f"{line}\n" for line in statements).encode()
    (folder / "data.nq").write_bytes(data)
    described = {"sha256": sha256(data).hexdigest(), "bytes": len(data), "quads": len(statements)}
    (folder / "manifest.json").write_text(json.dumps({"data": described}), "utf-8")
    return folder


def write_quads(file: Path, lines: Iterable[str]) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return file


def contents(dataset: Dataset) -> tuple[set[Quad], object]:
    """All that queries see: the quads, those of the default graph too, and the sizes."""
    return set(dataset._store), dataset.sizes


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_quads(tmp_path / "data.nq", MANY)


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    return tmp_path / "stores"


def test_processes_that_start_side_by_side_share_one_store(data: Path, stores: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(data), str(stores)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)]
    assert [process.communicate()[0] for process in started] == [b"500\n"] * 3
    assert len(list(stores.glob("*/facts.json"))) == 1


def test_a_damaged_store_is_named_with_the_cure(data: Path, stores: Path) -> None:
    made = make_store(data, stores)
    for file in made.folder.glob("store/*.sst"):
        file.unlink()
    with pytest.raises(ReleaseError, match="the store on disk is damaged; remove it"):
        made.open()


def test_a_file_that_cannot_be_read_is_told_with_the_line(tmp_path: Path, stores: Path) -> None:
    broken = write_quads(tmp_path / "broken.nq", (*MANY, "<http://e/s> <http://e/p> ."))
    with pytest.raises(ReleaseError, match=r"broken\.nq: the store on disk cannot be made: line 501: "):
        make_store(broken, stores)
    assert {file.name for file in stores.iterdir()} <= {".lock", "checksums.json"}


@pytest.mark.parametrize("kind", ["release", pytest.param("file", marks=pytest.mark.slow)])
def test_a_store_is_found_without_reading_the_data(
    tmp_path: Path, stores: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = write_release(tmp_path / "release", MANY)
    source = release if kind == "release" else release / "data.nq"
    # A file that was written a moment ago may be written once more.
    time.sleep(2.1)
    assert find_store(source, stores) is None
    make_store(source, stores)

    def refuse(file: Path) -> str:
        raise AssertionError(f"{file} is read")

    monkeypatch.setattr(checksums, "checksum_of", refuse)
    found = find_store(source, stores)
    assert found is not None
    assert found.open().default_size == 500


def test_a_file_that_was_written_again_has_no_store(data: Path, stores: Path) -> None:
    make_store(data, stores)
    write_quads(data, (*MANY, "<http://e/s> <http://e/p> <http://e/o> <http://e/graph/a> ."))
    assert find_store(data, stores) is None
    assert make_store(data, stores).open().default_size == 501


def test_data_that_are_not_those_of_the_manifest_are_refused(tmp_path: Path, stores: Path) -> None:
    release = write_release(tmp_path / "release", MANY)
    data = (release / "data.nq").read_bytes()
    (release / "data.nq").write_bytes(data.replace(b"/499>", b"/998>"))
    with pytest.raises(ReleaseError, match="checksum differs"):
        make_store(release, stores)
    (release / "data.nq").write_bytes(data[:-100])
    with pytest.raises(ReleaseError, match="not as long as the release's manifest says"):
        find_store(release, stores)


@pytest.mark.parametrize(
    "removed",
    [
        pytest.param(BEFORE[500:], id="each of a kind"),
        pytest.param((BEFORE[501],), id="stated in another graph too"),
        pytest.param(BEFORE[503:505], id="what only the shapes state"),
        pytest.param((), id="nothing removed"),
    ],
)
@pytest.mark.slow
def test_a_changed_store_is_what_is_made_anew(tmp_path: Path, stores: Path, removed: tuple[str, ...]) -> None:
    earlier = write_release(tmp_path / "earlier", BEFORE)
    first = make_store(earlier, stores)
    before = contents(first.open())
    later = write_release(tmp_path / "later", {*BEFORE, *ADDED} - set(removed))
    changed = make_store(later, stores)
    anew = make_store(later, tmp_path / "others")

    tables = {file.stat().st_ino for file in (first.folder / "store").glob("*.sst")}
    assert tables & {file.stat().st_ino for file in (changed.folder / "store").glob("*.sst")}
    assert contents(changed.open()) == contents(anew.open())
    assert contents(changed.open()) == contents(Dataset.open(later))
    assert contents(first.open()) == before


@pytest.mark.parametrize("reason", ["too much has changed", "the earlier release is gone", "other data"])
@pytest.mark.slow
def test_a_store_is_made_anew_where_the_earlier_one_is_of_no_use(
    tmp_path: Path, stores: Path, reason: str
) -> None:
    earlier = write_release(tmp_path / "earlier", BEFORE)
    first = make_store(earlier, stores)
    lines = {*BEFORE, *ADDED}
    if reason == "too much has changed":
        lines -= set(MANY[:200])
    elif reason == "the earlier release is gone":
        shutil.rmtree(earlier)
    else:
        # As long as before, but not what the store was made of: the sums do not agree.
        data = (earlier / "data.nq").read_bytes()
        (earlier / "data.nq").write_bytes(data.replace(b"<http://e/0>", b"<http://e/x>"))
    later = write_release(tmp_path / "later", lines)
    made = make_store(later, stores)

    tables = {file.stat().st_ino for file in (first.folder / "store").glob("*.sst")}
    assert not tables & {file.stat().st_ino for file in (made.folder / "store").glob("*.sst")}
    assert contents(made.open()) == contents(Dataset.open(later))


def test_changed_data_that_are_not_those_of_the_manifest_are_refused(tmp_path: Path, stores: Path) -> None:
    make_store(write_release(tmp_path / "earlier", BEFORE), stores)
    later = write_release(tmp_path / "later", {*BEFORE, *ADDED})
    data = (later / "data.nq").read_bytes()
    (later / "data.nq").write_bytes(data.replace(b"unmerged", b"UNMERGED"))
    with pytest.raises(ReleaseError, match="checksum differs"):
        make_store(later, stores)


@pytest.mark.parametrize("end", ["it is killed", "who waits for it has ended"])
@pytest.mark.slow
def test_a_making_that_ends_early_leaves_nothing_that_is_taken_for_a_store(
    tmp_path: Path, stores: Path, end: str
) -> None:
    lines = (
        f"<http://e/{n}> <http://e/p{n % 7}> <http://e/{n + 1}> <http://e/graph/a> ." for n in range(100_000)
    )
    data = write_quads(tmp_path / "data.nq", lines)
    with start_making(data, stores) as maker:
        while not list(stores.glob(".making-*/store/*")):
            assert maker.poll() is None
            time.sleep(0.01)
        if end == "it is killed":
            maker.kill()
    assert maker.returncode != 0
    assert list(stores.glob(".making-*"))
    assert find_store(data, stores) is None

    assert make_store(data, stores).open().default_size == 100_000
    assert not list(stores.glob(".making-*"))
