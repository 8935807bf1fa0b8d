"""The command `review`: links that wait for a person."""

from argparse import ArgumentParser, Namespace

from hytegraph.server.cli.terminal import DONE, LOOK, add_folders, folders_of, progress

HELP = "what links wait for review, and what is wrong with them"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="how many waiting links to list (20)"
    )


def run(options: Namespace) -> int:
    """List what waits for review, check the link tables, print agreement; 1 when a table is at fault."""
    from hytegraph.loaders.links.summary import review_links

    with progress("reading the link tables"):
        sound, lines = review_links(folders_of(options), options.limit)
    print("\n".join(lines))
    return DONE if sound else LOOK
