"""What the commands share: exit codes, common arguments, and what is written where."""

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.languages import Language
from hytegraph.graph.resources import example_folder
from hytegraph.server.settings import Settings

DONE, LOOK = 0, 1


class UsageError(HytegraphError):
    """Options that do not go together."""


def add_folders(parser: ArgumentParser) -> None:
    """The argument for document folders."""
    parser.add_argument("folders", nargs="*", metavar="DIR", help="document folders (the Kemi documents)")


def add_release(parser: ArgumentParser, purpose: str) -> None:
    """The option for a release or RDF file."""
    parser.add_argument("--release", metavar="RELEASE|FILE", help=f"what to {purpose} (build/release)")


def add_language(parser: ArgumentParser, subject: str, default: str = "en") -> None:
    """The option for the language of what is printed."""
    choices = ("fi", "sv", "en")
    parser.add_argument("--language", choices=choices, default=default, help=f"language of the {subject}")


def settings_of(options: Namespace) -> Settings:
    """The settings, from the options and the environment."""
    return Settings.of(os.environ, vars(options))


def release_of(options: Namespace) -> Path:
    """The release or RDF file that a command works on."""
    return Path(settings_of(options).release)


def folders_of(options: Namespace) -> list[Path]:
    """The document folders that a command works on."""
    return [Path(folder) for folder in options.folders] or [example_folder()]


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Say on the terminal what is being done, and nothing where standard error is not one.

    Gives what says how much of it is done, of how much, and how many seconds it has taken.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, of: None
        return
    began = time.monotonic()
    with console.status(escape(what)) as status:

        def tell(done: int, of: int) -> None:
            status.update(escape(f"{what}: {done} of {of}, {time.monotonic() - began:.0f} s"))

        yield tell


@contextmanager
def file_progress(files: int, language: Language) -> Iterator[Callable[[Path, int, int], None]]:
    """Gives what says on the terminal which file of how many is being read, and which of its pages or sheets."""
    from hytegraph.server.text.messages import translate

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda file, done, parts: None
        return
    begun: dict[Path, None] = {}
    with console.status("") as status:

        def tell(file: Path, done: int, parts: int) -> None:
            begun[file] = None
            key = "terminal.reading-part" if parts > 1 else "terminal.reading"
            values = {"file": file.name, "at": len(begun), "of": files, "done": done, "parts": parts}
            status.update(escape(translate(key, language, **values)))

        yield tell


def write(data: bytes) -> None:
    """Write bytes as they are, so that CRLF stays CRLF on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
