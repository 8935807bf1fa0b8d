"""The command `coverage`: how much of each document the tables explain."""

from argparse import ArgumentParser, Namespace

from hytegraph.server.cli.terminal import DONE, LOOK, add_folders, folders_of

HELP = "how many lines of each document the tables explain"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument(
        "--words", action="store_true", help="also list words on read lines that no cell holds"
    )


def run(options: Namespace) -> int:
    """Print lines, non-blank lines and unexplained lines per document."""
    from hytegraph.loaders.documents.folder import read_folder

    missing = 0
    read = [read_folder(folder) for folder in folders_of(options)]
    print(f"{'document':40} {'lines':>6} {'non-blank':>10} {'unexplained':>12}")
    for folder in read:
        for source in folder.sources:
            found = source.coverage
            missing += len(found.unexplained)
            print(f"{found.document:40} {found.lines:6} {found.non_blank:10} {len(found.unexplained):12}")
            for number in found.unexplained:
                print(f"  line {number} is in no table")
            for number, words in found.unexplained_words if options.words else ():
                print(f"  line {number}: no cell holds «{words}»")
    return LOOK if missing else DONE
