"""Runs the examples of a Markdown page: Python sessions and commands in a shell, with what they print."""

import doctest
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

BLOCK = re.compile(r"^```(?P<language>[a-z-]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
SAVED = re.compile(r"[Ss]ave this as `([^`/]+)`:\n\n```[a-z-]+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROMPT = "$ "
SECONDS = 300


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language on a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [block["text"] for block in BLOCK.finditer(text) if block["language"] == language]


def run_python(page: Path, replacements: Mapping[str, str] | None = None) -> None:
    """Runs the `>>>` lines of a page as one session; AssertionError where something else is printed."""
    session = _replace("\n".join(blocks(page, "python")), replacements or {})
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    assert test.examples, f"{page.name} has no example"
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert not report, "".join(report)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the lines that are shown below it."""
    lines = block.splitlines(keepends=True)
    while lines:
        command, shown = lines.pop(0).removeprefix(PROMPT), ""
        while lines and not lines[0].startswith(PROMPT):
            shown += lines.pop(0)
        yield command, shown


def run_console(
    page: Path, folder: Path, environment: Mapping[str, str], replacements: Mapping[str, str]
) -> int:
    """Runs the `$ …` lines of a page in a folder, with the files that it says to save there; gives their number.

    AssertionError where a command fails or prints something else; `...` stands for anything.
    """
    for name, content in SAVED.findall(page.read_text(encoding="utf-8")):
        (folder / name).write_text(_replace(content, replacements), encoding="utf-8")
    pairs = [pair for block in blocks(page, "console") for pair in commands(_replace(block, replacements))]
    for command, shown in pairs:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        printed = done.stdout.replace("\r\n", "\n")
        printed += "\n" * (bool(printed) and not printed.endswith("\n"))
        as_shown = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
        assert as_shown, f"{page.name}: $ {command}shown:\n{shown}printed:\n{printed}{done.stderr}"
        assert done.returncode in (0, 141), (
            f"{page.name}: $ {command}ends with {done.returncode}: {done.stderr}"
        )
    return len(pairs)


def _replace(text: str, replacements: Mapping[str, str]) -> str:
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text
