"""The command `replace`: another text of a known document."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, progress

HELP = "put a corrected or newer text of a document in its place"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("folder", metavar="DIR", help="document folder")
    parser.add_argument("document", metavar="DOCUMENT", help="name of the document in the folder")
    parser.add_argument("file", metavar="FILE", help="its new text")


def run(options: Namespace) -> int:
    """Read the new text; report which corrections were carried over; 1 when some have to be made again."""
    from hytegraph.loaders.replace import replace_document

    with progress("reading the document"):
        replaced = replace_document(Path(options.folder), options.document, Path(options.file))
    entry, coverage = replaced.extracted.entry, replaced.extracted.coverage
    print(
        f"{entry.name}: version {entry.version}, {coverage.non_blank} non-blank lines, "
        f"{len(coverage.unexplained)} unexplained, {len(replaced.carried)} corrections carried over, "
        f"{len(replaced.left)} to be made again"
    )
    for place in replaced.carried:
        print(f"  {place}: carried over")
    for place in replaced.left:
        print(f"  {place}: what a person wrote there is to be made again")
    waiting = replaced.extracted.waiting
    if waiting:
        print(f"  {waiting} may be personal data: decide by `hytegraph privacy {options.folder}`")
    return LOOK if replaced.left or coverage.unexplained or waiting else DONE
