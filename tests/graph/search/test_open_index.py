import hashlib
import json
import shutil
import time
from pathlib import Path

import pytest

from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import SEARCH_INDEX

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
PATIENCE_SECONDS = 120


def test_the_index_of_a_release_is_at_hand(kemi: Dataset) -> None:
    source = IndexSource.of(kemi)

    assert source.index is not None
    assert not source.is_coming


@pytest.mark.slow
@pytest.mark.whole
def test_an_rdf_file_gets_an_index_at_the_first_search_and_the_next_start_finds_it(tmp_path: Path) -> None:
    dataset = Dataset.open(SAMPLE)
    source = IndexSource.of(dataset, SAMPLE, tmp_path)
    assert source.is_coming
    assert list(tmp_path.iterdir()) == []

    assert source.index is None
    deadline = time.monotonic() + PATIENCE_SECONDS
    while source.index is None and source.is_coming:
        assert time.monotonic() < deadline
        time.sleep(0.1)

    assert source.index is not None
    assert source.index.find("aamukahvi", {}).total > 0
    assert IndexSource.of(dataset, SAMPLE, tmp_path).index is not None


def test_the_index_of_other_data_is_not_taken(kemi_release: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(SAMPLE.parent, release)
    data = b"<http://e.org/a> <http://e.org/b> <http://e.org/c> <http://e.org/g> .\n"
    (release / "data.nq").write_bytes(data)
    manifest = {"data": {"sha256": hashlib.sha256(data).hexdigest()}}
    (release / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    shutil.copy(kemi_release / SEARCH_INDEX, release)

    source = IndexSource.of(Dataset.open(release))

    assert source.index is None
    assert not source.is_coming


def test_data_that_cannot_be_indexed_have_none_in_the_end(tmp_path: Path) -> None:
    source = IndexSource.of(Dataset.open(SAMPLE), tmp_path / "gone.trig", tmp_path)

    deadline = time.monotonic() + PATIENCE_SECONDS
    while source.is_coming:
        assert source.index is None
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
def test_a_damaged_index_of_a_release_is_not_taken_and_told(kemi_release: Path, tmp_path: Path) -> None:
    release = Path(shutil.copytree(kemi_release, tmp_path / "release"))
    assert not IndexSource.of(Dataset.open(release)).is_damaged
    with (release / SEARCH_INDEX).open("r+b") as file:
        file.seek(5000)
        file.write(b"?")
    source = IndexSource.of(Dataset.open(release))
    assert source.index is None
    assert source.is_damaged
