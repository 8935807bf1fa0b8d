"""The command `extract`: documents to reviewable tables."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.documents.towns import add_town, town_of
from hytegraph.server.cli.terminal import DONE, LOOK, add_language, file_progress

HELP = "read documents into reviewable tables"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="document (PDF, DOCX, XLSX, CSV, HTML, text), or folder of them",
    )
    parser.add_argument("-o", "--out", required=True, metavar="DIR", help="document folder to write")
    add_town(parser)
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """Read documents into tables; report per document what was read, removed and kept of a person's work."""
    from hytegraph.loaders.extract import extract_files
    from hytegraph.loaders.sources.files import find_files
    from hytegraph.server.cli.documents.extract_report import report
    from hytegraph.server.text.messages import translate

    town = town_of(options)
    found = find_files(map(Path, options.files))
    with file_progress(len(found.files), options.language) as on_read:
        results = extract_files(found.files, Path(options.out), town, on_read)
    for file in found.left_out:
        print(translate("terminal.left-out", options.language, file=file))
    for result in results:
        print(*report(result, options.out, options.language), sep="\n")
    return LOOK if any(result.coverage.unexplained or result.waiting for result in results) else DONE
