"""The notebook and the R script run against a served release."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.services import StartService

NOTEBOOKS = Path(__file__).parents[2] / "docs" / "notebooks"


@pytest.fixture(scope="module")
def endpoint(start_service: StartService, kemi_release: Path) -> str:
    """The address of the endpoint of a served release."""
    return f"http://127.0.0.1:{start_service(kemi_release).port}/sparql"


@pytest.mark.slow
def test_every_cell_of_the_notebook_runs_and_its_tables_are_not_empty(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYTEGRAPH_ENDPOINT", endpoint)
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = json.loads((NOTEBOOKS / "hytegraph.ipynb").read_text("utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102

    assert notebook["nbformat"] == 4
    assert not any(cell.get("outputs") for cell in notebook["cells"])
    assert len(names["figures"]) == 567
    assert len(names["wide"].dropna(subset=["change"])) > 50
    assert len(names["parties"]) > 10
    assert set(names["evidence"].columns) == {"goal", "document", "first", "last", "words"}
    assert len(names["evidence"]) > 30


def test_the_query_of_the_r_script_answers_as_the_script_asks_it(endpoint: str) -> None:
    script = (NOTEBOOKS / "hytegraph.R").read_text("utf-8")
    [query] = re.findall(r"ask\('\n(.*?)'\)", script, re.DOTALL)
    with urlopen(f"{endpoint}?format=csv&query={quote(query, safe='')}") as answer:
        lines = answer.read().decode().splitlines()

    assert lines[0] == "party,measures"
    assert len(lines) > 10


def test_the_r_script_runs(endpoint: str, tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("Rscript is not installed")
    found = subprocess.run(
        [program, str(NOTEBOOKS / "hytegraph.R")],
        check=False,
        env={"HYTEGRAPH_ENDPOINT": endpoint, "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 0, found.stderr


def test_the_ten_lines_of_python_run_on_a_release(
    kemi_release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (NOTEBOOKS.parent / "how-to" / "assistants.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(code.strip().splitlines()) <= 10
    exec(compile(code.replace("build/release", str(kemi_release)), "assistants.md", "exec"), {})  # noqa: S102

    told = capsys.readouterr().out
    assert "Hyvinvointitoimiala" in told
    assert "stated " in told
    assert "Traceback" not in told
