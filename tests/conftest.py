"""Fixtures for every test: the Kemi documents, a release built of them once, and parts of them to alter."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.resources import example_folder
from hytegraph.loaders.build import build
from hytegraph.loaders.folder import read_manifest, write_manifest

CopyOf = Callable[..., Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files from what is found now; read the difference before a commit",
    )


@pytest.fixture(scope="session")
def kemi_folder() -> Path:
    """The document folder of Kemi; not to be written to."""
    return example_folder()


@pytest.fixture(scope="session")
def kemi_release(kemi_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the Kemi documents; not to be written to."""
    out = tmp_path_factory.mktemp("kemi") / "release"
    built = build([kemi_folder], out)
    assert built.report
    assert built.release, built.report
    return out


@pytest.fixture(scope="session")
def kemi(kemi_release: Path) -> Dataset:
    """The Kemi release, opened."""
    return Dataset.open(kemi_release)


@pytest.fixture
def copy_of(kemi_folder: Path, tmp_path: Path) -> CopyOf:
    """Copies the Kemi documents whose names begin with the given words (all without any) to a folder to alter."""

    def copy(*begins: str, to: str = "kemi") -> Path:
        folder = tmp_path / to
        folder.mkdir(parents=True)
        entries = [entry for entry in read_manifest(kemi_folder) if entry.name.startswith(begins or ("",))]
        for entry in entries:
            shutil.copytree(kemi_folder / entry.name, folder / entry.name)
            shutil.copy(kemi_folder / f"{entry.name}.txt", folder)
        for file in ("registry.csv", "expected-findings.csv"):
            shutil.copy(kemi_folder / file, folder)
        write_manifest(folder, entries)
        return folder

    return copy
