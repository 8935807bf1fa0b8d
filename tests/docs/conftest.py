"""The site of the documentation, and what its examples are run in."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MadeOnce

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def documentation(made_once: MadeOnce) -> Path:
    """The site, built as `make docs` builds it."""
    return made_once("documentation", build_site) / "html"


def build_site(out: Path) -> None:
    """Build it into a folder; AssertionError with the warnings where there are any."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    done = subprocess.run(
        [*command, "--doctree-dir", str(out / "doctrees"), str(DOCS), str(out / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def checkout(kemi_release: Path, kemi_folder: Path, tmp_path: Path) -> Path:
    """A folder as `make serve` leaves it: the documents, and a release that is its own copy."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "kemi").symlink_to(kemi_folder)
    shutil.copytree(kemi_release, tmp_path / "build" / "release-0", symlinks=True)
    (tmp_path / "build" / "release").symlink_to("release-0")
    return tmp_path
