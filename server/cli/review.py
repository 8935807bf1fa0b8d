"""The command `review`: links that wait for a person."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, UsageError, add_folders, folders_of, progress

HELP = "what links wait for review, and what is wrong with them; judge them on a local page, merge two copies"


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

    parser.add_argument(
        "--serve", action="store_true", help="open a page on this machine on which a person judges the links"
    )
    parser.add_argument(
        "--reviewer", metavar="NAME", help="with --serve: who judges, of the folder's links/reviewers.csv"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=0,
        metavar="N",
        help="with --serve: the port of the page (any that is free)",
    )


def run(options: Namespace) -> int:
    """List what waits for review, check the link tables, print agreement; 1 when there is something to look at."""
    if options.merge:
        return _merge(options)
    if options.serve:
        return _serve(options)
    from hytegraph.loaders.links.summary import review_links

    with progress("reading the link tables"):
        sound, lines = review_links(folders_of(options), options.limit)
    print("\n".join(lines))
    return DONE if sound else LOOK


def _merge(options: Namespace) -> int:
    from hytegraph.loaders.links.summary import merge_reviews

    first, second = map(Path, options.merge)
    with progress("merging the link tables"):
        complete, lines = merge_reviews(_written_folder(options), first, second, dry_run=options.dry_run)
    print("\n".join(lines))
    return DONE if complete else LOOK


def _serve(options: Namespace) -> int:
    from hytegraph.server.cli.reviewing.serving import serve_review

    serve_review(_written_folder(options), options.reviewer, options.port)
    return DONE


def _written_folder(options: Namespace) -> Path:
    """The one folder whose link tables are written; raises UsageError where it is not named."""
    if len(options.folders) != 1:
        raise UsageError("name the one document folder whose link tables are written")
    return Path(options.folders[0])
