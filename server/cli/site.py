"""The command `site`: a release as a folder of files that any web server gives."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.cli.terminal import DONE, LOOK, progress
from hytegraph.server.settings import Settings
from hytegraph.server.site.options import SiteOptions

HELP = "write a release as a static site: all pages and data as files for any web server"

# So many addresses that answered with a failure are named.
_MOST_SAID = 10


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "out", metavar="OUT", help="the folder of the site; what is there of an earlier one is replaced"
    )
    parser.add_argument("release", nargs="?", metavar="RELEASE", help="the release (build/release)")
    parser.add_argument(
        "--url", metavar="URL", help="where the site will stand, also under a path (the base of the release)"
    )
    parser.add_argument(
        "--service", default="", metavar="URL", help="a running service, to which the site leads for queries"
    )
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (one for each core)")


def run(options: Namespace) -> int:
    """Write the site; what the service itself could not show is said and gives exit code 1."""
    settings = settings_for_release(os.environ, {"release": options.release})
    where = SiteOptions(options.url or settings.public_url or settings.base, options.service, options.jobs)
    return write_site(settings, Path(options.out), where)


def write_site(settings: Settings, out: Path, where: SiteOptions) -> int:
    """Write the site of the release of the settings, and say what was written and what was left out."""
    from hytegraph.graph.store.dataset import Dataset
    from hytegraph.server.site.making import make_site

    with progress(f"writing {out}") as tell:
        site = make_site(settings, Dataset.open(settings.release), out, where, tell)
    for key, status in sorted(site.failed.items())[:_MOST_SAID]:
        print(f"hytegraph site: {key} answered with {status} and is left out", file=sys.stderr)
    if len(site.failed) > _MOST_SAID:
        more = len(site.failed) - _MOST_SAID
        print(f"hytegraph site: {more} more addresses were left out so", file=sys.stderr)
    changes = site.changes
    print(
        f"{out}: {site.pages} pages, {changes.files} files, {changes.bytes / 1e6:.0f} MB for {where.address}; "
        f"{changes.written} written, {changes.removed} removed"
    )
    return LOOK if site.failed else DONE
