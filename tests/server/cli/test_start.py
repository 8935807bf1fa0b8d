"""A command starts quickly: what only some commands need is imported by those."""

import subprocess
import sys

import pytest

from hytegraph.server.cli.main import COMMANDS

LOADED = """import sys
import hytegraph.server.cli.main
print(*sorted(name for name in sys.modules if name.startswith("hytegraph.")))"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Our modules that every command imports."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_command_is_known_without_the_pages_and_the_loaders(loaded: set[str]) -> None:
    assert {command.__name__ for command in COMMANDS} <= loaded
    rooms = (
        "hytegraph.loaders",
        "hytegraph.server.app",
        "hytegraph.server.pages",
        "hytegraph.server.process",
    )
    assert [name for name in loaded if name.startswith(rooms)] == []
