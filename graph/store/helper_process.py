"""Processes that make files of a release for another one, and end with it: `python -m MODULE …`."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from hytegraph.graph.errors import HytegraphError, ReleaseError

_NICE = "nice"


def start_helper(module: str, *arguments: str | Path, is_nice: bool = False) -> "subprocess.Popen[bytes]":
    """Start a module of the package with arguments; `is_nice` for one that nobody waits for.

    What it says in the end stands in its standard error.
    """
    order = [sys.executable, "-m", module, *map(str, arguments), *([_NICE] if is_nice else [])]
    return subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def run_helper(work: Callable[..., object]) -> None:
    """Do the work of this process, which is such a helper, with its arguments; a failure ends it with a sentence."""
    try:
        work(*_arguments())
    except (HytegraphError, OSError) as error:
        sys.exit(error.reason if isinstance(error, ReleaseError) else str(error))


def _arguments() -> list[str]:
    """The arguments of this process; from now on it ends when the one that has started it does."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    arguments = sys.argv[1:]
    if arguments[-1:] == [_NICE]:
        os.nice(10)
        return arguments[:-1]
    return arguments


def _end_with_starter() -> None:
    os.read(0, 1)
    os._exit(1)
