"""How the tests run commands: as a process, as users do, or in the process of the test."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.main import main

COMMAND = [sys.executable, "-m", "hytegraph.server.cli"]
Answer = subprocess.CompletedProcess[bytes]
Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in an empty folder."""

    def answer(*arguments: str | Path, **environment: str) -> Answer:
        cleared = {name: value for name, value in os.environ.items() if not name.startswith("HYTEGRAPH_")}
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            env=cleared | environment,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return answer


@pytest.fixture
def run_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """The same in the process of the test, which need not start Python."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HYTEGRAPH_")]:
        monkeypatch.delenv(name)

    def answer(*arguments: str | Path) -> Answer:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        written = capfdbinary.readouterr()
        return subprocess.CompletedProcess([], code, written.out, written.err)

    return answer


@pytest.fixture(scope="module")
def small(kemi: Dataset, kemi_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An RDF file with one document's graph, quick to open."""
    lines = (kemi_release / "data.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path_factory.mktemp("small") / "lomake.nq"
    kept = ("/document/lomake-2022-2025> .\n", "/organisation> .\n", "/graph/vocabulary> .\n")
    file.write_text("".join(line for line in lines if line.endswith(kept)), encoding="utf-8")
    return file
