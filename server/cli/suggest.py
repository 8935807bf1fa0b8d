"""The command `suggest`: links that no document states."""

from argparse import ArgumentParser, Namespace

from hytegraph.server.cli.terminal import DONE, add_folders, folders_of, progress

HELP = "suggest links that no document states, for review"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    parser.add_argument("--all", action="store_true", help="also list every suggestion that is new")


def run(options: Namespace) -> int:
    """Suggest links, and write them into the link tables beside what people have reviewed."""
    from hytegraph.loaders.links.summary import suggest_links

    with progress("suggesting links"):
        lines = list(suggest_links(folders_of(options), dry_run=options.dry_run, every_change=options.all))
    print("\n".join(lines))
    return DONE
