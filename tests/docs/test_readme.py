"""README tells the truth: its commands run, its example is what comes out, its links and pictures are there."""

import os
import re
import sys
from pathlib import Path

from tests.docs.examples import run_console

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


def test_the_worked_example_is_what_the_command_prints(checkout: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    assert run_console(ROOT / "README.md", checkout, environment, {".venv/bin/hytegraph": "hytegraph"}) == 1


def test_readme_shows_two_small_pictures_with_alternative_texts() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)

    assert len(pictures) == 2
    for text, address in pictures:
        assert len(text) > 20
        assert 5_000 < (ROOT / address).stat().st_size <= MOST_BYTES_OF_A_PICTURE
