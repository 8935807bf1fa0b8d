"""Several services are asked together by the commands of the documentation."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.examples import run_console, run_python
from tests.services import StartService

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "federation.md"
OWN_TOWN = ROOT / "docs" / "tutorials" / "own-town.md"


@pytest.mark.slow
@pytest.mark.whole
def test_two_towns_and_a_file_are_asked_together(
    kemi_release: Path, start_service: StartService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [package] = re.findall(r"@comunica/query-sparql@[\d.]+", PAGE.read_text("utf-8"))
    npm = shutil.which("npm")
    if (
        npm is None
        or subprocess.run([npm, "view", package, "version"], check=False, capture_output=True).returncode
    ):
        pytest.skip("npm cannot bring Comunica: it is not installed, or its registry does not answer")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    run_console(OWN_TOWN, tmp_path, environment, {})
    lehtola = start_service(tmp_path / "build" / "lehtola", access_log="off")
    there = f"http://127.0.0.1:{lehtola.port}"
    kemi = start_service(kemi_release, access_log="off", service_allow=f"{there}/sparql")
    addresses = {"http://127.0.0.1:8001": there, "http://127.0.0.1:8000": f"http://127.0.0.1:{kemi.port}"}

    assert run_console(PAGE, tmp_path, environment, addresses) == 4
    monkeypatch.chdir(tmp_path)
    run_python(PAGE, addresses)
