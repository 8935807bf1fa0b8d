"""The command `doctor`: what is there, and what is missing, for building, serving and publishing."""

import os
import shutil
import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.cli.terminal import DONE, LOOK, add_language
from hytegraph.server.settings import SETTINGS, SettingError, Settings

HELP = "what is missing on this machine, or in the settings, to build, serve and publish"
OLDEST_PYTHON = (3, 11)
# Chromium as systems name it; the headless shell is its engine without windows, a fifth cheaper to drive.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What the release needs beside its size while it is built: kept parts, the candidate, the link.
_TIMES_DATA = 4
FINE, MISSING, OPTIONAL = "fine", "missing", "optional"


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with one thing: FINE, MISSING, or OPTIONAL where only a part of the work wants it."""

    state: str
    key: str
    values: dict[str, object]


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    for setting in SETTINGS:
        if setting.name in ("release", "port", "host", "storage_folder"):
            setting.add_to(parser, with_default=True)
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """Say how it stands with each; 1 when something is missing that every use needs."""
    from hytegraph.server.text.messages import translate

    findings = list(_findings(options))
    for finding in findings:
        state = translate(f"doctor.{finding.state}", options.language)
        words = translate(f"doctor.{finding.key}", options.language, **finding.values)
        print(f"{state}: {words}")
    return LOOK if any(finding.state == MISSING for finding in findings) else DONE


def browser() -> str | None:
    """The program in which the pages are tested and pictured; None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _findings(options: Namespace) -> Iterator[Finding]:
    yield _finding(sys.version_info >= OLDEST_PYTHON, "python", version=sys.version.split()[0])
    yield from _packages()
    for program in ("java", "node"):
        yield _finding(bool(shutil.which(program)), program, state=OPTIONAL)
    yield _finding(browser() is not None, "chromium", state=OPTIONAL)
    editor = Path(__file__).parents[1] / "static" / "editor"
    yield _finding(any(editor.glob("editor-*.js")), "editor", state=OPTIONAL)
    try:
        settings = Settings.of(os.environ, vars(options))
    except SettingError as error:
        yield Finding(MISSING, "setting", {"reason": str(error)})
        return
    yield from _files(settings)
    yield _finding(_is_free(settings.host, settings.port), "port", host=settings.host, port=settings.port)
    for name in ("publisher", "contact", "public_url"):
        yield _finding(bool(getattr(settings, name)), "setting-given", state=OPTIONAL, name=name)


def _finding(is_fine: bool, key: str, state: str = MISSING, **values: object) -> Finding:
    """What a check has found: its text is that of the key, or of the key and `.not`."""
    return Finding(FINE if is_fine else state, key if is_fine else f"{key}.not", values)


def _packages() -> Iterator[Finding]:
    """The packages that the program requires and that are not installed."""
    from packaging.requirements import Requirement

    absent = []
    for text in requires("hytegraph") or ():
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            if not requirement.specifier.contains(version(requirement.name), prereleases=True):
                absent.append(text)
        except PackageNotFoundError:
            absent.append(text)
    yield _finding(not absent, "packages", names=", ".join(absent))


def _files(settings: Settings) -> Iterator[Finding]:
    from hytegraph.graph.store.release import read_release
    from hytegraph.server.context import folder_of_stores

    release = Path(settings.release)
    try:
        found = read_release(release)
        yield Finding(FINE, "release", {"release": release, "quads": found.quads})
    except HytegraphError:
        yield Finding(OPTIONAL, "release.not", {"release": release})
    for folder in (release.parent, folder_of_stores(settings)):
        yield _finding(_can_write(folder), "writable", folder=folder)
    data = release / "data.nq"
    needed = _TIMES_DATA * (data.stat().st_size if data.is_file() else 50_000_000)
    free = shutil.disk_usage(_existing(release.parent)).free
    yield _finding(free > needed, "space", free=free // 2**20, needed=needed // 2**20)


def _can_write(folder: Path) -> bool:
    return os.access(_existing(folder), os.W_OK)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())


def _is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
