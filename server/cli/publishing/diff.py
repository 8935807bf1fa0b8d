"""The command `diff`: what has changed from one release to another."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.server.cli.terminal import DONE, LOOK, add_language

if TYPE_CHECKING:
    from hytegraph.graph.releases.changes import Change

HELP = "what has changed from one release to another"
FORMATS = ("summary", "text", "json", "turtle")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("old", metavar="OLD", help="the earlier release: a folder, or its link")
    parser.add_argument("new", metavar="NEW", help="the later release")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="summary",
        help="summary counts the changes by document and class; the others list every change",
    )
    parser.add_argument(
        "--what", metavar="KIND", help="only changes of this kind, such as vanished or reworded"
    )
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """Compare two releases; 1 when an identifier of the old one has vanished from the new one."""
    from hytegraph.graph.errors import UnknownNameError
    from hytegraph.graph.releases.changes import WHATS, changes
    from hytegraph.graph.releases.summary import summary_of
    from hytegraph.graph.store.release import read_release
    from hytegraph.server.pages.releases import formats
    from hytegraph.server.text.messages import translate

    if options.what and options.what not in WHATS:
        raise UnknownNameError("change", options.what, WHATS)
    old, new = (read_release(Path(path).resolve()) for path in (options.old, options.new))
    watched = _Watched(options.what)
    found = watched.of(changes(old, new))
    if options.format == "summary":
        for count in summary_of(found, old, new).counts:
            what = translate(f"changes.what.{count.what}", options.language)
            print(f"{count.changes:7} {what}: {count.town or '-'} {count.document or '-'} {count.kind}")
    else:
        lines = {
            "text": lambda: formats.text_lines(found, options.language),
            "json": lambda: formats.json_lines(found),
            "turtle": lambda: formats.turtle_lines(found),
        }[options.format]()
        sys.stdout.writelines(lines)
    return LOOK if watched.has_vanished else DONE


class _Watched:
    """Lets the changes of a kind through, all without one, and notes whether an identifier has vanished."""

    def __init__(self, what: str | None) -> None:
        self._what = what
        self.has_vanished = False

    def of(self, found: "Iterable[Change]") -> "Iterator[Change]":
        """The changes that are wanted."""
        for change in found:
            self.has_vanished = self.has_vanished or change.what == "vanished"
            if self._what in (None, change.what):
                yield change
