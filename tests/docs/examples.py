"""Runs the examples of a Markdown page: Python sessions and commands in a shell, with what they print."""

import doctest
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

BLOCK = re.compile(r"^```(?P<language>[a-z-]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SECONDS = 120


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language on a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [block["text"] for block in BLOCK.finditer(text) if block["language"] == language]


def run_python(page: Path, replaced: Mapping[str, str] | None = None) -> None:
    """Runs the `>>>` lines of a page as one session; AssertionError where something else is printed."""
    session = "\n".join(blocks(page, "python"))
    for old, new in (replaced or {}).items():
        session = session.replace(old, new)
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    assert test.examples, f"{page.name} has no example"
    report: list[str] = []
    doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=report.append)
    assert not report, "".join(report)


def run_console(page: Path, folder: Path, environment: Mapping[str, str], replaced: Mapping[str, str]) -> int:
    """Runs the `$ …` lines of a page in a folder; AssertionError where something else is printed. How many ran."""
    count = 0
    for block in blocks(page, "console"):
        for command, shown in re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            for old, new in replaced.items():
                command, shown = command.replace(old, new), shown.replace(old, new)
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=folder,
                env=dict(environment),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            printed = done.stdout.replace("\r\n", "\n")
            assert doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS), (
                f"{page.name}: $ {command}\n--- shown\n{shown}\n--- printed\n{printed}{done.stderr}"
            )
            count += 1
    return count
