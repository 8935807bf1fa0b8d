"""Tutorials can be followed as typed: commands print what is shown, and addresses of the service answer."""

import os
import re
import shutil
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.docs.examples import run_console, run_python
from tests.services import Service, StartService

ROOT = Path(__file__).parents[2]
TUTORIALS = ROOT / "docs" / "tutorials"
SERVICE = "http://127.0.0.1:8000"
OWN_TOWN, CITY_SITE = "own-town.md", "city-site.md"
ADDRESS = re.compile(re.escape(SERVICE) + r"(/[^\s)>'`]*)")


@pytest.fixture(scope="module")
def service(kemi_release: Path, start_service: StartService) -> Service:
    """What `make serve` leaves running."""
    return start_service(kemi_release, access_log="off")


@pytest.mark.parametrize("name", ["researcher", "publisher"])
@pytest.mark.slow
def test_the_commands_of_a_tutorial_print_what_is_shown(name: str, service: Service, checkout: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    address = {SERVICE: f"http://127.0.0.1:{service.port}"}

    assert run_console(TUTORIALS / f"{name}.md", checkout, environment, address) >= 4


# SPARQLWrapper 2.0 has regular expressions that newer Pythons warn about when they compile them.
@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_the_python_of_the_researchers_tutorial_prints_what_is_shown(service: Service) -> None:
    run_python(TUTORIALS / "researcher.md", {SERVICE: f"http://127.0.0.1:{service.port}"})


@pytest.fixture
def folder_of_own_town(tmp_path: Path) -> Path:
    """A folder with the documentation beside it, as a checkout has it, and nothing else."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


@pytest.mark.slow
@pytest.mark.whole
def test_a_newcomer_with_a_word_file_comes_to_its_trace_page(
    folder_of_own_town: Path, start_service: StartService
) -> None:
    page = TUTORIALS / OWN_TOWN
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    assert run_console(page, folder_of_own_town, environment, {}) >= 4

    own = start_service(folder_of_own_town / "build" / "lehtola", access_log="off")
    paths = ADDRESS.findall(page.read_text("utf-8"))
    assert any(path.startswith("/trace/") for path in paths)
    assert {path: own.get(path).status for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.slow
@pytest.mark.whole
def test_a_city_publishes_its_documents_and_a_correction(checkout: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    assert run_console(TUTORIALS / CITY_SITE, checkout, environment, {}) >= 10


@pytest.mark.parametrize(
    "page",
    [page for page in sorted(TUTORIALS.glob("*.md")) if page.name not in (OWN_TOWN, CITY_SITE)],
    ids=lambda page: page.stem,
)
def test_every_address_of_a_tutorial_answers(page: Path, service: Service) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    paths = ADDRESS.findall(text)

    assert paths
    assert {path: service.get(path).status for path in paths} == dict.fromkeys(paths, 200)


def test_the_officers_tutorial_names_pages_as_they_are_named(service: Service) -> None:
    """A link whose words begin with a capital names a page as its heading does in Finnish."""
    text = (TUTORIALS / "officer.md").read_text("utf-8")
    links = re.findall(r"\[([A-ZÅÄÖ][^\]]+)\]\(" + re.escape(SERVICE) + r"(/[a-z]+)\)", text)

    assert len(links) >= 4
    for words, path in links:
        body = unescape(service.get(path, {"Accept-Language": "fi"}).body.decode())
        assert re.search(rf">\s*{words}\s*<", body), f"{path} is not called {words}"
