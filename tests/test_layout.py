"""The tree keeps its layout: every folder is packaged, data hold no Python, imports go one way."""

import ast
import importlib.util
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DATA = ("documents", "ontology", "queries", "shapes")
CODE = ("graph", "loaders", "server")
# What the code reads from its own folders: queries, templates, styles, texts, word lists, tables, documents.
READ_AT_RUN_TIME = (".css", ".csv", ".html", ".js", ".rq", ".sql", ".svg", ".toml", ".tsv", ".ttl", ".txt")
# Folders at the root that are no part of the package; Python makes the first where hatch_build.py is run.
ASIDE = {"__pycache__", "benchmarks", "build", "dist", "docs", "tests"}


LONGEST_MODULE, LONGEST_FUNCTION, MOST_MODULES = 300, 40, 18
# A suite of one subject may be longer than a module of the product.
LONGEST_SUITE = 410


@pytest.fixture(scope="module")
def hatch() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = project["tool"]["hatch"]["build"]
    assert isinstance(found, dict)
    return found


def test_every_folder_at_the_root_is_packaged(hatch: dict[str, Any]) -> None:
    folders = {
        file.name for file in ROOT.iterdir() if file.is_dir() and not file.name.startswith(".")
    } - ASIDE
    assert folders == {*DATA, *CODE}
    assert set(hatch["targets"]["wheel"]["only-include"]) == folders
    assert hatch["targets"]["wheel"]["sources"] == {name: f"hytegraph/{name}" for name in folders}


def test_every_packaged_folder_is_in_the_source_distribution(hatch: dict[str, Any]) -> None:
    assert {*DATA, *CODE, "tests", "entrance.py", "hatch_build.py", "LICENSE", "README.md"} <= set(
        hatch["targets"]["sdist"]["only-include"]
    )
    for name in hatch["targets"]["sdist"]["only-include"]:
        assert (ROOT / name).exists()


@pytest.mark.parametrize("name", DATA)
def test_a_data_folder_holds_data_and_no_python(name: str) -> None:
    files = [file for file in (ROOT / name).rglob("*") if file.is_file()]
    assert files
    assert [file.name for file in files if file.suffix in (".py", ".pyc")] == []


@pytest.mark.parametrize("name", CODE)
def test_a_code_folder_is_a_typed_package(name: str) -> None:
    assert (ROOT / name / "__init__.py").is_file()
    missing = {file.parent for file in (ROOT / name).rglob("*.py")} - {
        file.parent for file in (ROOT / name).rglob("__init__.py")
    }
    assert missing == set()


@pytest.mark.parametrize("name", CODE)
def test_a_module_is_imported_by_its_full_name_only(name: str) -> None:
    for file in (ROOT / name).rglob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(
                tuple(f"{word} {other}" for word in ("from", "import") for other in CODE)
            ), file


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions below a node; no statement stands inside an expression."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from functions(child)


@pytest.mark.parametrize("name", (*CODE, "tests", "benchmarks", "docs"))
def test_a_module_is_at_most_300_lines_and_a_function_at_most_40(name: str) -> None:
    too_long = []
    for file in sorted((ROOT / name).rglob("*.py")):
        text = file.read_text("utf-8")
        if text.count("\n") > (LONGEST_SUITE if name == "tests" else LONGEST_MODULE):
            too_long.append(f"{file.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in functions(ast.parse(text)):
            assert node.end_lineno
            if (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION:
                too_long.append(f"{file.relative_to(ROOT)}: {node.name} has {lines} lines")
    assert too_long == []


@pytest.mark.parametrize("name", CODE)
def test_a_folder_holds_at_most_some_fifteen_modules(name: str) -> None:
    folders = Counter(file.parent for file in (ROOT / name).rglob("*.py") if file.name != "__init__.py")
    assert {str(folder): count for folder, count in folders.items() if count > MOST_MODULES} == {}


def test_imports_go_one_way() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.whole
def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, so a wheel cannot be built without the network")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-q",
            "-w",
            tmp_path,
            ROOT,
        ],
        check=True,
    )
    [wheel] = tmp_path.glob("hytegraph-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert top == {"hytegraph"}
    parts = {name.split("/")[1] for name in names if name.startswith("hytegraph/")}
    assert parts == {*DATA, *CODE, "__init__.py", "py.typed"}
    read_at_run_time = {
        f"hytegraph/{file.relative_to(ROOT)}"
        for name in (*DATA, *CODE)
        for file in (ROOT / name).rglob("*")
        if file.suffix in READ_AT_RUN_TIME
        and not {"editor", "node_modules"} & set(file.relative_to(ROOT).parts)
    }
    assert {Path(name).suffix for name in read_at_run_time} == set(READ_AT_RUN_TIME)
    assert read_at_run_time <= set(names)
