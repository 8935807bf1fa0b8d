"""Mallila, an invented town with a document of every kind, for what is not about Kemi."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.loaders.extract import Town, extract_files

TEXTS = Path(__file__).parents[1] / "data" / "loaders"
MALLILA = Town("Mallila", "999")


@pytest.fixture(scope="session")
def mallila(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document folder of Mallila as extracted; not to be written to."""
    folder = tmp_path_factory.mktemp("towns") / "mallila"
    extract_files(sorted(TEXTS.glob("*.txt")), folder, MALLILA)
    return folder


@pytest.fixture
def mallila_copy(mallila: Path, tmp_path: Path) -> Path:
    """A copy of Mallila's folder to alter."""
    return Path(shutil.copytree(mallila, tmp_path / "mallila"))


@pytest.fixture
def text_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text of Mallila, changed or encoded otherwise, to a file to read."""

    def write(name: str, change: Callable[[str], str] = str, encoding: str = "utf-8") -> Path:
        text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
        file = tmp_path / f"{name}.txt"
        file.write_bytes(change(text).encode(encoding))
        return file

    return write
