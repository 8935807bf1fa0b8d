"""The command `review`: links that wait for a person."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, UsageError, add_folders, folders_of, progress

HELP = "what links wait for review, and what is wrong with them; merge what two people have judged"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="how many waiting links to list (20)"
    )
    parser.add_argument(
        "--merge",
        nargs=2,
        metavar=("COPY", "COPY"),
        help="put what was judged in two copies of the folder into its link tables",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="with --merge: say what would change, and write nothing"
    )


def run(options: Namespace) -> int:
    """List what waits for review, check the link tables, print agreement; 1 when there is something to look at."""
    if options.merge:
        return _merge(options)
    from hytegraph.loaders.links.summary import review_links

    with progress("reading the link tables"):
        sound, lines = review_links(folders_of(options), options.limit)
    print("\n".join(lines))
    return DONE if sound else LOOK


def _merge(options: Namespace) -> int:
    from hytegraph.loaders.links.summary import merge_reviews

    first, second = map(Path, options.merge)
    with progress("merging the link tables"):
        complete, lines = merge_reviews(written_folder(options), first, second, dry_run=options.dry_run)
    print("\n".join(lines))
    return DONE if complete else LOOK


def written_folder(options: Namespace) -> Path:
    """The one folder whose link tables are written; raises UsageError where it is not named."""
    if len(options.folders) != 1:
        raise UsageError("name the one document folder whose link tables are written")
    return Path(options.folders[0])
