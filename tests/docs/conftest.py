"""What the examples of the documentation are run in."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def checkout(kemi_release: Path, kemi_folder: Path, tmp_path: Path) -> Path:
    """A folder as `make serve` leaves it: the documents, and a release that is its own copy."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "kemi").symlink_to(kemi_folder)
    shutil.copytree(kemi_release, tmp_path / "build" / "release-0", symlinks=True)
    (tmp_path / "build" / "release").symlink_to("release-0")
    return tmp_path
