"""A document folder is changed as a whole or not at all."""

import shutil
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, ManifestError
from hytegraph.loaders.documents.staging import candidate


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a manifest, a table and a file that nobody knows."""
    (tmp_path / "kunta" / "plan").mkdir(parents=True)
    for name in ("manifest.toml", "plan/goals.csv", "muistiinpanot.md"):
        (tmp_path / "kunta" / name).write_text(name)
    return tmp_path / "kunta"


def test_what_is_changed_added_and_removed_on_the_copy_is_so_in_the_folder(folder: Path) -> None:
    with candidate(folder) as work:
        (work / "manifest.toml").write_text("new")
        (work / "plan" / "goals.csv").unlink()
        (work / "plan" / "aims.csv").write_text("aims")
    assert contents(folder) == {
        "manifest.toml": "new",
        "plan/aims.csv": "aims",
        "muistiinpanot.md": "muistiinpanot.md",
    }


def test_an_unchanged_file_is_not_written_again(folder: Path) -> None:
    before = (folder / "manifest.toml").stat().st_ino
    with candidate(folder) as work:
        (work / "manifest.toml").write_text("manifest.toml")
    assert (folder / "manifest.toml").stat().st_ino == before


def test_an_error_leaves_the_folder_as_it_was_and_no_new_folder(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    for place in (folder, tmp_path / "uusi" / "kunta"):
        with pytest.raises(ManifestError) as caught, candidate(place) as work:
            (work / "manifest.toml").write_text("half")
            raise ManifestError(work / "manifest.toml", "wrong")
        assert str(caught.value) == f"{place / 'manifest.toml'}: wrong"
    assert contents(folder) == before
    assert not (tmp_path / "uusi").exists()


def test_a_full_disk_is_told_and_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    told = "No space left on device; nothing was changed"
    with pytest.raises(DocumentError, match=told), candidate(folder) as work:
        (work / "manifest.toml").write_text("half")
        # The kernel's own file that is always full.
        Path("/dev/full").write_text("x" * 100_000)
    assert contents(folder) == before


def test_a_file_that_cannot_take_its_place_undoes_the_others(folder: Path) -> None:
    before = contents(folder)
    (folder / "plan" / "units.csv").mkdir()
    with pytest.raises(DocumentError, match="nothing was changed"), candidate(folder) as work:
        (work / "manifest.toml").write_text("new")
        (work / "aims.csv").write_text("new")
        (work / "plan" / "units.csv").rmdir()
        (work / "plan" / "units.csv").write_text("a file where a folder stands")
    assert contents(folder) == before


def test_what_a_killed_command_left_behind_is_cleared_away(folder: Path) -> None:
    (folder / ".staging-killed" / "new").mkdir(parents=True)
    with candidate(folder):
        pass
    assert list(folder.glob(".*")) == []


def test_a_folder_that_cannot_be_copied_is_told_with_the_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, *_: object, **__: object) -> None:
        raise shutil.Error([(str(source), "copy", "the disk is old")])

    monkeypatch.setattr(shutil, "copytree", refuse)
    before = contents(folder)

    with (
        pytest.raises(DocumentError, match="the folder cannot be copied: the disk is old"),
        candidate(folder),
    ):
        pass
    assert contents(folder) == before
