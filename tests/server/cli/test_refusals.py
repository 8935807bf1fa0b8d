"""Whatever stands in a document folder, a command answers in one sentence that names the place; never a traceback."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.loaders.extract import Town, extract_files
from hytegraph.server.cli.main import main

TEXTS = Path(__file__).parents[2] / "data" / "loaders"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "mallila"
    extract_files([TEXTS / "lomake.txt", TEXTS / "poytakirjanote.txt"], folder, Town("Mallila", "999"))
    return folder


@pytest.fixture
def folder(extracted: Path, tmp_path: Path) -> Path:
    """A document folder of Mallila to damage."""
    return Path(shutil.copytree(extracted, tmp_path / "mallila"))


Damage = Callable[[str], str]
DAMAGES: dict[str, tuple[str, Damage, str]] = {
    "id with signs": ("lomake/goals.csv", lambda text: text.replace("L14,", '"a b<>""/../x",', 1), "row a b"),
    "id twice": ("lomake/priorities.csv", lambda text: text.replace("\nL20,", "\nL17,"), "row L17"),
    "slug in the registry": ("registry.csv", lambda text: text + "goal,2023-2026,ei käy,X\n", "line"),
    "slug in the manifest": ("manifest.toml", lambda text: text.replace("lomake-20", "lomake 20"), "slug"),
    "period": ("manifest.toml", lambda text: re.sub('period = "[^"]*"', 'period = "x y"', text), "period"),
    "strategy": ("manifest.toml", lambda text: re.sub('strategy = "[^"]*"', 'strategy = "a/../b"', text), "strategy"),
    "date": ("manifest.toml", lambda text: re.sub('date = "[^"]*"', 'date = "2026-02-30"', text), "document"),
    "lines": ("manifest.toml", lambda text: re.sub("lines = .*", 'lines = "x"', text), "lines"),
    "no period": ("manifest.toml", lambda text: re.sub("(period|date) = .*\n", "", text), "period"),
    "list": ("manifest.toml", lambda _: "document = [1, 2]\n", "[[document]]"),
    "no list": ("manifest.toml", lambda _: 'document = "x"\n', "[[document]]"),
    "empty list": ("manifest.toml", lambda _: "document = []\n", "manifest"),
    "section": ("poytakirjanote/decisions.csv", lambda text: text.replace(",7,", ",7 §,"), "row L2"),
    "case number": ("poytakirjanote/decisions.csv", lambda text: text.replace("12/00.01.02/2024", "a b"), "row L2"),
    "date of a decision": ("poytakirjanote/decisions.csv", lambda text: text.replace("2026-02-03", "2026-02-31"), "row L2"),
    "record": ("lomake/extracted.tsv", lambda text: text + "goals\n", "lomake/extracted.tsv"),
    "text": ("lomake.txt", lambda text: text + "\x01", "lomake.txt: line"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("command", ["build", "coverage"])
def test_a_damaged_folder_is_refused_in_one_sentence_with_its_place(
    name: str, command: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, damage, place = DAMAGES[name]
    text = (folder / file).read_text(encoding="utf-8")
    assert damage(text) != text
    (folder / file).write_text(damage(text), encoding="utf-8")
    out = ["--out", str(tmp_path / "r")] if command == "build" else []
    assert main([command, str(folder), *out]) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert place in error
    assert not (tmp_path / "r").exists()


def test_a_full_disk_is_named(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    release = tmp_path / "data.nq"
    release.write_text("<a:a> <a:b> <a:c> <a:g> .\n", encoding="utf-8")
    command = [sys.executable, "-m", "hytegraph.server.cli", "query", "measures", "--release", str(release)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "hytegraph query: No space left on device\n"


def test_a_fault_of_the_program_is_told_without_a_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("something that nobody expected")

    monkeypatch.setattr("hytegraph.loaders.documents.folder.read_manifest", fail)
    monkeypatch.delenv("HYTEGRAPH_TRACEBACK", raising=False)
    assert main(["coverage", str(folder)]) == 3
    assert capsys.readouterr().err == (
        "hytegraph coverage: a fault of hytegraph itself (AssertionError: something that nobody expected); "
        "HYTEGRAPH_TRACEBACK=1 shows where; please report it\n"
    )
    monkeypatch.setenv("HYTEGRAPH_TRACEBACK", "1")
    with pytest.raises(AssertionError):
        main(["coverage", str(folder)])


def test_replace_tells_what_was_carried_over(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("Mallila\n\n" + (TEXTS / "lomake.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["replace", str(folder), "lomake", str(new)]) == 0
    told = "lomake: version 2, 13 non-blank lines, 0 unexplained, 0 corrections carried over, 0 to be made again\n"
    assert capsys.readouterr().out == told
    assert main(["replace", str(folder), "muu", str(new)]) == 2
    assert "no document is called 'muu'" in capsys.readouterr().err
