"""README tells the truth: its commands run, its example is what comes out, its links and pictures are there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 85
MOST_BYTES_OF_A_PICTURE = 60_000


def test_readme_is_an_entrance_of_one_screenful_or_two() -> None:
    assert len(README.splitlines()) <= MOST_LINES


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

    assert block[2].endswith("\n…\n")
    assert shown.stdout.decode().startswith(block[2].removesuffix("…\n"))


def test_readme_shows_two_small_pictures_with_alternative_texts() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)

    assert len(pictures) == 2
    for text, address in pictures:
        assert len(text) > 20
        assert 5_000 < (ROOT / address).stat().st_size <= MOST_BYTES_OF_A_PICTURE
