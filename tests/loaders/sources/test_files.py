"""Of a folder the visible files of forms that are read are taken, in order; others are named."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.sources.files import find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_a_folder_gives_its_documents_and_those_below_it_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/c.TXT", "kuva.png", ".piilo.txt", ".git/x.txt", "~$b.txt")

    found = find_files([tmp_path])

    assert found.files == (tmp_path / "a/c.TXT", tmp_path / "b.txt")
    assert found.left_out == (tmp_path / "kuva.png",)


def test_a_document_folder_below_is_no_source(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.txt",
        "documents/raahe/manifest.toml",
        "documents/raahe/b.txt",
        "documents/raahe/b/goals.csv",
    )

    assert find_files([tmp_path]).files == (tmp_path / "a.txt",)


def test_a_file_given_twice_is_read_once_and_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.outo")

    assert find_files([tmp_path / "b.outo", tmp_path / "a.txt", tmp_path]).files == (
        tmp_path / "b.outo",
        tmp_path / "a.txt",
    )


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "kuva.png")
    with pytest.raises(DocumentError, match="no file that is read"):
        find_files([tmp_path])
