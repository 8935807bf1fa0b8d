"""The command `replace`: another text of a known document."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, add_language, progress

HELP = "put a corrected or newer text of a document in its place"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("folder", metavar="DIR", help="document folder")
    parser.add_argument("document", metavar="DOCUMENT", help="name of the document in the folder")
    parser.add_argument("file", metavar="FILE", help="its new text, in any form that is read")
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """Read the new text; report which corrections were carried over; 1 when some have to be made again."""
    from hytegraph.loaders.replace import replace_document
    from hytegraph.server.text.messages import translate

    language = options.language
    with progress(translate("terminal.reading-document", language)):
        replaced = replace_document(Path(options.folder), options.document, Path(options.file))
    entry, coverage = replaced.extracted.entry, replaced.extracted.coverage
    numbers = {
        "version": entry.version,
        "lines": coverage.non_blank,
        "unexplained": len(coverage.unexplained),
        "carried": len(replaced.carried),
        "left": len(replaced.left),
    }
    print(translate("terminal.replaced", language, name=entry.name, **numbers))
    for place in replaced.carried:
        print("  " + translate("terminal.carried", language, place=place))
    for place in replaced.left:
        print("  " + translate("terminal.to-make-again", language, place=place))
    waiting = replaced.extracted.waiting
    if waiting:
        print("  " + translate("terminal.waiting", language, n=waiting, folder=options.folder))
    return LOOK if replaced.left or coverage.unexplained or waiting else DONE
