"""README tells the truth: its commands, settings and queries are those of the code, its example is what comes out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hytegraph.graph.query.named import load_queries
from hytegraph.server.cli.parser import parser
from hytegraph.server.settings import SETTINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_opens_with_the_two_commands() -> None:
    first = README.index("```sh\n")

    assert README[first:].startswith("```sh\nmake serve ")
    assert "\nmake test " in README[first : README.index("```", first + 3)]


def test_the_worked_example_is_what_the_command_prints(kemi_release: Path) -> None:
    block = re.search(r"```console\n\$ \.venv/bin/hytegraph ([^\n]+)\n(.*?)```", README, re.DOTALL)
    assert block
    command = [
        sys.executable,
        "-m",
        "hytegraph.server.cli",
        *block[1].split(),
        "--release",
        str(kemi_release),
    ]

    shown = subprocess.run(command, check=True, capture_output=True)

    assert shown.stdout.decode() == block[2]


def test_every_command_is_in_readme() -> None:
    listed = set(re.findall(r"^\| `hytegraph (\w+)", README, re.MULTILINE))
    choices = next(action.choices for action in parser()._actions if action.dest == "command")

    assert choices is not None
    assert listed == set(choices)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_in_readme(setting: object) -> None:
    assert f"| `{setting.environment}` | `{setting.default}` |" in README  # type: ignore[attr-defined]


def test_every_query_is_in_readme() -> None:
    for name in load_queries():
        assert re.search(rf"^\| `{name}`", README, re.MULTILINE), name


def test_every_decision_has_context_decision_and_consequence() -> None:
    entries = sorted((ROOT / "docs/decisions").glob("*.md"))

    assert len(entries) >= 10
    for entry in entries:
        text = entry.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence")), entry.name
