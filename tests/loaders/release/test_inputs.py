"""What a part is named by: every file that a town's quads depend on."""

from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.resources import data_folder
from hytegraph.graph.store.release import checksum_of
from hytegraph.loaders.release.inputs import read_inputs
from hytegraph.loaders.release.units import Unit

FILES = [
    ("graph", "finnish/lists.toml"),
    ("loaders", "build.py"),
    ("loaders", "links/lexicon/themes.csv"),
    ("loaders", "privacy/surnames.txt"),
    ("loaders", "profile/headings.tsv"),
    ("ontology", "hyte.ttl"),
    ("queries", "rules/standing.rq"),
    ("shapes", "plan.ttl"),
]


@pytest.mark.parametrize(("folder", "name"), FILES, ids=lambda part: part)
def test_another_content_of_a_file_is_another_part(folder: str, name: str, tmp_path: Path) -> None:
    changed = data_folder(folder) / name
    unit = Unit(("mallila",), (tmp_path,))

    def checksum(file: Path) -> str:
        return "changed" if file == changed else checksum_of(file)

    assert changed.is_file()
    before, after = (read_inputs([unit], DEFAULT_BASE, None, how) for how in (checksum_of, checksum))
    assert before.common != after.common
    assert before.units != after.units


def test_what_python_makes_of_its_files_changes_nothing(tmp_path: Path) -> None:
    read: list[Path] = []

    def checksum(file: Path) -> str:
        read.append(file)
        return ""

    read_inputs([Unit(("mallila",), (tmp_path,))], DEFAULT_BASE, None, checksum)
    assert len(read) > 300
    assert not [file for file in read if "__pycache__" in file.parts]


def test_files_of_two_folders_of_a_town_are_told_apart(tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    for folder in folders:
        folder.mkdir()
        (folder / "manifest.toml").write_text(folder.name, "utf-8")

    both = read_inputs([Unit(("mallila",), folders)], DEFAULT_BASE).told
    alone = read_inputs([Unit(("mallila",), folders[:1])], DEFAULT_BASE).told

    assert both["mallila#1/manifest.toml"] == alone["mallila/manifest.toml"]
    assert both["mallila#1/manifest.toml"] != both["mallila#2/manifest.toml"]
