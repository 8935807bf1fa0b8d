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
ADDRESS = re.compile(re.escape(SERVICE) + r"(/[^\s)>'`]*)")


@pytest.fixture(scope="module")
def service(kemi_release: Path, start_service: StartService) -> Service:
    """What `make serve` leaves running."""
    return start_service(kemi_release, access_log="off")


@pytest.mark.parametrize("name", ["researcher", "publisher"])
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


@pytest.mark.parametrize("page", sorted(TUTORIALS.glob("*.md")), ids=lambda page: page.stem)
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
