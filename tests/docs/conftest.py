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


def build_site(out: Path, builder: str = "html", source: Path = DOCS) -> None:
    """Build it into a folder; AssertionError with the warnings where there are any, as for a link that leads nowhere.

    The builder `dummy` reads every page and follows its links, and writes nothing.
    """
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    command += ["--builder", builder, "--conf-dir", str(DOCS), "--doctree-dir", str(out / "doctrees")]
    done = subprocess.run(
        [*command, str(source), str(out / builder)],
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
