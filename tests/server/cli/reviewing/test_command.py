"""`hytegraph review` refuses in one sentence what it cannot merge or serve."""

from pathlib import Path

import pytest

from hytegraph.server.cli.main import main


@pytest.mark.parametrize("options", [["--serve"], ["--merge", "a", "b"]])
def test_the_folder_that_is_written_must_be_named(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *options]) == 2
    assert "name the one document folder" in capsys.readouterr().err


@pytest.mark.parametrize("reviewer", ["saarela:reviewer/nobody", "Hyte"])
def test_an_unknown_reviewer_is_told_with_those_there_are(
    folder: Path, reviewer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(folder), "--serve", "--reviewer", reviewer]) == 2
    assert "name one of its reviewers: saarela:reviewer/hyte" in capsys.readouterr().err


def test_a_folder_without_reviewers_says_what_to_write(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "links" / "reviewers.csv").unlink()
    assert main(["review", str(folder), "--serve"]) == 2
    assert "reviewer,sort,fi,sv,en" in capsys.readouterr().err


def test_a_merge_without_copies_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(folder), "--merge", str(tmp_path / "a"), str(tmp_path / "b")]) == 2
    assert "there is no link table to merge" in capsys.readouterr().err
