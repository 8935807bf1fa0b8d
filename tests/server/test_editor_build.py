"""What builds the query editor: by the lock file, from no named host, under a name of its own; without npm it says
so.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hytegraph.server.editor import build

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources in a tree of their own, in which nothing is built."""
    folder = tmp_path / "server" / "editor"
    shutil.copytree(ROOT / "server" / "editor", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def name_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(build, "SOURCES", folder)
    return build.script().name


def test_the_lock_file_has_a_checksum_for_every_package_and_no_address() -> None:
    text = (ROOT / "server" / "editor" / "package-lock.json").read_text("utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}

    assert len(packages) > 10
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in text


def test_another_source_makes_another_name(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = name_of(copy, monkeypatch)
    again = name_of(copy, monkeypatch)
    (copy / "main.js").write_text("// other\n", "utf-8")

    assert first == again == name_of(ROOT / "server" / "editor", monkeypatch)
    assert name_of(copy, monkeypatch) != first


def test_without_a_registry_the_build_says_so_in_a_line_and_fails_nothing(copy: Path, tmp_path: Path) -> None:
    cut_off = {
        "npm_config_registry": NOBODY,
        "npm_config_cache": str(tmp_path / "cache"),
        "npm_config_fetch_retries": "0",
    }

    done = subprocess.run(
        [sys.executable, copy / "build.py"],
        env=os.environ | cut_off,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert "could not be built" in done.stdout
    assert not (copy.parent / "static").exists()
